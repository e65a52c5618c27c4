"""The CSV files of the company folder: which columns each has, and what value a row becomes."""

from collections.abc import Mapping
from typing import Any

from fulcrum.core.company import (
    ApprovedStory,
    Ask,
    AskStatus,
    Consent,
    Decision,
    DecisionKind,
    MechanismRecord,
    MechanismState,
    Move,
    Mover,
    OutsideMover,
    Promise,
    PulseAnswer,
    PulseRound,
    Risk,
    RiskTrend,
    Spend,
    StoryKind,
    Win,
)
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import (
    Behaviour,
    Executive,
    Goal,
    Influence,
    Motivator,
    Observation,
    Reaction,
    Source,
)
from fulcrum.core.value import value
from fulcrum.folder.cells import AMOUNT, DAY, FLAG, ID, LEVEL, LINE, NOTE, PERSON, Cell, between, word


@value
class Column:
    """One column: its header, the field of the value that it fills, what it holds, whether it must be filled.

    `names_executive` says that its text is the id of an executive.
    """

    header: str
    field: str
    cell: Cell
    is_required: bool = False
    names_executive: bool = False


@value
class Table:
    """One file: what of the company it holds, what a row becomes, and what makes a row unique."""

    file: str
    field: str
    make: type[Any]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    past: tuple[str, ...] = ()  # fields whose day cannot lie after the day of the reading

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row as we write it."""
        return tuple(column.header for column in self.columns)


def _table(file: str, field: str, make: type[Any], *columns: Column, **rules: tuple[str, ...]) -> Table:
    return Table(file=file, field=field, make=make, columns=columns, **rules)


def _must(header: str, cell: Cell, field: str | None = None) -> Column:
    return Column(header=header, field=field or header, cell=cell, is_required=True)


def _may(header: str, cell: Cell, field: str | None = None) -> Column:
    return Column(header=header, field=field or header, cell=cell)


def _who(header: str, field: str | None = None) -> Column:
    return Column(header=header, field=field or header, cell=ID, is_required=True, names_executive=True)


EXECUTIVES = _table(
    "executives.csv",
    "executives",
    Executive,
    _must("id", PERSON),
    _must("name", LINE),
    _must("role", LINE),
    _may("area", LINE),
    _may("sponsor", FLAG, "is_sponsor"),
    _may("desired_level", LEVEL),
    _may("attention_hours_per_week", between(0, 168)),
    key=("id",),
)
INFLUENCE = _table(
    "influence.csv",
    "influence",
    Influence,
    _who("from", "listened_to"),
    _who("to", "listener"),
    _must("strength", between(0, 1)),
    key=("listened_to", "listener"),
)
OBSERVATIONS = _table(
    "observations.csv",
    "observations",
    Observation,
    _who("executive"),
    _must("date", DAY),
    _must("behaviour", word(Behaviour)),
    _must("anchor", LEVEL),
    _must("source", word(Source)),
    _may("observer", LINE),
    _may("note", NOTE),
    past=("date",),
)
REACTIONS = _table(
    "reactions.csv",
    "reactions",
    Reaction,
    _who("executive"),
    _must("date", DAY),
    _must("barrier", word(Barrier)),
    _may("note", NOTE),
    past=("date",),
)
GOALS = _table(
    "goals.csv",
    "goals",
    Goal,
    _who("executive"),
    _must("goal", LINE),
    _may("metric", LINE),
    _may("baseline", LINE),
    _may("target", LINE),
    _may("due", DAY),
)
MOTIVATORS = _table(
    "motivators.csv", "motivators", Motivator, _who("executive"), _must("motivator", LINE), _may("note", NOTE)
)
ASKS = _table(
    "asks.csv",
    "asks",
    Ask,
    _who("executive"),
    _must("step", LINE),
    _must("asked_on", DAY),
    _may("due", DAY),
    _may("status", word(AskStatus)),
    _may("closed_on", DAY),
    _may("note", NOTE),
    past=("asked_on", "closed_on"),
)
MOVES = _table(
    "moves.csv",
    "moves",
    Move,
    _must("id", ID),
    _who("executive"),
    _must("lever", word(Lever)),
    _must("date", DAY),
    _may("brief", LINE),
    _may("note", NOTE),
    _may("nothing_seen_on", DAY),
    key=("id",),
    past=("date", "nothing_seen_on"),
)
PULSE_ROUNDS = _table(
    "pulse_rounds.csv",
    "pulse_rounds",
    PulseRound,
    _must("round", ID, "id"),
    _must("opens_on", DAY),
    _must("closes_on", DAY),
    _may("priorities", LINE),
    key=("id",),
)
PULSES = _table(
    "pulses.csv",
    "pulses",
    PulseAnswer,
    _who("respondent"),
    _must("date", DAY),
    _must("question", LINE),
    _must("answer", NOTE),
    _may("round", ID),
    key=("respondent", "date", "question", "round"),
    past=("date",),
)
MECHANISMS = _table(
    "mechanisms.csv",
    "mechanisms",
    MechanismRecord,
    _must("mechanism", LINE),
    _must("state", word(MechanismState)),
    _may("proof", NOTE),
    _may("date", DAY, "proven_on"),
    past=("proven_on",),
)
WINS = _table(
    "wins.csv",
    "wins",
    Win,
    _must("date", DAY),
    _must("win", LINE),
    _may("value", LINE),
    _may("owner", LINE),
    _may("note", NOTE),
    _may("proof", NOTE),
    _may("thanks", LINE),
    past=("date",),
)
RISKS = _table(
    "risks.csv",
    "risks",
    Risk,
    _must("date", DAY),
    _must("risk", LINE),
    _may("severity", LINE),
    _may("owner", LINE),
    _may("note", NOTE),
    _may("trigger", NOTE),
    _may("response", NOTE),
    _may("trend", word(RiskTrend)),
    _may("closed_on", DAY),
    past=("date", "closed_on"),
)
SPEND = _table(
    "spend.csv",
    "spend",
    Spend,
    _must("date", DAY),
    _must("item", LINE),
    _must("amount", AMOUNT),
    _may("owner", LINE),
    _may("note", NOTE),
    past=("date",),
)
PROMISES = _table(
    "promises.csv",
    "promises",
    Promise,
    _must("promise", LINE),
    _must("made_on", DAY),
    _may("to", LINE),
    _may("due", DAY),
    _may("kept_on", DAY),
    _may("note", NOTE),
    past=("made_on", "kept_on"),
)
DECISIONS = _table(
    "decisions.csv",
    "decisions",
    Decision,
    _must("date", DAY),
    _must("decision", LINE),
    _may("kind", word(DecisionKind)),
    _may("decided_by", LINE),
    _may("why", NOTE),
    past=("date",),
)
CONTEXT = _table(
    "context.csv",
    "context",
    OutsideMover,
    _must("date", DAY),
    _must("kind", word(Mover)),
    _may("note", NOTE),
    past=("date",),
)
STORIES = _table(
    "stories.csv",
    "stories",
    ApprovedStory,
    _must("id", ID),
    _must("quote", NOTE),
    _may("touchpoint", LINE),
    _may("score", between(-100, 100)),
    _may("area", LINE),
    _must("approved_by", LINE),
    _must("approved_on", DAY),
    _may("consent", word(Consent)),
    _may("kind", word(StoryKind)),
    _may("theme", LINE),
    _may("counter_story", ID),
    key=("id",),
    past=("approved_on",),
)

TABLES: tuple[Table, ...] = (
    EXECUTIVES,
    INFLUENCE,
    OBSERVATIONS,
    REACTIONS,
    GOALS,
    MOTIVATORS,
    ASKS,
    MOVES,
    PULSE_ROUNDS,
    PULSES,
    MECHANISMS,
    WINS,
    RISKS,
    SPEND,
    PROMISES,
    DECISIONS,
    CONTEXT,
    STORIES,
)
BY_FILE: Mapping[str, Table] = {table.file: table for table in TABLES}
