"""How the files of the bad-input corpus are built, and what a case of it is.

E  an error that names the place and the remedy; K  kept to the last character; A  asked, not guessed
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import openpyxl
import xlsxwriter

from fulcrum.reading.layout import Layout, Limits

Build = Callable[[Path], Path]


@dataclass(frozen=True)
class Case:
    """One bad file: how it is built, how its owner declares it, and what must come of it."""

    name: str
    outcome: Literal["E", "K", "A"]
    build: Build
    code: str = ""
    row: int | None = None
    column: str | None = None
    rows: Sequence[tuple[str, ...]] | None = None
    header: tuple[str, ...] | None = None
    has_table: bool | None = None
    says: str = ""
    layout: Layout = field(default_factory=Layout)
    limits: Limits = field(default_factory=Limits)


def raw(data: bytes | str, name: str = "export.csv") -> Build:
    """A file with exactly these bytes."""

    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return build


def book(
    *sheets: Sequence[Sequence[object]], after: Callable[[openpyxl.Workbook], None] | None = None
) -> Build:
    """A workbook with these sheets, changed by `after` before it is saved."""

    def build(folder: Path) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = workbook.create_sheet(f"Sheet{number}")
            for row in rows:
                sheet.append(list(row))
        if after is not None:
            after(workbook)
        path = folder / "export.xlsx"
        workbook.save(path)
        return path

    return build


def formula_book(value: object, formula: str = "=1/0", **options: object) -> Build:
    """A workbook with a formula and the result that its program has saved."""

    def build(folder: Path) -> Path:
        path = folder / "export.xlsx"
        workbook = xlsxwriter.Workbook(str(path), options)
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "revenue"])
        sheet.write_row(1, 0, ["A", 5])
        sheet.write_string(2, 0, "B")
        sheet.write_formula(2, 1, formula, None, value)
        workbook.close()
        return path

    return build


PLAIN = (("id", "n"), ("A", 1), ("B", 2))


def unhurried(build: Build) -> Build:
    """The same workbook without the wish to be recalculated when opened."""

    def rebuild(folder: Path) -> Path:
        path = build(folder)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data.replace(b' fullCalcOnLoad="1"', b""))
        return path

    return rebuild


def repacked(change: Callable[[dict[str, bytes]], None], rows: Sequence[Sequence[object]] = PLAIN) -> Build:
    """A sound workbook whose parts were changed by hand."""

    def build(folder: Path) -> Path:
        path = book(rows)(folder)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return path

    return build


def replaced(part: str, old: bytes, new: bytes, rows: Sequence[Sequence[object]] = PLAIN) -> Build:
    """A workbook in which one part's bytes were replaced."""

    def change(parts: dict[str, bytes]) -> None:
        if old not in parts[part]:
            raise ValueError(f"{part} has no {old!r}: {parts[part][:600]!r}")
        parts[part] = parts[part].replace(old, new)

    return repacked(change, rows)


def twice_named(folder: Path) -> Path:
    """A workbook whose sheet occurs twice in the archive, so that two readers may read two tables."""
    path = book(PLAIN)(folder)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts:
            archive.writestr(name, data)
        archive.writestr("xl/worksheets/SHEET1.xml", sheet)
    path.write_bytes(target.getvalue())
    return path


def truncated(folder: Path) -> Path:
    """A workbook of which only the first part arrived."""
    path = book(PLAIN)(folder)
    path.write_bytes(path.read_bytes()[:2000])
    return path


def encrypted(folder: Path) -> Path:
    """What a password-protected workbook begins with."""
    name = "EncryptedPackage".encode("utf-16-le")
    return raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name, "export.xlsx")(folder)


def merge(workbook: openpyxl.Workbook) -> None:
    workbook["Sheet1"].merge_cells("A2:A3")


def hide_row(workbook: openpyxl.Workbook) -> None:
    workbook["Sheet1"].row_dimensions[3].hidden = True


def hide_column(workbook: openpyxl.Workbook) -> None:
    workbook["Sheet1"].column_dimensions["B"].hidden = True


def hide_second(workbook: openpyxl.Workbook) -> None:
    workbook["Sheet2"].sheet_state = "hidden"


def far_cell(workbook: openpyxl.Workbook) -> None:
    workbook["Sheet1"]["XFD1048576"] = "x"


def bomb(parts: dict[str, bytes]) -> None:
    parts["xl/media/huge.bin"] = bytes(40 << 20)


def macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"macro"


def traversal(parts: dict[str, bytes]) -> None:
    parts["../../etc/passwd"] = b"x"


def many_parts(parts: dict[str, bytes]) -> None:
    parts.update({f"xl/media/{n}.bin": b"" for n in range(2_001)})


def binary_book(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.bin"] = parts.pop("xl/workbook.xml")


def a_folder(folder: Path) -> Path:
    path = folder / "export.csv"
    path.mkdir()
    return path
