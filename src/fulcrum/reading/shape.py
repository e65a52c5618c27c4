"""Records to a table: header, rows of one width, and the account of those that are not."""

from collections import Counter
from collections.abc import Mapping, Sequence

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.value import value
from fulcrum.reading.account import Rejected, RowAccount, Skipped
from fulcrum.reading.header import header_height, labels, told_apart
from fulcrum.reading.layout import Layout, Limits
from fulcrum.reading.totals import total_row

Record = tuple[str, ...]

_TOLD_ONE_BY_ONE = 20


@value
class Shaped:
    """A table of one width, with the row of each record in the user's program and the account."""

    header: Record
    header_rows: tuple[Record, ...]
    rows: list[Record]
    row_numbers: Sequence[int]
    account: RowAccount


def shaped(
    records: list[Record], *, file: str, layout: Layout, limits: Limits, spoilt: Sequence[Rejected]
) -> tuple[Shaped | None, tuple[Problem, ...]]:
    """The table in the records; `spoilt` rows (with cells that nobody can read) are rejected for it."""
    start = _first_filled(records, layout.title_rows)
    if start is None:
        return None, (_empty(file),)
    if (asked := _title_rows_question(records, start, file=file, layout=layout)) is not None:
        return None, (asked,)
    height = layout.header_rows or header_height(records[start : start + 3], file=file, first_row=start + 1)
    if isinstance(height, Problem):
        return None, (height,)
    header, body = records[start : start + height], records[start + height :]
    width = _width(header, body)
    if width > limits.columns:
        return None, (_too_wide(width, file=file, limits=limits),)
    filled = _filled_columns(body, width)
    names, problems = told_apart(
        labels([row[:width] for row in header], width=width), file=file, row=start + 1, is_filled=filled
    )
    keep = [i for i in range(width) if filled[i] or any(i < len(row) and row[i].strip() for row in header)]
    body = body if len(keep) == width else [_kept(row, keep, width) for row in body]
    table, more = _accounted(
        body,
        names=tuple(names[i] for i in keep),
        header=tuple(header),
        first=start + height + 1,
        spoilt={row.row: row for row in spoilt},
        file=file,
    )
    return table, (*problems, *more)


def _accounted(
    body: list[Record],
    *,
    names: Record,
    header: tuple[Record, ...],
    first: int,
    spoilt: Mapping[int, Rejected],
    file: str,
) -> tuple[Shaped, tuple[Problem, ...]]:
    """Every row of the body accepted, skipped as blank, or rejected with its reason."""
    rows, numbers, rejected, blank = _sorted_out(body, names, first, spoilt)
    account = RowAccount(
        rows_in=len(body),
        accepted=len(rows),
        rejected=tuple(rejected),
        skipped=(Skipped(rule="blank row", rows=blank),) if blank else (),
    )
    table = Shaped(header=names, header_rows=header, rows=rows, row_numbers=numbers, account=account)
    problems = list(rejections(rejected, file=file))
    if not rows and not rejected:
        problems.append(_no_rows(file))
    if (asked := total_row(rows, numbers, file=file, names=names)) is not None:
        problems.append(asked)
    return table, tuple(problems)


def _sorted_out(
    body: list[Record], names: Record, first: int, spoilt: Mapping[int, Rejected]
) -> tuple[list[Record], Sequence[int], list[Rejected], int]:
    width = len(names)
    if not spoilt and all(map(any, body)) and set(map(len, body)) <= {width}:
        return body, range(first, first + len(body)), [], 0
    rows, numbers, rejected, blank = [], [], [], 0
    for number, row in enumerate(body, start=first):
        if number in spoilt:
            rejected.append(spoilt[number])
        elif not any(row):
            blank += 1
        elif len(row) != width:
            rejected.append(Rejected(row=number, reason=_wrong_width(len(row), width)))
        else:
            rows.append(row)
            numbers.append(number)
    return rows, numbers, rejected, blank


def _wrong_width(found: int, expected: int) -> str:
    cells = "1 cell" if found == 1 else f"{found} cells"
    return f"The row has {cells}, the header has {expected}."


