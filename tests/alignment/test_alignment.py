"""Alignment of a made-up team: what is measured, what is refused, and that no answer can be worked out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulcrum import from_pulses
from fulcrum.alignment import agreement
from fulcrum.core.alignment import Alignment
from fulcrum.core.company import Company, MechanismRecord, MechanismState, PulseAnswer, PulseRound
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.people import Executive
from fulcrum.core.quantities import NPS, Estimate, Grade, Interval, Unit, Unknown, score_unit
from fulcrum.playbook.load import load_playbook

PLAYBOOK = load_playbook(None)
SPRING, AUTUMN = date(2026, 4, 1), date(2026, 10, 1)
ROLES = {"ceo": "CEO", "cfo": "CFO", "coo": "COO", "cmo": "CMO", "cio": "CIO", "chro": "CHRO"}
TOP = ("customers", "growth", "cost", "people", "quality")
Said = dict[str, Any]


def company(*rounds: tuple[date, Said], **more: Any) -> Company:
    people = tuple(Executive(id=id, name=id.upper(), role=role) for id, role in ROLES.items())
    made: dict[str, Any] = {"executives": people, "as_of": date(2026, 11, 16), **more}
    answers = tuple(one for on, said in rounds for one in _answers(on, said))
    return Company(name="Acme", industry="telecom", currency="EUR", pulses=answers, **made)


def _answers(on: date, said: Said) -> list[PulseAnswer]:
    return [
        PulseAnswer(respondent=who, date=on, question=question, answer=str(answer))
        for who, sheet in said.items()
        for question, answer in sheet.items()
    ]


def everybody(**by_person: Said) -> Said:
    """Six sheets alike, but for what is said of each."""
    alike: Said = {
        "who_leads": "ceo",
        "customers_would_recommend_0_10": 8,
        "where_we_stand_1_5": 3,
        **ranks(*TOP),
    }
    return {who: alike | by_person.get(who, {}) for who in ROLES}


def ranks(*items: str) -> Said:
    return {f"priority:{item}": rank for rank, item in enumerate(items, start=1)}


def said_by_customers(mean: float, *, unit: Unit | None = None, is_nps: bool = True) -> Evidence:
    def finding(key: str, value: float, unit: Unit) -> Finding:
        interval = Interval(low=value - 0.1, high=value + 0.1, confidence=0.95)
        held = Estimate(
            value=value, interval=interval, unit=unit, n=900, grade=Grade.RAW, method="mean", trace="t"
        )
        return Finding(key=key, family="score", title=key, result=held)

    findings = [finding("score.all", mean, unit or score_unit(0, 10))]
    return Evidence(findings=(*findings, *([finding("nps.all", 20, NPS)] if is_nps else ())))


def align(held: Company, evidence: Evidence | None = None) -> Alignment:
    return from_pulses.align_company(held, PLAYBOOK, evidence)


def known(result: object) -> Estimate:
    assert isinstance(result, Estimate), result
    return result


def unknown(result: object) -> Unknown:
    assert isinstance(result, Unknown), result
    return result


def test_the_chief_executives_own_claim_stands_against_their_colleagues() -> None:
    found = align(
        company((AUTUMN, everybody(cmo={"who_leads": "cmo"}, cio={"who_leads": "nobody"})))
    ).ownership
    assert (found.own, known(found.colleagues).value, known(found.gap).value) == ("ceo", 0.6, 0.4)
    assert (known(found.gap).interval.low, known(found.gap).interval.high) == pytest.approx(
        (1 - 0.947255049473683, 1 - 0.146632799634673), abs=1e-9
    )
    assert found.named == (("ceo", 3), ("cmo", 1), ("nobody", 1))
    assert (found.place, found.has_ranked) == (1, True)


def test_a_chief_who_names_somebody_else_leaves_a_negative_gap_and_is_agreed_with() -> None:
    found = align(company((AUTUMN, everybody(ceo={"who_leads": "cmo"}, cmo={"who_leads": "cmo"})))).ownership
    assert (known(found.gap).value, known(found.agree).value) == (-0.8, 0.2)


def test_fewer_than_five_colleagues_are_shown_to_nobody() -> None:
    said = everybody()
    del said["chro"]
    found = align(company((AUTUMN, said)), said_by_customers(7))
    results = (
        *(found.ownership.colleagues, found.ownership.gap, found.priorities.w, found.priorities.alpha),
        *(found.customers.share, found.perception.guess, found.perception.gap, found.spread.mean),
    )
    for result in results:
        assert "fewer than 5" in unknown(result).reason
        assert unknown(result).needs.startswith("1 more")
    assert not (found.ownership.named)
    assert not (found.priorities.items)
    assert not (found.customers.places)
    assert not (found.perception.guesses)
    assert not (found.spread.places)
    assert all(not words.texts for words in found.words)


def test_without_one_known_chief_executive_there_is_no_ownership_gap_but_all_else() -> None:
    people = tuple(Executive(id=id, name=id, role="COO") for id in ROLES)
    found = align(company((AUTUMN, everybody()), executives=people))
    assert "No executive is known" in unknown(found.ownership.gap).reason
    assert known(found.priorities.w).value == pytest.approx(1)


def test_who_answered_twice_counts_once_with_the_latest_answer() -> None:
    twice = company((AUTUMN, everybody()), (AUTUMN + timedelta(days=3), {"cfo": {"who_leads": "nobody"}}))
    found = align(twice)
    assert known(found.ownership.colleagues).value == 0.8
    assert found.cautions == ("1 answer was replaced by a later one of the same person.",)
    assert found.since is None


def test_an_answer_after_the_round_closed_does_not_count_and_that_is_said() -> None:
    round = PulseRound(id="r", opens_on=AUTUMN, closes_on=AUTUMN + timedelta(days=7))
    late = PulseAnswer(
        respondent="cfo", date=AUTUMN + timedelta(days=9), question="who_leads", answer="nobody", round="r"
    )
    held = company((AUTUMN, everybody()))
    found = align(company((AUTUMN, everybody()), pulse_rounds=(round,)))
    assert known(found.ownership.colleagues).value == 1
    found = align(replace(held, pulse_rounds=(round,), pulses=(*held.pulses, late)))
    assert known(found.ownership.colleagues).value == 1
    assert found.cautions == ("1 answer was given outside of the round's days and does not count.",)


def test_a_ranking_with_a_gap_is_left_out_and_counted() -> None:
    broken = {"who_leads": "ceo", "priority:cost": 1, "priority:growth": 2, "priority:people": 4}
    people = tuple(Executive(id=id, name=id, role=role) for id, role in {**ROLES, "cpo": "CPO"}.items())
    found = align(company((AUTUMN, {**everybody(), "cpo": broken}), executives=people))
    assert (found.priorities.rankings, found.priorities.set_apart) == (6, 1)
    assert known(found.customers.share).n == 5


def test_the_perception_gap_carries_both_doubts() -> None:
    found = align(
        company((AUTUMN, everybody(cfo={"customers_would_recommend_0_10": 9}))), said_by_customers(7)
    )
    seen = found.perception
    assert seen.guesses == (8, 8, 8, 8, 8, 9)
    guess, gap = known(seen.guess), known(seen.gap)
    assert gap.value == pytest.approx(guess.value - 7)
    low = gap.value - ((guess.value - guess.interval.low) ** 2 + 0.1**2) ** 0.5
    assert gap.interval.low == pytest.approx(low, abs=1e-9)
    assert gap.is_signed


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        (None, "No answers of customers are at hand."),
        (said_by_customers(4, unit=score_unit(1, 5), is_nps=False), "a scale from 1 to 5"),
        (said_by_customers(8, is_nps=False), "another question from 0 to 10"),
    ],
)
def test_no_gap_is_shown_against_another_scale_or_question(evidence: Evidence | None, why: str) -> None:
    found = align(company((AUTUMN, everybody())), evidence)
    assert why in unknown(found.perception.gap).reason
    assert known(found.perception.guess).value == 8


def test_change_is_counted_among_the_same_people() -> None:
    before = everybody(
        cfo={"who_leads": "nobody"}, coo={"who_leads": "nobody"}, chro={"where_we_stand_1_5": 5}
    )
    found = align(company((SPRING, before), (AUTUMN, everybody())))
    assert [known(then.ownership.colleagues).value for then in found.history] == [0.6, 1.0]
    changes = {one.key: one for one in found.changes}
    share = changes["chief_leads"]
    assert (share.is_paired, share.people, known(share.change).value) == (True, 5, 0.4)
    stand = changes["where_we_stand_1_5"]
    assert known(stand.change).value == pytest.approx(-2 / 6)
    assert not known(stand.change).is_signed


def test_with_a_few_others_change_is_not_paired_so_that_nobodys_answer_is_the_difference() -> None:
    """Of seven and then six people, totals and paired change together would tell the seventh's answer."""
    roles = {**ROLES, "cpo": "CPO"}
    people = tuple(Executive(id=id, name=id, role=role) for id, role in roles.items())
    before = {**everybody(), "cpo": everybody()["cfo"]}
    found = align(company((SPRING, before), (AUTUMN, everybody()), executives=people))
    for one in found.changes[:4]:
        assert isinstance(one.change, Estimate)
        assert not one.is_paired


