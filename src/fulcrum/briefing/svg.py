"""Pictures as text: elements with class attributes only, so that the same drawing works in page and print."""

from collections.abc import Sequence
from html import escape

Point = tuple[float, float]


def picture(width: float, height: float, summary: str, *parts: str) -> str:
    """A drawing with its text alternative; `summary` is a sentence with the drawing's numbers."""
    return element(
        "svg",
        *parts,
        class_="chart",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        role="img",
        aria_label=summary,
    )


def element(name: str, *parts: str, **attributes: str | float) -> str:
    """One element; `parts` are elements already made. Attribute values are escaped."""
    said = "".join(f' {_name(key)}="{escape(_plain(given))}"' for key, given in attributes.items())
    return f"<{name}{said}>{''.join(parts)}</{name}>" if parts else f"<{name}{said}/>"


def text(said: str, x: float, y: float, class_: str = "", anchor: str = "start") -> str:
    """Words at a place; `anchor` is start, middle or end."""
    classes = {"class_": class_} if class_ else {}
    return element("text", escape(said), x=x, y=y, text_anchor=anchor, **classes)


def line(points: Sequence[Point], class_: str) -> str:
    """A line through points."""
    return element("path", class_=class_, d=_through(points))


def area(points: Sequence[Point], floor: float, class_: str) -> str:
    """The area between a line and a level `floor`."""
    first, last = points[0], points[-1]
    d = f"M{_plain(first[0])} {_plain(floor)}L{_through(points)[1:]}L{_plain(last[0])} {_plain(floor)}z"
    return element("path", class_=class_, d=d)


def circle(x: float, y: float, radius: float, class_: str) -> str:
    """A disc or a ring."""
    return element("circle", class_=class_, cx=x, cy=y, r=radius)


def triangle(x: float, top: float, class_: str = "c-tri") -> str:
    """The mark under a balance point."""
    return element("path", class_=class_, d=f"M{_plain(x)} {_plain(top)}l6.5 9.8h-13z")


def diamond(x: float, y: float, class_: str = "c-want") -> str:
    """The mark of a goal."""
    return element("path", class_=class_, d=f"M{_plain(x)} {_plain(y - 5.5)}l5.5 5.5l-5.5 5.5l-5.5 -5.5z")


def rectangle(x: float, y: float, width: float, height: float, class_: str) -> str:
    """A band."""
    return element("rect", class_=class_, x=x, y=y, width=width, height=height)


def hatching(x: float, y: float, width: float, height: float) -> str:
    """Slanted strokes in the place of a number that is not shown."""
    strokes = (x + 6 * k for k in range(int((width - 6) / 6) + 1))
    d = "".join(f"M{_plain(start)} {_plain(y + height)}l6 -{_plain(height)}" for start in strokes)
    return element("path", class_="c-hatch", d=d)


def _through(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_plain(x)} {_plain(y)}" for x, y in points)


def _name(key: str) -> str:
    return "viewBox" if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _plain(given: str | float) -> str:
    """A number to a tenth of a pixel, without a trailing zero and never minus zero."""
    return given if isinstance(given, str) else f"{round(given, 1) + 0.0:g}"
