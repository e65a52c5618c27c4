"""What was found as one table, put between two marks of `bench/results.md`; the words around it stay."""

from collections.abc import Iterable, Iterator
from typing import Any

START, END = "<!-- table: written by bench/run.py -->", "<!-- end of the table -->"
_SCAN = "raw scan of the same columns"


def written(page: str, questions: Iterable[Any], found: dict[str, Any]) -> str:
    """The page with the table of everything found so far."""
    before, rest = page.split(START)
    after = rest.split(END)[1]
    table = "\n".join(_lines(list(questions), found))
    return f"{before}{START}\n\n{table}\n\n{END}{after}"


def _lines(questions: list[Any], found: dict[str, Any]) -> Iterator[str]:
    yield "| contender | answers | seconds | processor seconds | x raw scan | x Fulcrum | peak MB |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for question in questions:
        sizes = sorted(int(key.split()[1]) for key in found if key.split()[0] == question.key)
        if sizes:
            yield f"| _{question.title}_ | | | | | | |"
        for name in dict.fromkeys(
            name for rows in sizes for name in found[f"{question.key} {rows}"]["figures"]
        ):
            for rows in sizes:
                figures = found[f"{question.key} {rows}"]["figures"]
                if name in figures:
                    yield _line(name, rows, figures, question.fulcrum.name)
    yield ""
    yield from _measured_on(found)


def _line(name: str, rows: int, figures: dict[str, Any], ours: str) -> str:
    one = figures[name]
    if isinstance(one, str):
        return f"| {name} | {_millions(rows)} | {one} | | | | |"
    scan = figures.get(_SCAN)
    ratios = [
        "" if to is None or name == _SCAN else f"{one['processor'] / to['processor']:.3g}"
        for to in (scan, figures[ours])
    ]
    cells = (f"{one['seconds']:.3g}", f"{one['processor']:.3g}", *ratios, f"{one['peak_mb']:,.0f}")
    return f"| {name} | {_millions(rows)} | {' | '.join(cells)} |"


def _millions(rows: int) -> str:
    return f"{rows / 1e6:g} million"


def _measured_on(found: dict[str, Any]) -> Iterator[str]:
    """Day, machine, and how busy it was: the load when each question began."""
    last = found[next(reversed(found))]
    loads = [one["load"] for one in found.values()]
    days = sorted({one["day"] for one in found.values()})
    versions = ", ".join(f"{name} {number}" for name, number in last["machine"]["versions"].items())
    when = " to ".join(dict.fromkeys((days[0], days[-1])))
    yield (
        f"Measured {when} on {last['machine']['cores']} cores ({last['machine']['system']}), the machine's "
        f"load {min(loads):.1f} to {max(loads):.1f} when a question began; {versions}."
    )
