"""The business case: assumptions to move by hand, every figure following; saved only when said so."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fulcrum import workflow
from fulcrum.core.findings import Case, Evidence
from fulcrum.records import jobs
from fulcrum.records.access import Act
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.actions.initiatives import MOVABLE, state_assumptions
from fulcrum.records.models import Initiative, Run
from fulcrum.records.queries.company import company_of
from fulcrum.records.queries.evidence import the_findings
from fulcrum.web.entry import seen_version
from fulcrum.web.layout import case as layout
from fulcrum.web.pages import Asked, page


def case(request: Asked, key: str) -> HttpResponse:
    """One case; what was moved comes as a form and is computed anew, not kept."""
    _, found = _found(request)
    return _case_page(request, key, _moves(request, found, key))


def save(request: Asked, key: str) -> HttpResponse:
    """Keep what was moved as the team's assumptions, and read the data anew on them."""
    _, found = _found(request)
    chosen = _case(found, key)
    initiative = _initiative(request, chosen)
    moves = _moves(request, found, key)
    open_to_us = {one.key for one in chosen.assumptions if one.is_stated and one.key in MOVABLE}
    stated = {name: number for name, number in moves.items() if name in open_to_us}
    measured = [name for name in moves if name not in stated]
    slug = request.actor.workspace.slug
    if initiative is None or not stated:
        messages.info(request, "Nothing that the team states was moved, so nothing was saved.")
        return redirect("evidence_case", slug=slug, key=key)
    try:
        state_assumptions(request.actor, initiative, seen_version=seen_version(request), stated=stated)
    except ChangedMeanwhile:
        messages.warning(request, "Somebody stated this initiative anew meanwhile. Save again to keep yours.")
        return _case_page(request, key, moves, status=409)
    if measured:
        messages.info(request, "What was measured stays as measured: only what the team states was saved.")
    job = jobs.ask_for(request.actor, "evidence", {"case": key}, request.actor.workspace)
    return redirect("job", slug=slug, key=job.pk)


def spreadsheet(request: Asked, key: str) -> HttpResponse:
    """The case as a workbook with live formulas."""
    from fulcrum.briefing.formats import FORMATS

    _, found = _found(request)
    company = company_of(request.actor.workspace, today=timezone.localdate())
    brief = workflow.brief_for_finance(company, found, _case(found, key))
    name = f"{request.actor.workspace.slug}-{key.replace('.', '-')}.xlsx"
    response = HttpResponse(FORMATS["xlsx"].render(brief), content_type=FORMATS["xlsx"].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def case_shown(
    request: Asked, run: Run, evidence: Evidence, key: str, moves: dict[str, float]
) -> dict[str, Any]:
    """What the page of a case shows."""
    chosen = _case(evidence, key)
    return {
        "here": "evidence",
        "part": "case",
        "run": run,
        "shown_case": layout.case_shown(chosen, layout.grounds_for(evidence, key), moves),
        "assumptions": layout.assumption_blocks(chosen),
        "others": [one for one in evidence.cases if one.key != key],
        "programme_blocks": layout.programme_blocks(evidence.programme),
        "initiative": _initiative(request, chosen),
    }


def _case_page(request: Asked, key: str, moves: dict[str, float], *, status: int = 200) -> HttpResponse:
    run, found = _found(request)
    shown = case_shown(request, run, found, key, moves)
    is_part = request.headers.get("HX-Request")
    template = "evidence/case_follows.html" if is_part else "evidence/case.html"
    return render(request, template, shown, status=status)


def _found(request: Asked) -> tuple[Run, Evidence]:
    found = the_findings(request.actor)
    if found is None:
        raise Http404
    return found


def _case(evidence: Evidence, key: str) -> Case:
    found = next((one for one in evidence.cases if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _moves(request: Asked, evidence: Evidence, key: str) -> dict[str, float]:
    grounds = layout.grounds_for(evidence, key)
    if request.method != "POST" or grounds is None:
        return {}
    return layout.moves_in({name: str(text) for name, text in request.POST.items()}, grounds)


def _initiative(request: Asked, chosen: Case) -> Initiative | None:
    return Initiative.objects.filter(workspace=request.actor.workspace, name=chosen.title).first()


urlpatterns = [
    page("case/<str:key>/", case, name="evidence_case", reads=Act.READ, writes=Act.READ),
    page("case/<str:key>/save/", save, name="evidence_case_save", writes=Act.ASSUME),
    page("case/<str:key>/spreadsheet/", spreadsheet, name="evidence_case_xlsx", reads=Act.READ),
]
