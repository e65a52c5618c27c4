"""How many values the pages of a Parquet column really hold, read from the pages' own headers.

A file's footer says how many rows it has, and readers believe it: told of fewer rows than there are, they
leave out the rest without a word. Headers are Thrift in its compact form (parquet-format, `parquet.thrift`).
"""

import os
from typing import IO

Field = int | bytes | dict[int, "Field"] | list["Field"] | None

_HEADER = 1 << 16  # bytes within which a page's header must end
_DATA, _DATA_V2 = (
    5,
    8,
)  # fields of PageHeader that hold the header of a data page; the first field is its values
_PACKED = 3
_DEEPEST = 8


class NotAPage(ValueError):
    """The bytes are no header of a page."""


def values_in(file: IO[bytes], start: int, length: int) -> int:
    """The values in the data pages between `start` and `start + length`; NotAPage where they are no pages."""
    values, place, end = 0, start, start + length
    if not 0 <= start <= end <= os.fstat(file.fileno()).st_size:
        raise NotAPage("the column lies outside the file")
    while place < end:
        file.seek(place)
        header = _Reader(file.read(min(_HEADER, end - place)))
        fields = header.struct()
        packed = fields.get(_PACKED)
        if not isinstance(packed, int) or packed < 0:
            raise NotAPage("a page has no size")
        for kind in (_DATA, _DATA_V2):
            page = fields.get(kind)
            if isinstance(page, dict):
                values += _count(page.get(1))
        place += header.place + packed
    if place != end:
        raise NotAPage("the last page is longer than its column")
    return values


def _count(field: Field) -> int:
    if not isinstance(field, int) or field < 0:
        raise NotAPage("a page does not say how many values it holds")
    return field


class _Reader:
    """A value of Thrift's compact protocol after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def struct(self, depth: int = 0) -> dict[int, Field]:
        """The fields of a struct by their number."""
        fields: dict[int, Field] = {}
        number = 0
        while (head := self._byte()) != 0:
            step = head >> 4
            number = number + step if step else self._signed()
            fields[number] = self._value(head & 15, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Field:
        if depth > _DEEPEST:
            raise NotAPage("a header is nested too deeply")
        if kind in (1, 2):  # true, false
            return 2 - kind
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._signed()
        if kind == 7:  # a double
            return self._bytes(8)
        if kind == 8:
            return self._bytes(self._whole())
        if kind in (9, 10):
            head = self._byte()
            size = head >> 4 if head >> 4 != 15 else self._whole()
            if size > len(self.data):
                raise NotAPage("a list is longer than its header")
            return [self._value(head & 15, depth + 1) for _ in range(size)]
        if kind == 12:
            return self.struct(depth + 1)
        raise NotAPage("a header holds an unknown kind of field")

    def _signed(self) -> int:
        whole = self._whole()
        return whole >> 1 ^ -(whole & 1)

    def _whole(self) -> int:
        found = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            found |= (byte & 127) << shift
            if byte < 128:
                return found
        raise NotAPage("a number is too long")

    def _byte(self) -> int:
        return self._bytes(1)[0]

    def _bytes(self, size: int) -> bytes:
        found = self.data[self.place : self.place + size]
        if len(found) < size:
            raise NotAPage("a header is cut off")
        self.place += size
        return found
