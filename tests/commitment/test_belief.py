"""What the belief over levels promises: laws, a step done by hand, and an outside reference."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from commitment_worlds import AS_OF, SOMEBODY, START, seen, talker
from hypothesis import given, settings
from hypothesis import strategies as st

from fulcrum.commitment.belief import belief_of, believe, credible_run
from fulcrum.commitment.drift import week_of_drift
from fulcrum.commitment.emission import bell, repeat_weights, words_table
from fulcrum.commitment.filter import end_of, filtered, timeline_of, week_of
from fulcrum.core.company import Ask, AskStatus, Company, Move
from fulcrum.core.judgement import Belief
from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Executive, Level, Observation, Source
from fulcrum.core.playbook import MatrixCell, Playbook
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.rules import BeliefRules, Constant

DAY = date(2025, 3, 5)  # a Wednesday


def expected(belief: Belief) -> float:
    return sum(level * share for level, share in enumerate(belief.shares))


def of(
    rules: BeliefRules,
    matrix: tuple[MatrixCell, ...],
    *observations: Observation,
    as_of: date = AS_OF,
    moves: tuple[Move, ...] = (),
    who: Executive = SOMEBODY,
) -> Belief:
    return believe(who, observations, moves, as_of=as_of, rules=rules, matrix=matrix)


def test_one_act_in_the_first_week_gives_the_belief_worked_by_hand(rules, matrix):
    # Prior of somebody unknown: .12 .28 .40 .12 .06 .02. Likelihood of anchor 3 at level l:
    # exp(-(3 - l)^2 / 1.62), over the sum of exp(-(a - l)^2 / 1.62) for a = 0 … 5.
    bells = [1.627983, 2.167391, 2.251998, 2.251998, 2.167391, 1.627983]  # sums at levels 0 to 5
    heights = [0.003866, 0.084658, 0.539408, 1.0, 0.539408, 0.084658]
    products = [p * h / z for p, h, z in zip(rules.prior.unknown, heights, bells, strict=True)]
    belief = of(rules, matrix, seen(DAY, anchor=3), as_of=DAY)
    assert belief.shares == pytest.approx([p / sum(products) for p in products], abs=2e-5)
    assert belief.shares[2] == pytest.approx(0.54348, abs=1e-5)


def test_the_forward_filter_agrees_with_counting_every_path(rules, matrix):
    notes = [seen(DAY, anchor=4), seen(DAY + timedelta(days=16), Behaviour.DIRECTION, 1)]
    belief = of(rules, matrix, *notes, as_of=DAY + timedelta(days=21))
    table, likelihood, prior = week_of_drift(rules), bell(0.9), np.array(rules.prior.unknown)
    weight = np.zeros(6)
    for path in itertools.product(range(6), repeat=4):  # the weeks 0 to 3, notes in weeks 0 and 2
        chance = prior[path[0]] * likelihood[path[0], 4] * likelihood[path[2], 1]
        for before, after in itertools.pairwise(path):
            chance *= table[before, after]
        weight[path[-1]] += chance
    assert belief.shares == pytest.approx(weight / weight.sum(), abs=1e-12)


def test_half_of_a_certain_belief_has_left_its_level_after_the_half_life(rules):
    quarter = np.linalg.matrix_power(week_of_drift(rules), 13)
    assert np.diag(quarter).mean() == pytest.approx(0.5)
    assert quarter.sum(axis=1) == pytest.approx(1)


def test_without_evidence_the_belief_spreads_and_leans_downward(rules, matrix):
    act = seen(START, anchor=4)
    now, later = (
        of(rules, matrix, act, as_of=START),
        of(rules, matrix, act, as_of=START + timedelta(weeks=13)),
    )
    assert expected(later) < expected(now)
    assert max(later.shares) < max(now.shares)
    for level in range(1, 6):
        assert (week_of_drift(rules) @ np.arange(6))[level] < level


def test_later_evidence_dominates(rules, matrix):
    first, second = START, START + timedelta(weeks=20)
    rising = of(rules, matrix, seen(first, anchor=1), seen(second, anchor=4))
    falling = of(rules, matrix, seen(first, anchor=4), seen(second, anchor=1))
    assert expected(rising) > expected(falling) + 0.5


notes = st.builds(
    seen,
    st.integers(0, 200).map(lambda days: START + timedelta(days=days)),
    st.sampled_from(Behaviour),
    st.integers(0, 5),
    st.sampled_from(Source),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(notes, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_notes_does_not_matter(playbook, told, shuffler):
    other = list(told)
    shuffler.shuffle(other)
    one, two = (of(playbook.belief, playbook.matrix, *each) for each in (told, other))
    assert one.shares == pytest.approx(two.shares, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(notes, min_size=1, max_size=8), st.integers(0, 7))
def test_a_higher_anchor_in_place_of_a_lower_never_lowers_the_expected_level(playbook, told, which):
    index = which % len(told)
    higher = list(told)
    higher[index] = replace(told[index], anchor=Level(min(5, told[index].anchor + 1)))
    before, after = (of(playbook.belief, playbook.matrix, *each) for each in (told, higher))
    assert expected(after) >= expected(before) - 1e-9


@settings(max_examples=60, deadline=None)
@given(st.lists(notes, max_size=8), st.sampled_from(Behaviour))
def test_one_more_act_at_the_highest_anchor_never_lowers_the_expected_level(playbook, told, behaviour):
    act = seen(START + timedelta(days=201), behaviour, 5)
    before, after = (of(playbook.belief, playbook.matrix, *each) for each in (told, [*told, act]))
    assert expected(after) >= expected(before) - 1e-9


@settings(max_examples=25, deadline=None)
@given(st.lists(notes, min_size=1, max_size=6))
def test_what_an_observation_moved_equals_the_belief_without_it(playbook, told):
    whole = of(playbook.belief, playbook.matrix, *told)
    for weighed in whole.moved_most:
        rest = list(told)
        rest.remove(weighed.observation)
        without = of(playbook.belief, playbook.matrix, *rest)
        kept = expected(without) if rest else prior_level(playbook.belief)
        assert weighed.moved == pytest.approx(expected(whole) - kept, abs=1e-9)
    sizes = [abs(each.moved) for each in whole.moved_most]
    assert sizes == sorted(sizes, reverse=True) or np.allclose(sizes, sorted(sizes, reverse=True))


def prior_level(rules: BeliefRules) -> float:
    return sum(level * share for level, share in enumerate(rules.prior.unknown))


def test_leave_one_out_of_nothing_is_zero(rules, matrix):
    silent = replace(rules, weight_told_by=Constant(value=0.0, why="a note that says nothing", source="test"))
    belief = of(silent, matrix, seen(DAY, Behaviour.DIRECTION, source=Source.TOLD_BY), seen(DAY, anchor=4))
    assert [each.moved for each in belief.moved_most][-1] == pytest.approx(0)
    assert of(rules, matrix).moved_most == ()


def test_after_two_quarters_without_evidence_the_answer_is_unknown(rules, matrix):
    act = seen(START, anchor=5)
    assert isinstance(of(rules, matrix, act, as_of=START + timedelta(days=181)).level, Estimate)
    stale = of(rules, matrix, act, as_of=START + timedelta(days=182))
    assert isinstance(stale.level, Unknown)
    assert stale.change is None
    assert stale.last_evidence == START


def test_nobody_seen_is_unknown_at_the_prior(rules, matrix):
    belief = of(rules, matrix)
    assert isinstance(belief.level, Unknown)
    assert belief.shares == pytest.approx(rules.prior.unknown)
    sponsor = of(rules, matrix, who=replace(SOMEBODY, is_sponsor=True))
    assert sponsor.shares == pytest.approx(rules.prior.sponsor)
    new = believe(SOMEBODY, (), (), as_of=AS_OF, rules=rules, matrix=matrix, is_new=True)
    assert new.shares == pytest.approx(rules.prior.new)


def test_what_is_dated_later_or_belongs_to_others_is_left_out(rules, matrix):
    act = seen(DAY, anchor=4)
    later, others = seen(AS_OF + timedelta(days=1), anchor=0), seen(DAY, anchor=0, executive="y")
    move = Move(id="m", executive="y", lever=Lever.VISION, date=DAY)
    assert of(rules, matrix, act, later, others, moves=(move,)) == of(rules, matrix, act)


def test_words_say_the_same_of_every_level_above_endorsing():
    table = words_table(bell(0.9), 2)
    assert (table[3:] == table[2]).all()
    assert table[1, 5] < table[2, 5]


def test_repeats_within_a_quarter_weigh_one_half_one_third(rules):
    days = (0, 30, 60, 200)
    told = [seen(START + timedelta(days=day)) for day in days] + [seen(START, Behaviour.DIRECTION)]
    weights = repeat_weights(told, np.ones((1, 5), dtype=bool), 91)
    assert weights[0] == pytest.approx([1, 1 / 2, 1 / 3, 1, 1])


def test_words_never_make_a_deed_weigh_less():
    told = [seen(START + timedelta(days=day), source=Source.OWN_WORDS) for day in range(3)]
    weights = repeat_weights([*told, seen(START + timedelta(days=5))], np.ones((1, 4), dtype=bool), 91)
    assert weights[0] == pytest.approx([1, 1 / 2, 1 / 3, 1])


def test_a_quarter_of_words_without_a_deed_speaks_against_deeds(rules, matrix):
    speech = seen(START, Behaviour.COMMUNICATION, 5, Source.OWN_WORDS)
    mute = replace(rules, words_without_deeds=Constant(value=0.0, why="without the device", source="test"))
    assert sum(of(rules, matrix, speech).shares[3:]) < sum(of(mute, matrix, speech).shares[3:])
    deed = seen(START, anchor=3)
    assert of(rules, matrix, speech, deed).shares == pytest.approx(of(mute, matrix, speech, deed).shares)


def test_a_talk_only_executive_never_reads_above_endorsing(rules, matrix):
    belief = of(rules, matrix, *talker())
    assert max(sum(week.shares[3:]) for week in belief.history) <= 0.25
    assert belief.likeliest is Level.ENDORSING
    sponsor = of(rules, matrix, *talker(), who=replace(SOMEBODY, is_sponsor=True))
    assert sum(sponsor.shares[3:]) <= 0.25


def test_a_move_lifts_the_weeks_after_it_by_the_effect_in_the_matrix(rules, matrix):
    act = seen(START, anchor=2)
    until = START + timedelta(weeks=13)
    still = of(rules, matrix, act, as_of=until)
    move = Move(id="m", executive="x", lever=Lever.VISION, date=START)
    pulled = of(rules, matrix, act, as_of=until, moves=(move,))
    assert pulled.history[0].shares == still.history[0].shares
    assert 0.2 < expected(pulled) - expected(still) < 0.46
    twice = of(rules, matrix, act, as_of=until, moves=(move, replace(move, id="n")))
    assert twice.shares == pytest.approx(pulled.shares)


def test_a_fall_by_three_quarters_of_a_level_in_a_quarter_is_a_drop(rules, matrix):
    high = [seen(START + timedelta(weeks=week), list(Behaviour)[week % 5], 4) for week in range(10)]
    low = [seen(START + timedelta(weeks=20 + week), list(Behaviour)[week % 5], 1) for week in range(5)]
    until = START + timedelta(weeks=25)
    fell = of(rules, matrix, *high, *low, as_of=until)
    assert fell.change is not None
    assert fell.change < -0.75
    assert fell.is_drop
    assert not of(rules, matrix, *high, as_of=until).is_drop  # silence is stale evidence and no drop


def test_change_is_the_expected_level_now_less_that_of_ninety_days_ago(rules, matrix):
    told = [seen(START + timedelta(weeks=week), anchor=3) for week in (0, 4, 20)]
    sunday = end_of(week_of(START + timedelta(weeks=22)))
    then = sunday - timedelta(days=90)
    last_full = end_of(week_of(then + timedelta(days=1)) - 1)
    belief = of(rules, matrix, *told, as_of=sunday)
    before = of(rules, matrix, *told, as_of=last_full)
    assert belief.change == pytest.approx(expected(belief) - expected(before))
    assert of(rules, matrix, told[2], as_of=sunday).change is None


def test_the_history_says_what_was_believed_then(rules, matrix):
    told = [*talker(speeches=6), seen(START + timedelta(weeks=9), anchor=4)]
    belief = of(rules, matrix, *told)
    for week in belief.history[::7]:
        assert of(rules, matrix, *told, as_of=week.week_ending).shares == pytest.approx(week.shares)
    assert belief.history[-1].shares == belief.shares


def test_the_profile_reads_each_behaviour_by_itself(rules, matrix):
    belief = of(rules, matrix, seen(AS_OF, Behaviour.DIRECTION, 4), seen(AS_OF, Behaviour.RESOURCES, 1))
    level = {each.behaviour: each.level for each in belief.profile}
    assert isinstance(level[Behaviour.MODEL], Unknown)
    direction, resources = level[Behaviour.DIRECTION], level[Behaviour.RESOURCES]
    assert isinstance(direction, Estimate)
    assert isinstance(resources, Estimate)
    assert direction.value > expected(belief) > resources.value


def test_the_credible_set_is_the_shortest_run_that_holds_enough():
    assert credible_run(np.array([0, 0.1, 0.5, 0.35, 0.05, 0]), 0.8) == (Level(2), Level(3))
    assert credible_run(np.array([0.4, 0.4, 0.2, 0, 0, 0]), 0.8) == (Level(0), Level(1))
    assert credible_run(np.array([0, 0, 0, 0, 0.1, 0.9]), 0.8) == (Level(5), Level(5))


def test_observers_are_counted_once_each(rules, matrix):
    told = [seen(DAY, observer=name) for name in ("Ann", "ann ", "Bo", "")]
    assert of(rules, matrix, *told).observers == 2


def test_an_executive_is_believed_with_their_asks(playbook: Playbook):
    company = Company(
        name="Acme",
        industry="",
        currency="EUR",
        as_of=AS_OF,
        executives=(SOMEBODY,),
        asks=(Ask(executive="x", step="Call a customer", asked_on=AS_OF, status=AskStatus.DONE),),
    )
    belief = belief_of(
        SOMEBODY, company, as_of=AS_OF, rules=playbook.belief, matrix=playbook.matrix, steps=playbook.steps
    )
    assert belief.observations == 1


def test_the_filter_answers_for_many_subsets_as_for_each_alone(rules, matrix):
    told = [seen(START + timedelta(weeks=week), anchor=week % 6) for week in range(6)]
    timeline = timeline_of(told, (), AS_OF)
    masks = np.vstack([np.ones(6, dtype=bool), ~np.eye(6, dtype=bool)])
    both = filtered(timeline, np.full(6, 1 / 6), masks, np.ones(7, dtype=bool), rules=rules, matrix=matrix)
    for row, mask in zip(both, masks, strict=True):
        one = filtered(
            timeline, np.full(6, 1 / 6), mask[None], np.ones(1, dtype=bool), rules=rules, matrix=matrix
        )
        assert one[0] == pytest.approx(row)
