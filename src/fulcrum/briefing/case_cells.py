"""The sheet of one case: blue inputs with names and bounds, the years, live formulas, and a live tornado."""

from typing import Any

from fulcrum.briefing.case_sheet import CaseSheet, Input, LiveSwing, Output, case_sheet
from fulcrum.briefing.pen import Pen
from fulcrum.core import wording
from fulcrum.core.brief import Assumptions
from fulcrum.core.quantities import Estimate

_FIRST = 4  # row of the first input
_HEADS = ("Input", "Value", "Low", "High", "Grade", "Comes from", "Name in formulas")
_WIDTHS = (44, 17, 17, 26, 42, 46, 18)
_DIGITS = {"factor": "0.0000", "break_even": "0.00 %", "break_even_moved": "0.00 %", "payback": "0.00"}
_HOW = (
    "Change a blue cell and everything below follows. Middle case only: intervals come from draws.",
    "Money counts at the end of the year in which it falls, as NPV() has it; the one-off cost is paid today.",
)
_CENTS = '#,##0.00;"−"#,##0.00'


class CaseCells:
    """Writes one case to one sheet. Names of a second case end in _2, so that both can stand in one book."""

    def __init__(self, pen: Pen, sheet: Any, ending: str) -> None:
        self.pen, self.sheet, self.ending = pen, sheet, ending
        self.names: dict[str, str] = {}

    def write(self, table: Assumptions) -> None:
        """Title, inputs, years and results, from top to bottom."""
        plan = case_sheet(table)
        self.sheet.hide_gridlines(2)
        self.pen.columns(self.sheet, _WIDTHS)
        self.pen.say(self.sheet, 0, 0, table.case.title, "title")
        self.pen.say(self.sheet, 1, 0, f"{_HOW[0]} {plan.note}".strip(), "beside")
        self.pen.say(self.sheet, 2, 0, _HOW[1], "beside")
        self.pen.heads(self.sheet, 3, _HEADS, rights=(1, 2, 3))
        for k, one in enumerate(plan.inputs):
            self._input(_FIRST + k, one)
        if plan.outputs:
            after = self._years(_FIRST + len(plan.inputs) + 1, plan)
            after = self._outputs(after + 1, plan)
            self._tornado(after + 1, plan)

    def _name(self, key: str, cells: str) -> None:
        self.names[key] = f"{key}{self.ending}"
        self.pen.book.define_name(self.names[key], f"='{self.sheet.get_name()}'!{cells}")

    def _input(self, y: int, one: Input) -> None:
        self._name(one.key, f"$B${y + 1}")
        self.pen.say(self.sheet, y, 0, one.label)
        words = None if one.row is None else wording.worded(one.row.figure.estimate)
        number_format = "#,##0.00" if words is None else words.value.number_format
        number = one.number if words is None else words.value.number
        self.sheet.write_number(y, 1, number, self.pen.number(number_format, is_input=True))
        self.sheet.data_validation(y, 1, y, 1, _bounds(one))
        if one.row is None or words is None:
            self.pen.say(self.sheet, y, 5, "Taken for granted by the case")
        else:
            for x, shown in ((2, words.low), (3, words.high)):
                self.sheet.write_number(y, x, shown.number, self.pen.number(shown.number_format))
            grade = one.row.figure.grade
            self.pen.say(self.sheet, y, 4, f"{grade.value}: {grade.meaning}", "next")
            self.pen.say(self.sheet, y, 5, one.row.said_source)
        self.pen.say(self.sheet, y, 6, self.names[one.key], "code")

    def _years(self, y: int, plan: CaseSheet) -> int:
        """The years from row `y`; gives the row after them."""
        heads = ("Year", "Part that counts", "Discount", "Still worse off")
        self.pen.heads(self.sheet, y, heads, rights=(0, 1, 2, 3))
        first, look = y + 1, self.pen.number("0.0000")
        horizon, rate, drift, leaving = (
            self.names[key] for key in ("horizon_years", "discount_rate", "drift", "leaving")
        )
        for k, year in enumerate(plan.years):
            row, at = first + k, f"$A{first + k + 1}"
            growth = f"MAX(0,1+{drift}*({at}-1))*(1-{leaving})^({at}-1)"
            self.sheet.write_number(row, 0, year.number, self.pen.number("0"))
            self.sheet.write_formula(row, 1, f"=MAX(0,MIN(1,{horizon}-({at}-1)))", look, year.part)
            self.sheet.write_formula(row, 2, f"=1/(1+{rate})^{at}", look, year.discount)
            self.sheet.write_formula(row, 3, f"=IF({at}=1,1,{growth})", look, year.growth)
        last = first + len(plan.years)
        for column, key in (("B", "part"), ("C", "discount"), ("D", "growth")):
            self._name(key, f"${column}${first + 1}:${column}${last}")
        return last

    def _outputs(self, y: int, plan: CaseSheet) -> int:
        """The results from row `y`; gives the row after them."""
        self.pen.heads(self.sheet, y, ("Result", "Live", "In the brief", "Same to the cent"), rights=(1, 2))
        for k, one in enumerate(plan.outputs, start=1):
            self._name(one.key, f"$B${y + k + 1}")
        for k, one in enumerate(plan.outputs, start=1):
            self._output(y + k, one, {"upside": plan.claim, "inaction": "at stake"}.get(one.key, ""))
        return y + len(plan.outputs) + 1

    def _output(self, y: int, one: Output, claim: str) -> None:
        look = self.pen.number(_DIGITS.get(one.key, _CENTS))
        self.pen.say(self.sheet, y, 0, f"{one.label}, {claim}" if claim else one.label)
        self.sheet.write_formula(y, 1, one.formula.format(**self.names), look, one.number)
        self.pen.say(self.sheet, y, 6, self.names[one.key], "code")
        if isinstance(one.engine, Estimate):
            self.sheet.write_number(y, 2, one.engine.value, look)
            live, given = f"B{y + 1}", f"C{y + 1}"
            same = f'=IF(ISNUMBER({live}),IF(ABS({live}-{given})<0.005,"yes","changed"),"changed")'
            self.sheet.write_formula(y, 3, same, self.pen.text("next"), "yes")
        elif one.engine is not None:
            self.pen.say(self.sheet, y, 2, "not carried", "refused")
            self.pen.say(self.sheet, y, 5, wording.say_unknown(one.engine))

    def _tornado(self, y: int, plan: CaseSheet) -> None:
        """What each input alone does to the upside, live: its ends may be changed too."""
        if not plan.swings:
            return
        upside = f"Upside, {plan.claim}"
        heads = ("One input at its ends", "Low", "High", f"{upside}: at low", f"{upside}: at high")
        self.pen.heads(self.sheet, y, heads, rights=(1, 2, 3, 4))
        for k, swing in enumerate(plan.swings, start=1):
            self._swing(y + k, swing)

    def _swing(self, y: int, swing: LiveSwing) -> None:
        look, result = self.pen.number(swing.look, is_input=True), self.pen.number(_CENTS)
        self.pen.say(self.sheet, y, 0, swing.label)
        for x, end, column, at in ((1, swing.low, "B", swing.at_low), (2, swing.high, "C", swing.at_high)):
            self.sheet.write_number(y, x, end, look)
            formula = swing.formula.format(**self.names, end=f"{column}{y + 1}")
            self.sheet.write_formula(y, x + 2, formula, result, at)


def _bounds(one: Input) -> dict[str, Any]:
    """What may be entered, said when the cell is chosen and when something else is typed in."""
    if one.highest is None:
        said = f"At least {one.lowest:g}."
        limits: dict[str, Any] = {"criteria": ">=", "value": one.lowest}
    else:
        said = f"From {one.lowest:g} to {one.highest:g}."
        limits = {"criteria": "between", "minimum": one.lowest, "maximum": one.highest}
    told = {"input_title": one.label[:32], "input_message": said}
    refused = {"error_title": "Outside its bounds", "error_message": said}
    return {"validate": "decimal"} | limits | told | refused