def test_answers_close_in_time_are_one_round_and_a_quarter_apart_are_two() -> None:
    held = company((SPRING, everybody()), (SPRING + timedelta(days=20), {"cfo": {"who_leads": "coo"}}))
    assert len(from_pulses.rounds(held, PLAYBOOK)) == 1
    held = company((SPRING, everybody()), (AUTUMN, everybody()))
    assert [one.id for one in from_pulses.rounds(held, PLAYBOOK)] == ["2026-04-01", "2026-10-01"]


def test_no_text_of_the_result_says_who_answered_what() -> None:
    said = {
        who: {**sheet, "vision_in_own_words": f"words {at}"}
        for at, (who, sheet) in enumerate(everybody().items())
    }
    texts = align(company((AUTUMN, said))).words[0].texts
    assert sorted(texts) == [f"words {at}" for at in range(6)]
    assert list(texts) != sorted(texts)


orders = st.lists(st.permutations(range(5)), min_size=2, max_size=6)


@settings(max_examples=60, deadline=None)
@given(orders, st.permutations(range(5)), st.randoms(use_true_random=False))
def test_w_and_alpha_do_not_care_for_the_order_of_people_or_items(
    rankings: list[list[int]], swap: list[int], chance: Any
) -> None:
    w, alpha = agreement.kendall_w(rankings), agreement.krippendorff_alpha(rankings, "ordinal")
    turned = [[row[at] for at in swap] for row in rankings]
    chance.shuffle(turned)
    assert agreement.kendall_w(turned) == pytest.approx(w, abs=1e-12)
    assert agreement.krippendorff_alpha(turned, "ordinal") == pytest.approx(alpha, abs=1e-12)
    assert w is not None
    assert 0 <= w <= 1 + 1e-12


