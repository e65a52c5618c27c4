"""Cells: what is left of any number of rows once the engine has added them up.

A cell holds, for one combination of keys, the count of rows and five sums. Everything after it is small
and exact. Sums of two files' cells equal the cells of their union.
"""

from collections.abc import Callable, Sequence
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
            self.keys + other.keys,
            [np.concatenate([getattr(cells, name) for cells in both]) for name in _SUMS],
        )

    def __len__(self) -> int:
        return len(self.keys)

    def by_only(self, *names: str) -> "Cells":
        """The same rows, keyed by fewer columns."""
        places = [self.by.index(name) for name in names]
        keys = tuple(tuple(key[place] for place in places) for key in self.keys)
        return _grouped(names, keys, [getattr(self, name) for name in _SUMS])

    def where(self, name: str, is_kept: Callable[[Any], bool]) -> "Cells":
        """Only the cells whose key `name` passes."""
        place = self.by.index(name)
        mask = np.array([is_kept(key[place]) for key in self.keys], dtype=bool)
        keys = tuple(key for key, kept in zip(self.keys, mask, strict=True) if kept)
        return Cells(by=self.by, keys=keys, **{column: getattr(self, column)[mask] for column in _SUMS})

    def rekeyed(self, name: str, to: Callable[[Any], Key]) -> "Cells":
        """The same rows with the key `name` replaced, such as a score by its band."""
        place = self.by.index(name)
        keys = tuple((*key[:place], to(key[place]), *key[place + 1 :]) for key in self.keys)
        return _grouped(self.by, keys, [getattr(self, column) for column in _SUMS])

    def values(self, name: str) -> tuple[Key, ...]:
        """The distinct values of a key, sorted, None last."""
        place = self.by.index(name)
        return tuple(sorted({key[place] for key in self.keys}, key=_order))


_SUMS = ("n", "w", "ww", "wy", "wyy")


def cells_from_rows(by: Sequence[str], rows: Sequence[Sequence[Any]]) -> Cells:
    """Cells from rows of keys, then n, w, ww, wy, wyy."""
    columns = list(zip(*rows, strict=True)) or [()] * (len(by) + len(_SUMS))
    sums = [np.array(column, dtype=np.float64) for column in columns[len(by) :]]
    return cells_from_columns(by, columns[: len(by)], sums)


def cells_from_columns(by: Sequence[str], keys: Sequence[Sequence[Key]], sums: Sequence[Floats]) -> Cells:
    """Cells from columns, as an engine's answer has them: one for each key, then n, w, ww, wy, wyy."""
    rows = tuple(zip(*keys, strict=True)) if keys else ((),) * len(sums[0])
    return _grouped(tuple(by), rows, sums)


def _order(key: Key) -> tuple[bool, bool, int, str]:
    is_text = isinstance(key, str)
    return (key is None, is_text, 0 if key is None or is_text else int(key), str(key))


def _grouped(
    by: tuple[str, ...], keys: tuple[tuple[Key, ...], ...], columns: Sequence[NDArray[Any]]
) -> Cells:
    firsts, into = _ranked(keys)
    n, w, ww, wy, wyy = (_added(column, into, len(firsts)) for column in columns)
    ordered = tuple(keys[first] for first in firsts)
    return Cells(by=by, keys=ordered, n=n.astype(np.int64), w=w, ww=ww, wy=wy, wyy=wyy)


def _added(column: NDArray[Any], into: NDArray[np.intp], size: int) -> Floats:
    return np.bincount(into, weights=column, minlength=size).astype(np.float64, copy=False)


def _ranked(keys: Sequence[tuple[Key, ...]]) -> tuple[list[int], NDArray[np.intp]]:
    """Where each distinct key comes first, in the order of keys, and the place in that order of every key.

    Keys are ranked column by column and only the ranks are sorted: a column holds few distinct values.
    """
    ranks = np.zeros(len(keys), dtype=np.int64)
    for column in zip(*keys, strict=True):
        values = sorted(set(column), key=_order)
        rank = {key: place for place, key in enumerate(values)}
        of_each = np.fromiter(map(rank.__getitem__, column), dtype=np.int64, count=len(keys))
        ranks = _dense(ranks) * len(values) + of_each  # dense: below the square of the rows, far from 64 bits
    _, firsts, into = np.unique(ranks, return_index=True, return_inverse=True)
    return firsts.tolist(), into


def _dense(ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """The ranks without gaps."""
    return np.unique(ranks, return_inverse=True)[1]
