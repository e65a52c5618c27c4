"""The brief as slides: one sentence and one drawing where it opens, then the evidence, none of it lost."""

from collections.abc import Iterator, Sequence

from fulcrum.briefing.slide_blocks import pieces_of
from fulcrum.briefing.slide_shapes import (
    Piece,
    Rule,
    Run,
    Shape,
    Slide,
    Text,
    height_of,
    lines_of,
    lowered,
    moved,
)
from fulcrum.core import wording
from fulcrum.core.brief import Block, Brief, Section
from fulcrum.core.shown import Masses
from fulcrum.core.value import value

LEFT, WIDTH, TOP, BOTTOM = 72.0, 1136.0, 122.0, 636.0
_GAP, _SIDE, _HEAD = 64.0, 428.0, 46.0
_TITLE_WIDTH, _FALLBACK = 980.0, 0.86  # where the serif is missing, a wider one stands in
_SMALLEST_WITH_GOAL = 38.0
_LEAST_PIECES, _LEAST_HEIGHT = 2, 110.0  # of a section that begins at the foot of a slide
_TITLE_SIZES = (56.0, 46.0, 38.0, 32.0, 26.0, 20.0)


@value
class _Page:
    """One slide's content before it has its number."""

    title: str
    shapes: tuple[Shape, ...]
    notes: tuple[str, ...]
    end: float | None = None  # where its content ends; None where nothing can follow


def slides_of(brief: Brief) -> tuple[Slide, ...]:
    """Every slide of the brief, in order."""
    opening, said = _opening(brief)
    pages, level = [opening], 1
    for section in brief.sections:
        if section.key in said:
            continue
        is_open = len(pages) > 1 and section.page in (level, 3)
        follows = (_joined(pages[-1], section) or _run_on(pages[-1], section)) if is_open else []
        level = section.page
        pages = [*pages[:-1], *follows] if follows else [*pages, *_pages(section)]
    return tuple(_framed(brief, page, number) for number, page in enumerate(pages, start=1))


def _opening(brief: Brief) -> tuple[_Page, tuple[str, ...]]:
    """The first slide: what the reader answers for and what moves it; and the sections said in full."""
    goal = brief.section("goal")
    size = _title_size(brief.title, None if goal is None else _below(goal))
    tall = height_of(brief.title, size, _FALLBACK * _TITLE_WIDTH)
    title = Text(
        x=LEFT,
        y=TOP + 26,
        width=_balanced(brief.title, size),
        height=tall,
        paragraphs=((Run(text=brief.title),),),
        size=size,
        is_serif=True,
        is_title=True,
    )
    if goal is not None:
        whole = _below(goal)
        if TOP + 52 + tall + whole.height <= BOTTOM:
            below = [lowered(shape, BOTTOM - whole.height) for shape in whole.shapes]
            return _Page(title="", shapes=(title, *below), notes=whole.notes), ("goal",)
    return _Page(title="", shapes=(title,), notes=()), ()


def _joined(page: _Page, section: Section) -> list[_Page]:
    """The slide with a further section below what it holds already; nothing where there is no room for it."""
    whole = _below(section)
    if page.end is None or page.end + 10 + whole.height > BOTTOM + 8:
        return []
    return [_with(page, whole)]


def _run_on(page: _Page, section: Section) -> list[_Page]:
    """The slide with as much of a section of the evidence as fits below, and those that hold the rest."""
    pieces, aside = _columns(section)
    if page.end is None or section.page == 1 or aside:
        return []
    room = BOTTOM - page.end - 10 - _HEAD
    fitting = [k for k in range(1, len(pieces)) if sum(one.height for one in pieces[:k]) <= room]
    first = pieces[: max(fitting, default=0)]
    if len(first) < _LEAST_PIECES or sum(one.height for one in first) < _LEAST_HEIGHT:
        return []
    rest = list(_set_out(section, pieces[len(first) :], [], is_continued=True))
    return [_with(page, _headed(section, first, [])), *rest]


def _with(page: _Page, piece: Piece) -> _Page:
    """The slide with one more piece below what it holds."""
    end = page.end or TOP
    return _Page(
        title=page.title,
        shapes=(*page.shapes, *(lowered(shape, end + 10) for shape in piece.shapes)),
        notes=(*page.notes, *piece.notes),
        end=end + 10 + piece.height,
    )


def _title_size(title: str, goal: Piece | None) -> float:
    """As large as leaves room for the goal, if that is large enough; else as large as the slide carries."""
    room = 0.0 if goal is None else BOTTOM - goal.height - TOP - 52
    sizes = [
        s
        for s in _TITLE_SIZES
        if s >= _SMALLEST_WITH_GOAL and height_of(title, s, _FALLBACK * _TITLE_WIDTH) <= room
    ]
    fitting = [s for s in _TITLE_SIZES if height_of(title, s, _FALLBACK * _TITLE_WIDTH) <= 250]
    return next(iter((*sizes, *fitting)), _TITLE_SIZES[-1])


def _balanced(text: str, size: float) -> float:
    """As narrow as a title may be without one line more, so that no line holds a lone word."""
    most = lines_of(text, size, _FALLBACK * _TITLE_WIDTH)
    widths = [_TITLE_WIDTH * part / 100 for part in range(50, 100, 2)]
    return next((w for w in widths if lines_of(text, size, _FALLBACK * w) <= most), _TITLE_WIDTH)


