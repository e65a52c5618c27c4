"""Pilots as the desk shows them: designs and results from the workspace's files, the rest from its rows."""

from hashlib import sha256
from pathlib import Path

from django.db.models import QuerySet

from fulcrum import from_pilots
from fulcrum.core.errors import Outdated, Problem
from fulcrum.core.pilots import PilotDesign, PilotPlan, ReadOut, Registration
from fulcrum.core.stored import from_stored
from fulcrum.core.value import value
from fulcrum.evidence.pilots.baseline import Known
from fulcrum.evidence.pilots.file import designs_in
from fulcrum.evidence.pilots.plan import plan_of
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.folders import folder_of, playbook_of
from fulcrum.records.models import PilotBaseline, PilotReading, PilotRegistration

_LONGEST = 100  # characters of a key, as its rows hold it


@value
class PilotSeen:
    """One pilot: its design, whether it is frozen, its newest reading, and what is wrong with its files."""

    key: str
    design: PilotDesign | None
    problems: tuple[Problem, ...]
    registration: Registration | None
    reading: PilotReading | None
    read_out: ReadOut | None
    has_results: bool
    mark: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.key if self.design is None else self.design.name


def pilots_seen(actor: Actor) -> tuple[PilotSeen, ...]:
    """Every pilot of the workspace, by the name of its file."""
    actor.must(Act.READ)
    return tuple(_seen(actor, path) for path in designs_in(_folder(actor)))


def pilot_seen(actor: Actor, key: str) -> PilotSeen:
    """One pilot; raises `NotThere` where there is none of this key."""
    actor.must(Act.READ)
    path = place_of(actor, key)
    if not path.is_file():
        raise NotThere
    return _seen(actor, path)


def keys_of(actor: Actor) -> frozenset[str]:
    """The keys that are taken."""
    return frozenset(path.stem for path in designs_in(_folder(actor)))


def results_of_others(actor: Actor, key: str) -> frozenset[str]:
    """The files in which the results of the other pilots come."""
    others = (from_pilots.piloted(path).design for path in designs_in(_folder(actor)) if path.stem != key)
    return frozenset(one.results.file for one in others if one is not None)


def place_of(actor: Actor, key: str) -> Path:
    """Where the design of this key lies, or will; a key that is no plain name is not there."""
    if (
        not 0 < len(key) <= _LONGEST
        or Path(key).name != key
        or key.startswith(".")
        or key.endswith(".registered")
    ):
        raise NotThere
    return _folder(actor) / f"{key}.toml"


def registration_in(actor: Actor, key: str) -> PilotRegistration | None:
    """The row of a pilot's registration."""
    return PilotRegistration.objects.filter(workspace=actor.workspace, key=key).first()


def readings_of(actor: Actor, key: str) -> "QuerySet[PilotReading]":
    """Every reading of a pilot, the newest first."""
    actor.must(Act.READ)
    return PilotReading.objects.filter(workspace=actor.workspace, key=key).select_related(
        "made_by", "decided_by"
    )


def plan_for(actor: Actor, design: PilotDesign, registration: Registration | None = None) -> PilotPlan | None:
    """What the design needs, on the baseline as it was last counted; None where it was not counted yet."""
    row = PilotBaseline.objects.filter(
        workspace=actor.workspace, key=design.key, asked=baseline_mark(design)
    ).first()
    known = None if row is None else _known(row)
    if known is None:
        return None
    return plan_of(
        design,
        known,
        playbook_of(actor.workspace).pilot,
        currency=actor.workspace.currency,
        registration=registration,
    )


def plan_as_stated(actor: Actor, design: PilotDesign) -> PilotPlan:
    """The same on what the design itself states, until the exports were counted for it."""
    from fulcrum.evidence.pilots.baseline import stated_baseline

    known = stated_baseline(design, currency=actor.workspace.currency)
    return plan_of(design, known, playbook_of(actor.workspace).pilot, currency=actor.workspace.currency)


def baseline_mark(design: PilotDesign) -> str:
    """By what a baseline is asked: another mark means to count anew."""
    asked = (design.kind, design.outcome, design.window_months, design.unit, repr(design.baseline))
    return sha256(repr(asked).encode()).hexdigest()


def seen_mark(path: Path) -> str:
    """The mark of a design as it lies there; empty where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def read_out_in(reading: PilotReading) -> ReadOut | None:
    """The read-out that a reading holds; None where it holds none, or another version stored it."""
    if reading.read_out is None:
        return None
    try:
        return from_stored(ReadOut, reading.read_out)
    except Outdated:
        return None


def _folder(actor: Actor) -> Path:
    return folder_of(actor.workspace) / "pilots"


def _seen(actor: Actor, path: Path) -> PilotSeen:
    pilot = from_pilots.piloted(path)
    reading = readings_of(actor, path.stem).first()
    results = "" if pilot.design is None else pilot.design.results.file
    return PilotSeen(
        key=path.stem,
        design=pilot.design,
        problems=pilot.problems,
        registration=pilot.registration,
        reading=reading,
        read_out=None if reading is None else read_out_in(reading),
        has_results=bool(results) and path.with_name(results).is_file(),
        mark=seen_mark(path),
    )


def _known(row: PilotBaseline) -> Known | None:
    try:
        return from_stored(Known, row.known)
    except Outdated:
        return None
