"""What a brief holds: its blocks and figures, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from fulcrum.core.brief import Assumptions, Block, Brief, FigureTable, Section, Statement
from fulcrum.core.shown import Figure, IntervalRows, Masses, Prevalence

B = TypeVar("B")


def blocks_in(sections: Sequence[Section]) -> Iterator[Block]:
    """Every block, in reading order."""
    for section in sections:
        yield from section.blocks
        yield from section.beside


def blocks_of(kind: type[B], sections: Sequence[Section]) -> list[B]:
    """Every block of one kind, in reading order."""
    return [block for block in blocks_in(sections) if isinstance(block, kind)]


def figures_in(sections: Sequence[Section]) -> tuple[Figure, ...]:
    """Every figure once, in reading order."""
    found: dict[str, Figure] = {}
    for block in blocks_in(sections):
        for figure in _figures(block):
            found.setdefault(figure.key, figure)
    return tuple(found.values())


def resting_on(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """The labels of the figures that rest on each trace."""
    found: dict[str, dict[str, None]] = {}
    for figure in figures_in(sections):
        found.setdefault(figure.trace, {})[figure.label] = None
    return {trace: tuple(labels) for trace, labels in found.items()}


def texts_in(thing: Brief | Any) -> Iterator[str]:
    """Every text that a brief holds, wherever it stands."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from texts_in(item)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts_in(getattr(thing, field.name))


def _figures(block: Block) -> Iterator[Figure]:
    match block:
        case Statement():
            yield from (span.figure for span in block.spans if span.figure is not None)
        case FigureTable():
            yield from (row for row in block.rows if isinstance(row, Figure))
        case Assumptions():
            yield from (row.figure for row in block.rows)
        case Prevalence():
            yield block.figure
        case IntervalRows():
            yield from (mark.figure for row in block.rows for mark in row.marks)
        case Masses():
            yield from (mass.figure for mass in block.masses)
        case _:
            return
