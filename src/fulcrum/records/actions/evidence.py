"""Reading the customers' data: the run that gathers findings, and whether it comes out the same again."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from fulcrum import __version__, workflow
from fulcrum.core.errors import Problem, WrongUse
from fulcrum.core.findings import Evidence, SourceFile
from fulcrum.core.stored import to_stored
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import deed
from fulcrum.records.folders import folder_of, playbook_of
from fulcrum.records.models import Job, MappingVersion, Run, Workspace
from fulcrum.records.queries.company import company_of
from fulcrum.records.queries.evidence import evidence_in, run_with_findings
from fulcrum.records.work import Progress, actor_of, work

Tell = Callable[[int, int, str], None]


def read_the_data(actor: Actor, *, tell: Tell) -> Run:
    """Gather what the exports carry and keep it as a run; a run that errors stop keeps its Problems."""
    actor.must(Act.READ)
    tell(0, 2, "Reading, counting, comparing and making the case")
    found = workflow.gather_rows(looked_at(actor.workspace))
    tell(1, 2, "Keeping what was found")
    return keep_run(actor, found, actor.workspace.mappings.first())


def looked_at(place: Workspace) -> workflow.Workspace:
    """The workspace as the story takes it: its company, its playbook and the folder of its exports."""
    company = company_of(place, today=timezone.localdate())
    return workflow.Workspace(
        folder=folder_of(place), company=company, playbook=playbook_of(place), problems=()
    )


def differences(before: Evidence, now: Evidence) -> tuple[str, ...]:
    """What came out differently, by the names of findings and cases; empty where every digit is the same."""
    pairs = (
        (before.findings, now.findings),
        (before.cases, now.cases),
        (before.comparisons, now.comparisons),
    )
    changed: dict[str, None] = {}
    for old, new in pairs:
        kept = {one.key: one for one in old}
        found = {one.key: one for one in new}
        for key in {**kept, **found}:
            if kept.get(key) != found.get(key):
                changed[(found.get(key) or kept[key]).title] = None
    return tuple(changed)


@work("evidence", shared=True)
def work_evidence(job: Job, progress: Progress) -> dict[str, Any]:
    """Read the data; where it was asked for by a page, lead back to it."""
    actor = asking(job)
    run = read_the_data(actor, tell=progress.step)
    place = "evidence" if run.evidence is not None else "evidence/problems"
    return {"run": run.pk, "url": f"/w/{actor.workspace.slug}/{place}/"}


@work("recompute", shared=True)
def work_recompute(job: Job, progress: Progress) -> dict[str, Any]:
    """Compute everything anew and say whether the digits are those of the run that is shown."""
    actor = asking(job)
    shown = run_with_findings(actor)
    before = None if shown is None else evidence_in(shown)
    if shown is None or before is None:
        raise WrongUse("There are no findings of this version to compare with: read the data first.")
    progress.step(0, 1, "Computing every figure anew from the exports")
    changed = differences(before, workflow.gather(looked_at(actor.workspace)))
    return {
        "run": shown.pk,
        "changed": list(changed),
        "url": str(job.arguments.get("back", f"/w/{actor.workspace.slug}/evidence/")),
    }


def keep_run(actor: Actor, found: workflow.Gathered, mapping: MappingVersion | None) -> Run:
    """Keep one reading: its findings, or the Problems that stopped it."""
    place = actor.workspace
    said = "read the data" if found.evidence is not None else "read the data, which hold errors"
    with deed(actor, Act.READ, "evidence.read", said):
        return Run.objects.create(
            workspace=place,
            as_of=place.as_of or timezone.localdate(),
            version=f"{__version__}, playbook {playbook_of(place).version}",
            mapping=mapping,
            evidence=None if found.evidence is None else to_stored(found.evidence),
            problems=to_stored(found.problems, tuple[Problem, ...]),
            files=to_stored(found.files, tuple[SourceFile, ...]),
            rejected_csv=found.rejected_csv,
            made_by=actor.member,
        )


def asking(job: Job) -> Actor:
    """Who asked for a job of a workspace."""
    actor = actor_of(job)
    if actor is None:
        raise WrongUse("Nobody asked for this work.")
    return actor
