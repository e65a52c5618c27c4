"""`brief --vision`: where this is heading, for one executive or for all."""

from datetime import date
from pathlib import Path

from fulcrum import on_vision, workflow
from fulcrum.cli import say
from fulcrum.cli.briefs import documents_asked
from fulcrum.core.errors import WrongUse


def run_vision_brief(
    folder: Path, who: str | None, board: bool, out: Path, formats: tuple[str, ...], as_of: date | None
) -> None:
    """Write the vision brief, say where it is, and what in the vision is still vague."""
    if board:
        raise WrongUse("The vision brief is for the executives: leave out --board.")
    wanted = documents_asked(formats, out)
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    vision = workspace.company.vision
    if vision is None:
        raise WrongUse("There is no vision yet: fill in vision.toml.")
    say.progress("Reading the customers' data …")
    brief = on_vision.brief_for_vision(workspace, workflow.gather(workspace), who)
    for path in workflow.render(brief, "vision" if who is None else f"vision-{who}", wanted, out):
        say.line(str(path))
    for one in on_vision.read_for_vagueness(vision, workspace.playbook).serious:
        say.progress(f"Still vague: {one.lacks} {one.instead}")