def test_the_drawn_chance_agrees_with_the_exact_one_and_repeats_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rankings = [[1, 2, 3, 4, 5], [2, 1, 3, 5, 4], [1, 5, 2, 3, 4]]
    exact = agreement.chance_of(rankings, tries=9_999, seed=1)
    monkeypatch.setattr(agreement, "_EXACT_BELOW", 1)
    drawn = agreement.chance_of(rankings, tries=9_999, seed=1)
    assert exact is not None
    assert drawn is not None
    assert (exact.is_exact, drawn.is_exact) == (True, False)
    assert drawn.p == pytest.approx(exact.p, abs=0.01)
    assert drawn == agreement.chance_of(rankings, tries=9_999, seed=1)


def test_nobody_agrees_where_everything_is_tied() -> None:
    assert agreement.kendall_w([[1, 1, 1], [2, 2, 2]]) is None
    assert agreement.krippendorff_alpha([[3, 3], [3, 3]], "ordinal") is None


def mechanisms(**states: MechanismState) -> tuple[MechanismRecord, ...]:
    return tuple(
        MechanismRecord(
            mechanism=id.replace("_", "-"), state=state, proof="Minutes", proven_on=date(2026, 9, 1)
        )
        for id, state in states.items()
    )


def test_what_is_built_next_has_what_it_needs_and_somebody_who_can() -> None:
    built = mechanisms(
        owner=MechanismState.IN_PLACE, contact=MechanismState.PROTECTED, agenda=MechanismState.AD_HOC
    )
    working = from_pulses.way_of_working(company(mechanisms=built), PLAYBOOK)
    assert [one.id for one in working.next] == ["closed-loop", "agenda", "risk"]
    agenda = working.next[1]
    assert agenda.builders == ("ceo", "coo")
    assert "What it needs runs already: Who owns it." in agenda.because
    assert "strategy" not in {one.id for one in working.next}


def test_when_all_run_the_next_is_to_hold_under_pressure() -> None:
    states = {entry.id.replace("-", "_"): MechanismState.IN_PLACE for entry in PLAYBOOK.mechanisms}
    working = from_pulses.way_of_working(company(mechanisms=mechanisms(**states)), PLAYBOOK)
    assert (working.next[0].id, working.next[0].to) == ("owner", MechanismState.PROTECTED)


def test_stale_and_missing_proof_is_named() -> None:
    old = MechanismRecord(
        mechanism="agenda", state=MechanismState.IN_PLACE, proof="Minutes", proven_on=date(2024, 3, 1)
    )
    said = MechanismRecord(mechanism="budget", state=MechanismState.PROTECTED)
    working = from_pulses.way_of_working(company(mechanisms=(old, said)), PLAYBOOK)
    doubts = {one.id: " ".join(one.doubts) for one in working.mechanisms}
    assert "what was, not what is" in doubts["agenda"]
    assert "it is said, not shown" in doubts["budget"]
    assert "Nobody has noted" in doubts["pay"]


def test_programme_language_is_flagged_with_what_to_write_instead() -> None:
    record = MechanismRecord(
        mechanism="recognition", state=MechanismState.AD_HOC, proof="Awards in phase two of the roll-out"
    )
    (phrase,) = from_pulses.way_of_working(company(mechanisms=(record,)), PLAYBOOK).phrases
    assert phrase.phrase == "“phase” and “roll-out”"
    assert phrase.instead


def test_the_outside_argument_comes_with_its_missing_baseline_and_conflicting_retellings() -> None:
    first, second = from_pulses.outside_arguments(PLAYBOOK)
    assert not (first.has_baseline)
    assert not (second.has_baseline)
    assert "Retellings conflict" in first.retellings
    assert "58 % in either direction" in second.retellings
