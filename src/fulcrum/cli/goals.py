"""`vision` and `goals`: where the vision is vague; what moves each goal here, and the chance to reach it."""

from datetime import date
from pathlib import Path
from typing import Any

from fulcrum import __version__, on_goals, on_vision, workflow
from fulcrum.briefing.goals import goal_said, reach_note
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.errors import WrongUse
from fulcrum.core.goals import GoalTie
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.workflow import Workspace


def run_vision(folder: Path, as_of: date | None, *, as_json: bool) -> None:
    """Where the vision is vague, in which words, why that matters, and what to write instead."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    vision = workspace.company.vision
    if vision is None:
        raise WrongUse("There is no vision yet: fill in vision.toml.")
    reading = on_vision.read_for_vagueness(vision, workspace.playbook)
    if as_json:
        say.whole({**_about(workspace), "vision": vision, "reading": reading})
        return
    say.line(wording.sentence(wording.kept(vision.statement)))
    if not reading.found:
        say.line("Nothing vague was found. That it is understood is another question: the pulse asks for it.")
    for one in reading.found:
        say.line(f"{one.place}: {one.lacks}" + (" (keeps the lever thin)" if one.is_serious else ""))
        say.line(f"{one.why} {one.instead}", indent=2)
    if reading.unread:
        say.line(reading.unread)


def run_goals(folder: Path, who: str | None, as_of: date | None, *, as_json: bool) -> None:
    """What moves each goal here, how sure that is, and the chance to reach it if nothing changes."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    say.progress("Reading the customers' data …")
    evidence = workflow.gather(workspace)
    people = [one for one in workspace.company.executives if who in (None, one.id)]
    tied = {one.id: on_goals.goals_of(workspace, one.id, evidence) for one in people}
    if as_json:
        say.whole({**_about(workspace), "goals": tied})
        return
    for one in people:
        say.line(f"{one.name}, {one.role}" + ("" if tied[one.id] else ": no goal is on record"))
        for tie in tied[one.id]:
            _say_goal(tie)


def _about(workspace: Workspace) -> dict[str, Any]:
    company = workspace.company
    return {"fulcrum": __version__, "company": company.name, "as_of": company.as_of}


def _say_goal(tie: GoalTie) -> None:
    say.line(wording.sentence(goal_said(tie.goal).removeprefix("Your goal: ")), indent=2)
    for link in tie.links:
        said = f"Moved by: {link.said}: {wording.say_fully(link.result)}, grade {link.grade.value}"
        say.line(said, indent=4)
    if tie.unlinked is not None:
        say.line(f"Moved by: not known. {wording.say_unknown(tie.unlinked)}", indent=4)
    chance = tie.reach.probability
    if isinstance(chance, Unknown):
        say.line(f"Chance to reach it: not known. {wording.say_unknown(chance)}", indent=4)
        return
    expected = tie.reach.expected
    there = f"; it would stand at {wording.say_fully(expected)}" if isinstance(expected, Estimate) else ""
    ends = wording.worded(chance)
    said = f"{wording.of_hundred(chance)} ({ends.confidence}: {ends.interval})"
    say.line(f"Chance to reach it, if nothing changes: {said}{there}", indent=4)
    say.line(reach_note(tie.reach), indent=4)
