"""Pilots: small, bounded trials. What is planned, what was frozen before the start, what came of it."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal

from fulcrum.core.findings import SourceFile, Trace
from fulcrum.core.quantities import Grade, Interval, Result, Unknown
from fulcrum.core.value import value

OutcomeKind = Literal["share", "amount", "score"]
Measured = Literal["moved", "stayed", "left", "spend", "other"]
Looks = Literal["at the end", "at any time"]
Word = Literal["scale", "extend", "stop", "go on", "not read"]


class Assignment(StrEnum):
    """How it is settled who gets the new way: what the treated are compared with."""

    BY_CUSTOMER = "random by customer"
    BY_UNIT = "random by unit"
    STEPPED = "stepped"
    SIMILAR = "similar group"
    BEFORE_AFTER = "before and after"

    @property
    def is_random(self) -> bool:
        """Whether chance decides who, or when, gets the new way."""
        return self in (Assignment.BY_CUSTOMER, Assignment.BY_UNIT, Assignment.STEPPED)

    @property
    def needs_units(self) -> bool:
        """Whether whole units (branches, teams) are assigned, so that units are what counts."""
        return self in (Assignment.BY_UNIT, Assignment.STEPPED)


@value
class Situation:
    """What can be done here: who can be assigned by chance, and what would spoil a comparison.

    `spills`: what one customer gets reaches others of their unit, or the same staff cannot work two ways.
    `everybody_gets_it`: it is settled that all units get the new way in the end.
    """

    can_assign: Literal["customers", "units", "nobody"] = "customers"
    spills: bool = False
    everybody_gets_it: bool = False
    has_similar_group: bool = False


@value
class BaselineSource:
    """Where the numbers before a pilot come from: the company's own data, or what is stated (grade E).

    `outcome` is spend, stayed, left or score of the customers' data; or the share of customers whose `field`
    holds `holds`, of those where it holds one of `among` (of all who have it, where that is not said).
    `units` is the field whose values are the units. What is stated fills what the data lack.
    """

    outcome: str = ""
    field: str = ""
    holds: str = ""
    among: tuple[str, ...] = ()
    units: str = ""
    mean: float | None = None
    deviation: float | None = None
    correlation: float | None = None
    alike: float | None = None
    unit_size: float | None = None
    unit_variation: float | None = None


@value
class ResultsFile:
    """Which file holds the results, and which of its columns is what; `yes` and `no` belong to a share."""

    file: str = ""
    customer: str = ""
    arm: str = ""
    outcome: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    before: str = ""
    earlier: str = ""
    unit: str = ""
    entered: str = ""
    measured: str = ""
    date_format: str = ""
    decimal: str = "."
    delimiter: str = ""


@value
class LeadsTo:
    """What each result will lead to, said before the start."""

    scale: str = ""
    extend: str = ""
    stop: str = ""


@value
class PilotDesign:
    """A pilot as it is planned. `key` is the name of its file.

    `minimum_effect` is signed: the least change of the outcome that is worth having. `measures` says what the
    outcome is in the business case: the share `moved` away from the worse side, the case's own outcome
    (`stayed`, `left`, `spend`), or nothing of it (`other`). `customers` and `units` are planned on both sides
    together. `window_months` is over how long the outcome of one customer is counted.
    """

    key: str
    name: str
    question: str
    assignment: Assignment
    outcome: str
    kind: OutcomeKind
    better: Literal["higher", "lower"]
    minimum_effect: float
    starts: date
    stops: date
    treated: str
    others: str
    hypothesis: str = ""
    measures: Measured = "other"
    window_months: float | None = None
    treated_share: float = 0.5
    customers: int | None = None
    units: int | None = None
    unit: str = ""
    looks: Looks = "at the end"
    cost: Decimal | None = None
    cost_per_customer: Decimal | None = None
    customers_a_week: float | None = None
    situation: Situation = Situation()
    leads_to: LeadsTo = LeadsTo()
    ladder: tuple[str, ...] = ()
    rung: int = 1
    baseline: BaselineSource = BaselineSource()
    results: ResultsFile = ResultsFile()

    @property
    def direction(self) -> float:
        """+1 where more of the outcome is better, −1 where less of it is."""
        return 1.0 if self.better == "higher" else -1.0


@value
class Registration:
    """A design frozen before the start: its text, the SHA-256 of that text, and the day."""

    sha256: str
    registered_on: date
    text: str

    @property
    def is_whole(self) -> bool:
        """Whether the text is the one that was frozen."""
        return fingerprint(self.text) == self.sha256

    def changes(self, design: PilotDesign) -> tuple[str, ...]:
        """What the design says otherwise now: "minimum_effect: −0.08 became −0.05"; empty if nothing."""
        before, now = _as_lines(self.text), _as_lines(frozen_text(design))
        named = dict.fromkeys((*before, *now))
        return tuple(
            f"{name}: {before.get(name, 'not said')} became {now.get(name, 'not said')}"
            for name in named
            if before.get(name) != now.get(name)
        )


def frozen_text(design: PilotDesign) -> str:
    """The design as one canonical text, a line a field: what is frozen, however its file is laid out."""
    return "".join(f"{name}: {said}\n" for name, said in _lines(design))


def fingerprint(text: str) -> str:
    """The SHA-256 of a frozen text."""
    return sha256(text.encode()).hexdigest()


def registration_of(design: PilotDesign, *, on: date) -> Registration:
    """The design frozen on this day."""
    text = frozen_text(design)
    return Registration(sha256=fingerprint(text), registered_on=on, text=text)


def _lines(thing: Any, place: str = "") -> list[tuple[str, str]]:
    """What is not at its default, so that a field that a later version adds changes no registration."""
    found: list[tuple[str, str]] = []
    for field in fields(thing):
        held, name = getattr(thing, field.name), f"{place}{field.name}"
        if is_dataclass(held):
            found += _lines(held, f"{name}.")
        elif name != "key" and held != field.default:
            found.append((name, _said(held)))
    return found


def _said(held: Any) -> str:
    if isinstance(held, tuple):
        return "[" + ", ".join(map(_said, held)) + "]"
    if isinstance(held, float):
        return repr(int(held)) if held.is_integer() else repr(held)
    if isinstance(held, Decimal):
        return format(held.normalize(), "f")
    return "nothing" if held is None else repr(str(held)) if isinstance(held, str) else str(held)


def _as_lines(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)


@value
class Baseline:
    """What customers do without the pilot, and where that is known from.

    `correlation` is that of the outcome with the same before the window; `alike` how alike customers of one
    unit are (ICC), `unit_size` and `unit_variation` the mean size of a unit and the variation of sizes.
    `unit_change` is the deviation between units of the change from before to after, `carried` how much of a
    distance from the mean before is left after, where they are known.
    """

    mean: Result
    deviation: Result
    correlation: Result
    alike: Result
    unit_size: float | None = None
    unit_variation: float = 0.0
    unit_change: Result = Unknown(reason="It was not asked for.", needs="A field of units.")
    before_mean: Result = Unknown(reason="It was not asked for.", needs="What customers did before.")
    carried: Result = Unknown(reason="It was not asked for.", needs="What customers did before.")
    source: str = ""


@value
class PilotPlan:
    """What a design needs and promises, by the company's own numbers.

    `needed` customers, or units, on both sides together for the minimum effect; `power` with those planned;
    `detectable` the least effect that those planned show with the promised power. `weeks` from the first
    customer to the last outcome. `looks_cost` is how many times as many customers early looks need.
    """

    design: PilotDesign
    recommended: Assignment
    because: str
    baseline: Baseline
    needed: Result
    needed_units: Result
    power: Result
    detectable: Result
    weeks: Result
    cost: Result
    looks_cost: float
    false_alarms: float
    promised_power: float
    cautions: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    registration: Registration | None = None


@value
class Arm:
    """One side as it was found: customers assigned, with an outcome, without one yet; units; mean outcome."""

    name: str
    assigned: int
    measured: int
    pending: int
    units: int
    mean: Result


@value
class PilotCheck:
    """One thing that must hold before an effect is read, and whether it does."""

    name: str
    verdict: Literal["passed", "failed", "not possible"]
    said: str


@value
class Look:
    """The difference as it stood after each week, with the sequence that may be looked at every time."""

    until: date
    customers: int
    value: float
    interval: Interval


@value
class Decision:
    """What follows by the rule that was stated before the start, and why."""

    word: Word
    because: str
    leads_to: str = ""
    next_rung: str = ""


@value
class ReadOut:
    """What came of a pilot.

    `effect` is the difference treated less others in the outcome's own unit; `plain` the same without
    adjustment; `pre_trend` how the sides moved apart before the start, where that tells; `regression` what
    a group chosen for its low or high values would move by itself; `worth` the case if rolled out.
    """

    design: PilotDesign
    as_of: date
    look: Literal["early", "final"]
    registration: Registration | None
    arms: tuple[Arm, ...]
    checks: tuple[PilotCheck, ...]
    effect: Result
    plain: Result
    pre_trend: Result
    regression: Result
    decision: Decision
    grade: Grade
    split_chance: float | None = None
    looks: tuple[Look, ...] = ()
    worth: Result = Unknown(
        reason="No initiative of company.toml names this pilot.",
        needs="`pilot` under [[programme.initiatives]], and customers' data in data/.",
    )
    cautions: tuple[str, ...] = ()
    files: tuple[SourceFile, ...] = ()
    traces: tuple[Trace, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether no check failed."""
        return all(check.verdict != "failed" for check in self.checks)
