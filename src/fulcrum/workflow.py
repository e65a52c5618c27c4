"""The story: observe → believe → choose → gather evidence → compose → render.

Each function takes values and gives values; whoever wants to know what Fulcrum does reads this file from top
to bottom. The doors call these functions and nothing else.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fulcrum import __version__
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company
from fulcrum.core.errors import DataProblems, Problem, WrongUse, errors_in
from fulcrum.core.findings import Case, Evidence, SourceFile
from fulcrum.core.judgement import BarrierBelief, Belief, Choice, WeekOfBelief
from fulcrum.core.learned import NOTHING_LEARNED, Learned
from fulcrum.core.levers import CaseAtHand
from fulcrum.core.people import Executive, Observation
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.slices import Slices
from fulcrum.core.told import Told
from fulcrum.core.value import value

if TYPE_CHECKING:
    from fulcrum.evidence.intake.propose import ProposedFile

SEED = 20_261_116


@value
class Assessment:
    """Where one executive stands, and what keeps them there. Private to the CX team."""

    belief: Belief
    barrier: BarrierBelief


@value
class Workspace:
    """A company folder, read and found sound, with the playbook that goes with it."""

    folder: Path
    company: Company
    playbook: Playbook
    problems: tuple[Problem, ...]


@value
class MappingProposal:
    """A first mapping: where it stands, file by file, and the Problems of exports that cannot be read."""

    path: Path
    files: "tuple[ProposedFile, ...]"
    problems: tuple[Problem, ...]


@value
class FolderCheck:
    """All Problems of a company folder, and its rejected rows as CSV; None where no export was read."""

    problems: tuple[Problem, ...]
    rejected_csv: str | None


@value
class Gathered:
    """What the exports carry, None where errors stop it; all that is doubtful; rejected rows as CSV."""

    evidence: Evidence | None
    problems: tuple[Problem, ...]
    rejected_csv: str
    files: tuple[SourceFile, ...]


# Observe


def check(folder: Path, *, today: date, as_of: date | None = None) -> tuple[Problem, ...]:
    """All Problems of a company folder at once: its files, its own playbook, its customers' data."""
    return check_rows(folder, today=today, as_of=as_of).problems


def check_rows(folder: Path, *, today: date, as_of: date | None = None) -> FolderCheck:
    """The same, with every row of the exports that was rejected and why."""
    from fulcrum.evidence.check import check_data
    from fulcrum.folder.read import read_folder
    from fulcrum.playbook.check import checked_playbook

    company, problems = read_folder(_existing(folder), today=today, as_of=as_of)
    playbook, told = checked_playbook(_own_playbook(folder))
    problems += told
    if company is None or playbook is None or errors_in(told):
        return FolderCheck(problems=problems, rejected_csv=None)
    data = check_data(folder / "data", rules=playbook.evidence, as_of=company.as_of)
    return FolderCheck(problems=problems + data.problems, rejected_csv=data.rejected_csv)


def propose_mapping(folder: Path, *, today: date) -> MappingProposal:
    """A first mapping of the exports, written beside them; it counts once a person has renamed it."""
    from fulcrum.evidence.intake.mapping_file import PROPOSED, exports_in
    from fulcrum.evidence.intake.propose import propose_mapping as proposed
    from fulcrum.evidence.intake.propose import write_proposal
    from fulcrum.folder.read import read_folder

    data = _existing(folder) / "data"
    company, problems = read_folder(folder, today=today, as_of=None)
    if company is None:
        raise DataProblems(problems)
    if not exports_in(data):
        raise WrongUse(f"There are no exports in {data}: put CSV, XLSX or Parquet files there.")
    if (data / PROPOSED).exists():
        raise WrongUse(f"{data / PROPOSED} is there already: rename it to mapping.toml, or remove it.")
    files, unread = proposed(data)
    return MappingProposal(
        path=write_proposal(data, files, currency=company.currency), files=files, problems=unread
    )


def open_workspace(folder: Path, *, today: date, as_of: date | None = None) -> Workspace:
    """The company folder and playbook; raises `DataProblems` with every error that stops the work."""
    from fulcrum.folder.read import read_folder
    from fulcrum.playbook.load import load_playbook

    company, problems = read_folder(_existing(folder), today=today, as_of=as_of)
    if company is None or errors_in(problems):
        raise DataProblems(problems)
    return Workspace(
        folder=folder, company=company, playbook=load_playbook(_own_playbook(folder)), problems=problems
    )


def write_company(company: Company, folder: Path, *, own: Mapping[str, str] | None = None) -> None:
    """Write a company folder that reads back as the same company, with its own playbook."""
    from fulcrum.folder.own_playbook import write_own_playbook
    from fulcrum.folder.write import write_folder

    write_folder(company, folder)
    write_own_playbook(own or {}, folder)


