"""Cells: what is left of any number of rows once the engine has added them up.

A cell holds, for one combination of keys, the count of rows and five sums. Everything after it is small
and exact. Sums of two files' cells equal the cells of their union.
"""

from collections.abc import Callable, Sequence
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.value import value

Floats = NDArray[np.float64]
Key = str | int | None


@value
class Cells:
    """Sums by key. All arrays have one entry per cell, in the order of `keys` (sorted, each key once).

    by   names of the key columns, such as ("score", "touchpoint", "bucket")
    keys one tuple per cell, parallel to `by`
    n    rows
    w    sum of sampling weights; equals n when unweighted
    ww   sum of squared weights
    wy   sum of weight times outcome
    wyy  sum of weight times squared outcome
    """

    by: tuple[str, ...]
    keys: tuple[tuple[Key, ...], ...]
    n: NDArray[np.int64]
    w: Floats
    ww: Floats
    wy: Floats
    wyy: Floats

    def __add__(self, other: "Cells") -> "Cells":
        """The cells of both together."""
        if self.by != other.by:
            raise ValueError(f"cells by {self.by} and by {other.by} do not add")
        both = (self, other)
        return _grouped(
            self.by,
            _columns(self.keys + other.keys, len(self.by)),
            [np.concatenate([getattr(cells, name) for cells in both]) for name in _SUMS],
        )

    def __len__(self) -> int:
        return len(self.keys)

    def by_only(self, *names: str) -> "Cells":
        """The same rows, keyed by fewer columns."""
        columns = _columns(self.keys, len(self.by))
        kept = [columns[self.by.index(name)] for name in names]
        return _grouped(names, kept, [getattr(self, name) for name in _SUMS])

    def where(self, name: str, is_kept: Callable[[Any], bool]) -> "Cells":
        """Only the cells whose key `name` passes."""
        column = _columns(self.keys, len(self.by))[self.by.index(name)]
        kept = {key: bool(is_kept(key)) for key in set(column)}
        mask = np.fromiter(map(kept.__getitem__, column), dtype=bool, count=len(column))
        keys = tuple(compress(self.keys, mask))
        return Cells(by=self.by, keys=keys, **{column: getattr(self, column)[mask] for column in _SUMS})

    def rekeyed(self, name: str, to: Callable[[Any], Key]) -> "Cells":
        """The same rows with the key `name` replaced, such as a score by its band."""
        columns, place = _columns(self.keys, len(self.by)), self.by.index(name)
        new = {key: to(key) for key in set(columns[place])}
        columns[place] = tuple(map(new.__getitem__, columns[place]))
        return _grouped(self.by, columns, [getattr(self, column) for column in _SUMS])

    def values(self, name: str) -> tuple[Key, ...]:
        """The distinct values of a key, sorted, None last."""
        place = self.by.index(name)
        return tuple(sorted({key[place] for key in self.keys}, key=_order))


_SUMS = ("n", "w", "ww", "wy", "wyy")
_WIDEST = 2**62  # combinations of keys that still have ranks of 64 bits


def cells_from_rows(by: Sequence[str], rows: Sequence[Sequence[Any]]) -> Cells:
    """Cells from rows of keys, then n, w, ww, wy, wyy."""
    columns = _columns(rows, len(by) + len(_SUMS))
    sums = [np.array(column, dtype=np.float64) for column in columns[len(by) :]]
    return cells_from_columns(by, columns[: len(by)], sums)


def cells_from_columns(by: Sequence[str], keys: Sequence[Sequence[Key]], sums: Sequence[Floats]) -> Cells:
    """Cells from columns, as an engine's answer has them: one for each key, then n, w, ww, wy, wyy."""
    return _grouped(tuple(by), keys, sums)


def _order(key: Key) -> tuple[bool, bool, int, str]:
    is_text = isinstance(key, str)
    return (key is None, is_text, 0 if key is None or is_text else int(key), str(key))


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) or [()] * width


def _grouped(by: tuple[str, ...], keys: Sequence[Sequence[Key]], sums: Sequence[NDArray[Any]]) -> Cells:
    """Cells of columns of keys, in which a key may come more than once."""
    firsts, into = _ranked(keys, len(sums[0]))
    n, w, ww, wy, wyy = (_added(column, into, len(firsts)) for column in sums)
    in_order = [[column[first] for first in firsts] for column in keys]
    distinct = tuple(zip(*in_order, strict=True)) if keys else ((),) * len(firsts)
    return Cells(by=by, keys=distinct, n=n.astype(np.int64), w=w, ww=ww, wy=wy, wyy=wyy)


def _added(column: NDArray[Any], into: NDArray[np.intp], size: int) -> Floats:
    return np.bincount(into, weights=column, minlength=size).astype(np.float64, copy=False)


def _ranked(keys: Sequence[Sequence[Key]], size: int) -> tuple[list[int], NDArray[np.intp]]:
    """Where each distinct key comes first, in the order of keys, and the place in that order of every key.

    Keys are ranked column by column and only the ranks are sorted: a column holds few distinct values.
    """
    ranks, distinct = np.zeros(size, dtype=np.int64), 1
    for column in keys:
        values = sorted(set(column), key=_order)
        rank = {key: place for place, key in enumerate(values)}
        of_each = np.fromiter(map(rank.__getitem__, column), dtype=np.int64, count=size)
        if distinct * len(values) > _WIDEST:
            ranks, distinct = np.unique(ranks, return_inverse=True)[1], size
        ranks, distinct = ranks * len(values) + of_each, distinct * len(values)
    _, firsts, into = np.unique(ranks, return_index=True, return_inverse=True)
    return firsts.tolist(), into
