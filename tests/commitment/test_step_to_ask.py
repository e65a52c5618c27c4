"""Which step to ask: one at a time, never one just declined, smaller after a refusal, from a Monday on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from commitment_teams import CFO, TODAY, acts, ask, choice, company

from fulcrum.commitment.steps import asked_before, fitting_steps
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
