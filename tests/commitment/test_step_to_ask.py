"""Which step to ask: one at a time, never one just declined, smaller after a refusal, from a Monday on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from commitment_teams import CFO, TODAY, acts, ask, choice, company
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fulcrum.commitment.steps import asked_before, fitting_steps, open_ask, step_in_brief, step_on_record
from fulcrum.core.company import AskStatus
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Executive, Level, Reaction
from fulcrum.core.roles import role_of

ENDORSING = acts(2, 2, 2, 2, 2)
LONG_AGO = date(2026, 6, 1)


def test_the_step_suits_role_and_level_and_serves_the_lever(playbook):
    willing = tuple(Reaction(executive="cfo", date=TODAY, barrier=Barrier.TELL_ME_WHAT) for _ in range(3))
    chosen = choice(company(observations=ENDORSING, reactions=willing), playbook)
    step = playbook.step(chosen.step.step)
    assert chosen.lever is step.lever is Lever.FIRST_STEPS
    assert "CFO" in step.roles
    assert step.lowest_level == 2


def test_an_open_ask_stands_in_the_way_of_another(playbook):
    waiting = ask("billing-calls", date(2026, 11, 2), AskStatus.ASKED)
    chosen = choice(company(observations=ENDORSING, asks=(waiting,)), playbook)
    assert chosen.step is None
    assert "2 November 2026" in chosen.no_step_because


def test_an_ask_that_closes_tomorrow_is_open_today(playbook):
    closing = ask("billing-calls", date(2026, 11, 2), AskStatus.DONE, TODAY + timedelta(days=1))
    assert choice(company(observations=ENDORSING, asks=(closing,)), playbook).step is None


def test_a_step_that_was_declined_or_done_is_not_asked_again(playbook):
    first = choice(company(observations=ENDORSING), playbook).step
    for fate in (AskStatus.DECLINED, AskStatus.DONE):
        asked = ask(first.step, LONG_AGO, fate, LONG_AGO + timedelta(days=7))
        again = choice(company(observations=ENDORSING, asks=(asked,)), playbook).step
        assert again.step != first.step


@pytest.mark.parametrize("fate", [AskStatus.DECLINED, AskStatus.LAPSED])
def test_after_a_refusal_the_next_ask_is_smaller(playbook, fate):
    refused = ask("billing-calls", LONG_AGO, fate, LONG_AGO + timedelta(days=7))
    step = choice(company(observations=ENDORSING, asks=(refused,)), playbook).step
    assert step.minutes < playbook.step("billing-calls").minutes
    assert "8 June 2026" in step.why_this
    own = ask("Come to our day with customers", LONG_AGO, fate, LONG_AGO + timedelta(days=7))
    smallest = choice(company(observations=ENDORSING, asks=(own,)), playbook).step
    history = asked_before(company(), CFO, TODAY)
    fitting = fitting_steps(
        playbook.steps, CFO, level=Level.ENDORSING, history=history, rules=playbook.choice
    )
    acts_only = [each.minutes for each in fitting if each.behaviour is not Behaviour.COMMUNICATION]
    assert smallest.minutes == min(acts_only)


def test_asks_keep_two_weeks_apart_and_start_on_a_monday(playbook):
    soon = choice(company(observations=ENDORSING), playbook).step
    assert soon.first_on == date(2026, 11, 23)
    asked = ask("billing-calls", date(2026, 11, 12), AskStatus.DONE, date(2026, 11, 16))
    later = choice(company(observations=ENDORSING, asks=(asked,)), playbook).step
    assert later.first_on == date(2026, 11, 30)
    assert later.first_on.weekday() == 0


def test_a_repeating_step_runs_for_about_three_weeks_and_another_for_two(playbook):
    for then, days in (("5 minutes a week", 18), ("", 11)):
        only = replace(playbook, steps=(replace(playbook.step("billing-calls"), then=then),))
        asked = choice(company(observations=ENDORSING), only).step
        assert asked.until - asked.first_on == timedelta(days=days)


def test_no_step_takes_more_time_than_the_executive_gives(playbook):
    busy = replace(CFO, attention_hours_per_week=0.1)  # 12 minutes until the next ask
    left = fitting_steps(
        playbook.steps,
        busy,
        level=Level.PARTICIPATING,
        history=asked_before(company(), busy, TODAY),
        rules=playbook.choice,
    )
    assert left
    assert max(step.minutes for step in left) <= 12


def test_steps_for_peers_are_asked_of_peers_only(playbook):
    history = asked_before(company(), CFO, TODAY)
    level, rules = Level.LEADING_OWN_AREA, playbook.choice
    own = fitting_steps(playbook.steps, CFO, level=level, history=history, rules=rules)
    peers = fitting_steps(playbook.steps, CFO, level=level, history=history, rules=rules, for_peers=True)
    assert not any(step.is_for_peers for step in own)
    assert peers
    assert all(step.is_for_peers for step in peers)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("CFO", "CFO"),
        ("Chief Financial Officer", "CFO"),
        ("Chief People Officer", "CHRO"),
        ("Chief Product Officer", "CPO"),
        ("Vice President, Marketing", "CMO"),
        ("Chief Executive", "CEO"),
        ("Head of Logistics", "Supply chain"),
        ("Chief Customer Officer", "any"),
    ],
)
def test_a_title_belongs_to_a_role(title, role):
    assert role_of(title) == role
    assert Executive(id="x", name="", role=title).role == title


STATUSES = st.sampled_from(list(AskStatus))


@st.composite
def histories(draw, playbook):  # type: ignore[no-untyped-def]
    """What may have become of asks of this finance chief: steps of the library, on days up to today."""
    ids = [step.id for step in playbook.steps if {"CFO", "any"} & set(step.roles)]
    asks = []
    for _ in range(draw(st.integers(0, 5))):
        asked = TODAY - timedelta(days=draw(st.integers(0, 300)))
        status = draw(STATUSES)
        closed = None if status.is_open else asked + timedelta(days=draw(st.integers(0, 20)))
        asks.append(ask(ids[draw(st.integers(0, len(ids) - 1))], asked, status, closed))
    return tuple(asks)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_history_leads_to_a_second_ask_a_repeated_a_larger_or_an_unfitting_one(data, playbook):
    asks = data.draw(histories(playbook))
    hours = data.draw(st.sampled_from([None, 0.25, 0.5, 1.0, 4.0]))
    level = data.draw(st.sampled_from(list(Level)))
    person = replace(CFO, attention_hours_per_week=hours)
    history = asked_before(company(asks=asks), person, TODAY)
    left = fitting_steps(playbook.steps, person, level=level, history=history, rules=playbook.choice)
    never_again = {one.step for one in asks if one.status in (AskStatus.DECLINED, AskStatus.DONE)}
    for step in left:
        assert step.id not in never_again
        assert {"CFO", "any"} & set(step.roles)
        assert step.lowest_level <= level
        assert not step.is_for_peers
        assert hours is None or step.minutes <= 60 * hours * playbook.choice.weeks_between_asks.value
        if history.refusal is not None:
            assert step.minutes < playbook.step(history.refusal.step).minutes
    assert bool(open_ask(history, playbook.steps)) is (history.open is not None)


def test_each_step_of_the_library_has_a_whole_card(playbook):
    for step in playbook.steps:
        assert 3 <= len(step.how_to) <= 5, step.id
        assert step.looks_like.endswith("."), step.id
        assert step.is_not.endswith("."), step.id
        assert step.minutes > 0


def test_whoever_asks_comes_back_on_the_monday_after(playbook):
    step = choice(company(observations=ENDORSING), playbook).step
    assert step.until.weekday() == 4
    assert step.follow_up - step.until == timedelta(days=3)


def test_a_brief_asks_for_the_ask_that_is_open_and_says_when_it_was_promised(playbook):
    due = date(2026, 11, 28)  # a Saturday
    waiting = replace(ask("billing-calls", date(2026, 11, 2), AskStatus.ACCEPTED), due=due)
    whole = company(observations=ENDORSING, asks=(waiting,))
    chosen = choice(company(observations=ENDORSING), playbook).step
    step = step_in_brief(whole, CFO, chosen, playbook.steps, rules=playbook.choice)
    assert (step.step, step.first_on, step.until) == ("billing-calls", date(2026, 11, 2), due)
    assert step.is_promised
    assert step.follow_up == date(2026, 12, 1)
    assert step_in_brief(company(), CFO, chosen, playbook.steps, rules=playbook.choice) is chosen


def test_an_ask_in_own_words_has_its_days_and_no_card(playbook):
    own = ask("Come to our day with customers", date(2026, 11, 2), AskStatus.ASKED)
    step = step_on_record(own, CFO, playbook.steps, rules=playbook.choice)
    assert step.ask == "Come to our day with customers"
    assert step.how_to == ()
    assert step.until > step.first_on


def test_a_follow_up_never_falls_on_a_weekend(playbook):
    for day in range(14):
        put = replace(ask("billing-calls", TODAY, AskStatus.ASKED), due=TODAY + timedelta(days=day))
        step = step_on_record(put, CFO, playbook.steps, rules=playbook.choice)
        assert step.follow_up.weekday() < 5
