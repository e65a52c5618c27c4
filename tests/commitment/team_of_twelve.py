"""A simulated company of twelve executives, to plan for: who stands where, who hears whom, what was tried."""

from datetime import date, timedelta

from fulcrum.core.company import (
    ApprovedStory,
    Ask,
    AskStatus,
    Company,
    JourneyShift,
    Move,
    Mover,
    OutsideMover,
    Vision,
    Win,
)
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import (
    Behaviour,
    Executive,
    Goal,
    Influence,
    Level,
    Motivator,
    Observation,
    Reaction,
    Source,
)

AS_OF = date(2026, 11, 16)

# id, name, role, area, desired, hours of attention, anchors seen over the last weeks (oldest first)
CAST = (
    ("ceo", "Ruth Adeyemi", "CEO", "whole company", 5, 1.0, (3, 4, 4, 3, 4, 5, 4)),
    ("cfo", "Jon Vestergaard", "CFO", "finance", 3, 0.5, (2, 3, 3, 2, 3, 3, 3)),
    ("coo", "Mirela Popa", "COO", "operations", 4, 1.0, (2, 2, 3, 2, 3, 2)),
    ("cmo", "Adam Sorel", "CMO", "marketing", 4, 1.0, (4, 4, 4, 3, 1, 1, 2)),
    ("cio", "Hye-jin Park", "CIO", "systems", 3, 0.5, (1, 2, 1, 2, 2)),
    ("chro", "Tobias Lind", "CHRO", "people", 3, 0.5, ()),
    ("cpo", "Nadia Rahimi", "Chief Product Officer", "product", 4, 1.0, (3, 3, 4, 3, 4, 3)),
    ("sales", "Colm Byrne", "Head of Sales", "sales", 3, 0.5, (0, 1, 1, 0, 1, 1)),
    ("risk", "Ingrid Moe", "Chief Risk Officer", "risk", 3, None, (2, 1, 2, 1, 2)),
    ("supply", "Paolo Greco", "Head of Supply Chain", "supply", 3, 0.5, (1, 1, 0, 1, 1)),
    ("north", "Keiko Mori", "General Manager North", "north", 4, 1.0, (3, 4, 4, 4, 4)),
    ("south", "Omar Haddad", "General Manager South", "south", 4, 0.5, (2, 2, 1, 2, 2)),
)
HEARD = (
    ("ceo", "cfo", 0.6),
    ("ceo", "coo", 0.8),
    ("ceo", "cmo", 0.7),
    ("ceo", "cpo", 0.5),
    ("ceo", "chro", 0.5),
    ("cfo", "ceo", 0.6),
    ("cfo", "sales", 0.7),
    ("cfo", "risk", 0.5),
    ("coo", "cio", 0.6),
    ("coo", "supply", 0.6),
    ("cpo", "cio", 0.5),
    ("cpo", "cmo", 0.4),
    ("cmo", "sales", 0.3),
    ("north", "south", 0.7),
    ("north", "supply", 0.6),
    ("south", "north", 0.4),
    ("risk", "cfo", 0.4),
)


def company_of_twelve() -> Company:
    """Harbour & Hill Water, as of 16 November 2026: 14 hours a week, four who oppose or do not care."""
    return Company(
        name="Harbour & Hill Water",
        industry="utilities",
        currency="EUR",
        as_of=AS_OF,
        is_simulated=True,
        hours_per_week=14,
        executives=tuple(
            Executive(
                id=id,
                name=name,
                role=role,
                area=area,
                is_sponsor=id == "ceo",
                desired_level=Level(desired),
                attention_hours_per_week=hours,
            )
            for id, name, role, area, desired, hours, _ in CAST
        ),
        influence=tuple(Influence(listened_to=a, listener=b, strength=s) for a, b, s in HEARD),
        observations=tuple(one for id, *_, anchors in CAST for one in _acts(id, anchors)),
        reactions=(
            Reaction(executive="coo", date=date(2026, 10, 12), barrier=Barrier.TELL_ME_WHAT),
            Reaction(executive="cio", date=date(2026, 10, 20), barrier=Barrier.NOTHING_IN_IT),
            Reaction(executive="south", date=date(2026, 11, 2), barrier=Barrier.NOT_WORTH_IT),
        ),
        goals=tuple(
            Goal(executive=id, goal=f"The goal of {area}") for id, _, _, area, *_ in CAST if id != "risk"
        ),
        motivators=tuple(
            Motivator(executive=id, motivator="recognition") for id in ("ceo", "cpo", "cio", "north", "sales")
        ),
        asks=(
            Ask(
                executive="cpo",
                step="afternoon-in-support",
                asked_on=date(2026, 11, 9),
                due=date(2026, 11, 27),
                status=AskStatus.ACCEPTED,
            ),
        ),
        moves=(
            Move(id="m1", executive="coo", lever=Lever.VISION, date=date(2026, 5, 4)),
            Move(id="m2", executive="north", lever=Lever.OPPORTUNITIES, date=date(2026, 4, 13)),
            Move(id="m3", executive="cfo", lever=Lever.OPPORTUNITIES, date=date(2026, 6, 1)),
        ),
        wins=(Win(date=date(2026, 10, 5), win="Leaks answered on the same day in North", value="40000"),),
        context=(OutsideMover(date=date(2026, 8, 20), kind=Mover.CRISIS, note="Drought order"),),
        vision=Vision(
            statement="Told once, mended once",
            journeys=(JourneyShift(journey="leak", from_="three calls", to="one"),),
            meaning=tuple((id, f"What it means for {area}") for id, _, _, area, *_ in CAST[:4]),
        ),
        stories=tuple(
            ApprovedStory(
                id=f"story-{area}",
                quote="…",
                touchpoint="call",
                score=2,
                area=area,
                approved_by="CX lead",
                approved_on=date(2026, 10, 20),
            )
            for area in ("finance", "operations", "sales", "supply")
        ),
    )


def _acts(id: str, anchors: tuple[int, ...]) -> tuple[Observation, ...]:
    """One act every three weeks over the behaviours in turn, the last shortly before the day."""
    return tuple(
        Observation(
            executive=id,
            date=AS_OF - timedelta(days=6 + 21 * (len(anchors) - 1 - at)),
            behaviour=list(Behaviour)[at % 5],
            anchor=Level(anchor),
            source=Source.SEEN,
            observer="ann" if at % 2 else "ben",
            note="Seen at a meeting",
        )
        for at, anchor in enumerate(anchors)
    )
