"""Numbers that know their unit, their doubt, how many cases they rest on, their grade and their trace.

A result is an `Estimate` or an `Unknown`, never a bare float; zero means zero. Only `core.wording`
turns one into text.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from fulcrum.core.value import value


class Grade(StrEnum):
    """How much a number may be believed to say about cause (evidence grade)."""

    RANDOMISED = "A"
    QUASI_EXPERIMENT = "B"
    ADJUSTED = "C"
    RAW = "D"
    ELSEWHERE = "E"

    @property
    def meaning(self) -> str:
        """What stands behind a number of this grade."""
        return {
            "A": "randomised pilot",
            "B": "quasi-experiment",
            "C": "adjusted association",
            "D": "raw association",
            "E": "somebody else's study, or an assumption",
        }[self.value]

    @property
    def claim(self) -> str:
        """The strongest word that money of this grade may be given."""
        return {"A": "return", "B": "return", "C": "expected, if causal"}.get(self.value, "at stake")

    def weakest(self, other: "Grade") -> "Grade":
        """The lower of two grades: a chain is as strong as its weakest link."""
        return max(self, other)


UnitKind = Literal[
    "money",
    "share",
    "points",
    "score",
    "nps",
    "customers",
    "count",
    "months",
    "years",
    "levels",
    "ratio",
    "rate",
]


@value
class Unit:
    """What a number counts. `currency` belongs to money; `per` says of what, as in "customer a year"."""

    kind: UnitKind
    currency: str | None = None
    per: str | None = None
    scale: tuple[float, float] | None = None

    def __str__(self) -> str:
        name = self.currency if self.kind == "money" and self.currency else self.kind
        return f"{name} per {self.per}" if self.per else name


SHARE = Unit(kind="share")  # 0 to 1
POINTS = Unit(kind="points")  # difference of two shares, 0.065 is 6.5 percentage points
NPS = Unit(kind="nps")  # -100 to 100
CUSTOMERS = Unit(kind="customers")
COUNT = Unit(kind="count")
LEVELS = Unit(kind="levels")
RATIO = Unit(kind="ratio")
MONTHS = Unit(kind="months")
PER_1000_WORDS = Unit(kind="rate", per="1,000 words")


def money_unit(currency: str, *, per: str | None = None) -> Unit:
    """The unit of an amount in `currency` (ISO 4217), if wanted `per` something."""
    return Unit(kind="money", currency=currency, per=per)


def score_unit(low: float, high: float) -> Unit:
    """The unit of a score on a scale from `low` to `high`."""
    return Unit(kind="score", scale=(low, high))


@value
class Interval:
    """Where the number lies with the stated confidence (0.95 for findings, 0.80 for beliefs and the case)."""

    low: float
    high: float
    confidence: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"interval from {self.low} to {self.high} is upside down")
        if not 0 < self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")

    def __contains__(self, x: float) -> bool:
        return self.low <= x <= self.high


@value
class Estimate:
    """A number that may be shown: value, interval, unit, cases it rests on, grade, method, trace.

    `n` is None only where no cases were counted (a stated assumption). `trace` is the id of a `Trace`.
    """

    value: float
    interval: Interval
    unit: Unit
    n: int | None
    grade: Grade
    method: str
    trace: str

    def __post_init__(self) -> None:
        if self.value != self.value or self.value in (float("inf"), float("-inf")):
            raise ValueError("an Estimate holds a finite number; say Unknown otherwise")

    @property
    def is_signed(self) -> bool:
        """Whether the interval leaves no doubt on which side of zero the number lies."""
        return self.interval.low > 0 or self.interval.high < 0


@value
class Unknown:
    """A number that must not be shown: why, and what would be needed to show it."""

    reason: str
    needs: str


Result = Estimate | Unknown


def counted(number: float, unit: Unit, *, n: int, trace: str, method: str = "counted") -> Estimate:
    """A complete count or total: it has no sampling doubt, so its interval is the number itself."""
    exact = Interval(low=number, high=number, confidence=1.0)
    return Estimate(value=number, interval=exact, unit=unit, n=n, grade=Grade.RAW, method=method, trace=trace)


@value
class Money:
    """An exact amount, as in a price list or a budget. Two currencies never add."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add without a dated rate")
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __neg__(self) -> "Money":
        return Money(amount=-self.amount, currency=self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return self + -other


@value
class Share:
    """A part of a whole, 0 to 1."""

    of_one: float

    def __post_init__(self) -> None:
        if not 0 <= self.of_one <= 1:
            raise ValueError(f"{self.of_one} is not a share between 0 and 1")
