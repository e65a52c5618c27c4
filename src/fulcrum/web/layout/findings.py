"""Findings as the rows of tables: what belongs together shares a heading and a scale."""

from collections.abc import Iterable, Sequence

from fulcrum.briefing.pictures import figure_of
from fulcrum.core import wording
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.shown import Figure
from fulcrum.core.value import value
from fulcrum.web.drawings.intervals import Scale, interval_axis, interval_cell, scale_of
from fulcrum.web.layout.words import on_the_desk

_FIRST = ("all", "touchpoint", "retention", "spend", "gap")  # what a reader looks for before all else
_ADJUSTED = ("crude", "adjusted")


@value
class Row:
    """One finding: its figure, or the word in its place; its drawing, where rows share a scale."""

    key: str
    label: str
    figure: Figure | None
    word: str
    needed: str
    n: str
    drawing: str
    caveats: tuple[str, ...]


@value
class Group:
    """Rows under one heading, with the ticks of their common scale."""

    key: str
    heading: str
    axis: str
    rows: tuple[Row, ...]
    is_first: bool


def groups_of(evidence: Evidence) -> tuple[Group, ...]:
    """All findings but the histogram, in groups; those that a reader looks for first are marked so."""
    shown = [one for one in evidence.findings if one.family != "histogram" and one.family != "response"]
    placed: dict[tuple[str, str], list[Finding]] = {}
    for finding in shown:
        placed.setdefault(_place(finding), []).append(finding)
    whole = {one.family: one for one in shown if one.key in ("score.all", "nps.all")}
    return tuple(
        _group(f"group-{place}", heading, found, whole.get(family))
        for place, ((family, heading), found) in enumerate(placed.items())
    )


def silent_rows(evidence: Evidence) -> tuple[Row, ...]:
    """Who answered and who is silent; of many units, so without drawings."""
    return tuple(_row(one, _titled(one), None) for one in evidence.findings if one.family == "response")


def counts(evidence: Evidence) -> tuple[int, int]:
    """How many findings hold a number, and how many are refused."""
    shown = [one for one in evidence.findings if one.family != "histogram"]
    refused = sum(isinstance(one.result, Unknown) for one in shown)
    return len(shown) - refused, refused


@value
class Refusal:
    """What is refused for one and the same reason, under all its names."""

    word: str
    titles: tuple[str, ...]
    why: str
    needed: str


def refusals_of(evidence: Evidence) -> tuple[Refusal, ...]:
    """The refusals with their reasons, each reason read once; then what a further table would open."""
    found: dict[tuple[Unknown, str], dict[str, None]] = {}
    for finding in evidence.refusals:
        if isinstance(finding.result, Unknown):
            word = finding.refusal or "Not shown"
            found.setdefault((finding.result, word), {})[_titled(finding)] = None
    told = [_refusal(word, tuple(titles), why) for (why, word), titles in found.items()]
    return (*told, *(_not_yet(one) for one in evidence.missing))


def _not_yet(unknown: Unknown) -> Refusal:
    """What a further table would open; its reason is its title."""
    titles = (wording.sentence(unknown.reason).rstrip("."),)
    return Refusal(word="Not yet", titles=titles, why="", needed=on_the_desk(wording.sentence(unknown.needs)))


def _refusal(word: str, titles: tuple[str, ...], why: Unknown) -> Refusal:
    return Refusal(
        word=word,
        titles=titles,
        why=wording.sentence(why.reason),
        needed=on_the_desk(wording.sentence(why.needs)),
    )


def _place(finding: Finding) -> tuple[str, str]:
    """The family and the heading under which a finding stands."""
    family, split = finding.family, finding.key.split(".")[1]
    name = wording.family(family)
    if family == "gap" or split in _ADJUSTED:
        return family, finding.title
    if not finding.group:
        return family, name
    by = "score given" if split == "band" else split.replace("_", " ")
    return family, f"{name}, by {by}"


def _group(key: str, heading: str, found: Sequence[Finding], whole: Finding | None) -> Group:
    results = [one.result for one in found]
    units = {one.unit for one in results if isinstance(one, Estimate)}
    centre = whole.result.value if whole is not None and isinstance(whole.result, Estimate) else None
    if found[0].family == "gap" or found[0].group in _ADJUSTED:
        centre = 0.0
    scale = scale_of(results, centre=centre) if len(units) == 1 else None
    rows = tuple(_row(one, _label(one), scale, draws=len(units) < 2) for one in found)
    return Group(
        key=key,
        heading=heading,
        axis="" if scale is None else interval_axis(scale),
        rows=rows,
        is_first=bool({found[0].family, found[0].key.split(".")[1]} & set(_FIRST)),
    )


def _row(finding: Finding, label: str, scale: Scale | None, *, draws: bool = False) -> Row:
    made, result = figure_of(finding, label), finding.result
    is_crude = ".crude." in finding.key
    return Row(
        key=finding.key,
        label=label,
        figure=made if isinstance(made, Figure) else None,
        word="" if isinstance(made, Figure) else made.word,
        needed=on_the_desk(wording.sentence(result.needs)) if isinstance(result, Unknown) else "",
        n="" if finding.n is None else wording.count(finding.n),
        drawing=interval_cell(result, scale, label=label, is_crude=is_crude) if draws else "",
        caveats=tuple(dict.fromkeys(one.text for one in finding.caveats)),
    )


def _label(finding: Finding) -> str:
    """The name of a row under its heading."""
    if not finding.group:
        return finding.title
    if finding.group in _ADJUSTED:
        return f"{finding.group.capitalize()} gap"
    label = finding.group.partition(": ")[2] or finding.group
    return label[:1].upper() + label[1:]


def _titled(finding: Finding) -> str:
    return f"{finding.title}, {wording.lowered(finding.group)}" if finding.group else finding.title


def first_groups(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Those that stand open."""
    return tuple(group for group in groups if group.is_first)


def further_groups(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Those behind a click."""
    return tuple(group for group in groups if not group.is_first)
