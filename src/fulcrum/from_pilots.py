"""Pilots: designed on the company's own numbers, frozen before the start, read as they were planned."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fulcrum import __version__
from fulcrum.core.errors import DataProblems, Problem, WrongUse, errors_in
from fulcrum.core.findings import Evidence
from fulcrum.core.pilots import Assignment, PilotDesign, PilotPlan, ReadOut, Registration
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.value import value
from fulcrum.workflow import SEED, Workspace, gather, open_workspace

NOT_YET = Unknown(
    reason="The case of its initiative still rests on what is assumed.",
    needs="A read-out of grade A or B at the end of the pilot.",
)


@value
class Piloted:
    """One pilot of a company: its design, its registration if it is frozen, and what is wrong with either."""

    path: Path
    design: PilotDesign | None
    registration: Registration | None
    problems: tuple[Problem, ...]


def pilots_of(workspace: Workspace) -> tuple[Piloted, ...]:
    """Every pilot of the company, by the name of its file."""
    from fulcrum.evidence.pilots.file import designs_in

    return tuple(piloted(path) for path in designs_in(workspace.folder / "pilots"))


def piloted(path: Path) -> Piloted:
    """The pilot of this file, with every mistake in it, and every change since it was frozen."""
    from fulcrum.evidence.pilots.file import read_design
    from fulcrum.evidence.pilots.registered import changed_since, read_registration

    design, problems = read_design(path)
    registration, told = read_registration(path)
    changed = changed_since(design, registration) if design is not None and registration is not None else ()
    return Piloted(path=path, design=design, registration=registration, problems=(*problems, *told, *changed))


def company_of_pilot(file: Path, *, today: date, as_of: date | None = None) -> Workspace:
    """The company folder in whose `pilots/` this file lies."""
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.")
    folder = file.resolve().parent.parent
    if file.resolve().parent.name != "pilots" or not (folder / "company.toml").is_file():
        raise WrongUse(f"{file} lies in no company folder: put it into DIR/pilots/, beside DIR/company.toml.")
    return open_workspace(folder, today=today, as_of=as_of)


def plan_pilot(workspace: Workspace, pilot: Piloted) -> PilotPlan:
    """What the pilot needs and promises; raises `DataProblems` where its design holds mistakes."""
    design = _sound(pilot)
    return plan_of_design(workspace, design, registration=pilot.registration)


def plan_of_design(
    workspace: Workspace, design: PilotDesign, *, registration: Registration | None = None
) -> PilotPlan:
    """The same for a design that is no file yet."""
    from fulcrum.evidence.pilots.baseline import baseline_of
    from fulcrum.evidence.pilots.plan import plan_of

    playbook, company = workspace.playbook, workspace.company
    known = baseline_of(
        design,
        workspace.folder / "data",
        currency=company.currency,
        rules=playbook.evidence,
        as_of=company.as_of,
        version=version_of(workspace),
    )
    return plan_of(design, known, playbook.pilot, currency=company.currency, registration=registration)


def register_pilot(pilot: Piloted, *, on: date) -> Registration:
    """Freeze the design as it is: from now on it is read so, or not at all."""
    from fulcrum.evidence.pilots.registered import register

    return register(pilot.path, _sound(pilot), on=on)


def read_pilot(
    workspace: Workspace, pilot: Piloted, *, seed: int = SEED, evidence: Evidence | None = None
) -> ReadOut:
    """What came of the pilot, on the company's day; raises `DataProblems` with all that stops the reading.

    With `evidence` the read-out says what the pilot is worth if it is rolled out: the case that names it.
    """
    from fulcrum.evidence.pilots.read_out import read_out

    design, playbook, company = _sound(pilot), workspace.playbook, workspace.company
    baseline = None
    if design.assignment is Assignment.BEFORE_AFTER:
        baseline = plan_of_design(workspace, design).baseline
    made, problems = read_out(
        pilot.path.parent,
        design,
        pilot.registration,
        as_of=company.as_of,
        currency=company.currency,
        evidence_rules=playbook.evidence,
        pilot_rules=playbook.pilot,
        version=version_of(workspace),
        seed=seed,
        baseline=baseline,
    )
    if made is None:
        raise DataProblems(problems)
    return replace(made, worth=worth_of(workspace, pilot.path.stem, evidence))


def read_pilots(
    workspace: Workspace, *, evidence: Evidence | None = None
) -> tuple[tuple[ReadOut, ...], tuple[Problem, ...]]:
    """What came of every pilot that was frozen and has started, and what stops the reading of the others."""
    found: list[ReadOut] = []
    problems: list[Problem] = []
    for pilot in pilots_of(workspace):
        if pilot.registration is None or pilot.design is None:
            continue
        if pilot.design.starts > workspace.company.as_of:
            continue
        try:
            found.append(read_pilot(workspace, pilot, evidence=evidence))
        except DataProblems as stopped:
            problems += stopped.problems
    return tuple(found), tuple(problems)


def worth_of(workspace: Workspace, pilot: str, evidence: Evidence | None) -> Result:
    """What the pilot is worth if it is rolled out: the upside of the case of the initiative that names it."""
    named = [one.name for one in workspace.company.initiatives if one.pilot == pilot]
    if not named:
        return Unknown(
            reason="No initiative names this pilot.",
            needs=f'pilot = "{pilot}" under its [[programme.initiatives]] in company.toml.',
        )
    case = next((one for one in evidence.cases if one.title == named[0]), None) if evidence else None
    if case is None:
        return Unknown(
            reason="The case of its initiative was not made.", needs="Customers' data without mistakes, read."
        )
    is_assumed = any(one.key == "moved_share" and one.is_stated for one in case.assumptions)
    return NOT_YET if is_assumed and isinstance(case.upside, Estimate) else case.upside


def gather_for(workspace: Workspace, pilot: Piloted) -> Evidence | None:
    """The evidence that the worth of a pilot is read from; None where no initiative names it.

    None too where mistakes stop the customers' data: they keep nobody from reading the pilot itself.
    """
    if not any(one.pilot == pilot.path.stem for one in workspace.company.initiatives):
        return None
    try:
        return gather(workspace)
    except DataProblems:
        return None


def _sound(pilot: Piloted) -> PilotDesign:
    if pilot.design is None or errors_in(pilot.problems):
        raise DataProblems(pilot.problems)
    return pilot.design


def version_of(workspace: Workspace) -> str:
    """The version that every trace of a pilot names."""
    return f"{__version__}, playbook {workspace.playbook.version}"
