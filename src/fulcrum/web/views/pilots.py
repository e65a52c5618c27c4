"""Pilots: the list, the design with its plan, freezing it, its results, what came of it, what was decided."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fulcrum.core.errors import DataProblems, FulcrumError, WrongUse
from fulcrum.core.pilots import PilotDesign, frozen_text
from fulcrum.evidence.intake.propose import first_rows
from fulcrum.evidence.pilots.decide import RULE
from fulcrum.records import jobs
from fulcrum.records.access import Act
from fulcrum.records.actions import pilots as actions
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.pilots import entered_design, entry_of
from fulcrum.records.queries.evidence import problems_of
from fulcrum.records.queries.pilots import (
    PilotSeen,
    pilot_seen,
    pilots_seen,
    place_of,
    plan_as_stated,
    plan_for,
    readings_of,
)
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Form, answered, seen_version
from fulcrum.web.forms.pilots import DESIGN, START
from fulcrum.web.layout import pilots as layout
from fulcrum.web.layout.problems import by_file
from fulcrum.web.pages import Asked, page
from fulcrum.web.uploads import files_in as sent

_HERE = {"here": "evidence", "part": "pilots"}
_LEAD = (
    "What is tried, on whom, and what would count as working: said before it starts, then frozen. The plan "
    "beside it follows what you enter; it is kept when you save."
)


def pilots(request: Asked) -> HttpResponse:
    """Every pilot and where it stands."""
    found = pilots_seen(request.actor)
    rows = [(one, layout.state_of(one)) for one in found]
    return render(request, "pilots/list.html", {**_HERE, "rows": rows})


def add(request: Asked) -> HttpResponse:
    """Design a pilot."""
    return _design(request, None)


def change(request: Asked, key: str) -> HttpResponse:
    """Design it anew, as long as it is not frozen."""
    pilot = pilot_seen(request.actor, key)
    if pilot.registration is not None or pilot.design is None:
        return redirect("pilot", slug=request.actor.workspace.slug, key=key)
    return _design(request, pilot)


def plan(request: Asked) -> HttpResponse:
    """The plan of what stands in the form, to follow it while it is filled in; nothing is kept."""
    entered = {name: str(text) for name, text in request.POST.items()}
    try:
        design = entered_design(entered, entered.get("key") or "draft")
    except Invalid as mistake:
        shown: dict[str, Any] = {"waits_for": tuple(mistake.fields.values())[:3]}
    else:
        shown = _planned(request, design)
    return render(request, "pilots/plan.html", shown)


def pilot(request: Asked, key: str) -> HttpResponse:
    """One pilot: what came of it, its results, its design and plan, its ladder."""
    return _page(request, pilot_seen(request.actor, key))


def register(request: Asked, key: str) -> HttpResponse:
    """Freeze the design, once that is confirmed."""
    found = _designed(request, key)
    if found.registration is not None:
        return redirect("pilot", slug=request.actor.workspace.slug, key=key)
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            row = actions.register_design(request.actor, key, seen=request.POST.get("seen", ""))
        except DataProblems as stopped:
            wrong = tuple(f"{one.what} {one.remedy}" for one in stopped.problems)
        except WrongUse as mistake:
            wrong = (str(mistake),)
        else:
            messages.success(request, f"Registered. SHA-256 {row.sha256}: keep this line elsewhere too.")
            return redirect("pilot", slug=request.actor.workspace.slug, key=key)
    lines = frozen_text(found.design).splitlines() if found.design else []
    shown = {**_HERE, "pilot": found, "lines": lines, "wrong": wrong, "rule": RULE}
    return render(request, "pilots/register.html", shown, status=422 if wrong else 200)


def results(request: Asked, key: str) -> HttpResponse:
    """Bring the results, and look at their first rows before they are read out."""
    found = _designed(request, key)
    wrong = ""
    if request.method == "POST":
        try:
            for brought in sent(request, "files")[:1]:
                said = actions.receive_results(
                    request.actor, key, name=brought.name, chunks=brought.chunks(1 << 20)
                )
                messages.success(request, said)
            return redirect("pilot_results", slug=request.actor.workspace.slug, key=key)
        except FulcrumError as mistake:
            wrong = str(mistake)
    file = found.design.results.file if found.design else ""
    header, rows, problems = ((), (), ())
    if found.has_results:
        header, rows, problems = first_rows(place_of(request.actor, key).with_name(file), 12)  # type: ignore[assignment]
    shown = {
        **_HERE,
        "pilot": found,
        "wrong": wrong,
        "header": header,
        "rows": rows,
        "files": by_file(problems),
        "columns": _columns(found),
    }
    return render(request, "pilots/results.html", shown, status=422 if wrong else 200)


def read(request: Asked, key: str) -> HttpResponse:
    """Read the results as they were planned to be read."""
    _designed(request, key)
    job = jobs.ask_for(request.actor, "pilot", {"key": key}, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def count(request: Asked, key: str) -> HttpResponse:
    """Count from the exports what customers do without it."""
    _designed(request, key)
    job = jobs.ask_for(request.actor, "pilot_baseline", {"key": key}, request.actor.workspace)
    return redirect("job", slug=request.actor.workspace.slug, key=job.pk)


def decide(request: Asked, key: str, reading: int) -> HttpResponse:
    """Record what was decided on a reading."""
    row = readings_of(request.actor, key).filter(pk=reading).first()
    if row is None:
        raise Http404
    try:
        actions.decide(
            request.actor,
            row,
            seen_version=seen_version(request),
            word=request.POST.get("word", ""),
            note=request.POST.get("note", ""),
        )
    except Invalid as mistake:
        return _page(request, pilot_seen(request.actor, key), wrong=str(mistake), status=422)
    except ChangedMeanwhile:
        said = "Somebody decided on this meanwhile. What they wrote stands below."
        return _page(request, pilot_seen(request.actor, key), wrong=said, status=409)
    messages.success(request, "The decision is kept.")
    return redirect("pilot", slug=request.actor.workspace.slug, key=key)


def _design(request: Asked, found: PilotSeen | None) -> HttpResponse:
    slug = request.actor.workspace.slug

    def save(entered: Mapping[str, Any]) -> HttpResponse:
        seen = request.POST.get("seen", "")
        key = actions.save_design(request.actor, found.key if found else "", seen=seen, **entered)
        kept = pilot_seen(request.actor, key)
        is_counted = kept.design is not None and (kept.design.baseline.outcome or kept.design.baseline.field)
        messages.success(request, "The design is kept. It may be changed until it is registered.")
        return count(request, key) if is_counted else redirect("pilot", slug=slug, key=key)

    design = found.design if found else None
    form = Form(
        title=design.name if design else "Design a pilot",
        lead=_LEAD,
        fields=DESIGN,
        button="Save the design",
        back=reverse("pilots", kwargs={"slug": slug}),
        template="pilots/design.html",
        here="evidence",
        start=entry_of(design) if design else START,
        also={
            "key": found.key if found else "",
            "seen": found.mark if found else "",
            **(_planned(request, design) if design else {}),
        },
    )
    return answered(request, form, None, save)


def _planned(request: Asked, design: PilotDesign) -> dict[str, Any]:
    counted = plan_for(request.actor, design)
    made = counted or plan_as_stated(request.actor, design)
    return {
        "plan": made,
        "plan_lines": (lines := layout.plan_lines(made)),
        "plan_lacks": tuple(dict.fromkeys(line.needed for line in lines if line.needed)),
        "plan_cautions": layout.said_of(made.cautions),
        "is_counted": counted is not None,
    }


def _page(request: Asked, found: PilotSeen, *, wrong: str = "", status: int = 200) -> HttpResponse:
    problems = found.problems
    if found.reading is not None and found.read_out is None:
        problems = (*problems, *problems_of(found.reading.problems))
    readings = list(readings_of(request.actor, found.key).defer("read_out")[:20])
    shown = {
        **_HERE,
        "pilot": found,
        "design": found.design,
        "state": layout.state_of(found),
        "read_out": found.read_out,
        "shown": None if found.read_out is None else layout.read_out_shown(found.read_out),
        "files": by_file(problems),
        "readings": readings,
        "rungs": layout.rungs_of(found.design.ladder, found.design.rung) if found.design else (),
        "words": actions.WORDS,
        "wrong": wrong,
        "rule": RULE,
        **(_planned(request, found.design) if found.design else {}),
    }
    return render(request, "pilots/pilot.html", shown, status=status)


def _designed(request: Asked, key: str) -> PilotSeen:
    found = pilot_seen(request.actor, key)
    if found.design is None:
        raise Http404
    return found


def _columns(found: PilotSeen) -> tuple[tuple[str, str], ...]:
    """What the design says that each column is."""
    if found.design is None:
        return ()
    said = found.design.results
    named = (
        ("Customer", said.customer),
        ("Side", said.arm),
        ("Outcome", said.outcome),
        ("The same before", said.before),
        ("The same earlier", said.earlier),
        ("Unit", said.unit),
        ("Came in on", said.entered),
        ("Outcome seen on", said.measured),
    )
    return tuple((label, column) for label, column in named if column)


urlpatterns = [
    page("", pilots, name="pilots", reads=Act.READ),
    page("add/", add, name="add_pilot", reads=Act.WRITE, writes=Act.WRITE),
    page("plan/", plan, name="pilot_plan", writes=Act.WRITE),
    page("<str:key>/", pilot, name="pilot", reads=Act.READ),
    page("<str:key>/change/", change, name="change_pilot", reads=Act.WRITE, writes=Act.WRITE),
    page("<str:key>/count/", count, name="pilot_count", writes=Act.WRITE),
    page("<str:key>/register/", register, name="register_pilot", reads=Act.WRITE, writes=Act.WRITE),
    page("<str:key>/results/", results, name="pilot_results", reads=Act.WRITE, writes=Act.WRITE),
    page("<str:key>/read/", read, name="read_pilot", writes=Act.READ),
    page("<str:key>/decide/<int:reading>/", decide, name="decide_pilot", writes=Act.WRITE),
]
