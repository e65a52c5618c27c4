"""`due`: what wants to be done now, and why. Private to the CX team."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, cadence, workflow
from fulcrum.cli import say
from fulcrum.cli.people import PRIVATE
from fulcrum.core.cadence import NudgeKind

NOTHING = "Nothing is due, nothing slips, no evidence ages, and no move waits for what you saw."


def run_due(folder: Path, who: str | None, as_of: date | None, *, as_json: bool) -> None:
    """Show what is due, the most pressing first."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    found = cadence.what_is_due(workspace, workflow.assess(workspace))
    found = tuple(one for one in found if who in (None, one.executive))
    company = workspace.company
    if as_json:
        say.whole({"fulcrum": __version__, "company": company.name, "as_of": company.as_of, "due": found})
        return
    say.line(PRIVATE)
    for kind in NudgeKind:
        of_kind = [one for one in found if one.kind is kind]
        if of_kind:
            say.heading(kind.label)
        for one in of_kind:
            say.line(one.what)
            say.line(one.why, indent=5)
    if not found:
        say.line(NOTHING)
