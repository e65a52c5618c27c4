"""Every drawing of a brief as SVG: class attributes for a page, presentation attributes for print."""

import re
from typing import assert_never

from fulcrum.briefing.draw_masses import draw_causal, draw_masses
from fulcrum.briefing.draw_rows import draw_goal, draw_prevalence, draw_rows, draw_trend
from fulcrum.briefing.draw_tornado import draw_tornado
from fulcrum.core.shown import (
    CausalMass,
    Drawing,
    GoalTrack,
    IntervalRows,
    Masses,
    Prevalence,
    Tornado,
    TrendLine,
)

# The light palette of the stylesheet; print forces it. A test keeps it and the stylesheet equal.
INK, INK_2, INK_3 = "#14212b", "#44545f", "#5c6c76"
LINE, LINE_STRONG, SUNK, PAPER = "#d6dde0", "#7b8990", "#f2f5f6", "#ffffff"
GAIN, GAIN_MID, GAIN_PALE = "#0d5c86", "#5a9abc", "#cfe2ec"
LOSS, LOSS_MID, LOSS_PALE = "#a4470e", "#c87a45", "#f3d5bf"

_STROKE = {"fill": "none"}
_INK_OF: dict[str, dict[str, str]] = {
    "c-beam": _STROKE | {"stroke": INK, "stroke-width": "1.25"},
    "c-grid": _STROKE | {"stroke": LINE, "stroke-width": "1"},
    "c-dot-line": _STROKE | {"stroke": LINE_STRONG, "stroke-width": "1", "stroke-dasharray": "1.5 3"},
    "c-gap": _STROKE
    | {"stroke": INK_3, "stroke-width": "1.25", "stroke-dasharray": "1.5 3", "stroke-linecap": "round"},
    "c-line": _STROKE | {"stroke": INK, "stroke-width": "1.6", "stroke-linejoin": "round"},
    "c-break": _STROKE | {"stroke": INK, "stroke-width": "1.25", "stroke-dasharray": "4 3"},
    "c-area-line": _STROKE | {"stroke": GAIN, "stroke-width": "1.75"},
    "c-area-line-loss": _STROKE | {"stroke": LOSS, "stroke-width": "1.75"},
    "c-ci": _STROKE | {"stroke": GAIN, "stroke-width": "2.25"},
    "c-ci-grey": _STROKE | {"stroke": INK_3, "stroke-width": "2.25"},
    "thin": {"stroke-width": "1.25"},
    "c-now-pale": {"fill": GAIN_PALE},
    "c-now-mid": {"fill": GAIN_MID},
    "c-loss-pale": {"fill": LOSS_PALE},
    "c-loss-mid": {"fill": LOSS_MID},
    "c-band": {"fill": SUNK},
    "c-hatch": _STROKE | {"stroke": LINE_STRONG, "stroke-width": "1"},
    "c-tri": {"fill": INK},
    "c-full": {"fill": INK},
    "c-unit": _STROKE | {"stroke": LINE_STRONG, "stroke-width": "1"},
    "c-want": {"fill": PAPER, "stroke": INK, "stroke-width": "1.4"},
    "c-ob": {"fill": INK, "stroke": PAPER, "stroke-width": "1.5"},
    "c-ob-open": {"fill": PAPER, "stroke": INK, "stroke-width": "1.5"},
    "c-pt": {"fill": GAIN, "stroke": PAPER, "stroke-width": "1.5"},
    "c-pt-grey": {"fill": PAPER, "stroke": INK_3, "stroke-width": "1.75"},
    "t-ink": {"fill": INK},
    "t-b": {"fill": INK, "font-weight": "600"},
    "t-gain": {"fill": GAIN, "font-weight": "600"},
    "t-loss": {"fill": LOSS, "font-weight": "600"},
    "t-faint": {"fill": INK_3},
    "halo": {},
    "t-13": {"font-size": "13"},
    "t-15": {"font-size": "15"},
    "t-word": {"fill": INK, "font-family": "Newsreader", "font-style": "italic", "font-size": "16"},
}
_TEXT = {"font-family": "Public Sans", "font-size": "12", "fill": INK_2}


def draw(drawing: Drawing, *, is_narrow: bool = False) -> str:
    """The drawing as SVG with class attributes; the narrow one is drawn anew and not shrunk."""
    match drawing:
        case Masses():
            return draw_masses(drawing, is_narrow=is_narrow)
        case IntervalRows():
            return draw_rows(drawing, is_narrow=is_narrow)
        case CausalMass():
            return draw_causal(drawing)
        case GoalTrack():
            return draw_goal(drawing)
        case Prevalence():
            return draw_prevalence(drawing)
        case TrendLine():
            return draw_trend(drawing)
        case Tornado():
            return draw_tornado(drawing, is_narrow=is_narrow)
        case _:
            assert_never(drawing)


def has_narrow(drawing: Drawing) -> bool:
    """Whether a phone gets a drawing of its own."""
    return isinstance(drawing, Masses | IntervalRows | Tornado)


def draw_for_print(drawing: Drawing) -> str:
    """The same drawing with its classes resolved to the light palette, for engines without stylesheets."""
    svg = draw(drawing)
    svg = re.sub(r"<text( [^>]*)>", lambda found: f"<text{_resolved(found[1], _TEXT)}>", svg)
    svg = re.sub(
        r"<(path|circle|rect)( [^>]*?)/>", lambda found: f"<{found[1]}{_resolved(found[2], {})}/>", svg
    )
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _resolved(attributes: str, base: dict[str, str]) -> str:
    ink = dict(base)
    for name in re.findall(r' class="([^"]*)"', attributes):
        for part in name.split():
            ink |= _INK_OF[part]
    rest = re.sub(r' class="[^"]*"', "", attributes)
    return rest + "".join(f' {key}="{given}"' for key, given in ink.items())
