"""The spreadsheet's case: live formulas over named inputs that give the engine's middle case to the cent."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
import sample
from pypdf import PdfReader

from fulcrum.briefing.case_sheet import case_sheet
from fulcrum.briefing.contents import blocks_of
from fulcrum.briefing.to_xlsx import to_xlsx
from fulcrum.core.brief import Assumptions
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.wording import worded
from fulcrum.evidence.case.formula import CaseInputs, middle_case

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def table() -> Assumptions:
    return blocks_of(Assumptions, sample.executive_brief().sections)[0]


def test_the_live_middle_case_is_the_engines_to_the_cent() -> None:
    plan = case_sheet(table())
    live = {one.key: one.number for one in plan.outputs}
    assert plan.note == ""
    assert live["upside"] == pytest.approx(sample.MIDDLE.upside, abs=0.005)
    assert live["inaction"] == pytest.approx(sample.MIDDLE.inaction, abs=0.005)
    assert live["break_even"] == pytest.approx(sample.MIDDLE.break_even, abs=1e-9)
    assert live["payback"] == pytest.approx(sample.MIDDLE.payback_months, abs=1e-9)


def test_a_formula_that_does_not_give_the_engines_value_is_left_out_and_named() -> None:
    given = table()
    without_drift = replace(given, rows=tuple(row for row in given.rows if row.key != "drift"))
    plan = case_sheet(without_drift)
    assert "inaction" not in {one.key for one in plan.outputs}
    assert "Downside of inaction" in plan.note


def test_without_an_input_nothing_is_computed() -> None:
    given = table()
    plan = case_sheet(replace(given, rows=tuple(row for row in given.rows if row.key != "gain")))
    assert plan.outputs == ()
    assert "unknown" in plan.note


def test_a_case_beyond_its_horizon_has_no_payback() -> None:
    unknown = Unknown(reason="Not within the horizon.", needs="Lower costs.")
    given = table()
    dear = tuple(
        replace(row, figure=replace(row.figure, estimate=replace(row.figure.estimate, value=9e6)))
        if row.key == "one_off"
        else row
        for row in given.rows
    )
    case = replace(given.case, upside=unknown, inaction=unknown, break_even=unknown, payback_months=unknown)
    plan = case_sheet(replace(given, rows=dear, case=case))
    assert {one.key: one.number for one in plan.outputs}["payback"] == "none"


def test_inputs_are_named_blue_and_bounded_and_formulas_carry_their_value() -> None:
    made = to_xlsx(sample.executive_brief())
    book = openpyxl.load_workbook(BytesIO(made))
    values = openpyxl.load_workbook(BytesIO(made), data_only=True)
    assert {"reach", "moved_share", "gain", "causal_share", "one_off", "running"} <= set(book.defined_names)
    sheet = book["Case"]
    bounded = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    for k, row in enumerate(table().rows, start=5):
        cell = sheet.cell(k, 2)
        assert cell.font.color.rgb == "FF0000FF"
        assert cell.coordinate in bounded
        assert cell.value == pytest.approx(row.figure.estimate.value)
    formulas = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) > 30
    assert all(values["Case"][cell.coordinate].value is not None for cell in formulas)


def test_numbers_are_numbers_with_the_digits_of_the_brief() -> None:
    book = openpyxl.load_workbook(BytesIO(to_xlsx(sample.executive_brief())))
    sheet = book["Figures"]
    by_label = {sheet.cell(k, 1).value: k for k in range(2, sheet.max_row + 1)}
    upside = sheet.cell(by_label["Upside of action, expected, if causal"], 2)
    assert upside.value == pytest.approx(sample.MIDDLE.upside)
    assert upside.number_format.split(";")[0] == '"€"#,##0.0,,"m"'
    refused = sheet.cell(by_label["Score: moving home"], 2) if "Score: moving home" in by_label else None
    assert refused is None or refused.data_type == "s"


def test_the_file_asks_to_be_computed_anew_when_opened() -> None:
    with ZipFile(BytesIO(to_xlsx(sample.executive_brief()))) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    calc = next(element for element in book if element.tag.endswith("calcPr"))
    assert calc.get("fullCalcOnLoad") == "1"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to recalculate")
def test_libreoffice_recalculates_a_changed_input_to_the_same_formula(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(BytesIO(to_xlsx(sample.executive_brief())))
    sheet = made["Case"]
    change(sheet, causal_share=0.6)
    made.save(tmp_path / "changed.xlsx")
    changed = recalculated(tmp_path / "changed.xlsx", tmp_path)
    expected = middle_case(replace(sample.INPUTS, causal_share=0.6))
    found = live(changed["Case"])
    assert found["upside"][1].value == pytest.approx(expected.upside, abs=0.005)
    assert found["inaction"][1].value == pytest.approx(expected.inaction, abs=0.005)
    assert found["upside"][3].value == "changed"
    assert found["break_even"][3].value == "yes"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to recalculate")
def test_two_cases_in_one_book_equal_the_engine_to_the_cent_before_and_after_any_change(
    tmp_path: Path,
) -> None:
    book = to_xlsx(sample.two_cases_brief())
    (tmp_path / "given.xlsx").write_bytes(book)
    given = recalculated(tmp_path / "given.xlsx", tmp_path)
    for name, inputs in (("Case", sample.INPUTS), ("Case 2", sample.OTHER_INPUTS)):
        assert_equals(given[name], inputs)
        rows = live(given[name])
        assert all(rows[key][3].value == "yes" for key in ("upside", "inaction", "break_even", "payback"))
    changes: dict[str, float] = {
        "reach": 41_000,
        "moved_share": 0.11,
        "gain": 87.5,
        "causal_share": 0.31,
        "one_off": 123_456.78,
        "running": 98_765.43,
        "discount_rate": 0.117,
        "worse_off": 7777,
        "leaving": 0.19,
        "drift": -0.21,
        "horizon_years": 3.25,
    }
    made = openpyxl.load_workbook(BytesIO(book))
    for name in ("Case", "Case 2"):
        change(made[name], **changes)
    made.save(tmp_path / "changed.xlsx")
    changed = recalculated(tmp_path / "changed.xlsx", tmp_path)
    for name, inputs in (("Case", sample.INPUTS), ("Case 2", sample.OTHER_INPUTS)):
        assert_equals(changed[name], replace(inputs, **changes))


def test_several_cases_have_a_sheet_each_with_names_of_their_own() -> None:
    book = openpyxl.load_workbook(BytesIO(to_xlsx(sample.two_cases_brief())))
    assert {"Case", "Case 2"} <= set(book.sheetnames)
    assert {"upside", "upside_2", "drift", "drift_2", "leaving_2"} <= set(book.defined_names)
    assert book["Case 2"]["A1"].value == sample.OTHER_CASE.title


def test_the_tornado_is_live_and_says_no_more_than_its_grade() -> None:
    plan = case_sheet(table())
    assert [one.key for one in plan.swings] == [one.key for one in sample.THE_CASE.tornado]
    for live_one, given in zip(plan.swings, sample.THE_CASE.tornado, strict=True):
        assert live_one.at_low == pytest.approx(given.at_low.value, abs=0.005)
        assert live_one.at_high == pytest.approx(given.at_high.value, abs=0.005)
    said = texts(openpyxl.load_workbook(BytesIO(to_xlsx(sample.executive_brief())))["Case"])
    assert "Upside, expected, if causal: at low" in said
    assert "Downside of inaction, at stake" in said


def test_every_input_says_what_may_be_entered() -> None:
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx(sample.executive_brief())))["Case"]
    rules = sheet.data_validations.dataValidation
    assert len(rules) == len(case_sheet(table()).inputs)
    for rule in rules:
        assert rule.prompt
        assert rule.error == rule.prompt


def test_where_each_input_comes_from_stands_with_the_traces() -> None:
    said = texts(openpyxl.load_workbook(BytesIO(to_xlsx(sample.executive_brief())))["Sources & traces"])
    for row in table().rows:
        assert {row.figure.label, row.source, row.figure.trace} <= said


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to show its formats")
def test_a_spreadsheet_shows_the_same_digits_as_the_words(tmp_path: Path) -> None:
    (tmp_path / "brief.xlsx").write_bytes(to_xlsx(sample.executive_brief()))
    convert(tmp_path / "brief.xlsx", tmp_path, "pdf")
    pages = PdfReader(tmp_path / "brief.pdf").pages
    shown = "\n".join(page.extract_text() for page in pages).replace("\u00a0", " ")
    figures = shown[shown.index("Held with") :]
    for row in table().rows:
        words = worded(row.figure.estimate)
        for cell in (words.value, words.low, words.high):
            # Once as a number in its format, and once in words (an interval's low end without the sign).
            said = cell.text.replace("\u00a0", " ")
            assert said in figures, row.figure.label
    assert isinstance(sample.THE_CASE.upside, Estimate)
    assert figures.count("€1.6m") >= 2


def texts(sheet: Any) -> set[object]:
    return {cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def live(sheet: Any) -> dict[str, Any]:
    """The rows that have a name, by that name without the number of their case."""
    rows = {str(row[6].value): row for row in sheet.iter_rows() if row[6].value}
    return {name.removesuffix("_2"): row for name, row in rows.items() if name != "Name in formulas"}


def change(sheet: Any, **inputs: float) -> None:
    rows = live(sheet)
    for key, number in inputs.items():
        rows[key][1].value = number


def assert_equals(sheet: Any, inputs: CaseInputs) -> None:
    """The live middle case is the engine's: money to the cent, shares and months to 1e-6."""
    expected, rows = middle_case(inputs), live(sheet)
    assert rows["upside"][1].value == pytest.approx(expected.upside, abs=0.005)
    assert rows["inaction"][1].value == pytest.approx(expected.inaction, abs=0.005)
    assert rows["benefit"][1].value == pytest.approx(expected.benefit_a_year, abs=0.005)
    assert rows["break_even"][1].value == pytest.approx(expected.break_even, abs=1e-6)
    assert rows["break_even_moved"][1].value == pytest.approx(expected.break_even_moved, abs=1e-6)
    payback = "none" if expected.payback_months is None else pytest.approx(expected.payback_months, abs=1e-6)
    assert rows["payback"][1].value == payback


def recalculated(path: Path, folder: Path) -> openpyxl.Workbook:
    out = folder / "out"
    convert(path, out, "xlsx:Calc MS Excel 2007 XML", profile=folder / "profile")
    return openpyxl.load_workbook(out / path.name, data_only=True)


def convert(path: Path, out: Path, target: str, profile: Path | None = None) -> None:
    home = profile or out / "profile"
    (home / "user").mkdir(parents=True, exist_ok=True)
    (home / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", target]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
