"""How a file is laid out, as far as its owner has said so, and how much of it we are ready to read."""

from fulcrum.core.value import value


@value
class Layout:
    """What the owner of a file declares; whatever is None is detected if it is certain, and asked otherwise.

    `title_rows` stand above the header and are no data. `header_rows` (1 to 3) are joined to one label a
    column. `decimal` and `thousands` are for the typing of its numbers, not for the reading of its texts.
    """

    encoding: str | None = None
    delimiter: str | None = None
    title_rows: int = 0
    header_rows: int | None = None
    sheet: str | None = None
    decimal: str | None = None
    thousands: str | None = None


@value
class Limits:
    """What we are ready to read: bytes of a file, columns, characters of a cell, seconds for a workbook.

    Texts up to `in_place` bytes are parsed where we are, larger ones by a child with at most `memory` bytes.
    """

    bytes: int = 1 << 30
    in_place: int = 1 << 20
    memory: int = 8 << 30
    columns: int = 2_000
    cell: int = 1 << 23
    seconds: int = 120


UNDECLARED = Layout()
LIMITS = Limits()
