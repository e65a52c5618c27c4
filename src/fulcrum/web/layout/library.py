"""The playbook as entries of a library: each with its address, what limits it, and where it is from."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from fulcrum.core import wording
from fulcrum.core.cited import Cited
from fulcrum.core.levers import Lever
from fulcrum.core.people import Level
from fulcrum.core.playbook import (
    Anchor,
    Argument,
    BarrierEntry,
    Example,
    GoalMetric,
    LevelEntry,
    MechanismEntry,
    MotivatorEntry,
    Playbook,
    Step,
)
from fulcrum.core.value import value
from fulcrum.records.folders import playbook_mark, playbook_of
from fulcrum.records.models import Workspace

KINDS = {
    "step": "Steps",
    "argument": "Arguments",
    "example": "Examples",
    "metric": "Goal metrics",
    "mechanism": "Mechanisms",
    "motivator": "Motivators",
    "barrier": "Barriers",
    "level": "Levels",
    "anchor": "Anchors",
}
_SEEN = {"original": "", "retelling": "read in a retelling", "own reasoning": "our own reasoning"}
Parts = tuple[tuple[str, tuple[str, ...]], ...]


@value
class Entry:
    """One entry: what it says first, what limits it, the rest by label, and by what it can be found.

    `beside` are the warnings that stand wherever the entry is shown; `facets` hold what filters compare.
    """

    kind: str
    id: str
    title: str
    note: str = ""
    beside: tuple[str, ...] = ()
    parts: Parts = ()
    sources: tuple[Cited, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    minutes: int | None = None
    lowest_level: int | None = None
    is_own: bool = False

    @property
    def kind_name(self) -> str:
        """What one entry of this kind is called."""
        return KINDS[self.kind].removesuffix("s")

    @property
    def cited(self) -> tuple[dict[str, str], ...]:
        """The sources as they are cited: title, year, how it was seen, and an address that may be opened."""
        return tuple(
            {
                "title": one.title,
                "detail": ", ".join(part for part in (str(one.year or ""), _SEEN[one.seen]) if part),
                "url": one.url if one.url.startswith(("https://", "http://")) else "",
            }
            for one in self.sources
        )


def entries_in(workspace: Workspace) -> tuple[Entry, ...]:
    """Every entry of the workspace's playbook; its own additions are marked."""
    return _entries(_Marked(playbook_mark(workspace), playbook_of(workspace)))


class _Marked:
    """A playbook with what it is told apart by, so that its entries are made once."""

    def __init__(self, mark: str, playbook: Playbook) -> None:
        self.mark, self.playbook = mark, playbook

    def __hash__(self) -> int:
        return hash(self.mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Marked) and other.mark == self.mark


@lru_cache(maxsize=8)
def _entries(marked: _Marked) -> tuple[Entry, ...]:
    shipped = set(map(repr, _all(_shipped())))
    return tuple(_entry(one, is_own=repr(one) not in shipped) for one in _all(marked.playbook))


@lru_cache(maxsize=1)
def _shipped() -> Playbook:
    from fulcrum.playbook.load import load_playbook

    return load_playbook(None)


def _all(playbook: Playbook) -> Iterable[Any]:
    yield from playbook.steps
    yield from playbook.arguments
    yield from playbook.examples
    yield from playbook.goal_metrics
    yield from playbook.mechanisms
    yield from playbook.motivators
    yield from playbook.barriers
    yield from playbook.levels
    yield from playbook.anchors


def _entry(one: Any, *, is_own: bool) -> Entry:
    kinds: dict[type[Any], Callable[[Any], dict[str, Any]]] = {
        Step: _step,
        Argument: _argument,
        Example: _example,
        GoalMetric: _metric,
        MechanismEntry: _mechanism,
        MotivatorEntry: _motivator,
        BarrierEntry: _barrier,
        LevelEntry: _level,
        Anchor: _anchor,
    }
    return Entry(sources=one.sources, is_own=is_own, **kinds[type(one)](one))


def _step(one: Step) -> dict[str, Any]:
    takes = wording.minutes(one.minutes) + (f", then {one.then}" if one.then else "")
    guessed = "" if one.minutes_from == "source" else " (our estimate)"
    return {
        "kind": "step",
        "id": one.id,
        "title": wording.sentence(one.ask),
        "note": f"{takes} · {', '.join(map(_role, one.roles))} · from level {one.lowest_level}",
        "parts": _parts(
            ("How to", one.how_to),
            ("Watch for", one.watch_for),
            ("It takes", takes + guessed),
            ("For", ", ".join(map(_role, one.roles))),
            ("From level", f"{one.lowest_level}, {Level(one.lowest_level).label.lower()}"),
            ("It shows", one.behaviour.label),
            ("Lever", one.lever.label),
            ("Of a peer", "It can be asked of a peer whom they listen to." if one.is_for_peers else ""),
        ),
        "facets": (
            *(("role", role) for role in one.roles),
            ("behaviour", one.behaviour.value),
            ("lever", one.lever.value),
        ),
        "minutes": one.minutes,
        "lowest_level": one.lowest_level,
    }


