"""Effects seen over time: similar groups, units that change over in steps, and before and after alone."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from fulcrum.core.quantities import Grade, Unknown
from fulcrum.evidence.methods.clustered import moments_of, units_apart
from fulcrum.evidence.methods.moments import Contrast, difference
from fulcrum.evidence.methods.sequential import too_early
from fulcrum.evidence.methods.stepped import Panel, stepped_difference
from fulcrum.evidence.pilots.cells import PilotCell, earlier_pair, outcome_moments, paired
from fulcrum.evidence.pilots.reading import NO_PRE_TREND, Effect, Reading, too_few_units, unit_means

_ONE_BY_ONE = (
    "Customers are counted one by one: where a side is one branch or team, that branch may be all of the "
    "difference. Name `unit` under [results] to compare units."
)


def similar(reading: Reading) -> Effect:
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
    if by_unit and (few := too_few_units(reading)) is not None:
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
        cautions=(why, *(() if by_unit else (_ONE_BY_ONE,))),
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
            "Before the start both sides moved alike as far as can be seen, but a drift as large as the "
            "minimum effect would not have shown: grade C."
        )
    return Grade.QUASI_EXPERIMENT, "Both sides moved alike before the start: grade B."


def stepped(reading: Reading) -> Effect:
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


def before_after(reading: Reading) -> Effect:
    """How the same customers, or units, changed: grade D, never an effect."""
    cells = reading.cells.of(reading.design.treated)
    if not reading.cells.knows_before(reading.design.treated):
        lacking = Unknown(reason="What some did before is missing.", needs="`before` for everybody.")
        return Effect(found=lacking, plain=lacking)
    if reading.design.results.unit:
        y, x, _ = unit_means(cells)
        moments = moments_of(y - x)
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
