"""The brief as slides: one sentence and one drawing where it opens, then the evidence, none of it lost."""

from collections.abc import Iterator, Sequence

from fulcrum.briefing.slide_blocks import pieces_of, statement_piece, terms_piece
from fulcrum.briefing.slide_shapes import Piece, Rule, Run, Shape, Slide, Text, height_of, lowered, moved
from fulcrum.core import wording
from fulcrum.core.brief import AskBlock, Block, Brief, Masses, Paragraph, Section, Statement
from fulcrum.core.value import value

LEFT, WIDTH, TOP, BOTTOM = 72.0, 1136.0, 122.0, 636.0
_GAP, _SIDE, _HEAD = 64.0, 428.0, 74.0
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
    pages = [_opening(brief)]
    for section in brief.sections:
        if section.key == "ask":
            continue
        joined = _joined(pages[-1], section) if len(pages) > 1 and section.page > 1 else None
        if joined is not None:
            pages[-1] = joined
        else:
            pages += _pages(section)
    return tuple(_framed(brief, page, number) for number, page in enumerate(pages, start=1))


def _opening(brief: Brief) -> _Page:
    """The first slide: the ask with its terms, and the goal."""
    size = next((s for s in _TITLE_SIZES if height_of(brief.title, s, 980) <= 250), _TITLE_SIZES[-1])
    tall = height_of(brief.title, size, 980)
    title = Text(
        x=LEFT,
        y=TOP + 26,
        width=980,
        height=tall,
        paragraphs=((Run(text=brief.title),),),
        size=size,
        is_serif=True,
        is_title=True,
    )
    shapes: list[Shape] = [title]
    y = TOP + 26 + tall + 26
    ask = brief.section("ask")
    for block in ask.blocks if ask is not None else ():
        if isinstance(block, AskBlock):
            piece = terms_piece(block, WIDTH)
            shapes += [_placed(shape, y) for shape in piece.shapes]
        elif isinstance(block, Paragraph):
            text = (Run(text=block.text, ink="ink-2"),)
            shapes.append(Text(x=LEFT, y=y, width=WIDTH, height=60, paragraphs=(text,), size=20))
    goal = brief.section("goal")
    said = next((b for b in goal.blocks if isinstance(b, Statement)), None) if goal is not None else None
    if said is None:
        return _Page(title="", shapes=tuple(shapes), notes=())
    piece = statement_piece(said, WIDTH)
    top = BOTTOM - piece.height - 6
    shapes.append(Rule(x=LEFT, y=top - 16, to_x=LEFT + WIDTH, to_y=top - 16))
    shapes += [_placed(shape, top) for shape in piece.shapes]
    return _Page(title="", shapes=tuple(shapes), notes=piece.notes)


def _joined(page: _Page, section: Section) -> _Page | None:
    """The slide with a short section below what it holds already; None where there is no room for that."""
    pieces = [piece for block in section.blocks for piece in pieces_of(block, WIDTH)]
    needed = sum(piece.height for piece in pieces) + _HEAD
    if section.beside or page.end is None or page.end + needed > BOTTOM:
        return None
    top = page.end + 18
    title = Text(
        x=LEFT,
        y=top + 14,
        width=WIDTH,
        height=26,
        paragraphs=((Run(text=section.heading, is_bold=True),),),
        size=19,
    )
    shapes, notes = _stacked(pieces, top + _HEAD - 18)
    return _Page(
        title=page.title,
        shapes=(*page.shapes, Rule(x=LEFT, y=top, to_x=LEFT + WIDTH, to_y=top), title, *shapes),
        notes=(*page.notes, *notes),
        end=page.end + needed,
    )


def _pages(section: Section) -> Iterator[_Page]:
    """The section over as many slides as it needs; what stands beside goes to the right of the first."""
    blocks = section.blocks
    has_two = bool(section.beside) and bool(blocks)
    width = WIDTH - _SIDE - _GAP if has_two else WIDTH
    pieces = [piece for block in blocks for piece in pieces_of(block, width, room=_room(blocks, width))]
    aside = [piece for block in section.beside for piece in pieces_of(block, _SIDE if has_two else WIDTH)]
    if not has_two:
        pieces, aside = pieces + aside, []
    right: list[Shape] = []
    notes: list[str] = []
    y = TOP + 20
    for piece in aside:
        right += [moved(_placed(shape, y), width + _GAP) for shape in piece.shapes]
        notes += piece.notes
        y += piece.height
    for k, part in enumerate(_filled(pieces)):
        shapes, said = _stacked(part, TOP + 20)
        first = k == 0
        yield _Page(
            title=section.heading if first else f"{section.heading}, continued",
            shapes=tuple(shapes + right) if first else tuple(shapes),
            notes=tuple(said + notes) if first else tuple(said),
            end=None if has_two and first else TOP + 20 + sum(piece.height for piece in part),
        )


def _room(blocks: Sequence[Block], width: float) -> float:
    """What is left for the one large drawing when everything else of the section has its place."""
    others = [piece for block in blocks if not isinstance(block, Masses) for piece in pieces_of(block, width)]
    left = BOTTOM - TOP - 30 - sum(piece.height for piece in others)
    return min(max(left, 280.0), 420.0)


def _filled(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    y = TOP + 20
    for piece in pieces:
        if part and y + piece.height > BOTTOM:
            yield part
            part, y = [], TOP + 20
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
