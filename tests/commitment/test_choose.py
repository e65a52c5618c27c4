"""Which lever next: what is at hand decides, what is missing is said first, and reasons carry numbers."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from commitment_teams import CASE, CFO, COO, STORY, TODAY, acts, ask, beliefs, choice, company

from fulcrum.commitment.availability import availability
from fulcrum.commitment.gain import Standing, fit, gain_of
from fulcrum.core.company import Ask, AskStatus, Move, Vision, Win
from fulcrum.core.judgement import BarrierBelief
from fulcrum.core.levers import Barrier, CaseAtHand, Lever, Readiness
from fulcrum.core.people import Influence, Level, Reaction
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval, Unknown

ENDORSING = acts(2, 2, 2, 2, 2)
LATER = TODAY + timedelta(days=1)
NO_CASE = CaseAtHand(is_computed=False, is_fresh=False, why_not="No initiative is named.")


def everything(chosen):
    return (*chosen.ranked, *chosen.better_but_missing, *chosen.not_now)


def test_every_lever_has_its_place_once(playbook):
    chosen = choice(company(observations=ENDORSING), playbook)
    assert sorted(option.lever for option in everything(chosen)) == sorted(Lever)


def test_the_gain_is_belief_times_effect_times_fit_by_hand(playbook):
    seen = beliefs(company(observations=ENDORSING), playbook)["cfo"]
    belief = replace(seen, shares=(0, 0.5, 0.5, 0, 0, 0), is_drop=False)
    exact = Interval(low=0.5, high=0.5, confidence=0.8)
    half = Estimate(value=0.5, interval=exact, unit=SHARE, n=1, grade=Grade.RAW, method="", trace="")
    tenth = replace(half, value=0.1, interval=Interval(low=0.1, high=0.1, confidence=0.8))
    shares = tuple((each, half if each is Barrier.NO_PICTURE else tenth) for each in Barrier)
    barrier = BarrierBelief(executive="cfo", shares=shares, reactions=1)
    gain = gain_of(Lever.VISION, Standing(belief=belief, barrier=barrier, playbook=playbook))
    assert gain.value == pytest.approx(3 * (0.5 * 0.25 + 0.5 * 0.46))  # fit 1 + 1 (6 x 0.5 - 1) = 3
    mean = 0.355
    variance = 0.5 * (0.25 - mean) ** 2 + 0.5 * (0.46 - mean) ** 2 + 0.25 * 0.5 * (0.25**2 + 0.46**2)
    assert gain.interval.high - gain.value == pytest.approx(1.2815516 * 3 * variance**0.5)
    assert gain.grade is Grade.ELSEWHERE


def test_an_even_share_of_the_barrier_changes_nothing():
    assert fit(1 / 6, 1.0) == pytest.approx(1)
    assert fit(1 / 3, 1.0) == pytest.approx(2)
    assert fit(0.9, 0.0) == 1


def test_the_best_lever_at_hand_comes_first(playbook):
    chosen = choice(company(observations=ENDORSING), playbook)
    gains = [option.gain.value for option in chosen.ranked]
    assert gains == sorted(gains, reverse=True)
    assert chosen.lever in (Lever.VISION, Lever.FIRST_STEPS)
    assert chosen.better_but_missing == ()


def test_a_better_lever_without_material_is_said_first_with_what_to_gather(playbook):
    doubts = tuple(Reaction(executive="cfo", date=TODAY, barrier=Barrier.NOT_WORTH_IT) for _ in range(6))
    whole = company(observations=acts(3, 3, 3, 3, 3, 3), reactions=doubts)
    assert choice(whole, playbook).lever is Lever.OPPORTUNITIES
    without = choice(whole, playbook, case=NO_CASE)
    assert [option.lever for option in without.better_but_missing] == [Lever.OPPORTUNITIES]
    assert without.lever is not Lever.OPPORTUNITIES
    assert any("No initiative is named." in wanted for wanted in without.gather)


def test_levers_that_are_wrong_now_are_set_apart(playbook):
    chosen = choice(company(observations=acts(0, 0, 0, 0, 0, 0)), playbook)
    assert {Lever.VISION, Lever.OPPORTUNITIES} <= {option.lever for option in chosen.not_now}
    assert not {Lever.VISION, Lever.OPPORTUNITIES} & {option.lever for option in chosen.ranked}


def test_after_a_drop_the_cause_comes_before_any_ask(playbook):
    fell = acts(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, last=TODAY - timedelta(weeks=6)) + acts(1, 1, 1, 1, 1)
    whole = company(observations=fell)
    assert beliefs(whole, playbook)["cfo"].is_drop
    chosen = choice(whole, playbook)
    assert chosen.lever is Lever.CONFIDENCE
    assert chosen.step is None
    assert chosen.no_step_because
    assert "fell by" in chosen.ranked[0].reasons[0].text


def test_nobody_seen_asks_first_for_a_look_and_claims_little(playbook):
    chosen = choice(company(), playbook)
    assert chosen.lever is Lever.FIRST_STEPS
    assert chosen.step is not None
    assert chosen.step.minutes <= 10
    assert "First look" in chosen.gather[0]
    assert any("A guess" in reason.text for reason in chosen.ranked[0].reasons)


def test_at_the_desired_level_nothing_larger_is_asked(playbook):
    there = replace(CFO, desired_level=Level.PARTICIPATING)
    whole = company(observations=acts(4, 4, 4, 4, 4), executives=(there, COO))
    chosen = choice(whole, playbook, of=there)
    assert chosen.step is None
    assert "wanted of them" in chosen.no_step_because
    assert any("keep it warm" in reason.text for reason in chosen.ranked[0].reasons)


def test_at_the_lowest_levels_the_peer_whom_they_listen_to_most_is_named(playbook):
    third = replace(COO, id="cmo", name="Max", role="CMO")
    whole = company(
        executives=(CFO, COO, third),
        influence=(
            Influence(listened_to="coo", listener="cfo", strength=0.6),
            Influence(listened_to="cmo", listener="cfo", strength=0.9),
        ),
        observations=acts(0, 1, 0, 1, 0, 1)
        + acts(4, 4, 4, 4, 4, 4, executive="coo")
        + acts(2, 2, 2, 2, 2, executive="cmo"),
    )
    chosen = choice(whole, playbook)
    assert chosen.peer == "coo"  # the other is listened to more, but not convinced
    assert chosen.peer_step is not None
    assert chosen.peer_step.executive == "coo"
    assert playbook.step(chosen.peer_step.step).is_for_peers
    assert "Kim listens to Lou" in chosen.peer_step.why_this
    assert choice(whole, playbook, of=COO).peer is None


def test_without_a_convinced_peer_the_choice_says_who_is_lacking(playbook):
    chosen = choice(company(observations=acts(0, 1, 0, 1, 0, 1)), playbook)
    assert chosen.peer is None
    assert any("Lou" in wanted for wanted in chosen.gather)


def test_same_input_gives_the_same_answer(playbook):
    whole = company(observations=ENDORSING)
    turned = replace(whole, observations=ENDORSING[::-1], executives=whole.executives[::-1])
    assert choice(whole, playbook) == choice(turned, playbook)


def test_ties_go_to_the_lever_that_takes_less_time_and_then_to_the_levers_order(playbook):
    flat = replace(
        playbook,
        steps=tuple(replace(step, lever=Lever.FIRST_STEPS) for step in playbook.steps),
        matrix=tuple(replace(cell, effect=0.2, role="primary") for cell in playbook.matrix),
        barriers=tuple(replace(entry, prior_by_level=(1.0,) * 6) for entry in playbook.barriers),
    )
    chosen = choice(company(observations=ENDORSING), flat)
    others = [lever for lever in Lever if lever is not Lever.FIRST_STEPS]
    assert [option.lever for option in chosen.ranked] == [*others, Lever.FIRST_STEPS]


def test_every_reason_carries_a_number_and_a_source(playbook):
    for option in everything(choice(company(observations=ENDORSING), playbook)):
        for reason in option.reasons:
            assert re.search(r"\d", reason.text)
            assert reason.source
            assert "-" not in re.findall(r"[−-]?\d+\.\d+", reason.text)


def test_what_would_change_our_mind_is_true(playbook):
    whole = company(observations=acts(3, 3, 3, 3, 3, 3, 3, 3))
    sentences = " ".join(choice(whole, playbook).would_change_our_mind)
    assert "If nothing more is seen by 19 May 2027, we no longer know where they stand." in sentences
    higher = choice(company(observations=acts(*[4] * 8)), playbook)
    named = re.search(r"level 4 \(leading own area\) and not 3 would put ([a-z ]+) first", sentences)
    assert named is not None
    assert named[1] == higher.lever.label.lower()


@pytest.mark.parametrize(
    ("lever", "more", "case", "readiness"),
    [
        (Lever.VISION, {}, CASE, Readiness.READY),
        (Lever.VISION, {"vision": Vision(statement="One visit")}, CASE, Readiness.THIN),
        (Lever.VISION, {"vision": None}, CASE, Readiness.MISSING),
        (Lever.OPPORTUNITIES, {}, CASE, Readiness.READY),
        (Lever.OPPORTUNITIES, {}, replace(CASE, has_own_share_moved=False), Readiness.THIN),
        (Lever.OPPORTUNITIES, {}, replace(CASE, is_fresh=False), Readiness.THIN),
        (Lever.OPPORTUNITIES, {}, NO_CASE, Readiness.MISSING),
        (Lever.EMPATHY, {}, CASE, Readiness.READY),
        (Lever.EMPATHY, {"stories": (replace(STORY, area="field"),)}, CASE, Readiness.THIN),
        (Lever.EMPATHY, {"stories": (replace(STORY, approved_on=date(2026, 1, 5)),)}, CASE, Readiness.THIN),
        (
            Lever.EMPATHY,
            {"stories": (replace(STORY, approved_on=LATER),)},
            CASE,
            Readiness.MISSING,
        ),
        (Lever.MOTIVATORS, {}, CASE, Readiness.READY),
        (Lever.MOTIVATORS, {"motivators": ()}, CASE, Readiness.THIN),
        (Lever.MOTIVATORS, {"motivators": (), "goals": ()}, CASE, Readiness.MISSING),
        (Lever.FIRST_STEPS, {}, CASE, Readiness.READY),
        (
            Lever.FIRST_STEPS,
            {"asks": (ask("billing-calls", date(2026, 11, 2), AskStatus.ACCEPTED),)},
            CASE,
            Readiness.MISSING,
        ),
        (Lever.CONFIDENCE, {}, CASE, Readiness.READY),
        (Lever.CONFIDENCE, {"wins": (Win(date=date(2026, 10, 1), win="Praise"),)}, CASE, Readiness.THIN),
        (Lever.CONFIDENCE, {"wins": ()}, CASE, Readiness.MISSING),
        (
            Lever.CONFIDENCE,
            {"moves": (Move(id="m", executive="cfo", lever=Lever.CONFIDENCE, date=date(2026, 11, 1)),)},
            CASE,
            Readiness.MISSING,
        ),
    ],
)
def test_availability_is_computed_from_the_folder(playbook, lever, more, case, readiness):
    found = availability(
        company(**more),
        CFO,
        lever,
        level=Level.ENDORSING,
        case=case,
        steps=playbook.steps,
        rules=playbook.choice,
        as_of=TODAY,
    )
    assert found.readiness is readiness
    assert bool(found.missing) is (readiness is not Readiness.READY)
    assert bool(found.at_hand) is (readiness is not Readiness.MISSING)


def test_an_unknown_level_stays_unknown_in_the_choice(playbook):
    stale = acts(4, 4, 4, last=TODAY - timedelta(weeks=30))
    assert isinstance(beliefs(company(observations=stale), playbook)["cfo"].level, Unknown)
    chosen = choice(company(observations=stale), playbook)
    assert chosen.lever is Lever.FIRST_STEPS
    assert "22 April 2026" in chosen.gather[0]


@pytest.mark.parametrize(
    ("kept", "said"),
    [(0, None), (1, "1 promise kept"), (9, "9 promises kept"), (30, "10 promises or more kept")],
)
def test_kept_promises_are_told_one_by_one_up_to_ten(playbook, kept, said):
    done = tuple(
        Ask(executive="coo", step=f"step {n}", asked_on=TODAY, status=AskStatus.DONE, closed_on=TODAY)
        for n in range(kept)
    )
    found = availability(
        company(asks=done),
        CFO,
        Lever.CONFIDENCE,
        level=Level.ENDORSING,
        case=CASE,
        steps=playbook.steps,
        rules=playbook.choice,
        as_of=TODAY,
    )
    assert [line for line in found.at_hand if "promise" in line] == ([] if said is None else [f"{said}."])
