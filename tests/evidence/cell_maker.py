"""Cells from a handful of rows, for tests."""

from collections.abc import Mapping, Sequence

from fulcrum.core.quantities import Estimate, Result
from fulcrum.evidence.cells import Cells, cells_from_rows


def cells_of(
    keys: Mapping[str, Sequence[object]], outcome: Sequence[float], weight: Sequence[float] | None = None
) -> Cells:
    """The cells of these rows; a `bucket` of the row's number is added if none is given."""
    rows = len(outcome)
    named = dict(keys) if "bucket" in keys else {**keys, "bucket": [row % 64 for row in range(rows)]}
    weights = [1.0] * rows if weight is None else weight
    columns = list(zip(*named.values(), strict=True))
    made = [
        (*(_plain(part) for part in columns[row]), 1, w, w * w, w * y, w * y * y)
        for row, (w, y) in enumerate(zip(map(float, weights), map(float, outcome), strict=True))
    ]
    return cells_from_rows(tuple(named), made)


def score_cells_of(scores: Sequence[int], **keys: Sequence[object]) -> Cells:
    """Cells of answers with these scores."""
    return cells_of({"score": scores, **keys}, [float(score) for score in scores])


def shown(result: Result) -> Estimate:
    """The estimate, where a number is expected."""
    assert isinstance(result, Estimate), result
    return result


def _plain(part: object) -> object:
    return part.item() if hasattr(part, "item") else part
