"""A stepped pilot: units change over one after the other, in an order drawn by lot.

In each period those who have changed are compared with those who wait; time itself, which raises or lowers
everybody, falls out. How unlike the order drawn is to the orders that might have been drawn tells the doubt.
"""

from collections.abc import Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.quantities import Interval
from fulcrum.core.value import value
from fulcrum.evidence.cells import Floats

_GRID = 400  # points on either side of the difference at which the test is turned into an interval
_REACH = 8.0  # errors to either side that are searched


@value
class Panel:
    """Mean outcome by unit (rows) and period (columns), NaN where a unit has none; and who had changed."""

    outcome: Floats
    has_changed: NDArray[np.bool_]


@value
class SteppedContrast:
    """The difference within periods, its interval by the draw of the order, and its p-value at zero."""

    value: float
    interval: Interval
    p: float
    orders: int


def within_periods(panel: Panel) -> float:
    """Changed less waiting units, period by period, weighted by n1 n0 / (n1 + n0)."""
    return float(_apart(panel.outcome, panel.has_changed[np.newaxis])[0])


def weights_of(has_changed: NDArray[np.bool_]) -> Floats:
    """The weight of each unit's mean in each period, for a panel in which none is missing."""
    n1 = has_changed.sum(axis=0)
    n0 = len(has_changed) - n1
    weight = np.where((n1 > 0) & (n0 > 0), n1 * n0 / np.maximum(1, n1 + n0), 0.0)
    signed = has_changed / np.maximum(1, n1) - ~has_changed / np.maximum(1, n0)
    return np.asarray(weight * signed / weight.sum())


def error_of(weights: Floats, deviation: float, alike: float, size: float) -> float:
    """The standard error that a plan expects: units differ for good, their periods by their customers.

    error² = ρ s² sum over units of (sum over periods of weight)² + (1 − ρ) s² / m × sum of squared weights,
    with s the deviation of customers, ρ their ICC within units and m the customers of a unit in a period.
    """
    lasting = alike * deviation**2 * float((weights.sum(axis=1) ** 2).sum())
    passing = (1 - alike) * deviation**2 / size * float((weights**2).sum())
    return float(np.sqrt(lasting + passing))


def stepped_difference(panel: Panel, *, confidence: float, draws: int, seed: int) -> SteppedContrast:
    """The difference with its interval by randomisation: all effects that the draw of the order leaves open.

    For each effect τ the outcomes less τ × changed are compared under every other order of the same units
    (the one that was, and others drawn at random, `draws` in all); τ is left open where the share of orders
    with as large a difference exceeds 1 − confidence (R. Fisher 1935, the test turned into an interval; the
    design is that of M. Hussey and J. Hughes 2007).
    Exact whatever the units' outcomes look like, for an effect that is the same for all and at once there.
    """
    units = len(panel.outcome)
    orders = _orders(units, draws, np.random.default_rng(seed))
    rows = panel.has_changed[orders]
    of_outcome, of_change = _apart(panel.outcome, rows), _apart(_where_seen(panel), rows)
    middle = within_periods(panel)
    error = float(np.std(of_outcome - middle * of_change)) or abs(middle) or 1.0
    alarms = 1 - confidence

    def share_as_large(effects: Floats) -> Floats:
        apart = np.abs(of_outcome[:, np.newaxis] - effects * of_change[:, np.newaxis])
        return np.asarray((apart >= np.abs(middle - effects) - 1e-12).mean(axis=0))

    steps = np.linspace(0.0, _REACH * error, _GRID + 1)
    ends = []
    for side in (-1.0, 1.0):
        is_open = share_as_large(middle + side * steps) > alarms
        last = int(np.flatnonzero(is_open).max()) if is_open.any() else 0
        ends.append(middle + side * float(steps[min(last + 1, _GRID)]))
    return SteppedContrast(
        value=middle,
        interval=Interval(low=ends[0], high=ends[1], confidence=confidence),
        p=float(share_as_large(np.zeros(1))[0]),
        orders=len(orders),
    )


def fewest_orders(steps: Sequence[int]) -> float:
    """In how many ways units fall on the steps, with so many on each."""
    ways = float(factorial(sum(steps)))
    for size in steps:
        ways /= factorial(size)
    return ways


def _orders(units: int, draws: int, chance: np.random.Generator) -> NDArray[np.intp]:
    """The order that was, and others drawn: with it among them the test keeps its false alarms."""
    drawn = chance.permuted(np.tile(np.arange(units), (draws - 1, 1)), axis=1)
    return np.asarray(np.vstack([np.arange(units), drawn]), dtype=np.intp)


def _where_seen(panel: Panel) -> Floats:
    return np.where(np.isnan(panel.outcome), np.nan, panel.has_changed.astype(np.float64))


def _apart(outcome: Floats, has_changed: NDArray[np.bool_]) -> Floats:
    """The weighted difference for each order: `has_changed` by order, unit and period."""
    is_seen = ~np.isnan(outcome)
    held = np.where(is_seen, outcome, 0.0)
    changed = has_changed & is_seen
    n1 = changed.sum(axis=1)
    n0 = is_seen.sum(axis=0) - n1
    y1 = np.einsum("oup,up->op", changed, held)
    y0 = held.sum(axis=0) - y1
    is_compared = (n1 > 0) & (n0 > 0)
    weight = np.where(is_compared, n1 * n0 / np.maximum(1, n1 + n0), 0.0)
    apart = y1 / np.maximum(1, n1) - y0 / np.maximum(1, n0)
    return np.asarray((weight * apart).sum(axis=1) / np.maximum(1e-300, weight.sum(axis=1)))