def _argument(one: Argument) -> dict[str, Any]:
    return {
        "kind": "argument",
        "id": one.id,
        "title": one.claim,
        "note": f"Strength: {one.strength} · {one.dated} · {one.country}; industry: {one.industry}",
        "beside": (*one.warnings, one.criticism),
        "parts": _parts(
            ("Which way it runs", one.direction),
            ("Compared with", one.baseline),
            ("Design", one.design),
            ("Counted", one.n),
            ("Outcome", wording.sentence(one.outcome)),
            ("Who paid or gains", one.sponsor_interest),
            ("What may be answered", one.rebuttal),
            ("Lever", one.lever.label),
        ),
        "facets": (
            ("lever", one.lever.value),
            ("strength", one.strength),
            ("industry", one.industry.capitalize()),
            ("disputed by", one.disputed_by),
        ),
    }


def _example(one: Example) -> dict[str, Any]:
    ends = [level for level in (one.level_from, one.level_to) if level is not None]
    moved = " to ".join(map(str, ends))
    return {
        "kind": "example",
        "id": one.id,
        "title": f"{one.organisation}, {one.when}",
        "note": f"{one.industry} · {one.executive_role}" + (" · a failure" if one.is_failure else ""),
        "beside": (f"What does not follow: {one.does_not_follow}",),
        "parts": _parts(
            ("In one sentence", one.arc),
            ("What was done", one.done),
            ("What was seen", one.seen),
            ("Told by", wording.sentence(one.told_by)),
            ("Levers", ", ".join(lever.label for lever in one.levers)),
            ("Outside movers", one.outside_movers),
            ("Levels, in our judgement", moved),
        ),
        "facets": (("industry", one.industry), *(("lever", lever.value) for lever in one.levers)),
    }


def _metric(one: GoalMetric) -> dict[str, Any]:
    return {
        "kind": "metric",
        "id": one.id,
        "title": one.name,
        "note": f"{', '.join(map(_role, one.roles))} · support: {one.support}",
        "beside": (one.caution,) if one.caution else (),
        "parts": _parts(
            ("What plausibly moves it", one.drivers),
            ("A better experience moves it", one.direction),
            ("Support", wording.sentence(one.support)),
        ),
        "facets": tuple(("role", role) for role in one.roles),
    }


def _mechanism(one: MechanismEntry) -> dict[str, Any]:
    return {
        "kind": "mechanism",
        "id": one.id,
        "title": one.name,
        "note": f"Built by: {', '.join(map(_role, one.built_by))}",
        "parts": _parts(
            ("Ad hoc", one.ad_hoc),
            ("In place", one.in_place),
            ("Protected", one.protected),
            ("Its turn", one.because),
        ),
        "facets": tuple(("role", role) for role in one.built_by),
    }


def _motivator(one: MotivatorEntry) -> dict[str, Any]:
    return {
        "kind": "motivator",
        "id": one.id,
        "title": one.name,
        "note": one.shows_as,
        "beside": (f"Never: {one.never}",),
        "parts": _parts(("How it shows", one.shows_as), ("What speaks to it", one.speaks_to_it)),
        "facets": (("lever", Lever.MOTIVATORS.value),),
    }


def _barrier(one: BarrierEntry) -> dict[str, Any]:
    return {
        "kind": "barrier",
        "id": one.barrier.value.replace(" ", "-"),
        "title": wording.sentence(one.barrier.value),
        "note": f"Answered by {one.lever.label.lower()}",
        "parts": _parts(("How it sounds", one.sounds_like), ("Why", one.why), ("Lever", one.lever.label)),
        "facets": (("lever", one.lever.value),),
    }


def _level(one: LevelEntry) -> dict[str, Any]:
    return {
        "kind": "level",
        "id": str(one.level),
        "title": f"{one.level} · {one.name}",
        "note": one.meaning,
        "parts": _parts(("What it is", one.meaning), ("Easily mistaken for it", one.not_this)),
        "facets": (("level", str(one.level)),),
        "lowest_level": one.level,
    }


def _anchor(one: Anchor) -> dict[str, Any]:
    return {
        "kind": "anchor",
        "id": f"{one.behaviour.value}-{one.level}",
        "title": one.seen,
        "note": f"{one.behaviour.label} · level {one.level}, {Level(one.level).label.lower()}",
        "parts": _parts(
            ("Behaviour", one.behaviour.label), ("Level", f"{one.level}, {Level(one.level).label.lower()}")
        ),
        "facets": (("behaviour", one.behaviour.value), ("level", str(one.level))),
        "lowest_level": one.level,
    }


def _parts(*given: tuple[str, str | tuple[str, ...]]) -> Parts:
    """Labels with one text or several, without those that hold none."""
    return tuple((label, (held,) if isinstance(held, str) else held) for label, held in given if held)


def _role(role: str) -> str:
    return "any role" if role == "any" else role
