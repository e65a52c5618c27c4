"""What keeps an executive where they are: six barriers, each with its probability and its doubt."""

from fulcrum.briefing.axes import Axis
from fulcrum.briefing.svg import circle, line, picture, text
from fulcrum.core import wording
from fulcrum.core.judgement import BarrierBelief
from fulcrum.core.levers import Barrier
from fulcrum.core.quantities import Estimate
from fulcrum.web.drawings.words import share

_ROW = 38.0


def barrier_rows(belief: BarrierBelief, *, is_narrow: bool = False) -> str:
    """The six barriers, the likeliest first and in blue; a dot on its interval, the probability beside it."""
    width = 358.0 if is_narrow else 340.0
    rows = sorted(belief.shares, key=lambda pair: -pair[1].value)
    top = max(0.5, *(estimate.interval.high for _, estimate in rows))
    axis = Axis(low=0, high=top, left=6, right=width - 6)
    parts = []
    for place, (barrier, estimate) in enumerate(rows):
        parts += _row(barrier, estimate, 26 + _ROW * place, axis, width, is_first=place == 0)
    return picture(width, _ROW * len(rows), _sentence(belief, rows), *parts)


def _row(
    barrier: Barrier, estimate: Estimate, y: float, axis: Axis, width: float, *, is_first: bool
) -> list[str]:
    stroke, dot = ("c-ci", "c-pt") if is_first else ("c-ci-grey thin", "c-pt-grey")
    ends = [(axis.held(estimate.interval.low), y), (axis.held(estimate.interval.high), y)]
    return [
        text(barrier.value.capitalize(), 0, y - 10, "t-b t-13" if is_first else "t-ink t-13"),
        text(share(estimate.value), width, y - 10, "t-13", "end"),
        line([(0, y), (width, y)], "c-grid"),
        line(ends, stroke),
        circle(axis.held(estimate.value), y, 4.6, dot),
    ]


def _sentence(belief: BarrierBelief, rows: list[tuple[Barrier, Estimate]]) -> str:
    said = "; ".join(
        f"{barrier.value} {share(each.value)} ({share(each.interval.low)} to {share(each.interval.high)})"
        for barrier, each in rows
    )
    held = wording.whole_percent(rows[0][1].interval.confidence)
    on = wording.many(belief.reactions, "reaction")
    return f"Probability of each barrier with its {held} interval, on {on}: {said}."
