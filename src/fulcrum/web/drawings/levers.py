"""Which lever next: the expected rise of each on one scale, and the marks of what is at hand."""

from collections.abc import Iterable

from fulcrum.briefing.axes import Axis, ticks
from fulcrum.briefing.svg import circle, element, line, picture, rectangle, text
from fulcrum.core import wording
from fulcrum.core.digits import show
from fulcrum.core.judgement import LeverOption
from fulcrum.core.levers import Readiness
from fulcrum.core.quantities import LEVELS

_WIDTH = {False: (176.0, 128.0), True: (240.0, 190.0)}


def gain_scale(options: Iterable[LeverOption], *, is_narrow: bool = False) -> Axis:
    """The scale that all options of one table share; zero is always on it."""
    ends = [0.0] + [
        end
        for option in options
        for end in (option.gain.interval.low, option.gain.interval.high, option.gain.value)
    ]
    low, high = min(ends), max(ends)
    return Axis(low=low, high=high if high > low else low + 0.5, left=4, right=_WIDTH[is_narrow][1] - 2)


def gain_header(scale: Axis, *, is_narrow: bool = False) -> str:
    """The head of the column: zero, and the last round number that fits."""
    inside = [at for at in ticks(scale.low, scale.high, 4).at if scale.low <= at <= scale.high]
    shown = sorted({0.0, max(inside, default=0.0)})
    said = [(wording.tick(at, 0.1, scale.high, LEVELS, signed=True), scale.at(at)) for at in shown]
    parts = [text(words, x, 13, "", "middle") for words, x in said]
    summary = f"Levels, from {said[0][0]} to {said[-1][0]}"
    return picture(_WIDTH[is_narrow][0], 18, summary, *parts)


def lever_gain(option: LeverOption, scale: Axis, *, is_narrow: bool = False) -> str:
    """The expected rise of the level with its interval; thin and open where the lever is not ready."""
    width, right = _WIDTH[is_narrow]
    gain, y = option.gain, 13.0
    is_ready = option.availability.readiness is Readiness.READY
    said = show(gain.value, LEVELS, -2, (0, ""), signed=True).text
    parts = [line([(0, y), (right, y)], "c-grid")]
    if scale.low < 0:
        parts.append(line([(scale.at(0), 3), (scale.at(0), 23)], "c-dot-line"))
    low, high = scale.held(gain.interval.low), scale.held(gain.interval.high)
    parts += [
        line([(low, y), (high, y)], "c-ci" if is_ready else "c-ci thin"),
        circle(scale.held(gain.value), y, 5, "c-pt" if is_ready else "c-pt-open"),
        text(said, right + 8, 17, "t-b t-13"),
    ]
    state = f"{option.lever.label}: {said} levels, {_interval(option)}; {option.availability.readiness.value}"
    return picture(width, 26, state, *parts)


def readiness_mark(readiness: Readiness) -> str:
    """The square before the word: filled Ready, half Thin, dashed Missing; hidden from readers aloud."""
    match readiness:
        case Readiness.READY:
            parts = [rectangle(0.5, 0.5, 11, 11, "c-tri")]
        case Readiness.THIN:
            parts = [rectangle(1, 6, 10, 5, "c-tri"), rectangle(1, 1, 10, 10, "h-out")]
        case Readiness.MISSING:
            parts = [rectangle(1, 1, 10, 10, "h-dash")]
    return element("svg", *parts, viewBox="0 0 12 12", width="12", height="12", aria_hidden="true")


def _interval(option: LeverOption) -> str:
    ends = option.gain.interval
    low, high = (show(end, LEVELS, -2, (0, "")).text for end in (ends.low, ends.high))
    return f"{wording.whole_percent(ends.confidence)} interval {low} to {high}"
