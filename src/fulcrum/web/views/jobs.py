"""How far a piece of long work is: a page, and the same as a fragment that renews itself while it runs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from fulcrum.records import jobs
from fulcrum.records.access import Act
from fulcrum.records.models import Job
from fulcrum.records.models.jobs import JobState
from fulcrum.records.queries.jobs import jobs_seen_by
from fulcrum.web.pages import Asked, page

# What a job is called on its page; a kind without a title is called by its name.
TITLES = {
    "backup": "Making a backup",
    "brief": "Reading the data for a brief",
    "brief_file": "Laying out a brief",
    "demo": "Making the simulated company",
    "evidence": "Reading the data",
    "mapping": "Checking the mapping against every row",
    "pilot": "Reading the results of a pilot",
    "pilot_baseline": "Counting what customers do without the pilot",
    "propose": "Proposing what the columns mean",
    "recompute": "Computing every figure anew",
    "stories": "Finding stories",
    "upload": "Taking over an export",
}


def job(request: Asked, key: int) -> HttpResponse:
    """The job's page; for htmx its moving part alone, which leads on when the job is done."""
    found = _job(request, key)
    if not request.headers.get("HX-Request"):
        return render(request, "jobs/job.html", _shown(found))
    response = render(request, "jobs/progress.html", _shown(found))
    if found.state == JobState.DONE and _leads_to(found):
        response.headers["HX-Redirect"] = _leads_to(found)
    return response


def cancel(request: Asked, key: int) -> HttpResponse:
    """Stop it."""
    found = _job(request, key)
    jobs.cancel(request.actor, found)
    return redirect("job", slug=request.actor.workspace.slug, key=key)


def _job(request: Asked, key: int) -> Job:
    found = jobs_seen_by(request.actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _shown(found: Job) -> dict[str, Any]:
    return {
        "here": "",
        "job": found,
        "title": TITLES.get(found.kind, found.kind.replace("_", " ").capitalize()),
        "has_ended": found.state in jobs.ENDED,
        "errors": found.error.splitlines(),
        "leads_to": _leads_to(found),
    }


def _leads_to(found: Job) -> str:
    """Where the result is; an address of this desk or nothing."""
    url = str((found.result or {}).get("url", ""))
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


urlpatterns = [
    page("<int:key>/", job, name="job", reads=Act.READ),
    page("<int:key>/cancel/", cancel, name="job_cancel", reads=Act.READ, writes=Act.READ),
]
