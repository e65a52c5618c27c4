"""`pilots/NAME.toml`: a pilot's design, read strictly with every mistake told at once, and written again."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, cast, get_args

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.pilot_text import REGISTERED
from fulcrum.core.pilots import (
    Assignment,
    BaselineSource,
    LeadsTo,
    Looks,
    Measured,
    OutcomeKind,
    PilotDesign,
    ResultsFile,
    Situation,
)
from fulcrum.evidence.intake.strict_toml import Reader
from fulcrum.evidence.pilots.choosing import comparison_for, misfit

_OUTCOMES = ("spend", "stayed", "left", "score")


def designs_in(folder: Path) -> tuple[Path, ...]:
    """The designs of a pilots folder, by name; registrations beside them are none."""
    if not folder.is_dir():
        return ()
    found = sorted(folder.glob("*.toml"))
    return tuple(path for path in found if not path.name.endswith(REGISTERED) and path.name[0] != ".")


def read_design(path: Path) -> tuple[PilotDesign | None, tuple[Problem, ...]]:
    """The design of this file, or None with every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return None, (_problem(path, f"cannot be opened: {error.strerror}.", "Check the name."),)
    except UnicodeDecodeError:
        return None, (_problem(path, "is not written in UTF-8.", "Save it as UTF-8."),)
    return design_of(text, path.stem, file=path.name)


