"""What stands on the pages of pilots: the plan, the read-out and its checks, in words and drawings."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from fulcrum.core import wording
from fulcrum.core.pilots import Arm, Assignment, PilotPlan, ReadOut
from fulcrum.core.quantities import Estimate, Grade, Money, Result, Unknown
from fulcrum.core.value import value
from fulcrum.records.queries.pilots import PilotSeen
from fulcrum.web.drawings.intervals import interval_axis, interval_cell, scale_of
from fulcrum.web.drawings.pilots import looks_drawn
from fulcrum.web.forms.pilots import DESIGN
from fulcrum.web.layout.words import on_the_desk

_KEY = re.compile(r"`(\w+)`")
_LABELS = {
    **{field.name.removeprefix("baseline_").removeprefix("results_"): field.label for field in DESIGN},
    **{field.name: field.label for field in DESIGN},
}
_DECIDED = {
    "scale": "Scale it",
    "extend": "Extend it",
    "stop": "Stop it",
    "go on": "Go on",
    "not read": "Not read",
}


@value
class Line:
    """One number of a pilot, drawn where lines share a scale; or why there is none."""

    label: str
    said: str
    interval: str
    grade: Grade | None
    drawing: str
    needed: str


@value
class ReadOutShown:
    """A read-out as its page shows it."""

    word: str
    axis: str
    lines: tuple[Line, ...]
    arms_axis: str
    arms: tuple[tuple[Arm, Line], ...]
    looks: str
    worth: Line
    is_early: bool


def plan_lines(plan: PilotPlan) -> tuple[Line, ...]:
    """The numbers of a plan, from what is known before to what it costs."""
    design = plan.design
    found: list[tuple[str, Result]] = [
        ("Without it, the outcome is", plan.baseline.mean),
        ("Customers needed, both sides", plan.needed),
    ]
    found += [("Units needed, both sides", plan.needed_units)] if design.unit else []
    found += [
        ("Power as planned", plan.power),
        ("Least effect seen as planned", plan.detectable),
        ("Weeks it takes", plan.weeks),
        ("Cost", plan.cost),
    ]
    return tuple(_line(label, result) for label, result in found)


def read_out_shown(found: ReadOut) -> ReadOutShown:
    """The difference beside what belongs to it, each side, and the weeks."""
    design = found.design
    is_change = design.assignment is Assignment.BEFORE_AFTER
    rows: list[tuple[str, Result]] = [("Change" if is_change else "Difference", found.effect)]
    if found.plain != found.effect:
        rows.append(("The same, unadjusted", found.plain))
    if is_change:
        rows.append(("Expected by itself (regression to the mean)", found.regression))
    if design.assignment is Assignment.SIMILAR:
        rows.append(("Before the start, by the same measure", found.pre_trend))
    scale = scale_of([one for _, one in rows], centre=0.0)
    of_arms = scale_of([arm.mean for arm in found.arms])
    unit = found.effect.unit if isinstance(found.effect, Estimate) else None
    return ReadOutShown(
        word=_DECIDED[found.decision.word],
        axis="" if scale is None else interval_axis(scale),
        lines=tuple(_line(label, one, drawing=interval_cell(one, scale, label=label)) for label, one in rows),
        arms_axis="" if of_arms is None else interval_axis(of_arms),
        arms=tuple(
            (arm, _line(arm.name, arm.mean, drawing=interval_cell(arm.mean, of_arms, label=arm.name)))
            for arm in found.arms
        ),
        looks="" if unit is None else looks_drawn(found.looks, unit=unit, worth=design.minimum_effect),
        worth=_line("Worth if rolled out", found.worth),
        is_early=found.look == "early",
    )


def state_of(pilot: PilotSeen) -> str:
    """Where a pilot stands, in a few words."""
    if pilot.design is None:
        return "Its design holds mistakes"
    if pilot.reading is not None and pilot.reading.decided:
        return f"Decided: {_DECIDED[pilot.reading.decided].lower()}"
    if pilot.read_out is not None:
        return (
            f"Read on {wording.day(pilot.read_out.as_of)}: {_DECIDED[pilot.read_out.decision.word].lower()}"
        )
    if pilot.registration is None:
        return "Designed, not registered"
    return f"Registered on {wording.day(pilot.registration.registered_on)}"


def in_words(sentence: str) -> str:
    """The sentence with the labels of the form in the place of keys, and the places of the desk."""
    return _KEY.sub(lambda key: f"“{_LABELS.get(key[1], key[1])}”", on_the_desk(sentence))


def said_of(sentences: Iterable[str]) -> tuple[str, ...]:
    """Sentences with the places of the desk in them."""
    return tuple(map(in_words, sentences))


def rungs_of(ladder: Sequence[str], rung: int) -> tuple[tuple[str, bool], ...]:
    """The ladder, and which rung this pilot stands on."""
    return tuple((one, place == rung) for place, one in enumerate(ladder, start=1))


def _line(label: str, result: Result, *, drawing: str = "") -> Line:
    if isinstance(result, Unknown):
        needed = in_words(wording.say_unknown(result))
        return Line(label=label, said="", interval="", grade=None, drawing=drawing, needed=needed)
    if result.unit.kind == "money" and result.interval.low == result.interval.high:
        exact = Money(amount=Decimal(repr(result.value)), currency=result.unit.currency or "")
        said, interval = wording.money(exact), ""
    else:
        words = wording.worded(result)
        said = words.said
        interval = f"{words.confidence}: {words.interval}" if words.interval else ""
    return Line(label=label, said=said, interval=interval, grade=result.grade, drawing=drawing, needed="")
