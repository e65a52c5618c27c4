"""What a company's exports mean: the values that `data/mapping.toml` reads to.

`mapping_file.read_mapping` makes them, `tables.load` follows them. Nothing here guesses: a rule that is not
declared does not exist. The contract for people is `docs/mapping.md`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from fulcrum.core.value import value
from fulcrum.evidence.engines.connection import Connection

ScoreKind = Literal["nps", "csat", "ces", "stars"]


class Table(StrEnum):
    """The five tables that every export is read to."""

    FEEDBACK = "feedback"
    CUSTOMERS = "customers"
    TRANSACTIONS = "transactions"
    CONTACTS = "contacts"
    EVENTS = "events"


class Sort(StrEnum):
    """What kind of content a canonical column holds, and so how its texts are typed."""

    IDENTITY = "identity"
    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    SCORE = "score"
    RATING = "rating"
    FLAG = "flag"


class Outcome(StrEnum):
    """What a comparison looks at."""

    SCORE = "score"
    STAYED = "stayed"
    SPEND = "spend"
    LEFT = "left"


@value
class Canonical:
    """One column of a canonical table: its name, what it holds, and whether a row must have it."""

    name: str
    sort: Sort
    is_required: bool = False


@value
class Lookup:
    """Where a value is exchanged for another: the row of `path` whose `key` it equals gives `take`."""

    path: str
    key: str
    take: str


@value
class ColumnRule:
    """What one canonical column or segment field is made of: a column, a constant, or two dates compared.

    `scale` and `kind` belong to a score, `yes` to a flag, `currency` (a column of codes) to money, `format`
    to a date. `cut` bands a number from these limits up. `not_applicable` are the texts of a rating that say
    that it does not concern the customer, which is neither a low rating nor a missing one.

    What only a person can know: `amounts` or `days` are the lowest and the highest that are right (the key
    `range`); `is_direction_said` tells a scale that is declared to run upwards from one of which nothing was
    said; `day_first` says again which of two numbers in a date is the day.
    """

    name: str
    sort: Sort
    column: str | None = None
    constant: str | None = None
    later: tuple[str, str] | None = None
    format: str | None = None
    scale: tuple[float, float] | None = None
    kind: ScoreKind | None = None
    is_reversed: bool = False
    is_direction_said: bool = False
    amounts: tuple[Decimal, Decimal] | None = None
    days: tuple[date, date] | None = None
    day_first: bool | None = None
    yes: tuple[str, ...] = ()
    currency: str | None = None
    cut: tuple[float, ...] = ()
    lookup: Lookup | None = None
    not_applicable: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands that `cut` makes, from low to high; none without it."""
        if not self.cut:
            return ()
        limits = [f"{limit:g}" for limit in self.cut]
        between = (f"{low} to under {high}" for low, high in pairwise(limits))
        return (f"below {limits[0]}", *between, f"{limits[-1]} and above")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the user's file that this rule reads."""
        named = (self.column, self.currency, *(self.later or ()))
        return tuple(name for name in named if name is not None)


@value
class Weight:
    """How many customers one row stands for: the number in `column`, or the number that its text maps to."""

    column: str
    map: tuple[tuple[str, float], ...] = ()
    otherwise: float | None = None


