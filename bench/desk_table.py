"""What people met with at the desk as one table, put between two marks of `bench/desk.md`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

START, END = "<!-- table: written by bench/desk.py -->", "<!-- end of the table -->"
_WRITES = ("note", "close ask")
_WORDS = {
    "week": "This week",
    "list": "Executives, a page of 60",
    "executive": "An executive",
    "executive after a write": "An executive, judged anew after a write",
    "form": "A form",
    "note": "Write: an observation",
    "close ask": "Write: an ask is closed",
}


def written(page: str, found: dict[str, Any]) -> str:
    """The page with the table of what was found."""
    before, rest = page.split(START)
    after = rest.split(END)[1]
    table = "\n".join(_lines(found))
    return f"{before}{START}\n\n{table}\n\n{END}{after}"


def part(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _lines(found: dict[str, Any]) -> Iterator[str]:
    about = found["about"]
    many = f"{about['executives']:,} executives"
    yield f"| page | 6 executives: p50 | p95 | {many}: requests | p50 | p95 | p99 | p95 to p95 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    small, large = _by_kind(found["small"]["told"]), _by_kind(found["large"]["told"])
    for kind in sorted(large, key=lambda kind: (kind in _WRITES, -len(large[kind]))):
        yield _line(_WORDS.get(kind, kind.capitalize()), small.get(kind, []), large[kind])
    yield _line("**All**", _all(small), _all(large))
    yield ""
    for name, words in (("small", "6 executives"), ("large", many)):
        yield f"- {words}: {_told(found[name])}"
    if "upload" in found:
        yield from _upload(found["upload"])
    yield ""
    export = f" ({found['upload']['seconds']:g} with the export)" if "upload" in found else ""
    yield (
        f"Measured {about['day']} on {about['cores']} cores: {about['users']} people for "
        f"{found['large']['seconds']:g} seconds each time{export}, {about['think']:g} seconds of reading "
        f"between pages on average; {about['executives']:,} executives with {about['observations']:,} "
        f"observations; "
        f"{about['versions']}. People, web server, worker and whatever else ran shared the cores; the "
        "machine's load at the end of each part stands beside it."
    )


def _line(words: str, small: list[float], large: list[float]) -> str:
    beside = [f"{part(small, at):.0f}" for at in (0.5, 0.95)] if small else ["", ""]
    cells = [*beside, f"{len(large):,}", *(f"{part(large, at):.0f}" for at in (0.5, 0.95, 0.99))]
    ratio = f"{part(large, 0.95) / part(small, 0.95):.1f}" if small else ""
    return f"| {words} | {' | '.join(cells)} | {ratio} |"


def _told(one: dict[str, Any]) -> str:
    told = one["told"]
    errors = [wrong for *_, wrong in told if wrong]
    writes = sum(kind in _WRITES for kind, *_ in told) / len(told)
    said = f"{len(told) / one['seconds']:.1f} requests a second, {100 * writes:.0f} % of them writes; "
    each = 1e3 * one["processor"].get("web", 0.0) / len(told)
    said += f"{each:.0f} ms of processor time each; "
    said += f"{len(errors)} errors{': ' + '; '.join(sorted(set(errors))[:3]) if errors else ''}; "
    kept = ", ".join(
        f"{name} at most {one['memory'][name]:.0f} MB, {one['processor'].get(name, 0):.0f} processor seconds"
        for name in sorted(one["memory"])
    )
    return f"{said}{kept}; load {one['load']:.1f}."


def _upload(one: dict[str, Any]) -> Iterator[str]:
    brought = one["brought"]
    pages = [took for kind, at, took, _ in one["told"] if brought["from"] <= at <= brought["to"]]
    yield (
        f"- {brought['rows']:,} rows ({brought['megabytes']:.0f} MB of CSV) brought meanwhile: kept after "
        f"{brought['sent']:.1f} s, checked by its mapping, read and published in {brought['read']:.0f} s "
        f"({brought['state']}). In that time {len(pages):,} pages, p50 {part(pages, 0.5):.0f} ms, "
        f"p95 {part(pages, 0.95):.0f} ms, p99 {part(pages, 0.99):.0f} ms. {_told(one)}"
    )


def _by_kind(told: Iterable[Any]) -> dict[str, list[float]]:
    found = defaultdict(list)
    for kind, _, took, _ in told:
        found[kind].append(took)
    return dict(found)


def _all(kinds: dict[str, list[float]]) -> list[float]:
    return [took for one in kinds.values() for took in one]