def _below(section: Section) -> Piece:
    """A whole section as it stands below another: a rule, its heading, and its two columns if it has them."""
    return _headed(section, *_columns(section))


def _headed(section: Section, pieces: Sequence[Piece], aside: Sequence[Piece]) -> Piece:
    heading = Text(
        x=LEFT,
        y=11,
        width=WIDTH,
        height=26,
        paragraphs=((Run(text=section.heading, is_bold=True),),),
        size=19,
    )
    shapes, notes = _stacked(pieces, _HEAD)
    right, more = _stacked(aside, _HEAD)
    tall = max(sum(piece.height for piece in pieces), sum(piece.height for piece in aside))
    rule = Rule(x=LEFT, y=0, to_x=LEFT + WIDTH, to_y=0)
    beside = [moved(shape, WIDTH - _SIDE) for shape in right]
    return Piece(height=_HEAD + tall, shapes=(rule, heading, *shapes, *beside), notes=(*notes, *more))


def _columns(section: Section) -> tuple[list[Piece], list[Piece]]:
    """What stands to the left, and what beside it; one column where either is empty."""
    blocks = section.blocks
    has_two = bool(section.beside) and bool(blocks)
    width = WIDTH - _SIDE - _GAP if has_two else WIDTH
    pieces = [piece for block in blocks for piece in pieces_of(block, width, room=_room(blocks, width))]
    aside = [piece for block in section.beside for piece in pieces_of(block, _SIDE if has_two else WIDTH)]
    return (pieces, aside) if has_two else (pieces + aside, [])


def _pages(section: Section) -> Iterator[_Page]:
    """The section over as many slides as it needs; what stands beside goes to the right of the first."""
    yield from _set_out(section, *_columns(section))


def _set_out(
    section: Section, pieces: Sequence[Piece], aside: Sequence[Piece], *, is_continued: bool = False
) -> Iterator[_Page]:
    placed, notes = _stacked(aside, TOP + 14)
    right = [moved(shape, WIDTH - _SIDE) for shape in placed]
    for k, part in enumerate(_filled(pieces)):
        shapes, said = _stacked(part, TOP + 14)
        first = k == 0
        tall = sum(piece.height for piece in part)
        yield _Page(
            title=section.heading if first and not is_continued else f"{section.heading}, continued",
            shapes=tuple(shapes + right) if first else tuple(shapes),
            notes=tuple(said + notes) if first else tuple(said),
            end=TOP + 14 + (max(tall, sum(piece.height for piece in aside)) if first else tall),
        )


def _room(blocks: Sequence[Block], width: float) -> float:
    """What is left for the one large drawing when everything else of the section has its place."""
    others = [piece for block in blocks if not isinstance(block, Masses) for piece in pieces_of(block, width)]
    left = BOTTOM - TOP - 30 - sum(piece.height for piece in others)
    return min(max(left, 280.0), 420.0)


def _filled(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    y = TOP + 14
    for piece in pieces:
        if part and y + piece.height > BOTTOM:
            yield part
            part, y = [], TOP + 14
        part.append(piece)
        y += piece.height
    yield part


def _stacked(pieces: Sequence[Piece], y: float) -> tuple[list[Shape], list[str]]:
    shapes: list[Shape] = []
    notes: list[str] = []
    for piece in pieces:
        shapes += [_placed(shape, y) for shape in piece.shapes]
        notes += piece.notes
        y += piece.height
    return shapes, notes


def _placed(shape: Shape, y: float) -> Shape:
    return moved(lowered(shape, y), LEFT)


def _framed(brief: Brief, page: _Page, number: int) -> Slide:
    """The slide with its head and foot, and its notes in words."""
    on = wording.day(brief.as_of)
    reader = f"For the {brief.audience}"
    tag = "  ·  Simulated" if brief.is_simulated else ""
    head: list[Shape] = []
    if page.title:
        title = ((Run(text=page.title, is_bold=True),),)
        head.append(
            Text(x=LEFT, y=62, width=740, height=26, paragraphs=title, size=19, is_title=True),
        )
        right = f"{reader} · {on}{tag}"
    else:
        left = ((Run(text=reader, is_bold=True), Run(text=f" · {on}", ink="ink-2")),)
        head.append(Text(x=LEFT, y=62, width=640, height=26, paragraphs=left, size=17))
        right = f"{brief.company}{tag}"
    head.append(
        Text(
            x=LEFT + 636,
            y=62,
            width=500,
            height=26,
            paragraphs=((Run(text=right, ink="ink-2"),),),
            size=17,
            side="right",
        )
    )
    head.append(Rule(x=LEFT, y=98, to_x=LEFT + WIDTH, to_y=98, ink="ink"))
    foot: list[Shape] = [
        Rule(x=LEFT, y=652, to_x=LEFT + WIDTH, to_y=652),
        Text(
            x=LEFT,
            y=660,
            width=900,
            height=24,
            paragraphs=((Run(text=f"{number}   {brief.confidential}", ink="ink-3"),),),
            size=15,
        ),
    ]
    notes = list(dict.fromkeys(page.notes))
    said = "\n".join(notes) if notes else "No figure on this slide."
    return Slide(shapes=(*head, *page.shapes, *foot), notes=said)