def rejections(rejected: Sequence[Rejected], *, file: str) -> tuple[Problem, ...]:
    """A Problem for each rejected row; beyond twenty, one that counts the rest."""
    told = [
        Problem(
            file=file,
            row=row.row,
            column=row.column,
            what=row.reason,
            remedy="Mend the row; it is left out until then.",
            code="row-rejected",
        )
        for row in rejected[:_TOLD_ONE_BY_ONE]
    ]
    rest = rejected[_TOLD_ONE_BY_ONE:]
    if rest:
        often = Counter(row.reason for row in rest).most_common(3)
        what = " ".join(f"{count:,} times: {reason}" for reason, count in often)
        remedy = "Look first at the rows above; one cause often explains all."
        told.append(
            Problem(
                file=file,
                row=rest[0].row,
                what=f"{len(rest):,} more rows to row {rest[-1].row} are left out. {what}",
                remedy=remedy,
                code="rows-rejected",
            )
        )
    return tuple(told)


# Where the table begins and how wide it is.


def _first_filled(records: list[Record], start: int) -> int | None:
    return next((i for i in range(start, len(records)) if any(cell.strip() for cell in records[i])), None)


def _filled(row: Record) -> int:
    return sum(1 for cell in row if cell.strip())


def _title_rows_question(records: list[Record], start: int, *, file: str, layout: Layout) -> Problem | None:
    """Asks when the first filled row names at most one column and the rows below fill more."""
    if layout.title_rows or (layout.header_rows or 1) > 1:
        return None
    first = records[start]
    sample = [row for row in records[start + 1 : start + 500] if any(row)]
    if _filled(first) > 1 or not sample:
        return None
    usual = Counter(len(row) for row in sample).most_common(1)[0][0]
    wide = [row for row in sample if _filled(row) > 1]
    if usual < 2 or 2 * len(wide) <= len(sample):
        return None
    header = next(
        i for i in range(start + 1, len(records)) if _filled(records[i]) > 1 and len(records[i]) == usual
    )
    return Problem(
        file=file,
        row=start + 1,
        what=f"The first row holds only “{next((c for c in first if c.strip()), '')[:60]}”; "
        f"the header seems to be row {header + 1}.",
        remedy=f"Say title_rows = {header} for this file in data/mapping.toml, or delete the rows above it.",
        severity=Severity.QUESTION,
        code="title-rows-ask",
    )


def _width(header: Sequence[Record], body: list[Record]) -> int:
    """The header's width, or one more where every row ends with the same extra empty cell."""
    width = max(map(len, header))
    widths = set(map(len, body)) - {0}
    if widths and width not in widths and len(widths) == 1:
        (common,) = widths
        if common > width and not any(any(row[width:]) for row in body):
            return common
    return width


def _filled_columns(body: list[Record], width: int) -> list[bool]:
    """Which columns hold anything below the header."""
    open_columns, filled = set(range(width)), [False] * width
    for row in body:
        for i in [i for i in open_columns if i < len(row) and row[i]]:
            filled[i] = True
            open_columns.discard(i)
        if not open_columns:
            break
    return filled


def _kept(row: Record, keep: list[int], width: int) -> Record:
    """The row without columns that have neither name nor value; rows of another width stay to be rejected."""
    return tuple(row[i] for i in keep) if len(row) == width else row


def _empty(file: str) -> Problem:
    return Problem(
        file=file,
        what="The file is empty.",
        remedy="Export it again, with its header and rows.",
        code="empty",
    )


def _no_rows(file: str) -> Problem:
    return Problem(
        file=file,
        what="There is a header but no rows below it.",
        remedy="Export it again, or leave the file out.",
        code="no-rows",
    )


def _too_wide(width: int, *, file: str, limits: Limits) -> Problem:
    return Problem(
        file=file,
        row=1,
        what=f"The table has {width:,} columns; we read up to {limits.columns:,}.",
        remedy="Export only the columns that you need.",
        code="too-wide",
    )
