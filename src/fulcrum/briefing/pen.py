"""How cells are written: text as text, numbers with the digits of the wording, in a few quiet styles."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from fulcrum.briefing import drawings
from fulcrum.briefing.letters import writable

_LONGEST = 32_000  # letters that a cell holds, with room to spare
_TALLEST = 400.0  # points; a row cannot be higher than 409
_SANS = {"font_name": "Arial", "font_size": 10, "font_color": drawings.INK, "valign": "top"}
_SERIF = _SANS | {"font_name": "Georgia"}
_WRAP = {"text_wrap": True}
_MIDDLE = {"valign": "vcenter"}  # a text at the very top is struck by the rule above it in print
_RULE = {"bottom": 1, "bottom_color": drawings.LINE}
_HEAD = _SANS | {"font_size": 9, "font_color": drawings.INK_2, "bottom": 1, "bottom_color": drawings.INK}
_INPUT = {"font_color": "#0000ff", "bg_color": "#eaf3f7"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _SERIF | _WRAP | {"font_size": 20},
    "head": _SANS | {"font_size": 9, "font_color": drawings.INK_2, "bottom": 1, "bottom_color": drawings.INK},
    "head next": _HEAD | {"indent": 1},
    "head right": _SANS
    | {
        "font_size": 9,
        "font_color": drawings.INK_2,
        "bottom": 1,
        "bottom_color": drawings.INK,
        "align": "right",
    },
    "section": _SERIF | _WRAP | {"font_size": 14, "top": 1, "top_color": drawings.INK},
    "text": _SANS | _WRAP,
    "quiet": _SANS | _WRAP | {"font_color": drawings.INK_2},
    "beside": _SANS | {"font_color": drawings.INK_2},  # runs on over the empty cells to its right
    "row": _SANS | _WRAP | _RULE | _MIDDLE,
    "next": _SANS | _WRAP | _RULE | _MIDDLE | {"indent": 1},  # stands to the right of a number
    "refused": _SERIF | _RULE | _MIDDLE | {"italic": True},
    "code": _SANS | _WRAP | _RULE | _MIDDLE | {"font_name": "Courier New", "font_size": 9},
}


class Pen:
    """Writes to the sheets of one workbook; each style is made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._made: dict[str, Any] = {}
        self._widths: dict[tuple[str, int], float] = {}
        self._heights: dict[tuple[str, int], float] = {}

    def columns(self, sheet: Any, widths: Sequence[float]) -> None:
        """Set the widths of the columns, and print them on one page across."""
        for x, width in enumerate(widths):
            sheet.set_column(x, x, width)
            self._widths[sheet.get_name(), x] = width
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if sum(widths) > 140:
            sheet.set_landscape()
            sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)

    def say(self, sheet: Any, y: int, x: int, text: str, look: str = "row") -> int:
        """Write `text` as text, over more rows where one cell cannot hold it; gives the next free row."""
        said, style = writable(text), self._style(look, _LOOKS[look])
        parts = [said[k : k + _LONGEST] for k in range(0, len(said), _LONGEST)] or [""]
        for k, part in enumerate(parts):
            if part:
                sheet.write_string(y + k, x, part, style)
                if look != "beside":
                    self._heighten(sheet, y + k, x, part, _LOOKS[look]["font_size"])
            else:
                sheet.write_blank(y + k, x, None, style)
        return y + len(parts)

    def heads(self, sheet: Any, y: int, heads: Sequence[str], rights: Sequence[int] = ()) -> None:
        """A row of column heads; those of numbers stand to the right."""
        for x, head in enumerate(heads):
            beside = "head next" if x - 1 in rights else "head"
            self.say(sheet, y, x, head, "head right" if x in rights else beside)

    def _heighten(self, sheet: Any, y: int, x: int, text: str, size: float) -> None:
        """Make the row as high as its longest text needs, for not every program does so by itself."""
        letters = max(int(self._widths.get((sheet.get_name(), x), 60) * 11.5 / size), 4)
        lines = sum(max(len(wrap(part, letters)), 1) for part in text.split("\n"))
        height = min(lines * size * 1.3 + 7, _TALLEST)
        if height > self._heights.get((sheet.get_name(), y), 16.0):
            self._heights[sheet.get_name(), y] = height
            sheet.set_row(y, height)

    def number(self, number_format: str, *, is_input: bool = False) -> Any:
        """The style of a number; blue where it may be changed."""
        look = (
            _SANS
            | _RULE
            | _MIDDLE
            | {"num_format": number_format, "align": "right"}
            | (_INPUT if is_input else {})
        )
        return self._style(f"number {number_format} {is_input}", look)

    def text(self, look: str) -> Any:
        """The style of a formula that gives text."""
        return self._style(look, _LOOKS[look])

    def _style(self, name: str, look: dict[str, Any]) -> Any:
        if name not in self._made:
            self._made[name] = self.book.add_format(look)
        return self._made[name]