# Believe


def assess(workspace: Workspace) -> tuple[Assessment, ...]:
    """Where each executive stands and what keeps them there, in the folder's order."""
    company = workspace.company
    slices = Slices(company)
    return tuple(
        assess_one(slices.of(person.id), workspace.playbook, person.id) for person in company.executives
    )


def assess_one(company: Company, playbook: Playbook, executive: str) -> Assessment:
    """Where one executive stands and what keeps them there; of the company their slice is enough."""
    from fulcrum.commitment.barrier import barrier_of
    from fulcrum.commitment.belief import belief_of

    person, as_of = _person(company, executive), company.as_of
    belief = belief_of(
        person,
        company,
        as_of=as_of,
        rules=playbook.belief,
        matrix=playbook.matrix,
        steps=playbook.steps,
    )
    barrier = barrier_of(
        person,
        company.reactions,
        belief=belief,
        as_of=as_of,
        barriers=playbook.barriers,
        rules=playbook.belief,
    )
    return Assessment(belief=belief, barrier=barrier)


def seen_of(company: Company, playbook: Playbook, executive: str) -> tuple[Observation, ...]:
    """What a belief about one executive rests on: what was noted, and what became of their asks."""
    from fulcrum.commitment.asks import evidence_on

    return evidence_on(_person(company, executive), company, playbook.steps, playbook.belief)


def if_nothing_is_seen(
    company: Company, playbook: Playbook, executive: str, *, weeks: int
) -> tuple[WeekOfBelief, ...]:
    """Where the belief about one executive goes in the coming weeks without new evidence."""
    later = replace(company, as_of=company.as_of + timedelta(weeks=weeks))
    run_on = assess_one(later, playbook, executive).belief.history
    return tuple(week for week in run_on if week.week_ending > company.as_of)


# Gather evidence


def counted_by(folder: Path) -> str:
    """The engine that counts the customers' data of a folder: the one where they lie."""
    from fulcrum.evidence.intake.mapping_file import read_mapping

    mapping, _ = read_mapping(_existing(folder) / "data")
    connection = None if mapping is None else mapping.connection
    return "duckdb" if connection is None else connection.engine


def gather(workspace: Workspace, *, seed: int = SEED) -> Evidence:
    """What the customers' data carry; an Evidence that says what is missing where there are none."""
    evidence, problems = _gathered(workspace, seed)
    if errors_in(problems):
        raise DataProblems(problems)
    return evidence


def gather_rows(workspace: Workspace, *, seed: int = SEED) -> Gathered:
    """The same with all that is doubtful about the exports, whether it stops the work or not."""
    from fulcrum.evidence.check import check_data

    evidence, problems = _gathered(workspace, seed)
    rejected = ""
    if any(file.rejected for file in evidence.files):
        checked = check_data(
            workspace.folder / "data", rules=workspace.playbook.evidence, as_of=workspace.company.as_of
        )
        rejected = checked.rejected_csv or ""
    found = None if errors_in(problems) else evidence
    return Gathered(evidence=found, problems=problems, rejected_csv=rejected, files=evidence.files)


def _gathered(workspace: Workspace, seed: int) -> tuple[Evidence, tuple[Problem, ...]]:
    from fulcrum.evidence.engine import gather as gather_evidence
    from fulcrum.evidence.pilots.tried import tried_here

    company, playbook = workspace.company, workspace.playbook
    version, pilots = f"{__version__}, playbook {playbook.version}", workspace.folder / "pilots"
    tried = tried_here(pilots, company, playbook.evidence, playbook.pilot, version=version, seed=seed)
    return gather_evidence(
        workspace.folder / "data",
        company,
        evidence_rules=playbook.evidence,
        case_rules=playbook.case,
        version=version,
        seed=seed,
        tried=tried,
    )


def case_at_hand(evidence: Evidence, *, as_of: date, fresh_days: float) -> CaseAtHand:
    """As much of the case as the choice of a lever needs to know; fresh is what rests on recent behaviour.

    The share moved is this company's own where a pilot has measured it.
    """
    computed = [case for case in evidence.cases if isinstance(case.upside, Estimate)]
    if computed:
        until = evidence.outcome_until
        is_fresh = until is not None and (as_of - until).days <= fresh_days
        own = any(
            one.key == "moved_share" and not one.is_stated for case in computed for one in case.assumptions
        )
        return CaseAtHand(is_computed=True, is_fresh=is_fresh, has_own_share_moved=own)
    refused = [case.upside.reason for case in evidence.cases if isinstance(case.upside, Unknown)]
    why_not = refused[0] if refused else "No case was computed from customer data."
    return CaseAtHand(is_computed=False, is_fresh=False, why_not=why_not)


