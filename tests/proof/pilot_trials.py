"""Pilots whose truth is known, read as the product reads them: from cells to difference and interval."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

import numpy as np
from worlds import Chance, Floats

from fulcrum.core.findings import SourceFile
from fulcrum.core.pilots import Assignment, BaselineSource, PilotDesign, ResultsFile
from fulcrum.core.quantities import Estimate, Unit
from fulcrum.core.rules import PilotRules
from fulcrum.evidence.pilots.baseline import stated_baseline
from fulcrum.evidence.pilots.cells import PilotCell, PilotCells
from fulcrum.evidence.pilots.effect import effect_of
from fulcrum.evidence.pilots.plan import plan_of
from fulcrum.evidence.pilots.reading import Reading
from fulcrum.playbook.load import load_playbook

RULES: PilotRules = load_playbook(None).pilot
NO_FILE = SourceFile(name="drawn", sha256="", rows=0, accepted=0, rejected=0, skipped=0)
BASE = PilotDesign(
    key="drawn",
    name="Drawn",
    question="Does it do anything?",
    assignment=Assignment.BY_CUSTOMER,
    outcome="drawn",
    kind="amount",
    better="higher",
    minimum_effect=1.0,
    starts=date(2026, 1, 5),
    stops=date(2026, 4, 6),
    treated="new",
    others="old",
    results=ResultsFile(file="drawn.csv", customer="id", arm="arm", outcome="y"),
)
PAIRED = replace(BASE, results=replace(BASE.results, before="x"))
UNITS = replace(
    BASE, assignment=Assignment.BY_UNIT, unit="depot", results=replace(BASE.results, unit="depot")
)
UNITS_PAIRED = replace(UNITS, results=replace(UNITS.results, before="x"))
SIMILAR = replace(
    UNITS_PAIRED, assignment=Assignment.SIMILAR, results=replace(UNITS_PAIRED.results, earlier="e")
)
STEPPED = replace(
    UNITS, assignment=Assignment.STEPPED, results=replace(UNITS.results, measured="on"), units=12
)
SHARES = replace(BASE, kind="share", minimum_effect=0.05)
Draw = Callable[[Chance, float], list[PilotCell]]


@dataclass(frozen=True)
class Trial:
    """One kind of pilot: its design, and how its results are drawn with an effect of a given size."""

    name: str
    design: PilotDesign
    draw: Draw


def cell(
    arm: str,
    y: Floats,
    x: Floats | None = None,
    e: Floats | None = None,
    unit: str = "",
    at: int | None = None,
) -> PilotCell:
    """The cell of these customers."""
    before, earlier = (np.zeros_like(y) if one is None else one for one in (x, e))
    return PilotCell(
        arm=arm,
        unit=unit,
        at=at,
        has_outcome=True,
        has_before=x is not None,
        has_earlier=e is not None,
        n=len(y),
        y=float(y.sum()),
        yy=float(y @ y),
        x=float(before.sum()),
        xx=float(before @ before),
        xy=float(before @ y),
        e=float(earlier.sum()),
        ee=float(earlier @ earlier),
        xe=float(before @ earlier),
    )


def reading(design: PilotDesign, cells: list[PilotCell], *, is_early: bool = False, seed: int = 1) -> Reading:
    """What the product reads them with."""
    return Reading(
        design=design,
        cells=PilotCells(cells=tuple(cells), file=NO_FILE, query=""),
        rules=RULES,
        unit=Unit(kind="points") if design.kind == "share" else Unit(kind="score"),
        trace="",
        look="early" if is_early else "final",
        least=20,
        seed=seed,
    )


def sides_seen(trial: Trial, pilots: int, *, effect: float, seed: int) -> Floats:
    """For each pilot 0 where its interval holds zero, else the sign of the difference."""
    chance, found = np.random.default_rng(seed), []
    for at in range(pilots):
        made = effect_of(reading(trial.design, trial.draw(chance, effect), seed=at)).found
        if not isinstance(made, Estimate):
            raise ValueError(f"{trial.name} is refused: {made.reason}")
        found.append(0.0 if 0 in made.interval else np.sign(made.value))
    return np.array(found)


def ever_seen(trial: Trial, pilots: int, *, effect: float, seed: int) -> float:
    """The share of pilots that leave zero out in any of their weeks."""
    chance, hits = np.random.default_rng(seed), 0
    for _ in range(pilots):
        looks = effect_of(reading(trial.design, trial.draw(chance, effect), is_early=True)).looks
        hits += any(0 not in look.interval for look in looks)
    return hits / pilots


def by_customer(n: int, values: Callable[[Chance, int], Floats]) -> Draw:
    """Two sides of so many customers."""

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        return [cell("new", values(chance, n) + effect), cell("old", values(chance, n))]

    return draw


def of_share(n: int, share: float, *, treated_share: float = 0.5) -> Draw:
    """Events of `n` customers on both sides together."""
    sizes = (round(n * treated_share), n - round(n * treated_share))

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        rates = (("new", share + effect, sizes[0]), ("old", share, sizes[1]))
        return [cell(arm, (chance.random(k) < rate).astype(np.float64)) for arm, rate, k in rates]

    return draw


def with_before(n: int, r: float) -> Draw:
    """Scores of deviation 1 that follow what came before with correlation r."""

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        cells = []
        for arm, gain in (("new", effect), ("old", 0.0)):
            x = chance.normal(size=n)
            cells.append(cell(arm, r * x + sqrt(1 - r * r) * chance.normal(size=n) + gain, x))
        return cells

    return draw


def of_units(
    per_side: int, size: int, alike: float, *, variation: float = 0.0, followed: float | None = None
) -> Draw:
    """Units of customers of deviation 1; where `followed`, what came before shares so much of the unit."""

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        cells = []
        for arm, gain in (("new", effect), ("old", 0.0)):
            for unit in range(per_side):
                n = (
                    size
                    if not variation
                    else max(2, round(chance.gamma(1 / variation**2, size * variation**2)))
                )
                own = chance.normal() * sqrt(alike)
                y = own + gain + chance.normal(size=n) * sqrt(1 - alike)
                x = None
                if followed is not None:
                    lasting = followed * own + sqrt(1 - followed**2) * chance.normal() * sqrt(alike)
                    x = lasting + chance.normal(size=n) * sqrt(1 - alike)
                cells.append(cell(arm, y, x, unit=f"{arm}{unit}"))
        return cells

    return draw


def of_changes(per_side: int, size: int) -> Draw:
    """Units that keep their level over three windows and move alike, but for what each does by itself."""

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        cells = []
        for arm, gain in (("new", effect), ("old", 0.0)):
            for unit in range(per_side):
                level, own = chance.normal() + (arm == "new"), chance.normal(size=3) * 0.2
                y, x, e = (
                    level + own[k] + 0.3 * (2 - k) + chance.normal(size=size) + (gain if k == 0 else 0.0)
                    for k in range(3)
                )
                cells.append(cell(arm, y, x, e, unit=f"{arm}{unit}"))
        return cells

    return draw


def in_steps(units: int, months: int, size: int, alike: float) -> Draw:
    """Units that change over one after the other in an order drawn by lot, while time lifts all."""

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        order, cells = chance.permutation(units), []
        steps = 1 + order * (months - 1) // units
        for unit in range(units):
            own = chance.normal() * sqrt(alike)
            for month in range(months):
                has_changed = month >= steps[unit]
                y = own + month + effect * has_changed + chance.normal(size=size) * sqrt(1 - alike)
                cells.append(cell("new" if has_changed else "old", y, unit=f"u{unit}", at=202601 + month))
        return cells

    return draw


def by_week(weekly: int, weeks: int, values: Callable[[Chance, int], tuple[Floats, Floats | None]]) -> Draw:
    """So many customers a week on either side."""

    def draw(chance: Chance, effect: float) -> list[PilotCell]:
        cells = []
        for week in range(weeks):
            for arm, gain in (("new", effect), ("old", 0.0)):
                y, x = values(chance, weekly)
                cells.append(cell(arm, y + gain, x, at=week))
        return cells

    return draw


def _normal(chance: Chance, n: int) -> Floats:
    return chance.normal(7, 2, n)


def _lognormal(chance: Chance, n: int) -> Floats:
    return chance.lognormal(0, 1, n)


def _rare(chance: Chance, n: int) -> Floats:
    return np.asarray(chance.lognormal(0, 1, n) * (chance.random(n) < 0.1))


FIXED: tuple[Trial, ...] = (
    Trial("share of 30 %, 400 a side", SHARES, of_share(800, 0.3)),
    Trial("share of 5 %, 1,000 a side", SHARES, of_share(2000, 0.05)),
    Trial(
        "share of 30 %, a fifth of 1,000 treated",
        replace(SHARES, treated_share=0.2),
        of_share(1000, 0.3, treated_share=0.2),
    ),
    Trial("scores, 100 a side", BASE, by_customer(100, _normal)),
    Trial("lognormal amounts, 500 a side", BASE, by_customer(500, _lognormal)),
    Trial("amounts that nine in ten lack, 1,000 a side", BASE, by_customer(1000, _rare)),
    Trial("adjusted for the time before, r 0.6, 100 a side", PAIRED, with_before(100, 0.6)),
)
CLUSTERED: tuple[Trial, ...] = (
    Trial("10 units a side, ICC 0.05, 30 customers each", UNITS, of_units(10, 30, 0.05)),
    Trial("10 units a side, sizes vary by 0.6", UNITS, of_units(10, 30, 0.05, variation=0.6)),
    Trial(
        "10 units a side, adjusted for the time before", UNITS_PAIRED, of_units(10, 30, 0.05, followed=0.9)
    ),
    Trial("4 units a side, ICC 0.2", UNITS, of_units(4, 30, 0.2)),
    Trial("similar group, 10 units a side that move alike", SIMILAR, of_changes(10, 30)),
    Trial("stepped, 12 units over 4 months", STEPPED, in_steps(12, 4, 20, 0.1)),
)
WEEKS = replace(BASE, looks="at any time", customers=1200, results=replace(BASE.results, measured="on"))
EARLY: tuple[Trial, ...] = (
    Trial(
        "share of 30 %, 12 weeks of 50 a side",
        replace(WEEKS, kind="share"),
        by_week(50, 12, lambda chance, n: ((chance.random(n) < 0.3).astype(np.float64), None)),
    ),
    Trial(
        "share of 5 %, 12 weeks of 50 a side",
        replace(WEEKS, kind="share"),
        by_week(50, 12, lambda chance, n: ((chance.random(n) < 0.05).astype(np.float64), None)),
    ),
    Trial("lognormal amounts", WEEKS, by_week(50, 12, lambda chance, n: (_lognormal(chance, n), None))),
    Trial(
        "adjusted for the time before",
        replace(WEEKS, results=replace(WEEKS.results, before="x")),
        by_week(50, 12, lambda chance, n: _pair(chance, n)),
    ),
)


def _pair(chance: Chance, n: int) -> tuple[Floats, Floats | None]:
    x = chance.normal(size=n)
    return 0.6 * x + 0.8 * chance.normal(size=n), x


def promised() -> Iterator[tuple[Trial, float, float]]:
    """Designs of the size that the plan says they need, with their least effect, and the power promised."""
    for name, design, base, make in _PLANNED:
        full = replace(design, baseline=base)
        plan = plan_of(full, stated_baseline(full, currency="EUR"), RULES, currency="EUR")
        wanted = plan.needed_units if design.unit else plan.needed
        if not isinstance(wanted, Estimate):
            raise ValueError(f"{name} cannot be planned: {wanted.reason}")
        size = int(wanted.value)
        kept = replace(full, units=size) if design.unit else replace(full, customers=size)
        power = plan_of(kept, stated_baseline(kept, currency="EUR"), RULES, currency="EUR").power
        if not isinstance(power, Estimate):
            raise ValueError(f"{name} has no power: {power.reason}")
        what = "units" if design.unit else "customers"
        yield Trial(f"{name}: {size:,} {what}", kept, make(size)), design.minimum_effect, power.value


_PLANNED: tuple[tuple[str, PilotDesign, BaselineSource, Callable[[int], Draw]], ...] = (
    ("share of 30 %, 5 points", SHARES, BaselineSource(mean=0.3), lambda n: of_share(n, 0.3)),
    (
        "the same, a fifth treated",
        replace(SHARES, treated_share=0.2),
        BaselineSource(mean=0.3),
        lambda n: of_share(n, 0.3, treated_share=0.2),
    ),
    (
        "scores, a quarter of a deviation",
        replace(BASE, minimum_effect=0.5),
        BaselineSource(deviation=2.0),
        lambda n: by_customer(n // 2, _normal),
    ),
    (
        "the same, adjusted with r 0.6",
        replace(PAIRED, minimum_effect=0.25),
        BaselineSource(deviation=1.0, correlation=0.6),
        lambda n: with_before(n // 2, 0.6),
    ),
    (
        "looked at whenever one likes, seen at the end",
        replace(BASE, minimum_effect=0.5, looks="at any time", customers=None),
        BaselineSource(deviation=2.0),
        lambda n: by_customer(n // 2, _normal),
    ),
    (
        "units of 30, ICC 0.05, 0.3 deviations",
        replace(UNITS, minimum_effect=0.3),
        BaselineSource(deviation=1.0, alike=0.05, unit_size=30),
        lambda n: of_units(n // 2, 30, 0.05),
    ),
    (
        "stepped over 4 months, units of 80, ICC 0.1, 0.3 deviations",
        replace(STEPPED, minimum_effect=0.3, units=None, stops=date(2026, 4, 30)),
        BaselineSource(deviation=1.0, alike=0.1, unit_size=80),
        lambda n: in_steps(n, 4, 20, 0.1),
    ),
)


def recovering(pilots: int, *, seed: int) -> tuple[float, float, float]:
    """The worst fifth of 2,000, to whom nothing is done: called a change, decided to scale, missed by.

    The last is how far the mean change lies from the regression to the mean that was expected of it.
    """
    from fulcrum.evidence.methods.regression import expected_regression
    from fulcrum.evidence.pilots.decide import decision_of

    alone = replace(PAIRED, assignment=Assignment.BEFORE_AFTER, others="", minimum_effect=0.1)
    chance, called, scaled, apart = np.random.default_rng(seed), 0, 0, []
    for _ in range(pilots):
        lasting = chance.normal(size=2000)
        x, y = (lasting + chance.normal(size=2000) for _ in range(2))
        worst = np.argsort(x)[:400]
        found = effect_of(reading(alone, [cell("new", y[worst], x[worst])])).found
        if not isinstance(found, Estimate):
            raise ValueError(found.reason)
        called += 0 not in found.interval
        scaled += decision_of(alone, found, (), is_early=False, is_registered=True).word == "scale"
        slope = float(np.cov(x, y)[0, 1] / x.var(ddof=1))
        expected = expected_regression(
            group_before=float(x[worst].mean()),
            all_before=float(x.mean()),
            all_after=float(y.mean()),
            carried=slope,
        )
        apart.append(found.value - expected)
    return called / pilots, scaled / pilots, float(np.mean(apart))