@value
class Keep:
    """Only rows whose `column` holds one of `texts` are read; the others are skipped, by this name."""

    column: str
    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The rule as it appears in the row account."""
        return f"{self.column} is not {' or '.join(self.texts)}"


@value
class Control:
    """What the sender says the file holds: rows, and the total of money columns."""

    rows: int | None = None
    totals: tuple[tuple[str, Decimal], ...] = ()


@value
class MappedFile:
    """One export and what it is.

    `tolerate` is the share of its rows that may be rejected, `orphans` the share that may belong to nobody
    among the customers; both are 0 unless said.
    With a `connection` it is a table of that warehouse, and `path` its name there.
    """

    path: str
    table: Table
    columns: tuple[ColumnRule, ...]
    currency: str
    ratings: tuple[ColumnRule, ...] = ()
    segments: tuple[ColumnRule, ...] = ()
    sheet: str | None = None
    title_rows: int = 0
    header_rows: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str = "."
    thousands: str | None = None
    missing: tuple[str, ...] = ("",)
    personal: tuple[str, ...] = ()
    keep: Keep | None = None
    weight: Weight | None = None
    control: Control | None = None
    tolerate: float = 0.0
    orphans: float = 0.0
    connection: str | None = None

    @property
    def rules(self) -> tuple[ColumnRule, ...]:
        """Every rule of this file, in a fixed order."""
        return self.columns + self.ratings + self.segments

    def rule(self, name: str) -> ColumnRule | None:
        """The rule of this canonical column, if the file has it."""
        return next((rule for rule in self.columns if rule.name == name), None)


@value
class Landmark:
    """The day that parts score and outcome: the score comes strictly before it, the outcome from it on.

    `observed_until` is the last day that the data cover; a window that ends after it is not whole.
    """

    day: date
    outcome_months: int
    pre_months: int = 0
    observed_until: date | None = None


@value
class ComparisonSpec:
    """Two groups to compare: by a segment field, or by "band" for promoters against detractors.

    `exposed` and `against` are values of the field; with "band" the best and the worst band take their place.
    """

    key: str
    title: str
    exposure: str
    exposed: str
    against: str
    outcome: Outcome
    adjust: tuple[str, ...] = ()


@value
class MarginSpec:
    """A field by which answers are weighted to the customer base, with its shares where no file has them."""

    field: str
    shares: tuple[tuple[str, float], ...] = ()


@value
class Mapping:
    """Everything that `mapping.toml` says."""

    currency: str
    files: tuple[MappedFile, ...]
    landmark: Landmark | None = None
    comparisons: tuple[ComparisonSpec, ...] = ()
    margins: tuple[MarginSpec, ...] = ()
    connections: tuple[Connection, ...] = ()

    @property
    def connection(self) -> Connection | None:
        """The warehouse that all tables lie in, None where files are read."""
        named = {file.connection for file in self.files}
        return next((one for one in self.connections if one.name in named), None)

    def of(self, table: Table) -> tuple[MappedFile, ...]:
        """The files that feed one table, in the order of the mapping."""
        return tuple(file for file in self.files if file.table is table)

    @property
    def score_rule(self) -> ColumnRule | None:
        """The rule of the score, if any file holds one (all files must agree on scale and kind)."""
        found = (file.rule("score") for file in self.files)
        return next((rule for rule in found if rule is not None), None)

    @property
    def fields(self) -> tuple[str, ...]:
        """The segment fields, each once, in the order of the mapping."""
        return tuple(dict.fromkeys(rule.name for file in self.files for rule in file.segments))

    def bands_of(self, field: str) -> tuple[str, ...]:
        """The bands of a field that `cut` makes, from low to high; none for any other field."""
        rules = (rule for file in self.files for rule in file.segments if rule.name == field)
        return next((rule.bands for rule in rules if rule.bands), ())


def _columns(required: str, **sorts: Sort) -> tuple[Canonical, ...]:
    names = required.split()
    return tuple(Canonical(name=name, sort=sort, is_required=name in names) for name, sort in sorts.items())


CANONICAL: dict[Table, tuple[Canonical, ...]] = {
    Table.FEEDBACK: _columns(
        "customer score",
        customer=Sort.IDENTITY,
        score=Sort.SCORE,
        answered_at=Sort.DATE,
        experience_ended_at=Sort.DATE,
        touchpoint=Sort.TEXT,
        comment=Sort.TEXT,
        response=Sort.TEXT,
    ),
    Table.CUSTOMERS: _columns(
        "customer",
        customer=Sort.IDENTITY,
        started=Sort.DATE,
        ended=Sort.DATE,
        observed_until=Sort.DATE,
        value=Sort.MONEY,
        left=Sort.FLAG,
        score=Sort.SCORE,
        answered_at=Sort.DATE,
        experience_ended_at=Sort.DATE,
        touchpoint=Sort.TEXT,
        comment=Sort.TEXT,
    ),
    Table.TRANSACTIONS: _columns(
        "customer amount", customer=Sort.IDENTITY, amount=Sort.MONEY, at=Sort.DATE, cost=Sort.MONEY
    ),
    Table.CONTACTS: _columns(
        "customer at",
        customer=Sort.IDENTITY,
        at=Sort.DATE,
        channel=Sort.TEXT,
        reason=Sort.TEXT,
        cost=Sort.MONEY,
    ),
    Table.EVENTS: _columns("customer at event", customer=Sort.IDENTITY, at=Sort.DATE, event=Sort.TEXT),
}
"""The columns of each canonical table. `response` is the id of an answer; `value` is a year's worth."""
