"""What the exports mean: proposed, said in a form or as text, checked before it counts, brought back."""

from functools import lru_cache
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fulcrum.core.errors import Outdated, Problem, errors_in
from fulcrum.core.stored import from_stored
from fulcrum.evidence.intake.mapping_write import mapping_text
from fulcrum.evidence.intake.propose import ProposedFile, first_rows
from fulcrum.records import jobs
from fulcrum.records.access import Act
from fulcrum.records.actions import mapping as actions
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Job, MappingVersion
from fulcrum.records.models.jobs import JobState
from fulcrum.records.queries.evidence import exports_of, mappings_of
from fulcrum.records.taking import UNFIT, Invalid, is_unfit
from fulcrum.web.layout import mapping as layout
from fulcrum.web.layout.mapping_said import merged
from fulcrum.web.layout.problems import by_file
from fulcrum.web.pages import Asked, page

ROWS = 20


def mapping(request: Asked) -> HttpResponse:
    """The draft, or the mapping that counts; on POST what was said becomes the draft and is checked."""
    if request.method != "POST":
        return _page(request, _text(request))
    wanted = request.POST.get("do", "check")
    try:
        text = _said(request)
    except Invalid as wrong:
        return _page(request, _text(request), mistakes=tuple(wrong.fields.values()), status=422)
    actions.keep_draft(request.actor, text)
    problems = actions.mistakes_in(request.actor.workspace, text)
    if wanted == "draft":
        return redirect("evidence_mapping", slug=request.actor.workspace.slug)
    if errors_in(problems):
        return _page(request, text, problems=problems, status=422)
    job = jobs.ask_for(request.actor, "mapping", {}, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def propose(request: Asked) -> HttpResponse:
    """Propose a first mapping."""
    job = jobs.ask_for(request.actor, "propose", {}, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def discard(request: Asked) -> HttpResponse:
    """Throw the draft away."""
    actions.discard_draft(request.actor)
    messages.info(request, "The draft is gone; the mapping that counts stands here again.")
    return redirect("evidence_mapping", slug=request.actor.workspace.slug)


def bring_back(request: Asked, key: int) -> HttpResponse:
    """An earlier mapping, checked against the exports of today before it counts again."""
    earlier = _version(request, key)
    actions.keep_draft(request.actor, earlier.text)
    job = jobs.ask_for(request.actor, "mapping", {}, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def version(request: Asked, key: int) -> HttpResponse:
    """One mapping as it was saved."""
    shown = {"here": "evidence", "part": "mapping", "version": _version(request, key)}
    return render(request, "evidence/mapping_version.html", shown)


def _page(
    request: Asked,
    text: str,
    *,
    problems: tuple[Problem, ...] | None = None,
    mistakes: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    place = request.actor.workspace
    content = layout.read_text(text)
    if content is not None and not layout.fits_the_form(content):
        content = None
    told = _problems_of_draft(request) if problems is None else problems
    shown = {
        "here": "evidence",
        "part": "mapping",
        "text": text,
        "is_draft": actions.draft_of(place) is not None,
        "form": None if content is None else layout.form_of(content, _beginnings(request), place.currency),
        "files": by_file(told),
        "mistakes": mistakes,
        "proposed": _proposed(request),
        "versions": list(mappings_of(request.actor)[:20]),
        "has_exports": exports_of(request.actor).exists(),
        "is_text": request.GET.get("as") == "text" or request.POST.get("as") == "text" or content is None,
    }
    return render(request, "evidence/mapping.html", shown, status=status)


def _text(request: Asked) -> str:
    draft = actions.draft_of(request.actor.workspace)
    if draft is not None:
        return draft
    newest = mappings_of(request.actor).first()
    return newest.text if newest is not None else f'currency = "{request.actor.workspace.currency}"\n'


def _said(request: Asked) -> str:
    """The mapping as text: as it was typed, or what the form makes of it."""
    if any(is_unfit(text) for name in request.POST for text in request.POST.getlist(name)):
        raise Invalid({"text": UNFIT})
    if request.POST.get("as") == "text":
        return request.POST.get("text", "").replace("\r\n", "\n")
    content = layout.read_text(_text(request)) or {}
    given = {name: request.POST.getlist(name) for name in request.POST}
    return mapping_text(merged(content, _beginnings(request), given))


def _beginnings(request: Asked) -> dict[str, layout.Beginning]:
    """The header and the first rows of each export; nothing of one that cannot be read."""
    data = folder_of(request.actor.workspace) / "data"
    number = ROWS if request.actor.may(Act.WRITE) else 0  # cells may name people
    found = {}
    for one in exports_of(request.actor):
        path = data / one.name
        if path.is_file():
            found[one.name] = _beginning(path, path.stat().st_mtime_ns, number)
    return found


@lru_cache(maxsize=64)
def _beginning(path: Path, _: int, number: int) -> layout.Beginning:
    """Read again only when the file changes: a workbook takes seconds."""
    header, rows, _problems = first_rows(path, number)
    return layout.Beginning(header=header, rows=rows)


def _problems_of_draft(request: Asked) -> tuple[Problem, ...]:
    """What the last check said of the draft that stands here."""
    if actions.draft_of(request.actor.workspace) is None:
        return ()
    job = _last_done(request, "mapping")
    stored = [] if job is None else (job.result or {}).get("problems", [])
    return from_stored(tuple[Problem, ...], stored)


def _proposed(request: Asked) -> tuple[ProposedFile, ...]:
    """The last proposal, for as long as the draft is not saved."""
    job = _last_done(request, "propose")
    if job is None or actions.draft_of(request.actor.workspace) is None:
        return ()
    try:
        found: tuple[ProposedFile, ...] = from_stored(
            tuple[ProposedFile, ...], (job.result or {}).get("files", [])
        )
    except Outdated:
        return ()
    return found


def _last_done(request: Asked, kind: str) -> Job | None:
    done = Job.objects.filter(workspace=request.actor.workspace, kind=kind, state=JobState.DONE)
    return done.order_by("-id").first()


def _version(request: Asked, key: int) -> MappingVersion:
    found = mappings_of(request.actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    page("mapping/", mapping, name="evidence_mapping", reads=Act.READ, writes=Act.WRITE),
    page("mapping/propose/", propose, name="evidence_propose", writes=Act.WRITE),
    page("mapping/discard/", discard, name="evidence_discard", writes=Act.WRITE),
    page("mapping/<int:key>/", version, name="evidence_mapping_version", reads=Act.READ),
    page("mapping/<int:key>/back/", bring_back, name="evidence_bring_back", writes=Act.WRITE),
]
