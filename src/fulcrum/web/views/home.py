"""The start: the workspaces, or the first run; and whether the desk is well."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum import __version__
from fulcrum.core.errors import Problem
from fulcrum.core.stored import from_stored
from fulcrum.records.access import Act, workspaces_of
from fulcrum.records.actions import first_run
from fulcrum.records.actions.workspace import start_workspace
from fulcrum.records.jobs import ENDED
from fulcrum.records.models import Job
from fulcrum.records.models.jobs import JobState
from fulcrum.web.entry import Form, answered
from fulcrum.web.forms.evidence import COMPANY
from fulcrum.web.layout.problems import by_file, tally
from fulcrum.web.pages import Asked, Open, page
from fulcrum.web.uploads import files_in


def home(request: HttpRequest) -> HttpResponse:
    """The one workspace, a choice of several, or the first run."""
    workspaces = list(workspaces_of(request.user))
    if len(workspaces) == 1 and "all" not in request.GET:
        return redirect("week", slug=workspaces[0].slug)
    simulated = next((one for one in workspaces if one.is_simulated), None)
    shown = {"workspaces": workspaces, "simulated": simulated, "address": request.get_host()}
    return render(request, "home/start.html", shown)


def demo(request: HttpRequest) -> HttpResponse:
    """Open the simulated company; make it where there is none."""
    simulated = workspaces_of(request.user).filter(is_simulated=True).first()
    if simulated is not None:
        return redirect("week", slug=simulated.slug)
    return redirect("start_job", key=first_run.begin_with_demo(request.user).pk)


def begin(request: HttpRequest) -> HttpResponse:
    """A workspace of one's own: five questions, then the first executives."""

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        actor = start_workspace(request.user, **entered)
        messages.success(
            request, f"{actor.workspace.name} is there. Name the executives whose doing matters."
        )
        return redirect("add_executive", slug=actor.workspace.slug)

    form = Form(
        title="Begin with your own company",
        lead="Four answers now, then the executives, their goals, and who listens to whom.",
        fields=COMPANY,
        button="Begin",
        back=reverse("home"),
        here="",
        start={"currency": "EUR"},
    )
    return answered(request, form, None, save)


def bring(request: HttpRequest) -> HttpResponse:
    """A company folder as a ZIP: checked as a whole before anything is kept."""
    if request.method == "POST":
        brought = files_in(request, "folder")[0]
        job = first_run.receive_folder(request.user, brought.chunks())
        return redirect("start_job", key=job.pk)
    return render(request, "home/bring.html", {"here": ""})


def brought(request: HttpRequest, key: int) -> HttpResponse:
    """What is wrong with a folder that was brought; on POST it is taken over or thrown away."""
    job = _job(request, key)
    if job.kind != "import" or job.state != JobState.DONE or job.result is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "discard":
            first_run.discard_folder(request.user, job)
            return redirect("home")
        if not job.result.get("errors"):
            return redirect("start_job", key=first_run.take_over(request.user, job).pk)
    problems: tuple[Problem, ...] = from_stored(tuple[Problem, ...], job.result["problems"])
    shown = {"here": "", "files": by_file(problems), "errors": job.result["errors"], "tally": tally(problems)}
    return render(request, "home/brought.html", shown)


def start_job(request: HttpRequest, key: int) -> HttpResponse:
    """How far the beginning is; for htmx its moving part alone, which leads on when it is done."""
    job = _job(request, key)
    leads_to = str((job.result or {}).get("url", ""))
    shown = {
        "here": "",
        "job": job,
        "title": {"demo": "Making the simulated company"}.get(job.kind, "Taking in your company folder"),
        "has_ended": job.state in ENDED,
        "errors": job.error.splitlines(),
        "leads_to": leads_to,
    }
    if not request.headers.get("HX-Request"):
        return render(request, "home/job.html", shown)
    response = render(request, "home/progress.html", shown)
    if job.state == JobState.DONE and leads_to:
        response.headers["HX-Redirect"] = leads_to
    return response


def remove(request: Asked) -> HttpResponse:
    """Remove the simulated company, once that is confirmed."""
    if request.method == "POST":
        name = request.actor.workspace.name
        first_run.remove_simulated(request.actor)
        messages.success(
            request, f"{name} is removed with all that belonged to it. Nothing else was touched."
        )
        return redirect(f"{reverse('home')}?all")
    return render(request, "home/remove.html", {"here": ""})


def health(request: HttpRequest) -> HttpResponse:
    """For machines: that pages are answered and the records can be read; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})


def _job(request: HttpRequest, key: int) -> Job:
    """A job that begins a workspace, for the user who asked for it alone."""
    found = Job.objects.filter(pk=key, workspace=None, arguments__user=request.user.pk).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    page("", home, name="home", reads=Open.SIGNED_IN),
    page("start/demo/", demo, name="demo", writes=Open.SIGNED_IN),
    page("start/own/", begin, name="begin", reads=Open.SIGNED_IN, writes=Open.SIGNED_IN),
    page("start/folder/", bring, name="bring", reads=Open.SIGNED_IN, writes=Open.SIGNED_IN),
    page("start/folder/<int:key>/", brought, name="brought", reads=Open.SIGNED_IN, writes=Open.SIGNED_IN),
    page("start/<int:key>/", start_job, name="start_job", reads=Open.SIGNED_IN),
    page("w/<slug:slug>/remove/", remove, name="remove_simulated", reads=Act.KEEP, writes=Act.KEEP),
    page("health/", health, name="health", reads=Open.ANYONE),
]
