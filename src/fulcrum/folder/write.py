"""A `Company` to the files of its folder, so that reading them gives the same company."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fulcrum.core.company import Company
from fulcrum.core.errors import DataProblems, WrongUse, errors_in
from fulcrum.folder import company_file, vision_file
from fulcrum.folder.company_file import write_company_file
from fulcrum.folder.read import read_folder
from fulcrum.folder.tables import BY_FILE, EXECUTIVES, TABLES, Column, Table
from fulcrum.folder.vision_file import write_vision


def write_folder(company: Company, path: Path) -> None:
    """Writes every file that has content, beside what else the folder holds; never over a company's files.

    Texts that are nothing but spaces come back empty; all else comes back as it was. What a folder cannot
    hold (a note that is too long, an id that names no file) raises `DataProblems` before anything is written.
    """
    taken = [name for name in (company_file.FILE, vision_file.FILE, *BY_FILE) if (path / name).exists()]
    if taken:
        raise WrongUse(f"{path} already holds {taken[0]}; choose a new folder.")
    texts = {company_file.FILE: write_company_file(company)}
    for table in TABLES:
        values = getattr(company, table.field)
        if values or table is EXECUTIVES:
            texts[table.file] = table_text(table, values)
    if company.vision is not None:
        texts[vision_file.FILE] = write_vision(company.vision)
    _refuse_unreadable(company, texts)
    _write_all(path, texts)


def table_text(table: Table, values: tuple[Any, ...]) -> str:
    """The text of one CSV file: the header, then one row a value."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")  # Python quotes a lone \r only if it ends lines too
    writer.writerow(table.headers)
    writer.writerows([_cell(column, item) for column in table.columns] for item in values)
    return buffer.getvalue()


def write_text(path: Path, text: str) -> None:
    """All of the file or nothing of it. CSV gets the mark by which spreadsheet programs know UTF-8."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(text.encode("utf-8-sig" if path.suffix == ".csv" else "utf-8"))
    beside.replace(path)


def _refuse_unreadable(company: Company, texts: Mapping[str, str]) -> None:
    """The files are written aside and read once, so that nobody finds out later that they cannot be."""
    with TemporaryDirectory() as aside:
        _write_all(Path(aside), texts)
        errors = errors_in(read_folder(Path(aside), as_of=company.as_of)[1])
    if errors:
        raise DataProblems(errors)


def _write_all(path: Path, texts: Mapping[str, str]) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_text(path / name, text)


def _cell(column: Column, item: Any) -> str:
    found = getattr(item, column.field)
    return "" if found is None or found == "" else column.cell.write(found)