def design_of(text: str, key: str, *, file: str) -> tuple[PilotDesign | None, tuple[Problem, ...]]:
    """The design that this text says, or None with every mistake in it."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        what, remedy = f"The file is not valid TOML: {mistake}.", "Mend the line that is named."
        return None, (Problem(file=file, what=what, remedy=remedy, code="toml"),)
    problems: list[Problem] = []
    top = Reader(file, "", content, problems)
    design = _design(top, key)
    top.finish()
    problems = [replace(one, code="pilot") for one in problems]
    problems += [] if problems else list(_contradictions(design, file))
    is_wrong = any(one.is_error for one in problems)
    return (None if is_wrong else design), tuple(problems)


def _design(top: Reader, key: str) -> PilotDesign:
    situation = _situation(top.table("situation"))
    stated = top.choice("comparison", [one.value for one in Assignment])
    kind = top.choice("kind", get_args(OutcomeKind), required=True) or "share"
    assignment = Assignment(stated) if stated else comparison_for(situation)[0]
    if stated and top.raw("situation") is not None and (why := misfit(assignment, situation)):
        top.wrong(
            "comparison", f"is {stated!r}, but [situation] {why}", "Leave `comparison` out, or mend it."
        )
    return PilotDesign(
        key=key,
        name=top.text("name", required=True) or "",
        question=top.text("question", required=True) or "",
        hypothesis=top.text("hypothesis") or "",
        assignment=assignment,
        outcome=top.text("outcome", required=True) or "",
        kind=cast(OutcomeKind, kind),
        better=cast(Any, top.choice("better", ("higher", "lower"), required=True) or "higher"),
        measures=cast(Measured, top.choice("measures", get_args(Measured)) or "other"),
        minimum_effect=top.number("minimum_effect", required=True) or 0.0,
        window_months=_above_zero(top, "window_months"),
        starts=top.day("starts", required=True) or date.min,
        stops=top.day("stops", required=True) or date.max,
        treated=top.text("treated", required=True) or "",
        others=top.text("others", required=assignment is not Assignment.BEFORE_AFTER) or "",
        treated_share=_share(top, "treated_share", 0.5),
        customers=top.whole("customers", lowest=2),
        units=top.whole("units", lowest=2),
        unit=top.text("unit") or "",
        looks=cast(Looks, top.choice("looks", get_args(Looks)) or "at the end"),
        cost=_money(top, "cost"),
        cost_per_customer=_money(top, "cost_per_customer"),
        customers_a_week=_above_zero(top, "customers_a_week"),
        situation=situation,
        leads_to=_leads_to(top.table("leads_to")),
        ladder=top.texts("ladder") or (),
        rung=top.whole("rung", lowest=1) or 1,
        baseline=_baseline(top.table("baseline")),
        results=_results(top.table("results")),
    )


def _situation(table: Reader | None) -> Situation:
    if table is None:
        return Situation()
    can = table.choice("can_assign", ("customers", "units", "nobody")) or "customers"
    made = Situation(
        can_assign=cast(Any, can),
        spills=table.flag("spills"),
        everybody_gets_it=table.flag("everybody_gets_it"),
        has_similar_group=table.flag("has_similar_group"),
    )
    table.finish()
    return made


def _leads_to(table: Reader | None) -> LeadsTo:
    if table is None:
        return LeadsTo()
    made = LeadsTo(**{name: table.text(name) or "" for name in ("scale", "extend", "stop")})
    table.finish()
    return made


def _baseline(table: Reader | None) -> BaselineSource:
    if table is None:
        return BaselineSource()
    made = BaselineSource(
        outcome=table.choice("outcome", _OUTCOMES) or "",
        field=table.text("field") or "",
        holds=table.text("holds") or "",
        among=table.texts("among") or (),
        units=table.text("units") or "",
        mean=table.number("mean"),
        deviation=_above_zero(table, "deviation"),
        correlation=table.number("correlation"),
        alike=table.number("alike"),
        unit_size=_above_zero(table, "unit_size"),
        unit_variation=table.number("unit_variation"),
    )
    for name in ("correlation", "alike"):
        if (number := getattr(made, name)) is not None and not 0 <= number < 1:
            table.wrong(name, f"is {number:g}.", "It lies from 0 to below 1.")
    if bool(made.field) != bool(made.holds):
        table.wrong("field", "goes with `holds`.", "Name the field and the value that counts.")
    table.finish()
    return made


def _results(table: Reader | None) -> ResultsFile:
    if table is None:
        return ResultsFile()
    names = ("file", "customer", "arm", "outcome", "before", "earlier", "unit", "entered", "measured")
    found = {name: table.text(name) or "" for name in (*names, "date_format", "delimiter")}
    if PurePosixPath(found["file"]).name != found["file"]:
        table.wrong("file", "leads out of the pilots folder.", "Put the file beside the design.")
    made = ResultsFile(
        **found,
        yes=table.texts("yes") or (),
        no=table.texts("no") or (),
        decimal=table.text("decimal") or ".",
    )
    table.finish()
    return made


def _above_zero(table: Reader, key: str) -> float | None:
    found = table.number(key)
    if found is None or 0 < found < 1e12:
        return found
    table.wrong(key, f"is {found:g}.", "Give a number above 0.")
    return None


def _share(table: Reader, key: str, otherwise: float) -> float:
    found = table.number(key)
    if found is None or 0 < found < 1:
        return otherwise if found is None else found
    table.wrong(key, f"is {found:g}.", "Give a share between 0 and 1.")
    return otherwise


def _money(table: Reader, key: str) -> Decimal | None:
    found = table.number(key)
    if found is None or 0 <= found < 1e15:
        return None if found is None else Decimal(repr(found)).normalize()
    table.wrong(key, f"is {found:g}.", "Give an amount of 0 or more.")
    return None


def _contradictions(design: PilotDesign, file: str) -> list[Problem]:
    """What cannot be meant: days in the wrong order, an effect on the wrong side, one name for both arms."""
    said: list[tuple[str, str, str]] = []
    if design.stops <= design.starts:
        said.append(("stops", "The pilot stops before it starts.", "Mend one of both days."))
    if design.minimum_effect == 0:
        said.append(("minimum_effect", "No effect is not worth having.", "Name the least that is."))
    elif design.minimum_effect * design.direction < 0:
        what = f'With `better = "{design.better}"` an effect of {design.minimum_effect:g} is a loss.'
        said.append(("minimum_effect", what, "Turn its sign, or `better`."))
    if design.kind == "share" and abs(design.minimum_effect) >= 1:
        said.append(("minimum_effect", "A share moves by less than 1.", "8 points are 0.08."))
    if design.treated == design.others:
        said.append(("others", "Both arms have one name.", "Name the arms as the results file does."))
    if design.assignment.needs_units and not design.unit:
        said.append(
            ("unit", f"“{design.assignment.value}” needs units.", 'Name them, as in unit = "branch".')
        )
    if design.measures in ("moved", "stayed", "left") and design.kind != "share":
        said.append(("measures", f"“{design.measures}” is a share.", 'Write kind = "share".'))
    if design.measures in ("stayed", "left", "spend") and design.window_months is None:
        said.append(("window_months", "Over how long the outcome counts is not said.", "Add window_months."))
    if design.results.file and (lacking := _unmapped(design)):
        said.append(("results", f"[results] does not say {lacking}.", "Name the columns of the file."))
    return [
        Problem(file=file, path=path, what=what, remedy=remedy, severity=Severity.ERROR, code="pilot")
        for path, what, remedy in said
    ]


def _unmapped(design: PilotDesign) -> str:
    """Which columns of the results are not named that the comparison cannot do without."""
    results = design.results
    wanted = {"customer": results.customer, "outcome": results.outcome}
    if design.assignment is Assignment.BEFORE_AFTER:
        wanted["before"] = results.before
    else:
        wanted["arm"] = results.arm
    if design.assignment is Assignment.SIMILAR:
        wanted["before"] = results.before
    if design.assignment.needs_units:
        wanted["unit"] = results.unit
    if design.assignment is Assignment.STEPPED:
        wanted["measured"] = results.measured
    if design.kind == "share" and not results.yes:
        wanted["yes"] = ""
    return ", ".join(f"`{name}`" for name, column in wanted.items() if not column)


def _problem(path: Path, what: str, remedy: str) -> Problem:
    return Problem(file=path.name, what=f"The file {what}", remedy=remedy, code="pilot")
