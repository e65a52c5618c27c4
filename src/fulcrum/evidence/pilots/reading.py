"""What every effect of a pilot is read with, and what comes of it."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from fulcrum.core.pilots import Look, PilotDesign
from fulcrum.core.quantities import Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import PilotRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.pilots.cells import PilotCell, PilotCells, earlier_pair, paired

NO_PRE_TREND = Unknown(
    reason="Whether both sides moved alike before the start was not measured.",
    needs="`earlier` under [results]: the same outcome one window before `before`.",
)
NOT_ASKED = Unknown(reason="Chance decided, so it need not be asked.", needs="Nothing.")


@value
class Effect:
    """The difference, the same without adjustment, how the sides moved before, and how it was come by."""

    found: Result
    plain: Result
    pre_trend: Result = NOT_ASKED
    looks: tuple[Look, ...] = ()
    cautions: tuple[str, ...] = ()


@value
class Reading:
    """What every effect is read with: the design, its cells, unit and trace, and which look this is."""

    design: PilotDesign
    cells: PilotCells
    rules: PilotRules
    unit: Unit
    trace: str
    look: Literal["early", "final"]
    least: int
    seed: int

    @property
    def confidence(self) -> float:
        """1 less the false alarms."""
        return 1 - self.rules.false_alarms.value

    @property
    def n(self) -> int:
        """Customers with an outcome on both sides."""
        return sum(self.cells.measured(arm) for arm in (self.design.treated, self.design.others) if arm)

    @property
    def is_sequential(self) -> bool:
        """Whether the interval must hold at every look: at an early one, and in a pilot that has them."""
        return self.look == "early" or self.design.looks == "at any time"

    def sides(self) -> tuple[tuple[PilotCell, ...], tuple[PilotCell, ...]]:
        """The cells with an outcome of the treated and of the others."""
        return self.cells.of(self.design.treated), self.cells.of(self.design.others)

    def shown(self, number: float, interval: Interval, method: str, grade: Grade) -> Estimate:
        """A number of this pilot."""
        return Estimate(
            value=number,
            interval=interval,
            unit=self.unit,
            n=self.n,
            grade=grade,
            method=method,
            trace=self.trace,
        )


def unit_means(cells: Sequence[PilotCell]) -> tuple[Floats, Floats, Floats]:
    """Mean outcome, before and earlier of each unit, in the order of their names."""
    units = sorted({cell.unit for cell in cells})
    of = {unit: [cell for cell in cells if cell.unit == unit] for unit in units}
    pairs = [(paired(of[unit]), earlier_pair(of[unit])) for unit in units]
    y, x, e = (
        np.array([getattr(pair, name) / pair.n for pair in chosen])
        for chosen, name in (
            ([one for one, _ in pairs], "total"),
            ([one for one, _ in pairs], "before"),
            ([other for _, other in pairs], "before"),
        )
    )
    return y, x, e


def too_few_units(reading: Reading) -> Unknown | None:
    least = int(reading.rules.units_at_least.value)
    design = reading.design
    fewest = min(len(reading.cells.units(arm)) for arm in (design.treated, design.others))
    if fewest >= least:
        return None
    return Unknown(
        reason=f"One side holds {fewest} of {design.unit or 'unit'} only: one odd one would decide.",
        needs=f"At least {least} on either side.",
    )
