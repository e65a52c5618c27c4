"""What every contender is asked, and its answer as a digest, so that only equal answers are compared."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from make_feedback import RATINGS

AMONG = 100_000  # rows of the comparison of driver methods, which take rows and no cells
RATED = (*RATINGS, "score")
CELL_KEYS = ("score", "segment", "tenure", "bucket")


def some_ratings(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The first rows without a missing rating: ratings and score (rows, 11), and the customers."""
    known = " and ".join(f"{name} is not null" for name in RATED)
    found = duckdb.execute(
        f"select customer_id, {', '.join(RATED)} from '{folder}/feedback.parquet' where {known} limit {AMONG}"
    ).fetchnumpy()
    return np.column_stack([found[name] for name in RATED]).astype(np.float64), found["customer_id"]


def cells_told(keys: Iterable[Sequence[Any]], n: Any, y: Any, yy: Any) -> str:
    """The digest of cells, whatever their order: keys as text, then count, sum and sum of squares."""
    columns = [np.asarray(list(map(str, key))) for key in keys]
    columns += [np.asarray(one).astype(np.int64).astype(str) for one in (n, y, yy)]
    return sha256("\n".join(sorted(map(",".join, zip(*columns, strict=True)))).encode()).hexdigest()


def products_told(buckets: Any, patterns: Any, n: Any, sums: Any, products: Any) -> str:
    """The digest of cross-products, whatever the order of groups: sums (K, 11), upper triangle (K, 66)."""
    parts = [np.asarray(one).reshape(len(n), -1) for one in (buckets, patterns, n, sums, products)]
    table = np.rint(np.concatenate(parts, axis=1).astype(np.float64)).astype(np.int64)
    return sha256(table[np.lexsort((table[:, 1], table[:, 0]))].tobytes()).hexdigest()
