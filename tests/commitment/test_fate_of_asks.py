"""The fate of asks counts as evidence, once."""

from datetime import date, timedelta

import pytest
from commitment_worlds import seen

from fulcrum.commitment.asks import observations_of_asks
from fulcrum.core.company import Ask, AskStatus
from fulcrum.core.people import Behaviour, Source
from fulcrum.core.playbook import Step

ASKED, CLOSED = date(2026, 3, 2), date(2026, 3, 20)
LIBRARY = tuple(
    Step(
        id=id,
        ask="Do it.",
        roles=("any",),
        minutes=30,
        minutes_from="estimate",
        behaviour=Behaviour.RESOURCES,
        lowest_level=level,
        how_to=(),
        sources=(),
    )
    for id, level in (("low", 1), ("high", 4))
)


def ask(status: AskStatus, step: str = "low", **more: date) -> Ask:
    return Ask(executive="x", step=step, asked_on=ASKED, status=status, **({"closed_on": CLOSED} | more))


@pytest.mark.parametrize(
    ("status", "step", "anchor"),
    [
        (AskStatus.DONE, "low", 3),
        (AskStatus.DONE, "high", 4),
        (AskStatus.DONE, "our own idea", 3),
        (AskStatus.DECLINED, "high", 1),
        (AskStatus.LAPSED, "high", 2),
    ],
)
def test_the_fate_of_an_ask_shows_a_level(rules, status, step, anchor):
    (shown,) = observations_of_asks((ask(status, step),), LIBRARY, rules=rules)
    assert shown.anchor == anchor
    assert shown.source is Source.ASK_OUTCOME
    assert shown.date == CLOSED
    assert shown.behaviour is (Behaviour.MODEL if step == "our own idea" else Behaviour.RESOURCES)


@pytest.mark.parametrize("status", [AskStatus.PROPOSED, AskStatus.ASKED, AskStatus.ACCEPTED])
def test_an_open_ask_shows_nothing_yet(rules, status):
    assert observations_of_asks((ask(status),), LIBRARY, rules=rules) == ()


def test_an_outcome_that_was_noted_by_hand_is_not_counted_twice(rules):
    for days, counted in ((14, 0), (15, 1)):
        noted = seen(CLOSED - timedelta(days=days), Behaviour.RESOURCES, 3, Source.ASK_OUTCOME)
        shown = observations_of_asks((ask(AskStatus.DONE),), LIBRARY, rules=rules, already=(noted,))
        assert len(shown) == counted
    act = seen(CLOSED, Behaviour.RESOURCES, 3, Source.SEEN)
    assert observations_of_asks((ask(AskStatus.DONE),), LIBRARY, rules=rules, already=(act,))


def test_an_ask_without_a_closing_day_counts_on_the_day_it_was_due_or_asked(rules):
    due = ASKED + timedelta(days=10)
    lapsed = Ask(executive="x", step="low", asked_on=ASKED, due=due, status=AskStatus.LAPSED)
    done = Ask(executive="x", step="low", asked_on=ASKED, due=due, status=AskStatus.DONE)
    shown = observations_of_asks((lapsed, done), LIBRARY, rules=rules)
    assert [each.date for each in shown] == [due, ASKED]
