"""A small company and beliefs to choose by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fulcrum.commitment.barrier import barrier_of
from fulcrum.commitment.belief import believe
from fulcrum.commitment.choose import choose
from fulcrum.core.company import ApprovedStory, Ask, AskStatus, Company, JourneyShift, Vision, Win
from fulcrum.core.judgement import Belief, Choice
from fulcrum.core.levers import CaseAtHand
from fulcrum.core.people import Behaviour, Executive, Goal, Influence, Level, Motivator, Observation, Source
from fulcrum.core.playbook import Playbook

TODAY = date(2026, 11, 18)  # a Wednesday
CASE = CaseAtHand(is_computed=True, is_fresh=True, has_own_share_moved=True)
CFO = Executive(id="cfo", name="Kim", role="CFO", area="finance")
COO = Executive(id="coo", name="Lou", role="Chief Operating Officer", area="field")
STORY = ApprovedStory(
    id="s1",
    quote="…",
    touchpoint="call",
    score=2,
    approved_by="Jo",
    approved_on=date(2026, 10, 1),
    area="finance",
)


def company(**more: Any) -> Company:
    """Two executives and everything at hand for the finance chief, but for what `more` says otherwise."""
    whole = Company(
        name="Acme",
        industry="utilities",
        currency="EUR",
        as_of=TODAY,
        executives=(CFO, COO),
        influence=(Influence(listened_to="coo", listener="cfo", strength=0.6),),
        goals=(Goal(executive="cfo", goal="Cost to serve"),),
        motivators=(Motivator(executive="cfo", motivator="security"),),
        wins=(Win(date=date(2026, 10, 1), win="Fewer repeat calls", value=str(Decimal("12000"))),),
        vision=Vision(
            statement="A customer's fault is solved at the first visit",
            journeys=(JourneyShift(journey="repair", from_="two visits", to="one"),),
            meaning=(("cfo", "Fewer credits"),),
            approved_by="the chief executive",
            approved_on=date(2026, 3, 2),
        ),
        stories=(STORY,),
    )
    return replace(whole, **more)


def acts(*anchors: int, executive: str = "cfo", last: date = TODAY) -> tuple[Observation, ...]:
    """One act a week, the last on `last`, over the five behaviours in turn."""
    return tuple(
        Observation(
            executive=executive,
            date=last - timedelta(weeks=len(anchors) - 1 - at),
            behaviour=list(Behaviour)[at % 5],
            anchor=Level(anchor),
            source=Source.SEEN,
            observer="ann",
        )
        for at, anchor in enumerate(anchors)
    )


def ask(step: str, asked_on: date, status: AskStatus, closed_on: date | None = None) -> Ask:
    """One ask of the finance chief."""
    return Ask(executive="cfo", step=step, asked_on=asked_on, status=status, closed_on=closed_on)


def beliefs(whole: Company, playbook: Playbook) -> Mapping[str, Belief]:
    """The beliefs by acts alone."""
    return {
        person.id: believe(
            person,
            whole.observations,
            whole.moves,
            as_of=TODAY,
            rules=playbook.belief,
            matrix=playbook.matrix,
        )
        for person in whole.executives
    }


def choice(whole: Company, playbook: Playbook, *, of: Executive = CFO, case: CaseAtHand = CASE) -> Choice:
    """The choice for one executive, by acts alone."""
    others = beliefs(whole, playbook)
    barrier = barrier_of(
        of,
        whole.reactions,
        belief=others[of.id],
        as_of=TODAY,
        barriers=playbook.barriers,
        rules=playbook.belief,
    )
    return choose(
        whole,
        of,
        belief=others[of.id],
        barrier=barrier,
        others=others,
        case=case,
        playbook=playbook,
        as_of=TODAY,
    )
