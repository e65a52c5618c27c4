"""`brief --confidence`: how the work went, by the month or the quarter, for executives and the board."""

from datetime import date
from pathlib import Path

from fulcrum import from_pilots, over_time, workflow
from fulcrum.cli import say
from fulcrum.cli.briefs import documents_asked
from fulcrum.core.errors import WrongUse
from fulcrum.over_time import A_MONTH, A_QUARTER

EVERY = {"month": A_MONTH, "quarter": A_QUARTER}


def run_confidence_brief(
    folder: Path,
    every: str,
    who: str | None,
    board: bool,
    out: Path,
    formats: tuple[str, ...],
    as_of: date | None,
) -> None:
    """Write the confidence brief of the last month or quarter: for the board, for one or for everybody."""
    if board and who is not None:
        raise WrongUse("Name an executive or the board, not both.")
    if every not in EVERY:
        raise WrongUse(f"“{every}” is no time of the confidence brief; choose {' or '.join(EVERY)}.")
    wanted = documents_asked(formats, out)
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    say.progress("Reading the customers' data and the pilots …")
    evidence = workflow.gather(workspace)
    readouts, problems = from_pilots.read_pilots(workspace, evidence=evidence)
    for problem in problems:
        say.progress(f"{problem.what} {problem.remedy}")
    chosen = workflow.choices(workspace, workflow.assess(workspace), evidence)
    steps = {choice.executive: choice.step for choice in chosen}
    readers = [None] if board else [who] if who is not None else list(steps)
    for reader in readers:
        brief = over_time.confidence_brief(
            workspace,
            evidence,
            reader,
            step=None if reader is None else steps.get(reader),
            readouts=readouts,
            since=workspace.company.as_of - EVERY[every],
        )
        for path in workflow.render(brief, f"{every}-{reader or 'board'}", wanted, out):
            say.line(str(path))
