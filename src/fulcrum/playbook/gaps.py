"""Gaps and dangling references: a level without an anchor, a cell without a place, a role without a step."""

from collections.abc import Iterator
from itertools import product
from typing import get_args

from fulcrum.core.errors import Problem
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Level
from fulcrum.core.playbook import Playbook, Role
from fulcrum.playbook.whereabouts import Whereabouts

LEVELS = tuple(int(level) for level in Level)
LEVELS_WITH_A_NEXT_STEP = LEVELS[:-1]
LEVEL_KEYS = {
    "anchors": ("level",),
    "matrix": ("level",),
    "steps": ("lowest_level",),
    "examples": ("level_from", "level_to"),
}
GAP = "playbook.gap"


def gaps(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    """All that is referred to and not there, and all that should be there and is not."""
    yield from _levels(playbook, where)
    yield from _dangling(playbook, where)
    yield from _anchors(playbook, where)
    yield from _matrix(playbook, where)
    yield from _barriers(playbook, where)
    yield from _steps(playbook, where)
    yield from _mechanisms(playbook, where)


def _levels(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    missing = set(LEVELS) - {entry.level for entry in playbook.levels}
    for level in sorted(missing):
        yield _gap(where, "levels", f"Level {level} is not described.", "Add a [[levels]] entry for it.")


def _dangling(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    known = {entry.level for entry in playbook.levels} & set(LEVELS)
    for shelf, keys in LEVEL_KEYS.items():
        for entry, key in product(getattr(playbook, shelf), keys):
            level = getattr(entry, key)
            if level is not None and level != "drop" and level not in known:
                yield where.problem(
                    shelf,
                    entry,
                    key,
                    what=f"It refers to level {level}, which the playbook does not describe.",
                    remedy="Use a level from 0 to 5.",
                    code="playbook.dangling",
                )


def _anchors(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    there = {(anchor.behaviour, anchor.level) for anchor in playbook.anchors}
    for behaviour, level in product(Behaviour, LEVELS):
        if (behaviour, level) not in there:
            what = f"“{behaviour}” has no anchor at level {level}."
            yield _gap(where, "anchors", what, "Write what one would see of it there.")


def _matrix(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    there = {(cell.level, cell.lever) for cell in playbook.matrix}
    for level, lever in product((*LEVELS, "drop"), Lever):
        if (level, lever) not in there:
            what = f"The lever “{lever}” has no cell at level {level}."
            yield _gap(where, "matrix", what, "Add its role, effect, reason and sources.")


def _barriers(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    there = {entry.barrier for entry in playbook.barriers}
    for barrier in Barrier:
        if barrier not in there:
            what = f"The barrier “{barrier}” is not described."
            yield _gap(where, "barriers", what, "Add a [[barriers]] entry for it.")
    answers = [entry.lever for entry in playbook.barriers]
    for lever in Lever:
        if answers.count(lever) != 1:
            what = f"The lever “{lever}” answers {answers.count(lever)} barriers."
            yield _gap(where, "barriers", what, "Let each lever answer exactly one.")


def _steps(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    steps = [step for step in playbook.steps if not step.is_for_peers]
    for role in get_args(Role):
        if not any(role in step.roles for step in steps):
            yield _gap(where, "steps", f"No step is written for the role “{role}”.", _ADD_STEP)
    for behaviour in Behaviour:
        if not any(step.behaviour is behaviour for step in steps):
            yield _gap(where, "steps", f"No step shows the behaviour “{behaviour}”.", _ADD_STEP)
    for level in LEVELS_WITH_A_NEXT_STEP:
        if not any(step.lowest_level == level for step in steps):
            yield _gap(where, "steps", f"No step becomes possible at level {level}.", _ADD_STEP)
    if not any(step.is_for_peers for step in playbook.steps):
        yield _gap(where, "steps", "No step is written for a peer.", "Add one with is_for_peers = true.")


def _mechanisms(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    known = {entry.id: entry for entry in playbook.mechanisms}
    for entry in playbook.mechanisms:
        for needed in entry.needs:
            before = known.get(needed)
            if before is None or before.turn >= entry.turn:
                what = f"“{entry.id}” needs “{needed}”, which " + (
                    "the playbook does not describe." if before is None else "has no earlier turn."
                )
                yield _gap(where, "mechanisms", what, "Correct `needs` or `turn`.")


_ADD_STEP = "Add a step to playbook/steps.toml."


def _gap(where: Whereabouts, shelf: str, what: str, remedy: str) -> Problem:
    return where.problem(shelf, what=what, remedy=remedy, code=GAP)
