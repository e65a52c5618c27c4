"""`brief` and `demo`: the documents, and what goes with the one ask."""

from datetime import date
from pathlib import Path

from fulcrum import first_steps, renewal, workflow
from fulcrum.cli import say
from fulcrum.core.brief import Brief
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.told import Told
from fulcrum.core.value import value
from fulcrum.core.wording import day
from fulcrum.workflow import Workspace

DOCUMENTS = ("html", "pdf", "pptx", "xlsx")
WITH_THE_ASK = ("ics", "txt")


@value
class _Made:
    """One brief, what earlier ones told its reader, and its one ask, if there is one."""

    brief: Brief
    earlier: tuple[Told, ...]
    step: StepToAsk | None = None


def run_brief(
    folder: Path,
    who: str | None,
    board: bool,
    out: Path,
    formats: tuple[str, ...],
    since: Path | None,
    as_of: date | None,
) -> None:
    """Write the briefs that were asked for, renewed from those of earlier days, and say where they are."""
    if board and who is not None:
        raise WrongUse("Name an executive or the board, not both.")
    formats = _known(formats)
    _check_place(out)
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if who is not None:
        say.person(workspace.company, who)
    before = _told_before(workspace, out if since is None else since)
    evidence = _gathered(workspace)
    if board:
        named = _for_board(workspace, evidence, before)
    else:
        named = _for_executives(workspace, evidence, who, before)
    if not named:
        say.line(say.NOBODY)
    for path in _write(workspace, named, out, formats):
        say.line(str(path))


def run_demo(out: Path) -> None:
    """Make the simulated company and everybody's brief, and say where they are and what to try next."""
    folder, briefs = out / "tidewater", out / "briefs"
    say.progress("Making a simulated company: 40,000 customers, six executives …")
    workflow.simulate(folder)
    workspace = workflow.open_workspace(folder, today=say.today())
    before = _told_before(workspace, briefs)
    evidence = _gathered(workspace)
    named = {
        **_for_executives(workspace, evidence, None, before),
        **_for_board(workspace, evidence, before),
    }
    paths = _write(workspace, named, briefs, DOCUMENTS)
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


def _told_before(workspace: Workspace, folder: Path) -> dict[str, tuple[Told, ...]]:
    """What earlier briefs told each reader; said before the data are read where it cannot be."""
    names = (*(person.id for person in workspace.company.executives), "board")
    return {name: renewal.told_in(folder, name) for name in names}


def _for_board(
    workspace: Workspace, evidence: Evidence, before: dict[str, tuple[Told, ...]]
) -> dict[str, _Made]:
    earlier = before["board"]
    return {"board": _Made(brief=workflow.brief_for_board(workspace, evidence, earlier), earlier=earlier)}


def _for_executives(
    workspace: Workspace, evidence: Evidence, who: str | None, before: dict[str, tuple[Told, ...]]
) -> dict[str, _Made]:
    """A brief for each executive, or for the one named, by id."""
    chosen = workflow.choices(workspace, workflow.assess(workspace), evidence)
    made = {}
    for choice in chosen:
        if who in (None, choice.executive):
            earlier = before[choice.executive]
            made[choice.executive] = _Made(
                brief=workflow.brief_for(workspace, choice.executive, evidence, choice, earlier),
                earlier=earlier,
                step=first_steps.step_now(workspace.company, workspace.playbook, choice),
            )
    return made


def documents_asked(formats: tuple[str, ...], out: Path) -> tuple[str, ...]:
    """The formats of a brief that asks nothing; refuses others, and a place where nothing can be written."""
    _check_place(out)
    return _known(formats, DOCUMENTS)


def _known(formats: tuple[str, ...], known: tuple[str, ...] = (*DOCUMENTS, *WITH_THE_ASK)) -> tuple[str, ...]:
    """The formats without blanks, once each; said before the data are read, not after."""
    asked = tuple(dict.fromkeys(name.strip().lower() for name in formats))
    for name in asked:
        if name not in known:
            raise WrongUse(f"“{name}” is no format; choose from {', '.join(known)}.")
    return asked


def _check_place(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise WrongUse(f"{out} is a file; name a folder to write the briefs to.")


def _write(workspace: Workspace, named: dict[str, _Made], out: Path, formats: tuple[str, ...]) -> list[Path]:
    written: list[Path] = []
    for name, made in named.items():
        earlier = [one for one in made.earlier if one.on < made.brief.as_of]
        renewed = f", renewed from that of {day(max(one.on for one in earlier))}" if earlier else ""
        say.progress(f"Writing {name}{renewed} …")
        _warn(made.brief, workspace)
        documents = tuple(one for one in formats if one in DOCUMENTS)
        written += workflow.render(made.brief, name, documents, out)
        written += _with_the_ask(workspace, made.step, out / name, formats)
        renewal.keep_told(out, name, made.earlier, made.brief)
    return written


def _with_the_ask(
    workspace: Workspace, step: StepToAsk | None, place: Path, formats: tuple[str, ...]
) -> list[Path]:
    """The calendar file and the note; neither where nothing is asked."""
    if step is None:
        return []
    company, written = workspace.company, []
    if "ics" in formats:
        path = place.with_name(f"{place.name}.ics")
        path.write_bytes(first_steps.calendar_file(company, step))
        written.append(path)
    if "txt" in formats:
        note = first_steps.in_hand(company, workspace.playbook, step)
        path = place.with_name(f"{place.name}.txt")
        path.write_text(f"{note.subject}\n\n{note.note}", encoding="utf-8")
        written.append(path)
    return written


def _warn(brief: Brief, workspace: Workspace) -> None:
    """Say where a brief asks from the sender's need, on stderr; it is written all the same."""
    for one in first_steps.to_mend(brief, workspace.playbook):
        say.progress(f"  {one}")
