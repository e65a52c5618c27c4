"""Evidence: what the customers' data say and cannot carry, and where each number comes from."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fulcrum.core.findings import Evidence
from fulcrum.records import jobs
from fulcrum.records.access import Act
from fulcrum.records.actions.mapping import draft_of
from fulcrum.records.models import Job, Run
from fulcrum.records.models.jobs import JobState
from fulcrum.records.queries.company import company_of
from fulcrum.records.queries.evidence import evidence_in, newest_run, run_with_findings, the_findings
from fulcrum.web.layout import findings, overview
from fulcrum.web.layout.trace import trace_shown
from fulcrum.web.pages import Asked, page
from fulcrum.web.views import evidence_case, evidence_data, evidence_mapping, evidence_programme


def evidence(request: Asked) -> HttpResponse:
    """Every finding and every refusal of the newest reading, with the case."""
    run = run_with_findings(request.actor)
    found = None if run is None else evidence_in(run)
    if run is None or found is None:
        return render(request, "evidence/empty.html", _empty(request, run))
    groups = findings.groups_of(found)
    case = found.cases[0] if found.cases else None
    company = company_of(request.actor.workspace, today=timezone.localdate())
    newest = newest_run(request.actor)
    shown = {
        "here": "evidence",
        "part": "findings",
        "run": run,
        "stopped": newest if newest is not None and newest.pk != run.pk else None,
        "opening": overview.opening_of(found, company),
        "groups": findings.first_groups(groups),
        "further": findings.further_groups(groups),
        "refusals": findings.refusals_of(found),
        "silent": findings.silent_rows(found),
        "compared": overview.compared_blocks(case, found),
        "limits": overview.limits_of(found.comparisons),
        "drivers": overview.drivers_of(found),
        "series": overview.series_of(found),
        "staying": overview.staying_of(found.curves),
        "grades": overview.grades(),
        "programme": found.programme,
        **_first_trace(request, run, found),
    }
    if case is not None:
        shown = {**evidence_case.case_shown(request, run, found, case.key, {}), **shown}
    return render(request, "evidence/evidence.html", shown)


def trace(request: Asked, id: str) -> HttpResponse:
    """Where one number comes from; for htmx the drawer alone."""
    held = the_findings(request.actor)
    if held is None:
        raise Http404
    run, found = held
    shown = trace_shown(found, id, of=request.GET.get("of", ""))
    if shown is None:
        raise Http404
    template = "evidence/drawer.html" if request.headers.get("HX-Request") else "evidence/trace.html"
    given = {"here": "evidence", "part": "findings", "run": run, "shown": shown, "is_open": True}
    return render(request, template, {**given, "recomputed": _recomputed(request, run)})


def recompute(request: Asked) -> HttpResponse:
    """Compute everything anew and say whether the digits are the same."""
    run = run_with_findings(request.actor)
    if run is None:
        raise Http404
    back = request.POST.get("back", "")
    base = reverse("evidence", kwargs={"slug": request.actor.workspace.slug})
    arguments = {"back": back if back.startswith(base) else base}
    job = jobs.ask_for(request.actor, "recompute", arguments, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def _empty(request: Asked, run: Run | None) -> dict[str, Any]:
    workspace = request.actor.workspace
    return {
        "here": "evidence",
        "part": "findings",
        "is_outdated": run is not None,
        "exports": workspace.datasets.count(),
        "mapping": workspace.mappings.first(),
        "has_draft": draft_of(workspace) is not None,
        "stopped": newest_run(request.actor),
    }


def _first_trace(request: Asked, run: Run, found: Evidence) -> dict[str, Any]:
    """The trace that stands open at first: of the adjusted gap, or of whatever comes first."""
    ranked = [one.adjusted for one in found.comparisons] + list(found.findings)
    for finding in ranked:
        id = getattr(finding.result, "trace", "")
        if id:
            shown = trace_shown(found, id, of=finding.key)
            return {"shown": shown, "selected": finding.key, "recomputed": _recomputed(request, run)}
    return {"shown": None, "selected": "", "recomputed": None}


def _recomputed(request: Asked, run: Run) -> Job | None:
    """The newest recomputation of this run that came to an end."""
    done = Job.objects.filter(workspace=request.actor.workspace, kind="recompute", state=JobState.DONE)
    return done.filter(result__run=run.pk).first()


urlpatterns = [
    page("", evidence, name="evidence", reads=Act.READ),
    page("trace/<str:id>/", trace, name="evidence_trace", reads=Act.READ),
    page("recompute/", recompute, name="evidence_recompute", writes=Act.READ),
    *evidence_case.urlpatterns,
    *evidence_data.urlpatterns,
    *evidence_mapping.urlpatterns,
    *evidence_programme.urlpatterns,
]
