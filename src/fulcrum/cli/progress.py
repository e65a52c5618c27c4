"""`progress`: what moved and what did not, whose word was kept, what it cost, what could go wrong."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fulcrum import __version__, over_time, workflow
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.progress import Progress, WordKept
from fulcrum.core.quantities import Estimate


def run_progress(folder: Path, since: date | None, as_of: date | None, *, as_json: bool) -> None:
    """Show how the work goes; which executives kept their word is private to the CX team."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    say.progress("Reading what customers said and did …")
    found = over_time.progress(workspace, workflow.gather(workspace), since=since)
    if as_json:
        about = {"fulcrum": __version__, "company": workspace.company.name, "as_of": found.as_of}
        say.whole({**about, "progress": found})
        return
    say.line(f"{wording.day(found.since)} to {wording.day(found.as_of)}.")
    _show_indicators(found)
    _show_word(found)
    _show_money(found)
    _show_wins(found)
    _show_risks(found)
    _show_decisions(found)


def _show_indicators(found: Progress) -> None:
    say.heading("What moved, and what did not")
    for one in sorted(found.indicators, key=lambda each: each.verdict != "signal"):
        say.line(f"{one.trend.title}: {one.said}")
    if not found.indicators:
        say.line("No series yet: answers with their day, over eight months or more, give one.")


def _show_word(found: Progress) -> None:
    say.heading("Whose word was kept")
    words = (found.executives, found.team, *found.by_executive)
    say.table(
        [_word(one) for one in words],
        header=("who", "promised", "in time", "late", "overdue", "lapsed", "waiting", "kept in time"),
        right=tuple(range(1, 7)),
    )
    say.line("Of one executive it is private to the CX team.")


def _word(one: WordKept) -> tuple[str, ...]:
    counts = (one.given, one.in_time, one.late, one.overdue, one.lapsed, one.waiting)
    share = wording.say_fully(one.kept) if isinstance(one.kept, Estimate) else _of(one)
    return (one.who, *(wording.count(number) for number in counts), share)


def _of(one: WordKept) -> str:
    return f"{one.in_time} of {one.came_due}" if one.came_due else "none came due"


def _show_money(found: Progress) -> None:
    say.heading("What it cost")
    spend = found.spend
    said = f"{wording.money(spend.paid)} paid so far, {wording.money(spend.since)} of it in this time."
    if spend.budget is not None and spend.left is not None:
        said += f" The budget is {wording.money(spend.budget)}; {wording.money(spend.left)} is left."
    else:
        said += " No budget is stated: `budget` under [programme] in company.toml."
    say.line(said)


def _show_wins(found: Progress) -> None:
    say.heading("Wins")
    lines = (
        f"{wording.day(one.date)}: {one.win}"
        + (f" ({one.value})" if one.value else "")
        + (f". Proof: {one.proof}" if one.proof else "")
        + (f". Thanks to {one.thanks}" if one.thanks else "")
        for one in found.wins
    )
    _lines(lines, "No win is on record in this time: wins.csv, with its proof and whom to thank.")


def _show_risks(found: Progress) -> None:
    say.heading("Risks")
    lines = (
        f"{one.risk}: {', '.join(part for part in _risk(one.severity, one.trend, one.owner) if part)}"
        + (f". Seen by: {one.trigger}" if one.trigger else "")
        + (f". Then: {one.response}" if one.response else "")
        for one in found.risks
    )
    _lines(lines, "No risk is on record: risks.csv, with who holds it and by what you would see it come.")


def _risk(severity: str, trend: str | None, owner: str) -> tuple[str, ...]:
    return (severity or "not rated", trend or "", f"held by {owner}" if owner else "held by nobody yet")


def _show_decisions(found: Progress) -> None:
    say.heading("Decisions")
    lines = (
        f"{wording.day(one.date)}: {one.decision}"
        + (f" ({one.kind.value})" if one.kind is not None else "")
        + (f", by {one.decided_by}" if one.decided_by else "")
        + (f". {one.why}" if one.why else "")
        for one in found.decisions
    )
    _lines(lines, "No decision is on record in this time: decisions.csv; what was stopped belongs there too.")


def _lines(lines: Iterable[str], nothing: str) -> None:
    said = [wording.sentence(line) for line in lines]
    for line in said or [nothing]:
        say.line(line)
