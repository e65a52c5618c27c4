"""The difference that a pilot made, by the comparison that was planned for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from math import sqrt
from typing import Literal

import numpy as np

from fulcrum.core.pilots import Assignment, Look, PilotDesign
from fulcrum.core.quantities import Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import PilotRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.adjust import adjusted_difference
from fulcrum.evidence.methods.clustered import units_apart, units_apart_adjusted
from fulcrum.evidence.methods.moments import Contrast, Moments, difference
from fulcrum.evidence.methods.sequential import sequence_interval, too_early
from fulcrum.evidence.methods.stepped import Panel, stepped_difference
from fulcrum.evidence.pilots.cells import PilotCell, PilotCells, earlier_pair, outcome_moments, paired

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


def effect_of(reading: Reading) -> Effect:
    """The effect by the planned comparison; Unknown where it cannot be read, with what is needed."""
    match reading.design.assignment:
        case Assignment.BY_CUSTOMER:
            return _by_customer(reading)
        case Assignment.BY_UNIT:
            return _at_the_end(reading, _by_unit)
        case Assignment.STEPPED:
            return _at_the_end(reading, _stepped)
        case Assignment.SIMILAR:
            return _at_the_end(reading, _similar)
        case Assignment.BEFORE_AFTER:
            return _at_the_end(reading, _before_after)


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


def _at_the_end(reading: Reading, read: Callable[[Reading], Effect]) -> Effect:
    """Comparisons whose interval holds at one look only, at the planned end."""
    if reading.look == "final":
        return read(reading)
    early = Unknown(
        reason="It is read once, at its end: an early look at few units, or at changes, tells wins from chance "
        "too seldom.",
        needs=f"The outcomes until {reading.design.stops.isoformat()}.",
    )
    return Effect(found=early, plain=early)


def _by_customer(reading: Reading) -> Effect:
    treated, others = reading.sides()
    one, other = outcome_moments(treated), outcome_moments(others)
    early = too_early(one, other, least=reading.least, is_share=reading.design.kind == "share")
    if early is not None:
        return Effect(found=early, plain=early)
    plain = _shown(reading, difference(one, other), "difference of means")
    looks = _looks(reading)
    if not _is_adjustable(reading):
        return Effect(found=plain, plain=plain, looks=looks, cautions=_unadjusted(reading))
    adjusted = adjusted_difference(paired(treated), paired(others))
    how = "difference of means, adjusted for the time before (CUPED)"
    return Effect(found=_shown(reading, adjusted, how), plain=plain, looks=looks)


def _is_adjustable(reading: Reading) -> bool:
    arms = (reading.design.treated, reading.design.others)
    return bool(reading.design.results.before) and reading.cells.knows_before(*arms)


def _unadjusted(reading: Reading) -> tuple[str, ...]:
    if not reading.design.results.before:
        return ()
    return ("What customers did before is missing for some: the difference is not adjusted for it.",)


def _shown(reading: Reading, of: Contrast, method: str, grade: Grade = Grade.RANDOMISED) -> Estimate:
    if reading.is_sequential:
        return reading.shown(of.value, _sequence(reading, of), f"{method}; confidence sequence", grade)
    return reading.shown(of.value, of.interval(reading.confidence), f"{method}; read once", grade)


def _sequence(reading: Reading, of: Contrast) -> Interval:
    planned = reading.design.customers or reading.rules.tuned_for.value
    return sequence_interval(of, tuned_for=planned, false_alarms=reading.rules.false_alarms.value)


def _looks(reading: Reading) -> tuple[Look, ...]:
    """The difference as it stood after each week, where outcomes have days."""
    treated, others = reading.sides()
    weeks = sorted({cell.at for cell in (*treated, *others) if cell.at is not None})
    if any(cell.at is None for cell in (*treated, *others)):
        return ()
    found = []
    for week in weeks:
        sides = [
            [cell for cell in side if cell.at is not None and cell.at <= week] for side in (treated, others)
        ]
        if not all(sides):
            continue
        one, other = (paired(side) for side in sides)
        if too_early(
            one.outcome, other.outcome, least=reading.least, is_share=reading.design.kind == "share"
        ):
            continue
        apart = (
            adjusted_difference(one, other)
            if _is_adjustable(reading)
            else difference(one.outcome, other.outcome)
        )
        found.append(
            Look(
                until=reading.design.starts + timedelta(days=7 * week + 6),
                customers=int(apart.n),
                value=apart.value,
                interval=_sequence(reading, apart),
            )
        )
    return tuple(found)


def _by_unit(reading: Reading) -> Effect:
    treated, others = reading.sides()
    if (few := _too_few_units(reading)) is not None:
        return Effect(found=few, plain=few)
    (y1, x1, _), (y0, x0, _) = unit_means(treated), unit_means(others)
    plain = units_apart(y1, y0)
    shown = reading.shown(
        plain.value, plain.interval(reading.confidence), "difference of units' means", Grade.RANDOMISED
    )
    if not _is_adjustable(reading):
        return Effect(found=shown, plain=shown, cautions=_unadjusted(reading))
    adjusted = units_apart_adjusted(y1, y0, x1, x0)
    how = "difference of units' means, adjusted for the time before"
    found = reading.shown(adjusted.value, adjusted.interval(reading.confidence), how, Grade.RANDOMISED)
    return Effect(found=found, plain=shown)


def _too_few_units(reading: Reading) -> Unknown | None:
    least = int(reading.rules.units_at_least.value)
    design = reading.design
    fewest = min(len(reading.cells.units(arm)) for arm in (design.treated, design.others))
    if fewest >= least:
        return None
    return Unknown(
        reason=f"One side holds {fewest} of {design.unit or 'unit'} only: one odd one would decide.",
        needs=f"At least {least} on either side.",
    )


def _similar(reading: Reading) -> Effect:
    """Difference in differences: how much more the treated changed than the similar group."""
    treated, others = reading.sides()
    arms = (reading.design.treated, reading.design.others)
    if not reading.cells.knows_before(*arms):
        lacking = Unknown(
            reason="What some did before is missing, so how they changed cannot be compared.",
            needs="`before` for everybody with an outcome.",
        )
        return Effect(found=lacking, plain=lacking, pre_trend=NO_PRE_TREND)
    by_unit = bool(reading.design.results.unit)
    if by_unit and (few := _too_few_units(reading)) is not None:
        return Effect(found=few, plain=few, pre_trend=NO_PRE_TREND)
    if not by_unit and (
        early := too_early(
            outcome_moments(treated), outcome_moments(others), least=reading.least, is_share=False
        )
    ):
        return Effect(found=early, plain=early, pre_trend=NO_PRE_TREND)
    after, trend = _changes(treated, others, by_unit=by_unit)
    confidence = reading.confidence
    knows_trend = reading.cells.knows_earlier(*arms)
    grade, why = _trust(trend if knows_trend else None, reading)
    how = f"difference in differences between {'units' if by_unit else 'customers'}"
    plain = (
        units_apart(unit_means(treated)[0], unit_means(others)[0])
        if by_unit
        else difference(outcome_moments(treated), outcome_moments(others))
    )
    return Effect(
        found=reading.shown(after.value, after.interval(confidence), how, grade),
        plain=reading.shown(
            plain.value, plain.interval(confidence), "difference after the start alone", Grade.RAW
        ),
        pre_trend=reading.shown(
            trend.value, trend.interval(confidence), f"{how}, before the start", Grade.RAW
        )
        if knows_trend
        else NO_PRE_TREND,
        cautions=(why,),
    )


def _changes(
    treated: Sequence[PilotCell], others: Sequence[PilotCell], *, by_unit: bool
) -> tuple[Contrast, Contrast]:
    """How much more the treated changed from before to after, and from earlier to before."""
    if by_unit:
        (y1, x1, e1), (y0, x0, e0) = unit_means(treated), unit_means(others)
        return units_apart(y1 - x1, y0 - x0), units_apart(x1 - e1, x0 - e0)
    after = difference(paired(treated).adjusted(1.0), paired(others).adjusted(1.0))
    return after, difference(earlier_pair(treated).adjusted(1.0), earlier_pair(others).adjusted(1.0))


def _trust(trend: Contrast | None, reading: Reading) -> tuple[Grade, str]:
    """The grade of a comparison over time, by how both sides moved before the start.

    B where they moved alike, and a drift of the minimum effect would have shown; C where that was not
    measured, or is too uncertain to tell; D where they moved apart already.
    """
    if trend is None:
        return Grade.ADJUSTED, "Whether both sides moved alike before the start was not measured: grade C."
    interval, worth = trend.interval(reading.confidence), abs(reading.design.minimum_effect)
    if 0 not in interval:
        return Grade.RAW, "Both sides moved apart before the start already: what follows may be more of it."
    if max(-interval.low, interval.high) > worth:
        return Grade.ADJUSTED, (
            "Before the start both sides moved alike as far as can be seen, but a drift as large as the minimum "
            "effect would not have shown: grade C."
        )
    return Grade.QUASI_EXPERIMENT, "Both sides moved alike before the start: grade B."


def _stepped(reading: Reading) -> Effect:
    panel = _panel(reading)
    if isinstance(panel, Unknown):
        return Effect(found=panel, plain=panel)
    found = stepped_difference(
        panel,
        confidence=reading.confidence,
        draws=int(reading.rules.orders.value),
        seed=reading.seed,
    )
    how = f"within periods, interval by {found.orders:,} orders of the units"
    shown = reading.shown(found.value, found.interval, how, Grade.RANDOMISED)
    return Effect(found=shown, plain=shown)


def _panel(reading: Reading) -> Panel | Unknown:
    """Mean outcome by unit and month, and who had changed; refused where a unit changed back."""
    treated, others = reading.sides()
    cells = (*treated, *others)
    units = sorted({cell.unit for cell in cells})
    months = sorted({cell.at for cell in cells if cell.at is not None})
    least = 2 * int(reading.rules.units_at_least.value)
    if len(units) < least or len(months) < 2:
        return Unknown(
            reason=f"The results hold {len(units)} units in {len(months)} months.",
            needs=f"At least {least} units and 2 months.",
        )
    sums, n = np.zeros((len(units), len(months))), np.zeros((len(units), len(months)))
    of_treated = np.zeros((len(units), len(months)))
    place, at = {unit: i for i, unit in enumerate(units)}, {month: i for i, month in enumerate(months)}
    for cell in cells:
        where = (place[cell.unit], at[cell.at or 0])
        sums[where] += cell.y
        n[where] += cell.n
        of_treated[where] += cell.n if cell.arm == reading.design.treated else 0
    if (mixed := (of_treated > 0) & (of_treated < n)).any():
        unit = units[int(np.argwhere(mixed)[0][0])]
        return Unknown(
            reason=f"“{unit}” has both ways in one month.",
            needs="Units that change over between two months, and one arm for each unit and month.",
        )
    changed = np.maximum.accumulate(of_treated > 0, axis=1)
    if (back := changed & (n > 0) & (of_treated == 0)).any():
        unit = units[int(np.argwhere(back)[0][0])]
        return Unknown(reason=f"“{unit}” went back to the old way.", needs="Units that stay changed.")
    outcome = np.where(n > 0, sums / np.maximum(1, n), np.nan)
    return Panel(outcome=outcome, has_changed=changed)


def _before_after(reading: Reading) -> Effect:
    """How the same customers, or units, changed: grade D, never an effect."""
    cells = reading.cells.of(reading.design.treated)
    if not reading.cells.knows_before(reading.design.treated):
        lacking = Unknown(reason="What some did before is missing.", needs="`before` for everybody.")
        return Effect(found=lacking, plain=lacking)
    if reading.design.results.unit:
        y, x, _ = unit_means(cells)
        changes = y - x
        centred = changes - changes.mean()
        moments = Moments(
            n=len(changes),
            total=float(changes.sum()),
            squares=float(centred @ centred) + float(changes.sum()) ** 2 / len(changes),
        )
    else:
        moments = paired(cells).adjusted(1.0)
    if moments.n < (4 if reading.design.results.unit else reading.least):
        few = Unknown(reason="Too few to tell a change.", needs=f"At least {reading.least} customers.")
        return Effect(found=few, plain=few)
    change = Contrast(
        value=moments.mean, error=sqrt(moments.variance / moments.n), freedom=moments.n - 1, n=moments.n
    )
    shown = reading.shown(
        change.value,
        change.interval(reading.confidence),
        "change from before to after, nothing else",
        Grade.RAW,
    )
    return Effect(found=shown, plain=shown)


def capped(effect: Effect, grade: Grade) -> Effect:
    """The effect with no better a grade than this."""
    found = effect.found
    if isinstance(found, Unknown):
        return effect
    plain = effect.plain
    if isinstance(plain, Estimate):
        plain = replace(plain, grade=plain.grade.weakest(grade))
    return replace(effect, found=replace(found, grade=found.grade.weakest(grade)), plain=plain)
