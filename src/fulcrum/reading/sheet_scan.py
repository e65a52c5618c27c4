"""What a spreadsheet's XML says that its reader does not: far cells, errors, formulas without a value, …

python-calamine gives an empty cell for `#REF!` and for a formula that was never computed, rounds whole
numbers beyond 2^53, and reserves memory for the farthest cell. So the sheet's own XML is swept first, by
pattern and in pieces, for exactly these things. Runs in the limited child only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers.expat import ParserCreate

_PIECE = 4 << 20
_P = rb"(?:[A-Za-z_][\w.-]*:)?"  # a namespace prefix, which some programs write
_PLACES = re.compile(rb' r="([A-Z]+)([0-9]+)"')
_ODD_PLACES = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)["']""")  # the same, as no common program writes it
_CELLS = re.compile(rb"<" + _P + rb"c\b([^>]*?)(?:/>|>(.*?)</" + _P + rb"c>)", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<" + _P + rb"v\b[^>]*>([^<]*)</" + _P + rb"v>")
_FORMULA = re.compile(rb"<" + _P + rb"f\b")
_HIDDEN_ROW = re.compile(rb"<" + _P + rb"""row\b[^>]*\bhidden=["'](?:1|true)["']""")
_HIDDEN_COLUMN = re.compile(rb"<" + _P + rb"""col\b[^>]*\bhidden=["'](?:1|true)["']""")
_MERGED = re.compile(rb"<" + _P + rb"""mergeCell\b[^>]*\bref=["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_LONG = re.compile(rb">-?[0-9]{16,}<")
_ERROR = (b'"e"', b"'e'")
_FORMULAS = (b"<f", b":f")


@dataclass
class SheetScan:
    """What the sweep found. `spoilt` says by row what nobody can read; `exact` has long numbers in full."""

    last_row: int = 0
    last_column: int = 0
    spoilt: dict[int, str] = field(default_factory=dict)
    exact: dict[tuple[int, int], str] = field(default_factory=dict)
    unplaced: int = 0  # such cells without an address of their own
    formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    merged: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether the sheet has no cell at all."""
        return self.last_column == 0


def scan_sheet(stream: IO[bytes]) -> SheetScan:
    """The sweep over one sheet's XML. Plain searches come first: patterns are needed for few sheets."""
    found = SheetScan()
    for piece in _pieces(stream):
        _extent(piece, found)
        if any(mark in piece for mark in (*_ERROR, *_FORMULAS)) or _LONG.search(piece):
            _cells(piece, found)
        if b"hidden=" in piece:
            found.hidden_rows += len(_HIDDEN_ROW.findall(piece))
            found.hidden_columns += len(_HIDDEN_COLUMN.findall(piece))
        if b"mergeCell" in piece:
            found.merged += [match.decode() for match in _MERGED.findall(piece)]
    return found


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end between two rows, so that no cell is cut."""
    rest = b""
    parser = ParserCreate()  # the reader forgives XML that is not well formed, and drops rows; expat does not
    while chunk := stream.read(_PIECE):
        parser.Parse(chunk, False)
        text = rest + chunk
        cut = max(text.rfind(b"<row"), text.rfind(b":row"))
        cut = text.rfind(b"<", 0, cut + 1) if cut > 0 else -1
        if cut <= 0:
            rest = text
            continue
        yield text[:cut]
        rest = text[cut:]
    parser.Parse(b"", True)
    yield rest


def _extent(piece: bytes, found: SheetScan) -> None:
    places = _PLACES.findall(piece) or _ODD_PLACES.findall(piece)
    if places:
        farthest = max({letters for letters, _ in places}, key=lambda name: (len(name), name))
        found.last_column = max(found.last_column, column_number(farthest.decode()))
        found.last_row = max(found.last_row, *(int(row) for _, row in places))
    elif _CELLS.search(piece):
        found.last_column = max(found.last_column, 1)


def _cells(piece: bytes, found: SheetScan) -> None:
    for attributes, content in _CELLS.findall(piece):
        kind = _TYPE.search(attributes)
        type_ = kind.group(1) if kind else b"n"
        has_formula = _FORMULA.search(content) is not None
        if not has_formula and type_ != b"e" and not _LONG.search(content):
            continue
        place = _PLACE.search(attributes)
        found.formulas += has_formula
        if place is None:
            found.unplaced += 1
            continue
        _note(place.group(1).decode(), int(place.group(2)), type_, _VALUE.search(content), found)


def _note(letters: str, row: int, type_: bytes, value: re.Match[bytes] | None, found: SheetScan) -> None:
    text = value.group(1).decode("utf-8", "replace") if value else ""
    if type_ == b"e":
        found.spoilt.setdefault(row, f"Cell {letters}{row} holds the error {text or 'value'}.")
    elif type_ != b"str" and not text:
        found.spoilt.setdefault(
            row, f"Cell {letters}{row} holds a formula whose value was never computed and saved."
        )
    elif type_ == b"n" and re.fullmatch(r"-?\d{16,}", text) and int(float(text)) != int(text):
        found.exact[row, column_number(letters)] = text
