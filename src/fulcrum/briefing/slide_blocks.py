"""Each block of a brief as pieces of a slide, in reading order, with the notes that go with its figures."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from fulcrum.briefing import slide_charts
from fulcrum.briefing.slide_shapes import (
    Mark,
    Piece,
    Rule,
    Run,
    Shape,
    Text,
    height_of,
    lowered,
    moved,
)
from fulcrum.briefing.slide_tables import assumption_cells, figure_cells, note_of, word_cells
from fulcrum.briefing.slide_tornado import tornado_piece
from fulcrum.core.brief import (
    ArgumentBlock,
    AskBlock,
    Assumptions,
    Block,
    FigureTable,
    GradeKey,
    Missing,
    NumberedList,
    Paragraph,
    Progress,
    Quote,
    Refusals,
    Sources,
    Statement,
    StepCard,
    TextTable,
    TraceRow,
    TraceTable,
)
from fulcrum.core.shown import (
    CausalMass,
    Figure,
    GoalTrack,
    IntervalRows,
    Masses,
    Prevalence,
    Refused,
    Tornado,
    TrendLine,
)

_BODY, _SMALL = 19.0, 16.0
_Cell = tuple[Run, ...]


def pieces_of(block: Block, width: float, *, room: float = 340.0) -> Iterator[Piece]:
    """The pieces of a block; a kind that is not handled here does not pass the type check.

    `room` is the height that the one large drawing of a slide may take.
    """
    match block:
        case AskBlock():
            yield _text((Run(text=block.sentence),), width, 28, is_serif=True)
            yield terms_piece(block, width)
        case Statement():
            yield statement_piece(block, width)
        case Paragraph():
            said = Run(text=block.text, ink="ink-2" if block.is_note else "ink")
            yield _text((said,), width, _SMALL if block.is_note else _BODY)
        case Quote():
            yield _text((Run(text=f"“{block.text}”"),), width, 28, is_serif=True)
            yield _text((Run(text=block.source, ink="ink-2"),), width, _SMALL)
        case Masses():
            yield _noted(slide_charts.masses_piece(block, width, room), [one.figure for one in block.masses])
        case CausalMass():
            yield slide_charts.causal_piece(block, width)
        case Tornado():
            yield tornado_piece(block, width)
        case GoalTrack():
            yield slide_charts.goal_piece(block, width)
        case Prevalence():
            yield _prevalence(block, width)
        case TrendLine():
            yield Piece(height=150, shapes=(slide_charts.trend_chart(block, width, 140),))
        case IntervalRows():
            figures = [mark.figure for row in block.rows for mark in row.marks]
            yield _noted(slide_charts.rows_piece(block, width), figures)
        case Progress():
            yield _progress(block, width)
        case FigureTable():
            yield from figure_cells(block, width)
        case GradeKey():
            yield _grades(block, width)
        case NumberedList():
            yield from _numbered(block.items, width)
        case Refusals():
            for refused in block.items:
                yield _refusal(refused, width)
        case Missing():
            yield _missing(block, width)
        case ArgumentBlock():
            yield _together(_argument(block, width))
        case StepCard():
            yield from _numbered(block.how_to, width)
            for name, told in block.notes:
                yield _text((Run(text=f"{name}: ", is_bold=True), Run(text=told)), width, _BODY)
        case Assumptions():
            yield from assumption_cells(block, width)
        case TextTable():
            yield from word_cells(block, width)
        case TraceTable():
            for row in block.rows:
                yield _together(_trace(row, width))
        case Sources():
            yield _text((Run(text=" · ".join(block.items), ink="ink-2"),), width, _SMALL)
        case _:
            assert_never(block)


def terms_piece(ask: AskBlock, width: float) -> Piece:
    """The terms of the ask, side by side."""
    each = width / len(ask.terms)
    shapes = tuple(
        Text(
            x=each * k,
            y=0,
            width=each - 20,
            height=90,
            paragraphs=((Run(text=name, ink="ink-3"),), (Run(text=said, is_bold=True),)),
            size=18,
        )
        for k, (name, said) in enumerate(ask.terms)
    )
    return Piece(height=96, shapes=shapes)


def statement_piece(statement: Statement, width: float) -> Piece:
    """A sentence with its figures, each followed by its grade."""
    runs: list[Run] = []
    for span in statement.spans:
        ink = "ink" if span.tone == "plain" else span.tone
        runs.append(Run(text=span.text, ink=ink))
        if span.figure is not None:
            runs.append(Run(text=f" (grade {span.figure.grade.value})", ink="ink-3"))
    made = _text(tuple(runs), width, 28, is_serif=True)
    return _noted(made, [span.figure for span in statement.spans if span.figure is not None])


def _noted(piece: Piece, figures: Sequence[Figure]) -> Piece:
    return Piece(height=piece.height, shapes=piece.shapes, notes=tuple(note_of(one) for one in figures))


def _text(
    runs: _Cell,
    width: float,
    size: float,
    *,
    is_serif: bool = False,
    is_code: bool = False,
    after: float = 10,
) -> Piece:
    said = "".join(run.text for run in runs)
    height = height_of(said, size * (1.2 if is_code else 1), width)
    shape = Text(
        x=0,
        y=0,
        width=width,
        height=height,
        paragraphs=(runs,),
        size=size,
        is_serif=is_serif,
        is_code=is_code,
    )
    return Piece(height=height + after, shapes=(shape,))


def _together(pieces: Iterable[Piece]) -> Piece:
    """Pieces that belong on one slide, as one."""
    y = 0.0
    shapes: list[Shape] = []
    notes: list[str] = []
    for piece in pieces:
        shapes += [lowered(shape, y) for shape in piece.shapes]
        notes += piece.notes
        y += piece.height
    return Piece(height=y, shapes=tuple(shapes), notes=tuple(notes))


def _prevalence(shown: Prevalence, width: float) -> Piece:
    said = f"{shown.said} {shown.described_as} ({shown.interval})"
    label = (Run(text=shown.said, is_bold=True), Run(text=f" {shown.described_as} ({shown.interval})"))
    head = _text((Run(text="Like this customer", ink="ink-3"),), width, _SMALL, after=4)
    words = _text(label, width, _BODY)
    group, tall = slide_charts.prevalence_group(shown, width)
    note = _text((Run(text=shown.note, ink="ink-2"),), width, _SMALL)
    shapes: list[Shape] = [*head.shapes]
    y = head.height
    shapes += [lowered(shape, y) for shape in words.shapes]
    y += max(words.height, height_of(said, _BODY, width))
    shapes.append(lowered(group, y))
    y += tall + 10
    shapes += [lowered(shape, y) for shape in note.shapes]
    return Piece(height=y + note.height, shapes=tuple(shapes), notes=(note_of(shown.figure),))


def _progress(progress: Progress, width: float) -> Piece:
    each = (width - 2 * 40) / 3
    shapes: list[Shape] = []
    tallest = 0.0
    for k, signal in enumerate(progress.signals):
        x = (each + 40) * k
        if signal.trend is not None:
            shapes.append(moved(slide_charts.trend_chart(signal.trend, each, 130), x))
        elif signal.large:
            size = 44.0 if len(signal.large) <= 8 else 30.0
            large = _text((Run(text=signal.large),), each, size, is_serif=True)
            shapes += [moved(lowered(shape, 34), x) for shape in large.shapes]
        words = _text((Run(text=signal.label, is_bold=True),), each, _BODY, after=4)
        note = _text((Run(text=signal.note, ink="ink-2"),), each, _SMALL)
        shapes += [moved(lowered(shape, 142), x) for shape in words.shapes]
        shapes += [moved(lowered(shape, 142 + words.height), x) for shape in note.shapes]
        tallest = max(tallest, 142 + words.height + note.height)
    return Piece(height=tallest, shapes=tuple(shapes))


def _grades(key: GradeKey, width: float) -> Piece:
    each = width / len(key.entries)
    shapes = tuple(
        Text(
            x=each * k,
            y=0,
            width=each - 12,
            height=66,
            paragraphs=(
                (Run(text=f"{entry.grade.value}  {entry.name}", is_bold=True),),
                (Run(text=entry.may_be_called, ink="ink-2"),),
            ),
            size=_SMALL,
        )
        for k, entry in enumerate(key.entries)
    )
    return Piece(height=70, shapes=shapes)


def _numbered(items: Sequence[str], width: float) -> Iterator[Piece]:
    for k, said in enumerate(items, start=1):
        words = _text((Run(text=said),), width - 44, 20)
        number = Text(
            x=0,
            y=0,
            width=40,
            height=28,
            paragraphs=((Run(text=str(k), ink="ink-3"),),),
            size=22,
            is_serif=True,
        )
        yield Piece(height=words.height + 6, shapes=(number, *(moved(one, 44) for one in words.shapes)))


def _refusal(item: Refused, width: float) -> Piece:
    word = _text((Run(text=item.word, is_italic=True),), 200, 22, is_serif=True)
    n = f" (n {item.n})" if item.n else ""
    runs = (
        Run(text=f"{item.label}{n}. ", is_bold=True),
        Run(text=f"{item.reason} ", ink="ink-2"),
        Run(text="Needed: ", is_bold=True),
        Run(text=item.needs),
    )
    words = _text(runs, width - 220, 18)
    tall = max(word.height, words.height)
    rule = Rule(x=0, y=tall, to_x=width, to_y=tall)
    return Piece(height=tall + 12, shapes=(*word.shapes, *(moved(one, 220) for one in words.shapes), rule))


def _missing(block: Missing, width: float) -> Piece:
    runs = (
        Run(text=f"{block.what}. ", is_bold=True),
        Run(text=f"{block.why} {block.remedy}"),
    )
    words = _text(runs, width - 40, 18, after=0)
    frame = Mark(kind="frame", x=0, y=0, width=width, height=words.height + 28, ink="line-strong")
    inside = tuple(moved(lowered(one, 14), 20) for one in words.shapes)
    return Piece(height=words.height + 42, shapes=(frame, *inside))


def _argument(argument: ArgumentBlock, width: float) -> Iterator[Piece]:
    yield _text((Run(text=argument.claim),), width, 24, is_serif=True)
    for said in argument.warnings:
        words = _text((Run(text=said, is_bold=True),), width - 18, 18)
        bar = Rule(x=2, y=0, to_x=2, to_y=words.height - 10, ink="loss", weight=3)
        yield Piece(height=words.height, shapes=(bar, *(moved(one, 18) for one in words.shapes)))
    for name, said in argument.details:
        words = _text((Run(text=said, ink="ink-2"),), width - 180, _SMALL, after=5)
        label = _text((Run(text=name, ink="ink-3"),), 170, _SMALL)
        yield Piece(height=words.height, shapes=(*label.shapes, *(moved(one, 180) for one in words.shapes)))
    yield _text((Run(text=argument.source, ink="ink-2"),), width, _SMALL, after=22)


def _trace(row: TraceRow, width: float) -> Iterator[Piece]:
    trace = row.trace
    head = (Run(text=f"{trace.id}  ", is_bold=True), Run(text="; ".join(row.figures), is_bold=True))
    yield _text(head, width, _SMALL, after=2)
    files = "; ".join(f"{file.name} (sha256 {file.sha256[:8]}…)" for file in trace.files)
    given = "; ".join(f"{name} = {said}" for name, said in trace.parameters)
    said = f"{files}. {trace.method}. {given}{'. ' if given else ''}Fulcrum {trace.version}."
    made = _text((Run(text=said, ink="ink-2"),), width, _SMALL, after=14)
    asked = (f"{trace.id} asks: {' '.join(trace.query.split())}",) if trace.query else ()
    yield Piece(height=made.height, shapes=made.shapes, notes=asked)
