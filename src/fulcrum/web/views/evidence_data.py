"""The data: exports brought and removed, read anew, and every problem with them, row by row."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import SourceFile
from fulcrum.evidence.intake.propose import first_rows
from fulcrum.records import jobs
from fulcrum.records.access import Act
from fulcrum.records.actions import exports, mapping
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Dataset, Run
from fulcrum.records.queries.evidence import (
    exports_of,
    files_in,
    mappings_of,
    newest_run,
    problems_in,
    runs_of,
)
from fulcrum.records.queries.jobs import under_way
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Form, answered
from fulcrum.web.forms.evidence import CONNECTION
from fulcrum.web.layout.mapping_said import connected
from fulcrum.web.layout.problems import by_file, problems_csv, tally
from fulcrum.web.layout.runs import since_last
from fulcrum.web.pages import Asked, page
from fulcrum.web.uploads import files_in as sent

_LIMIT = f"{exports.LARGEST // 1_000_000} MB"


def data(request: Asked) -> HttpResponse:
    """The exports, what was read of each, and room for more."""
    if request.method == "POST":
        return _receive(request)
    return _page(request)


def preview(request: Asked, key: int) -> HttpResponse:
    """The first rows of one export, as texts."""
    export = _export(request, key)
    header, rows, problems = first_rows(folder_of(request.actor.workspace) / "data" / export.name, 20)
    shown = {"export": export, "header": header, "rows": rows, "files": by_file(problems)}
    return render(request, "evidence/preview.html", {"here": "evidence", "part": "data", **shown})


def remove(request: Asked, key: int) -> HttpResponse:
    """Remove one export, once that is confirmed."""
    export = _export(request, key)
    if request.method == "POST":
        exports.remove_export(request.actor, export)
        messages.success(request, f"{export.name} is removed.")
        return redirect("evidence_data", slug=request.actor.workspace.slug)
    counts = mappings_of(request.actor).first()
    is_mapped = counts is not None and f'"{export.name}"' in counts.text
    shown = {"here": "evidence", "part": "data", "export": export, "is_mapped": is_mapped}
    return render(request, "evidence/remove_export.html", shown)


def connect(request: Asked) -> HttpResponse:
    """Name a table of a warehouse; its columns are then said in the mapping."""
    slug = request.actor.workspace.slug

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        place = request.actor.workspace
        newest = mappings_of(request.actor).first()
        text = mapping.draft_of(place) or (newest.text if newest else f'currency = "{place.currency}"\n')
        mapping.keep_draft(request.actor, connected(text, entered))
        messages.info(
            request, "The table stands in the draft. Say what its columns are, then check and save."
        )
        return redirect("evidence_mapping", slug=slug)

    form = Form(
        title="Connect a table",
        lead="Rows stay where they are: only counts and sums come back. The address and its password stay in "
        "a variable of this machine; the mapping names that variable and nothing else.",
        fields=CONNECTION,
        button="Add it to the draft",
        back=reverse("evidence_data", kwargs={"slug": slug}),
        here="evidence",
        start={"engine": "postgres", "variable": mapping.DSN_PREFIX, "table": "feedback"},
    )
    return answered(request, form, None, save)


def read(request: Asked) -> HttpResponse:
    """Read the data anew."""
    job = under_way(request.actor, "evidence")
    if job is None:
        job = jobs.ask_for(request.actor, "evidence", {}, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def problems(request: Asked) -> HttpResponse:
    """Everything that is doubtful about the exports, by file."""
    run = newest_run(request.actor)
    found = () if run is None else problems_in(run)
    shown = {
        "here": "evidence",
        "part": "problems",
        "run": run,
        "files": by_file(found),
        "tally": tally(found),
        "is_stopped": any(one.is_error for one in found),
        "accounts": () if run is None else files_in(run),
        "has_rejected": run is not None and bool(run.rejected_csv),
    }
    return render(request, "evidence/problems.html", shown)


def problems_file(request: Asked) -> HttpResponse:
    """The list of problems as CSV."""
    run = _newest(request)
    return _download(problems_csv(problems_in(run)), f"{request.actor.workspace.slug}-problems.csv")


def rejected_file(request: Asked) -> HttpResponse:
    """The rejected rows as CSV."""
    run = _newest(request)
    if not run.rejected_csv:
        raise Http404
    return _download(run.rejected_csv, f"{request.actor.workspace.slug}-rejected-rows.csv")


def readings(request: Asked) -> HttpResponse:
    """Every reading of the data, and what changed since the one before."""
    shown = {
        "here": "evidence",
        "part": "runs",
        "runs": list(runs_of(request.actor)[:50]),
        "changes": since_last(list(runs_of(request.actor).filter(evidence__isnull=False)[:2])),
        "stopped": {run.pk for run in runs_of(request.actor).filter(evidence__isnull=True)[:50]},
    }
    return render(request, "evidence/runs.html", shown)


def _receive(request: Asked) -> HttpResponse:
    """Take over every file that came; what is wrong with one does not keep the others out."""
    wrong = []
    try:
        for brought in sent(request, "files"):
            try:
                received = exports.receive_export(
                    request.actor, name=brought.name, chunks=brought.chunks(1 << 20)
                )
                messages.success(request, received.said)
            except Invalid as mistake:
                wrong.append(str(mistake))
    except WrongUse as mistake:
        wrong.append(str(mistake))
    if wrong:
        return _page(request, wrong=wrong, status=422)
    return redirect("evidence_data", slug=request.actor.workspace.slug)


def _page(request: Asked, *, wrong: list[str] | None = None, status: int = 200) -> HttpResponse:
    run = newest_run(request.actor)
    accounts: dict[str, SourceFile] = {} if run is None else {one.name: one for one in files_in(run)}
    rows = [(one, accounts.get(one.name)) for one in exports_of(request.actor)]
    shown = {
        "here": "evidence",
        "part": "data",
        "exports": rows,
        "run": run,
        "mapping": mappings_of(request.actor).first(),
        "draft": mapping.draft_of(request.actor.workspace) is not None,
        "endings": ",".join(exports.ENDINGS),
        "limit": _LIMIT,
        "wrong": wrong or [],
    }
    return render(request, "evidence/data.html", shown, status=status)


def _export(request: Asked, key: int) -> Dataset:
    found = exports_of(request.actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _newest(request: Asked) -> Run:
    run = newest_run(request.actor)
    if run is None:
        raise Http404
    return run


def _download(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    page("data/", data, name="evidence_data", reads=Act.READ, writes=Act.WRITE),
    page("data/connect/", connect, name="evidence_connect", reads=Act.WRITE, writes=Act.WRITE),
    page("data/<int:key>/", preview, name="evidence_export", reads=Act.WRITE),
    page("data/<int:key>/remove/", remove, name="evidence_remove", reads=Act.WRITE, writes=Act.WRITE),
    page("read/", read, name="evidence_read", writes=Act.READ),
    page("problems/", problems, name="evidence_problems", reads=Act.READ),
    page("problems/list.csv", problems_file, name="evidence_problems_csv", reads=Act.READ),
    page("problems/rejected.csv", rejected_file, name="evidence_rejected_csv", reads=Act.WRITE),
    page("readings/", readings, name="evidence_runs", reads=Act.READ),
]