# Choose


def choices(
    workspace: Workspace, assessments: tuple[Assessment, ...], evidence: Evidence
) -> tuple[Choice, ...]:
    """Which lever next for each executive, in the folder's order."""
    from fulcrum.commitment.learning import learned_here

    playbook, slices = workspace.playbook, Slices(workspace.company)
    beliefs = {one.belief.executive: one.belief for one in assessments}
    learned = learned_here(workspace.company, playbook)
    return tuple(
        choose_for(slices.of(one.belief.executive), playbook, one, beliefs, evidence, learned)
        for one in assessments
    )


def choose_for(
    company: Company,
    playbook: Playbook,
    assessment: Assessment,
    beliefs: Mapping[str, Belief],
    evidence: Evidence | CaseAtHand,
    learned: Learned = NOTHING_LEARNED,
) -> Choice:
    """Which lever next for one executive; of the company their slice is enough.

    `beliefs` holds, by id, those of whom they listen to; `learned` is what moves have taught, on whomever. Of
    the evidence only the case at hand is used.
    """
    from fulcrum.commitment.choose import choose

    as_of, fresh_days = company.as_of, playbook.choice.case_fresh_days.value
    if isinstance(evidence, Evidence):
        evidence = case_at_hand(evidence, as_of=as_of, fresh_days=fresh_days)
    return choose(
        company,
        _person(company, assessment.belief.executive),
        belief=assessment.belief,
        barrier=assessment.barrier,
        others=beliefs,
        case=evidence,
        playbook=playbook,
        as_of=as_of,
        learned=learned,
    )


# Compose


def brief_for(
    workspace: Workspace, executive: str, evidence: Evidence, choice: Choice, told: tuple[Told, ...] = ()
) -> Brief:
    """The brief for one executive, renewed from those `told`; nothing in it says what we believe of them."""
    from fulcrum.briefing.compose import compose_for_executive
    from fulcrum.commitment.steps import step_in_brief
    from fulcrum.evidence.goal_links import ties_of

    company, playbook = workspace.company, workspace.playbook
    person = _person(company, executive)
    step = step_in_brief(company, person, choice.step, playbook.steps, rules=playbook.choice)
    goals = ties_of(executive, company, evidence, playbook)
    return compose_for_executive(person, company, evidence, step, playbook, told=told, goals=goals)


def brief_for_finance(company: Company, evidence: Evidence, case: Case) -> Brief:
    """One case alone, with its assumptions and traces; as a spreadsheet it is live."""
    from fulcrum.briefing.compose_case import compose_for_finance

    return compose_for_finance(case, company, evidence)


def brief_for_board(workspace: Workspace, evidence: Evidence, told: tuple[Told, ...] = ()) -> Brief:
    """The brief for the board: the cases, one decision, promises, wins, risks and spend; no personal ask."""
    from fulcrum.briefing.compose_board import compose_for_board

    return compose_for_board(workspace.company, evidence, workspace.playbook, told=told)


# Render


def render(brief: Brief, name: str, formats: tuple[str, ...], out: Path) -> tuple[Path, ...]:
    """Write `brief` in each format to `out`; gives the files, in the order asked."""
    from fulcrum.briefing.formats import FORMATS

    out.mkdir(parents=True, exist_ok=True)
    written = []
    for format_name in formats:
        if format_name not in FORMATS:
            raise WrongUse(f"“{format_name}” is no format; choose from {', '.join(FORMATS)}.")
        path = out / f"{name}.{FORMATS[format_name].extension}"
        path.write_bytes(FORMATS[format_name].render(brief))
        written.append(path)
    return tuple(written)


# The simulated company


def simulate(folder: Path, *, customers: int = 40_000, seed: int = SEED) -> None:
    """Write the company folder of the simulated company, exports and all, in place of an earlier one."""
    from fulcrum.folder.write import write_folder
    from fulcrum.simulation.company import tidewater
    from fulcrum.simulation.files import write_files
    from fulcrum.simulation.place import clear_simulated

    clear_simulated(folder)
    write_folder(tidewater(seed=seed), folder)
    write_files(folder, customers=customers, seed=seed)


def _person(company: Company, executive: str) -> Executive:
    person = company.executive(executive)
    if person is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    return person


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}. `fulcrum new {folder}` writes one to start from.")
    return folder


def _own_playbook(folder: Path) -> Path | None:
    own = folder / "playbook"
    return own if own.is_dir() else None
