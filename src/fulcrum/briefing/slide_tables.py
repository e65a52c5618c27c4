"""Tables of a brief as slide pieces, each part with its head, and the notes that go with their figures."""

from collections.abc import Iterator, Sequence

from fulcrum.briefing.slide_shapes import Cells, Piece, Run, height_of
from fulcrum.core.brief import Assumptions, FigureTable, TextTable
from fulcrum.core.shown import Figure, Refused

_SMALL = 16.0
_TALLEST = 470.0  # of a table before it goes on over the slide
_Cell = tuple[Run, ...]


def note_of(figure: Figure) -> str:
    """What a speaker may say of a figure when asked."""
    held = f", {figure.confidence} interval {figure.interval}" if figure.interval else ", a complete count"
    caveats = "".join(f" {text}" for text in figure.caveats)
    return (
        f"{figure.label}: {figure.said}{held}; n {figure.n}; grade {figure.grade.value} "
        f"({figure.grade.meaning}); trace {figure.trace}.{caveats}"
    )


def figure_cells(table: FigureTable, width: float) -> Iterator[Piece]:
    """Every figure with its interval, n, grade and trace; a refused one keeps its row."""
    rows: list[tuple[_Cell, ...]] = []
    for row in table.rows:
        if isinstance(row, Refused):
            n = f"n {row.n}. " if row.n else ""
            why = (Run(text=f"{n}{row.reason} Needed: {row.needs}", ink="ink-2"),)
            word = (Run(text=row.word, is_italic=True),)
            rows.append(((Run(text=row.label),), word, why, (), (), ()))
            continue
        held = f"  {row.confidence}" if row.interval else ""
        rows.append(
            (
                (Run(text=row.label),),
                (Run(text=row.said, is_bold=True),),
                (Run(text=row.interval or "complete count"), Run(text=held, ink="ink-3")),
                (Run(text=row.n),),
                (Run(text=row.grade.value, is_bold=True),),
                (Run(text=row.trace, ink="ink-2"),),
            )
        )
    notes = [note_of(row) for row in table.rows if isinstance(row, Figure)]
    parts = (0.33, 0.18, 0.22, 0.1, 0.06, 0.11)
    head = ("Figure", "Value", "Interval", "n", "Grade", "Trace")
    rights = (False, True, True, True, False, True)
    refused = [k for k, row in enumerate(table.rows) if isinstance(row, Refused)]
    widths = [width * part for part in parts]
    yield from _cells(head, rows, widths, rights, table.caption, tuple(notes), run_on=refused)


def assumption_cells(table: Assumptions, width: float) -> Iterator[Piece]:
    """The inputs of the case."""
    rows = [
        (
            (Run(text=row.figure.label),),
            (Run(text=row.figure.said, is_bold=True),),
            (Run(text=row.figure.interval or "fixed"),),
            (Run(text=row.figure.grade.value, is_bold=True),),
            (Run(text=row.said_source, ink="ink-2"),),
        )
        for row in table.rows
    ]
    parts = (0.27, 0.11, 0.19, 0.07, 0.36)
    head = ("Input", "Middle", "Range", "Grade", "Comes from")
    notes = tuple(note_of(row.figure) for row in table.rows)
    rights = (False, True, True, False, False)
    yield from _cells(head, rows, [width * part for part in parts], rights, "What goes into the case", notes)


def word_cells(table: TextTable, width: float) -> Iterator[Piece]:
    """A small table of words."""
    rows = [tuple((Run(text=said),) for said in row) for row in table.rows]
    longest = [max(map(len, column)) for column in zip(table.head, *table.rows, strict=True)]
    weights = [min(max(letters, 13), 46) for letters in longest]
    widths = [width * weight / sum(weights) for weight in weights]
    yield from _cells(table.head, rows, widths, table.is_number, table.caption, ())


def _cells(
    head: tuple[str, ...],
    rows: Sequence[tuple[_Cell, ...]],
    widths: Sequence[float],
    rights: tuple[bool, ...],
    summary: str,
    notes: tuple[str, ...],
    *,
    run_on: Sequence[int] = (),
) -> Iterator[Piece]:
    """The table in parts that each fit on a slide, every part with the head."""
    wide = [*widths[:2], sum(widths[2:]), *([0.0] * len(widths[3:]))]
    heights = [_row_height(row, wide if k in run_on else widths) for k, row in enumerate(rows)]
    start = 0
    while start < len(rows):
        end, tall = start, 34.0
        while end < len(rows) and (end == start or tall + heights[end] <= _TALLEST):
            tall += heights[end]
            end += 1
        shape = Cells(
            x=0,
            y=0,
            widths=tuple(widths),
            head=head,
            rows=tuple(rows[start:end]),
            heights=(34.0, *heights[start:end]),
            rights=rights,
            summary=summary,
            run_on=tuple(k - start for k in run_on if start <= k < end),
        )
        yield Piece(height=tall + 14, shapes=(shape,), notes=notes if start == 0 else ())
        start = end


def _row_height(row: tuple[_Cell, ...], widths: Sequence[float]) -> float:
    return 12 + max(
        height_of("".join(run.text for run in cell), _SMALL, width - 12)
        for cell, width in zip(row, widths, strict=True)
        if cell
    )
