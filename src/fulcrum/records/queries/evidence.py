"""What was read from the customers' data: runs, their findings, the exports and the mapping behind them."""

from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from fulcrum.core.errors import Outdated, Problem, Severity
from fulcrum.core.findings import Evidence, SourceFile
from fulcrum.core.stored import from_stored
from fulcrum.records.access import Act, Actor
from fulcrum.records.models import Dataset, MappingVersion, Run, Workspace

_HEAVY = ("evidence", "problems", "rejected_csv")


def runs_of(actor: Actor) -> "QuerySet[Run]":
    """Every reading of the data, the newest first, without what came of it."""
    actor.must(Act.READ)
    return actor.workspace.runs.defer(*_HEAVY).select_related("mapping", "made_by")


def run_with_findings(actor: Actor) -> Run | None:
    """The newest reading that came to findings."""
    return runs_of(actor).filter(evidence__isnull=False).first()


def the_findings(actor: Actor) -> tuple[Run, Evidence] | None:
    """The newest reading with findings, and these; None where there are none of this version."""
    run = run_with_findings(actor)
    found = None if run is None else evidence_in(run)
    return None if run is None or found is None else (run, found)


def newest_run(actor: Actor) -> Run | None:
    """The newest reading, whatever came of it."""
    return runs_of(actor).first()


def newest_evidence(workspace: Workspace) -> Evidence | None:
    """The findings of the newest reading that came to any; None where another version stored them."""
    run = workspace.runs.filter(evidence__isnull=False).defer(*_HEAVY).first()
    return None if run is None else evidence_in(run)


def evidence_in(run: Run) -> Evidence | None:
    """The findings that a run holds; None where it holds none, or another version stored them."""
    return _stored(run.pk, run.made_at)


def problems_in(run: Run) -> tuple[Problem, ...]:
    """The Problems that a run met, errors first."""
    return problems_of(run.problems)


def problems_of(stored: object) -> tuple[Problem, ...]:
    """Problems as they were kept, errors first."""
    order = list(Severity)
    found: tuple[Problem, ...] = from_stored(tuple[Problem, ...], stored)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def files_in(run: Run) -> tuple[SourceFile, ...]:
    """The account of each file: rows in = accepted + rejected + skipped."""
    found: tuple[SourceFile, ...] = from_stored(tuple[SourceFile, ...], run.files)
    return found


def exports_of(actor: Actor) -> "QuerySet[Dataset]":
    """The exports of this workspace, in the order in which they came."""
    actor.must(Act.READ)
    return actor.workspace.datasets.select_related("uploaded_by")


def mappings_of(actor: Actor) -> "QuerySet[MappingVersion]":
    """Every mapping that counted, the one that counts now first."""
    actor.must(Act.READ)
    return actor.workspace.mappings.select_related("saved_by")


@lru_cache(maxsize=16)
def _stored(run: int, _: datetime) -> Evidence | None:
    """Read once: a run never changes. The time tells apart runs of databases that begin anew."""
    stored = Run.objects.values_list("evidence", flat=True).get(pk=run)
    if stored is None:
        return None
    try:
        return from_stored(Evidence, stored)
    except Outdated:
        return None
