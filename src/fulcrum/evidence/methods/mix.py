"""When a series begins anew because the answers come from elsewhere: another channel, another file."""

from collections.abc import Sequence

import numpy as np
from scipy import stats

from fulcrum.evidence.cells import Cells, Floats, Key

MOVED_AT_LEAST = 0.25  # of the answers come from elsewhere
BY_CHANCE = 0.001  # a mix that different is less likely than this among answers of one mix


def stretches(counts: Sequence[Floats]) -> tuple[int, ...]:
    """For each point of a series, the number of its stretch: a new one begins where the mix changes.

    `counts` hold the answers of each point by source. A point is held against all points of its stretch so
    far. The mix has changed where at least a quarter of the answers moved (half the sum of absolute
    differences of the shares) and chance would do that in fewer than 1 of 1,000 cases (chi-square).
    """
    found: list[int] = []
    so_far = np.zeros(0)
    for now in counts:
        if found and _has_moved(so_far, now):
            found.append(found[-1] + 1)
            so_far = now
        else:
            found.append(found[-1] if found else 0)
            so_far = now if len(found) == 1 else so_far + now
    return tuple(found)


def stretches_by_month(cells: Cells, name: str) -> dict[int, int]:
    """The stretch of each month, by the mix of the key `name` among its answers."""
    by_month = cells.by_only("month", name)
    places = {key: at for at, key in enumerate(by_month.values(name))}
    counts: dict[Key, Floats] = {}
    for (month, key), n in zip(by_month.keys, by_month.n, strict=True):
        counts.setdefault(month, np.zeros(len(places)))[places[key]] += n
    months = [month for month in counts if month is not None]
    numbers = stretches([counts[month] for month in months])
    return {int(month): number for month, number in zip(months, numbers, strict=True)}


def _has_moved(before: Floats, now: Floats) -> bool:
    moved = np.abs(before / before.sum() - now / now.sum()).sum() / 2
    if moved < MOVED_AT_LEAST:
        return False
    table = np.stack([before, now])
    return bool(stats.chi2_contingency(table[:, table.sum(axis=0) > 0]).pvalue < BY_CHANCE)
