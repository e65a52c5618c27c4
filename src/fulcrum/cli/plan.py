"""`plan`: which moves for whom over the coming weeks, and what if. Private to the CX team."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fulcrum import __version__, as_a_team, workflow
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.company import Company
from fulcrum.core.errors import WrongUse
from fulcrum.core.plan import Away, HeldWeeks, Kind, Plan, PlannedMove, at_half, proof_of
from fulcrum.core.quantities import Estimate

PRIVATE = "Private to the CX team. Work behaviour only, written as if the executive will read it."
_AWAY = re.compile(r"^(?P<who>.+):(?P<first>\d{4}-\d\d-\d\d)\.\.(?P<last>\d{4}-\d\d-\d\d)$")
_KINDS = {Kind.ASK: "Ask", Kind.MOVE: "Move", Kind.PEER: "Ask, for a colleague", Kind.LOOK: "Look first"}
_HELD = {"open": "an ask is open", "rest": "no new ask", "away": "away"}


def run_plan(
    folder: Path,
    weeks: int | None,
    hours: float | None,
    away: Sequence[str],
    as_of: date | None,
    *,
    as_json: bool,
) -> None:
    """Show the plan over the coming weeks."""
    absent = tuple(_away(text) for text in away)
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    for one in absent:
        say.person(workspace.company, one.executive)
    assessed = workflow.assess(workspace)
    say.progress("Reading the customers' data, to see what is at hand …")
    chosen = workflow.choices(workspace, assessed, workflow.gather(workspace))
    made = as_a_team.plan(
        workspace.company, workspace.playbook, assessed, chosen, weeks=weeks, hours=hours, away=absent
    )
    if as_json:
        company = workspace.company
        say.whole({"fulcrum": __version__, "company": company.name, "as_of": company.as_of, "plan": made})
        return
    say.line(PRIVATE)
    _show(workspace.company, made)


def _away(text: str) -> Away:
    found = _AWAY.match(text.strip())
    try:
        if found is None:
            raise ValueError
        first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
    except ValueError:
        raise WrongUse(f"“{text}” does not say who is away when: write cfo:2026-12-01..2026-12-15.") from None
    return Away(executive=found["who"], first=first, last=last)


def _show(company: Company, plan: Plan) -> None:
    if not company.executives:
        say.line(say.NOBODY)
        return
    say.line(f"{wording.many(plan.weeks, 'week')} from {wording.day(plan.starts)}.")
    say.line(_proof(plan))
    for week in plan.by_week:
        _show_week(company, plan, week.week)
    _show_rest(company, plan)


def _proof(plan: Plan) -> str:
    if not plan.moves:
        return "There is nothing to plan: see below what is left out, and why."
    gain = f"Expected, weighted by influence: {wording.say_fully(plan.gain)}."
    return f"{gain} {proof_of(plan)}"


def _show_week(company: Company, plan: Plan, week: int) -> None:
    limit = "" if plan.hours_per_week is None else f" of {plan.hours_per_week:g}"
    hours = plan.by_week[week - 1].hours
    say.heading(f"Week {week} · {wording.day(plan.monday(week))} · {hours:.1f} h{limit}")
    for move in plan.moves:
        if move.week == week:
            _show_move(company, move)
    for move in plan.moves:
        if move.week < week <= move.last_week:
            say.line(f"({_who(company, move.executive)}: still open, “{move.what}”)", indent=2)
    for held in plan.held:
        if held.why != "rest" and held.first_week <= week <= held.last_week:
            say.line(f"({_who(company, held.executive)}: {_held(held)})", indent=2)


def _held(held: HeldWeeks) -> str:
    return _HELD[held.why] + (f", “{held.what.rstrip('.')}”" if held.what else "")


def _show_move(company: Company, move: PlannedMove) -> None:
    lever = "" if move.lever is None else f", {wording.lowered(move.lever.label)}"
    gain = f"; {wording.say_fully(move.gain)}" if isinstance(move.gain, Estimate) else ""
    say.line(f"{_who(company, move.executive)} · {_KINDS[move.kind]}{lever}{gain}", indent=2)
    until = f" Until {wording.day(move.until)}." if move.weeks > 1 else ""
    say.line(f"{move.what}.{until}", indent=5)
    for reason in move.reasons:
        say.line(f"{reason.text} [{reason.source}]", indent=7)


def _show_rest(company: Company, plan: Plan) -> None:
    if plan.routes:
        say.heading("Routes that this plan uses")
    for route in plan.routes:
        say.line(
            f"{_who(company, route.heard)} to {_who(company, route.listener)}: {route.why} {at_half(route)}"
        )
    if plan.left_out:
        say.heading("What this plan leaves out")
    for one in plan.left_out:
        gain = f" ({wording.say(one.gain)})" if isinstance(one.gain, Estimate) else ""
        say.line(f"{_who(company, one.executive)} · {one.what}{gain}: {one.why}")
    if plan.assumptions:
        say.heading("What it takes for granted")
    for text in plan.assumptions:
        say.line(f"· {text}")


def _who(company: Company, id: str) -> str:
    return say.person(company, id).name
