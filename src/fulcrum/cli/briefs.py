"""`brief` and `demo`: the documents."""

from datetime import date
from pathlib import Path

from fulcrum import workflow
from fulcrum.cli import say
from fulcrum.core.brief import Brief
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.workflow import Workspace

ALL_FORMATS = ("html", "pdf", "pptx", "xlsx")


def run_brief(
    folder: Path, who: str | None, board: bool, out: Path, formats: tuple[str, ...], as_of: date | None
) -> None:
    """Write the briefs that were asked for, and say where they are."""
    if board and who is not None:
        raise WrongUse("Name an executive or the board, not both.")
    formats = _known(formats)
    _check_place(out)
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    evidence = _gathered(workspace)
    named = _for_board(workspace, evidence) if board else _for_executives(workspace, evidence, who)
    if not named:
        say.line(say.NOBODY)
    for path in _write(named, out, formats):
        say.line(str(path))


def run_demo(out: Path) -> None:
    """Make the simulated company and everybody's brief, and say where they are and what to try next."""
    folder, briefs = out / "tidewater", out / "briefs"
    say.progress("Making a simulated company: 40,000 customers, six executives …")
    workflow.simulate(folder)
    workspace = workflow.open_workspace(folder, today=say.today())
    evidence = _gathered(workspace)
    named = {**_for_executives(workspace, evidence, None), **_for_board(workspace, evidence)}
    paths = _write(named, briefs, ALL_FORMATS)
    say.line(f"{workspace.company.name} is simulated; its folder is {folder}.")
    say.line(f"{len(paths)} files are in {briefs}. Open one of these in a browser first:")
    for path in paths:
        if path.suffix == ".html":
            say.line(str(path.resolve()), indent=2)
    say.line("Try next:")
    for command in ("where", "next", "evidence", "case"):
        say.line(f"fulcrum {command} {folder}", indent=2)
    say.line("Or in the browser: `fulcrum serve`, and there “Open the simulated company”.")


def _gathered(workspace: Workspace) -> Evidence:
    say.progress("Reading the customers' data …")
    return workflow.gather(workspace)


def _for_board(workspace: Workspace, evidence: Evidence) -> dict[str, Brief]:
    return {"board": workflow.brief_for_board(workspace, evidence)}


def _for_executives(workspace: Workspace, evidence: Evidence, who: str | None) -> dict[str, Brief]:
    """A brief for each executive, or for the one named, by id."""
    chosen = workflow.choices(workspace, workflow.assess(workspace), evidence)
    return {
        choice.executive: workflow.brief_for(workspace, choice.executive, evidence, choice)
        for choice in chosen
        if who in (None, choice.executive)
    }


def _known(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats without blanks, once each; said before the data are read, not after."""
    asked = tuple(dict.fromkeys(name.strip().lower() for name in formats))
    for name in asked:
        if name not in ALL_FORMATS:
            raise WrongUse(f"“{name}” is no format; choose from {', '.join(ALL_FORMATS)}.")
    return asked


def _check_place(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise WrongUse(f"{out} is a file; name a folder to write the briefs to.")


def _write(named: dict[str, Brief], out: Path, formats: tuple[str, ...]) -> list[Path]:
    written: list[Path] = []
    for name, brief in named.items():
        say.progress(f"Writing {name} …")
        written += workflow.render(brief, name, formats, out)
    return written
