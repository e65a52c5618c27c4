"""Companies of every shape, for round trips."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from fulcrum.core.company import (
    ApprovedStory,
    Ask,
    AskStatus,
    Company,
    Consent,
    Decision,
    DecisionKind,
    Initiative,
    JourneyShift,
    MechanismRecord,
    MechanismState,
    Move,
    Mover,
    OutsideMover,
    Promise,
    PulseAnswer,
    Risk,
    RiskTrend,
    Spend,
    StoryKind,
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

AS_OF = date(2026, 3, 9)


def _figures(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda figure: round(figure, 12))


_LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff")
_TRAPS = [
    "=1+1",
    "'=x",
    "''@",
    "-5",
    "+3 points",
    "12 %",
    "a,b;c\td",
    '"',
    "two\nlines",
    "\r",
    "NA",
    "00123",
    "1E5",
]
TEXT = (st.text(_LETTERS, min_size=1, max_size=20) | st.sampled_from(_TRAPS)).filter(
    lambda t: bool(t.strip())
)
MAYBE = st.just("") | TEXT
IDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8) | st.sampled_from(
    ["001", "a b", "ä-1"]
)
DAYS = st.dates(date(2000, 1, 1), AS_OF)
SHARES = _figures(0, 1)
AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False)


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def _unlike(items: tuple[Any, ...], *names: str) -> tuple[Any, ...]:
    return tuple({tuple(getattr(item, name) for name in names): item for item in items}.values())


INITIATIVES = st.builds(
    Initiative,
    name=TEXT,
    one_off=AMOUNTS,
    running=AMOUNTS,
    horizon_years=_figures(0.1, 50),
    reach=st.integers(0, 10**9),
    moved_share=SHARES,
    causal_share=st.none() | SHARES,
    owner=MAYBE,
    comparison=MAYBE,
)
PULSE_ANSWERS = (
    st.tuples(st.just("customers_would_recommend_0_10"), st.integers(0, 10).map(str))
    | st.tuples(st.just("where_we_stand_1_5"), st.integers(1, 5).map(str))
    | st.tuples(st.just("priority:customers"), st.integers(1, 9).map(str))
    | st.tuples(st.just("who_leads"), st.just("nobody"))
    | st.tuples(st.just("vision_in_own_words"), TEXT)
)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """A company that the folder can hold: ids that exist, keys that occur once, days up to the reading."""
    ids = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    who = st.sampled_from(ids)
    bare = draw(
        st.builds(
            Company,
            name=TEXT,
            industry=TEXT,
            currency=st.sampled_from(["EUR", "USD", "CHF"]),
            as_of=st.just(AS_OF),
            is_simulated=st.booleans(),
            hours_per_week=st.none() | _figures(0, 100),
            contact=MAYBE,
            initiatives=_few(INITIATIVES),
            budget=st.none() | AMOUNTS,
        )
    )
    people = tuple(draw(_executive(id)) for id in ids)
    return replace(bare, executives=people, vision=draw(_vision(ids)), **_records(draw, who, ids))


def _executive(id: str) -> st.SearchStrategy[Executive]:
    return st.builds(
        Executive,
        id=st.just(id),
        name=TEXT,
        role=TEXT,
        area=MAYBE,
        is_sponsor=st.booleans(),
        desired_level=st.sampled_from(Level),
        attention_hours_per_week=st.none() | _figures(0, 168),
    )


def _vision(ids: list[str]) -> st.SearchStrategy[Vision | None]:
    shift = st.builds(JourneyShift, journey=TEXT, from_=TEXT, to=TEXT)
    meaning = st.dictionaries(st.sampled_from(ids), TEXT).map(lambda said: tuple(said.items()))
    return st.none() | st.builds(
        Vision, statement=TEXT, journeys=_few(shift), meaning=meaning, not_doing=_few(TEXT)
    )


def _records(draw: st.DrawFn, who: st.SearchStrategy[str], ids: list[str]) -> dict[str, Any]:
    pairs = [(a, b) for a in ids for b in ids if a != b]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4)) if pairs else []
    pulses = tuple(
        PulseAnswer(respondent=draw(who), date=draw(DAYS), question=question, answer=answer)
        for question, answer in draw(st.lists(PULSE_ANSWERS, max_size=4))
    )
    asked = draw(_few(_asks(who)))
    return {
        "influence": tuple(Influence(listened_to=a, listener=b, strength=draw(SHARES)) for a, b in edges),
        "observations": draw(_few(_observations(who))),
        "reactions": draw(
            _few(st.builds(Reaction, executive=who, date=DAYS, note=MAYBE, barrier=st.sampled_from(Barrier)))
        ),
        "goals": draw(_few(_goals(who))),
        "motivators": draw(_few(st.builds(Motivator, executive=who, motivator=TEXT, note=MAYBE))),
        "asks": asked,
        "moves": _unlike(draw(_few(_moves(who))), "id"),
        "pulses": _unlike(pulses, "respondent", "date", "question"),
        **_company_records(draw),
    }


_WINS = st.builds(Win, date=DAYS, win=TEXT, value=MAYBE, owner=MAYBE, note=MAYBE, proof=MAYBE, thanks=MAYBE)
_RISKS = st.builds(
    Risk,
    date=DAYS,
    risk=TEXT,
    severity=MAYBE,
    owner=MAYBE,
    note=MAYBE,
    trigger=MAYBE,
    response=MAYBE,
    trend=st.none() | st.sampled_from(RiskTrend),
    closed_on=st.none() | DAYS,
)
_PROMISES = st.builds(
    Promise, promise=TEXT, made_on=DAYS, to=MAYBE, due=st.none() | DAYS, kept_on=st.none() | DAYS, note=MAYBE
)
_DECISIONS = st.builds(
    Decision,
    date=DAYS,
    decision=TEXT,
    kind=st.none() | st.sampled_from(DecisionKind),
    decided_by=MAYBE,
    why=MAYBE,
)


def _company_records(draw: st.DrawFn) -> dict[str, Any]:
    states = st.sampled_from(MechanismState)
    mechanisms = st.builds(
        MechanismRecord, mechanism=TEXT, state=states, proof=MAYBE, proven_on=st.none() | DAYS
    )
    return {
        "mechanisms": draw(_few(mechanisms)),
        "wins": draw(_few(_WINS)),
        "risks": draw(_few(_RISKS)),
        "promises": draw(_few(_PROMISES)),
        "decisions": draw(_few(_DECISIONS)),
        "spend": draw(_few(st.builds(Spend, date=DAYS, item=TEXT, amount=AMOUNTS, owner=MAYBE, note=MAYBE))),
        "context": draw(_few(st.builds(OutsideMover, date=DAYS, kind=st.sampled_from(Mover), note=MAYBE))),
        "stories": _unlike(draw(_few(_STORIES)), "id"),
    }


def _observations(who: st.SearchStrategy[str]) -> st.SearchStrategy[Observation]:
    return st.builds(
        Observation,
        executive=who,
        date=DAYS,
        behaviour=st.sampled_from(Behaviour),
        anchor=st.sampled_from(Level),
        source=st.sampled_from(Source),
        observer=MAYBE,
        note=MAYBE,
    )


def _reactions(who: st.SearchStrategy[str]) -> st.SearchStrategy[Reaction]:
    barriers = st.sampled_from(Barrier)
    return st.builds(Reaction, executive=who, date=DAYS, barrier=barriers, note=MAYBE)


def _goals(who: st.SearchStrategy[str]) -> st.SearchStrategy[Goal]:
    due = st.none() | st.dates()
    return st.builds(Goal, executive=who, goal=TEXT, metric=MAYBE, baseline=MAYBE, target=MAYBE, due=due)


def _asks(who: st.SearchStrategy[str]) -> st.SearchStrategy[Ask]:
    return st.builds(
        Ask,
        executive=who,
        step=TEXT,
        asked_on=st.just(date(2020, 1, 1)),
        due=st.none() | st.dates(),
        status=st.sampled_from(AskStatus),
        closed_on=st.none() | st.dates(date(2020, 1, 1), AS_OF),
        note=MAYBE,
    )


def _moves(who: st.SearchStrategy[str]) -> st.SearchStrategy[Move]:
    levers = st.sampled_from(Lever)
    looked = st.none() | DAYS
    return st.builds(
        Move,
        id=IDS,
        executive=who,
        lever=levers,
        date=DAYS,
        brief=MAYBE,
        note=MAYBE,
        nothing_seen_on=looked,
    )


_STORIES = st.builds(
    ApprovedStory,
    id=IDS,
    quote=TEXT,
    touchpoint=MAYBE,
    score=st.none() | _figures(-100, 100),
    approved_by=TEXT,
    approved_on=DAYS,
    area=MAYBE,
    consent=st.none() | st.sampled_from(Consent),
    kind=st.none() | st.sampled_from(StoryKind),
    theme=MAYBE,
    counter_story=st.just("") | IDS,
)

TINY = Company(
    name="Acme",
    industry="retail",
    currency="EUR",
    as_of=AS_OF,
    executives=(Executive(id="cfo", name="Tomas Lindqvist", role="CFO"),),
    spend=(Spend(date=AS_OF, item="Notes", amount=Decimal("8200.50")),),
)
