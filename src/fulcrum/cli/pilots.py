"""`pilot design` and `pilot read`: what a pilot needs, freezing it, and what came of it."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from fulcrum.core.pilots import Assignment, PilotPlan, ReadOut
from fulcrum.core.quantities import Estimate, Money, Result, Unknown

commands = typer.Typer(help="Pilots: design, freeze, and read out a small trial.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The pilot's design, DIR/pilots/NAME.toml.")]
Json = Annotated[bool, typer.Option("--json", help="The whole result as JSON.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to look from; today if not said."),
]


@commands.command("design")
def design(
    file: File,
    register: Annotated[
        bool, typer.Option("--register", help="Freeze the design as it is, before its start.")
    ] = False,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Power, customers, duration and cost by the company's own numbers; with --register it is frozen."""
    from fulcrum import from_pilots
    from fulcrum.cli import say
    from fulcrum.core.errors import WrongUse

    if register and as_of is not None:
        raise WrongUse("A pilot is registered today, not on another day: leave --as-of out.")
    workspace = from_pilots.company_of_pilot(file, today=say.today(), as_of=_day(as_of))
    pilot = from_pilots.piloted(file)
    say.progress("Counting what customers do without it …")
    plan = from_pilots.plan_pilot(workspace, pilot)
    made = from_pilots.register_pilot(pilot, on=say.today()) if register else None
    if json:
        say.whole({**_about(workspace.company.name), "plan": plan, "registered": made or plan.registration})
        return
    _show_plan(plan)
    if made is not None:
        say.line()
        say.line(f"Registered on {made.registered_on}: SHA-256 {made.sha256}. Keep this line elsewhere too.")


@commands.command("read")
def read(file: File, as_of: AsOf = None, json: Json = False) -> None:
    """What came of the pilot: checks, difference with its interval, decision and next rung."""
    from fulcrum import from_pilots
    from fulcrum.cli import say

    workspace = from_pilots.company_of_pilot(file, today=say.today(), as_of=_day(as_of))
    pilot = from_pilots.piloted(file)
    say.progress("Reading the pilot's results …")
    evidence = from_pilots.gather_for(workspace, pilot)
    found = from_pilots.read_pilot(workspace, pilot, evidence=evidence)
    if json:
        say.whole({**_about(workspace.company.name), "read_out": found})
        return
    _show_read_out(found)


def _show_plan(plan: PilotPlan) -> None:
    from fulcrum.cli import say
    from fulcrum.core import wording

    design = plan.design
    say.heading(design.name)
    say.line(design.question)
    say.line(f"Comparison: {design.assignment}. {plan.because if _is_chosen(plan) else ''}".strip())
    if not _is_chosen(plan):
        say.line(f"For what [situation] says, “{plan.recommended}” fits better. {plan.because}")
    say.line(
        f"Outcome: {design.outcome}; {design.better} is better. Worth having from "
        f"{design.minimum_effect:+g} on, {design.treated} less {design.others}.".replace("-", "−")
    )
    say.line(f"{wording.day(design.starts)} to {wording.day(design.stops)}, read {design.looks}.")
    say.line()
    say.table(
        [
            (label, *_cell(result))
            for label, result in (
                ("Without it, the outcome is", plan.baseline.mean),
                ("Its deviation between customers", plan.baseline.deviation),
                ("Correlation with the time before", plan.baseline.correlation),
                *((("Likeness within a unit (ICC)", plan.baseline.alike),) if design.unit else ()),
                ("Customers needed, both sides", plan.needed),
                *((("Units needed, both sides", plan.needed_units),) if design.unit else ()),
                ("Power as planned", plan.power),
                ("Least effect seen as planned", plan.detectable),
                ("Weeks it takes", plan.weeks),
                ("Cost", plan.cost),
            )
        ],
        header=("", "value", "interval", "grade"),
        right=(1,),
    )
    unknown = dict.fromkeys(
        wording.say_unknown(one)
        for one in (plan.needed, plan.power, plan.weeks, plan.cost)
        if isinstance(one, Unknown)
    )
    for sentence in (*unknown, *plan.cautions):
        say.line(sentence)
    say.line(
        f"Power is the chance of {wording.percent(plan.promised_power)} that was asked for, with "
        f"{wording.percent(plan.false_alarms)} false alarms."
    )
    if plan.registration is not None:
        made = plan.registration
        say.line(f"Frozen on {wording.day(made.registered_on)}: SHA-256 {made.sha256}.")
    else:
        say.line("Not registered: `--register` freezes it, before its start.")


def _is_chosen(plan: PilotPlan) -> bool:
    return plan.recommended is plan.design.assignment


def _show_read_out(found: ReadOut) -> None:
    from fulcrum.cli import say
    from fulcrum.core import wording

    design = found.design
    say.heading(design.name)
    say.line(design.question)
    when = "at its end" if found.look == "final" else "an early look"
    say.line(f"{design.assignment.value.capitalize()}, read on {wording.day(found.as_of)}: {when}.")
    say.line()
    say.table(
        [
            (arm.name, *map(wording.count, (arm.assigned, arm.measured, arm.units)), *_cell(arm.mean))
            for arm in found.arms
        ],
        header=("arm", "assigned", "measured", "units", "outcome", "interval", "grade"),
        right=(1, 2, 3, 4),
    )
    say.line()
    say.table([(one.name, one.verdict) for one in found.checks], header=("check", "verdict"))
    for check in found.checks:
        say.line(check.said, indent=2)
    say.line()
    label = "Change from before to after" if design.assignment is Assignment.BEFORE_AFTER else "Difference"
    say.line(f"{label}: {_said(found.effect)}")
    if found.plain != found.effect:
        say.line(f"Unadjusted: {_said(found.plain)}")
    if design.assignment is Assignment.SIMILAR:
        say.line(f"Before the start the sides moved apart by: {_said(found.pre_trend)}")
    if design.assignment is Assignment.BEFORE_AFTER:
        say.line(f"Regression to the mean alone would move this group by: {_said(found.regression)}")
    say.line(f"Worth if rolled out: {_said(found.worth)}")
    say.line()
    say.line(f"Decision: {found.decision.word}. {found.decision.because}")
    for label, text in (("It leads to", found.decision.leads_to), ("Next rung", found.decision.next_rung)):
        if text:
            say.line(f"{label}: {text}")
    for caution in found.cautions:
        say.line(f"Mind: {caution}")


def _cell(result: Result) -> tuple[str, str, str]:
    from fulcrum.core import wording

    if isinstance(result, Unknown):
        return "not known", "", ""
    if result.unit.kind == "money" and result.interval.low == result.interval.high:
        exact = Money(amount=Decimal(repr(result.value)), currency=result.unit.currency or "")
        return wording.money(exact), "", result.grade.value
    words = wording.worded(result)
    interval = f"{words.confidence}: {words.interval}" if words.interval else ""
    return words.said, interval, result.grade.value


def _said(result: Result) -> str:
    from fulcrum.core import wording

    if isinstance(result, Estimate):
        return f"{wording.say_fully(result)} [grade {result.grade.value}, {result.method}]"
    return f"Unknown. {wording.say_unknown(result)}"


def _about(company: str) -> dict[str, object]:
    from fulcrum import __version__

    return {"fulcrum": __version__, "company": company}


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
