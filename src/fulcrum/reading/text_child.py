"""The child process that parses one large text: `python -m fulcrum.reading.text_child OPTIONS < file > rows`.

It takes its limits, reads the file from standard input and writes the rows to standard output as CSV of one
form; on standard error it says in one line of JSON what else there is: header, account, problems.
"""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import IO, Any, Literal

from fulcrum.reading.confined import confine
from fulcrum.reading.layout import Layout, Limits
from fulcrum.reading.text_table import TextTable, table_of

_BLOCK = 20_000  # rows that are written at once


class _Lines(list[str]):
    """Lines of CSV as `csv` writes them, one by one."""

    write = list.append


def main(options: dict[str, Any]) -> None:
    """Parse the text on standard input, write its rows, and say what they are."""
    confine(options)
    table, problems = table_of(
        sys.stdin.buffer.read(),
        file=str(options["file"]),
        layout=Layout(**options["layout"]),
        limits=Limits(**options["limits"]),
    )
    said: dict[str, Any] = {"problems": [asdict(problem) for problem in problems], "table": None}
    if table is not None:
        said["table"] = {
            "header": table.header,
            "header_rows": table.header_rows,
            "account": asdict(table.account),
            "widest": _written(table, sys.stdout.buffer),
        }
    sys.stdout.buffer.flush()
    sys.stderr.write(json.dumps(said) + "\n")


def _written(table: TextTable, out: IO[bytes]) -> int:
    """Writes every row behind its number; the length of the longest line."""
    rows: Iterator[tuple[Any, ...]] = (
        (number, *row) for number, row in zip(table.row_numbers, table.rows, strict=True)
    )
    widest = 0
    while block := tuple(islice(rows, _BLOCK)):
        lines = _lines(block, csv.QUOTE_MINIMAL)
        if any("\r" in line for line in lines):  # a reader may take it for the end of the line
            lines = _lines(block, csv.QUOTE_ALL)
        widest = max(widest, *map(len, lines))
        out.write("".join(lines).encode())
    return widest


def _lines(block: tuple[tuple[Any, ...], ...], quoting: Literal[0, 1]) -> list[str]:
    lines = _Lines()
    csv.writer(lines, lineterminator="\n", quoting=quoting).writerows(block)
    return lines


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
