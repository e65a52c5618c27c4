"""Distributions as masses on a beam: the darker part is 80 %, the triangle marks where each balances."""

from fulcrum.briefing.axes import Axis, body, height_at, reach, ticks
from fulcrum.briefing.svg import Point, area, line, picture, text, triangle
from fulcrum.core.findings import Density
from fulcrum.core.shown import CausalMass, Mass, Masses
from fulcrum.core.value import value
from fulcrum.core.wording import percent, tick

_POINTS = 170
_LETTER = 6.4  # mean width of a letter at 13 px, to keep labels apart


@value
class _Frame:
    """The room of a drawing: its size, where the beam lies, and how high a mass may rise."""

    width: float
    beam: float
    top: float
    axis: Axis
    highest: float

    def y(self, height: float) -> float:
        return self.beam - height / self.highest * (self.beam - self.top)


def draw_masses(drawing: Masses, *, is_narrow: bool) -> str:
    """Waiting and acting on one axis of money, with the break-even at zero."""
    width = 358.0 if is_narrow else 670.0
    low, high = reach(drawing.masses)
    axis = Axis(low=low, high=high, left=8, right=width - 8)
    highest = max(max(mass.density.height) for mass in drawing.masses)
    frame = _Frame(width=width, beam=152, top=52, axis=axis, highest=highest)
    places = None if is_narrow else _beside(drawing.masses, frame)
    if places is None:
        frame = _Frame(width=width, beam=176, top=80, axis=axis, highest=highest)
        places = [(8.0, "start") if mass.is_loss else (width - 8, "end") for mass in drawing.masses]
    parts = [part for mass in drawing.masses for part in _areas(mass, frame)]
    parts += [_outline(mass.density, frame, mass.is_loss) for mass in drawing.masses]
    zero = axis.at(0)
    parts.append(line([(zero, 20), (zero, frame.beam + 8)], "c-break"))
    parts += _beam(drawing, frame, most=6 if is_narrow else 7)
    parts += [triangle(axis.held(mass.at), frame.beam + 1.5) for mass in drawing.masses]
    for mass, (x, anchor) in zip(drawing.masses, places, strict=True):
        parts += _label(mass, x, anchor, narrow=is_narrow)
    half = len(drawing.break_label) * _LETTER / 2
    parts.append(text(drawing.break_label, min(max(zero, half), width - half), 12, "t-ink", "middle"))
    return picture(width, frame.beam + 40, drawing.summary, *parts)


def draw_causal(drawing: CausalMass) -> str:
    """The assumed causal share, with its middle, and where the case breaks even."""
    axis = Axis(low=0, high=1, left=8, right=322)
    highest = max(drawing.density.height)
    frame = _Frame(width=330, beam=64, top=34, axis=axis, highest=highest)
    points = _curve(drawing.density, frame, 0, 1)
    parts = [area(points, frame.beam, "c-now-pale")]
    held = drawing.break_even
    if held is not None and 0 <= held <= 1:
        parts.append(area(_curve(drawing.density, frame, held, 1), frame.beam, "c-now-mid"))
        parts.append(line([(axis.at(held), 18), (axis.at(held), 72)], "c-break"))
    parts.append(line([(8, 64), (322, 64)], "c-beam"))
    for share, anchor in ((0, "start"), (0.25, "middle"), (0.5, "middle"), (0.75, "middle"), (1, "end")):
        x = axis.at(share)
        parts += [line([(x, 64), (x, 68)], "c-beam"), text(percent(share), x, 94, "", anchor)]
    parts.append(triangle(axis.held(drawing.middle), 65.5))
    half = len(drawing.break_label) * _LETTER / 2
    at = axis.held(held if held is not None else drawing.middle)
    parts.append(text(drawing.break_label, min(max(at, half + 8), 322 - half), 12, "t-b", "middle"))
    ends = 14 + len(drawing.label) * _LETTER
    is_left = drawing.middle > 0.62 and (held is None or axis.held(held) > ends)
    parts.append(text(drawing.label, 8 if is_left else 322, 32, "t-ink", "start" if is_left else "end"))
    return picture(330, 104, drawing.summary, *parts)


def _areas(mass: Mass, frame: _Frame) -> list[str]:
    kind = "loss" if mass.is_loss else "now"
    low, high = body(mass.density)
    inside = max(mass.low, low), min(mass.high, high)
    parts = [area(_curve(mass.density, frame, low, high), frame.beam, f"c-{kind}-pale")]
    if inside[0] < inside[1]:
        parts.append(area(_curve(mass.density, frame, *inside), frame.beam, f"c-{kind}-mid"))
    return parts


def _outline(density: Density, frame: _Frame, is_loss: bool) -> str:
    return line(_curve(density, frame, *body(density)), "c-area-line-loss" if is_loss else "c-area-line")


def _curve(density: Density, frame: _Frame, low: float, high: float) -> list[Point]:
    xs = [low + (high - low) * k / _POINTS for k in range(_POINTS + 1)]
    return [(frame.axis.at(x), frame.y(height_at(density, x))) for x in xs]


def _beam(drawing: Masses, frame: _Frame, *, most: int) -> list[str]:
    axis, beam = frame.axis, frame.beam
    parts = [line([(axis.left, beam), (axis.right, beam)], "c-beam")]
    marks = ticks(axis.low, axis.high, most)
    largest = max(map(abs, marks.at))
    for at in marks.at:
        said = tick(at, marks.step, largest, drawing.unit, signed=True)
        half = len(said) * _LETTER / 2
        x = min(max(axis.at(at), half), frame.width - half)
        parts += [line([(axis.at(at), beam), (axis.at(at), beam + 4)], "c-beam")]
        parts.append(text(said, x, beam + 32, "", "middle"))
    return parts


def _label(mass: Mass, x: float, anchor: str, *, narrow: bool) -> list[str]:
    tone = "t-loss" if mass.is_loss else "t-gain"
    size = "" if narrow else " t-15"
    parts = [text(mass.label, x, 34, tone + size, anchor)]
    for k, said in enumerate(mass.lines):
        parts.append(text(said, x, 52 + 17 * k, "t-13" if k == 0 and not narrow else "t-faint", anchor))
    return parts


def _beside(masses: tuple[Mass, ...], frame: _Frame) -> list[tuple[float, str]] | None:
    """Places for the labels beside their peaks, or None where there is no room for that."""
    zero, places = frame.axis.at(0), []
    for mass in masses:
        need = max(len(said) for said in (mass.label, *mass.lines)) * _LETTER
        crowded = [
            x for other in masses for x, y in _curve(other.density, frame, *body(other.density)) if y < 76
        ]
        own = frame.axis.held(mass.at)
        if mass.is_loss:
            x = min([own - 22, zero - 14, *(c - 14 for c in crowded)])
            if x < need:
                return None
            places.append((x, "end"))
        else:
            x = max([own + 22, zero + 14, *(c + 14 for c in crowded)])
            if x + need > frame.width:
                return None
            places.append((x, "start"))
    return places
