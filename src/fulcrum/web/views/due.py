"""What is due: every nudge with its reason, and the one-line question after each move."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fulcrum.core.cadence import NudgeKind
from fulcrum.core.people import Behaviour, Source
from fulcrum.records import models
from fulcrum.records.access import Act
from fulcrum.records.actions import file
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.due import Due, due_for
from fulcrum.records.queries.people import counted, open_file, row_of
from fulcrum.records.taking import Invalid
from fulcrum.web.pages import Asked, page

A_GROUP, ON_WEEK = 24, 5
LEADS_TO = {
    NudgeKind.ASK_DUE: "outcome",
    NudgeKind.ASK_SLIPS: "outcome",
    NudgeKind.ASK_LAPSES: "outcome",
    NudgeKind.EVIDENCE_AGES: "record",
    NudgeKind.SPONSOR_LEFT: "record_move",
    NudgeKind.STRATEGY_CHANGED: "goals",
}


def due(request: Asked) -> HttpResponse:
    """All of it, by kind, the questions first, for they are quickly answered; in short for a page's part."""
    return _part(request) if _is_fragment(request) else _page(request, {})


def note_seen(request: Asked, key: str, row: int) -> HttpResponse:
    """What was seen since a move: one observation of today."""
    executive = open_file(request.actor, key)
    row_of(request.actor, executive, "move", row)
    behaviour, _, anchor = request.POST.get("anchor", "").partition(":")
    entered = {"behaviour": behaviour, "anchor": anchor, "note": request.POST.get("note", "")}
    try:
        file.record_observation(
            request.actor,
            executive,
            source=Source.SEEN,
            date=executive.workspace.today,
            **entered,
        )
    except Invalid as wrong:
        said = "Choose the sentence that came closest." if "anchor" in wrong.fields else str(wrong)
        return _asked_again(request, row, said)
    return _answered(request, "Noted; it counts as evidence.")


def nothing_seen(request: Asked, key: str, row: int) -> HttpResponse:
    """That there was nothing to see since a move; it is not asked again."""
    executive = open_file(request.actor, key)
    move: models.Move = row_of(request.actor, executive, "move", row)
    today = executive.workspace.today
    file.correct(request.actor, move, seen_version=move.version, nothing_seen_on=today)
    return _answered(request, "Noted that there was nothing to see. It is not asked again for this move.")


def _is_fragment(request: Asked) -> bool:
    """Whether a part of a page that stands already asks."""
    return "HX-Request" in request.headers


def _part(request: Asked) -> HttpResponse:
    """A few of each, one of every kind first."""
    found = due_for(request.actor)
    questions = [one for one in found if one.nudge.kind is NudgeKind.WHAT_DID_YOU_SEE]
    others = _one_of_each_first([one for one in found if one.nudge.kind is not NudgeKind.WHAT_DID_YOU_SEE])
    context = {
        "questions": [_row(request, one) for one in questions[:ON_WEEK]],
        "others": [_row(request, one) for one in others[:ON_WEEK]],
        "more": max(len(questions) - ON_WEEK, 0) + max(len(others) - ON_WEEK, 0),
        "choices": _choices(request) if questions else (),
    }
    return render(request, "due/part.html", context)


def _asked_again(request: Asked, row: int, mistake: str) -> HttpResponse:
    """The question with what is wrong beside it; a fragment must come as an answer, or it is not shown."""
    if not _is_fragment(request):
        return _page(request, {row: mistake}, status=422)
    found = [one for one in due_for(request.actor) if one.row == row]
    asked = [one for one in found if one.nudge.kind is NudgeKind.WHAT_DID_YOU_SEE]
    if not asked:
        return _answered(request, "Nothing is asked of this move any more.")
    context = {"one": _row(request, asked[0], {row: mistake}), "choices": _choices(request)}
    return render(request, "due/question.html", context)


def _answered(request: Asked, said: str) -> HttpResponse:
    if _is_fragment(request):
        return render(request, "due/answered.html", {"said": said})
    messages.success(request, said)
    return redirect("due", slug=request.actor.workspace.slug)


def _page(request: Asked, mistakes: dict[int, str], status: int = 200) -> HttpResponse:
    found = due_for(request.actor)
    _, hidden = counted(request.actor)
    question = NudgeKind.WHAT_DID_YOU_SEE
    kinds = (question, *(kind for kind in NudgeKind if kind is not question))
    groups = [
        _group(request, kind, [one for one in found if one.nudge.kind is kind], mistakes)
        for kind in kinds
        if any(one.nudge.kind is kind for one in found)
    ]
    context = {
        "here": "week",
        "groups": groups,
        "hidden": hidden,
        "choices": _choices(request) if groups else (),
    }
    return render(request, "due/due.html", context, status=status)


def _group(request: Asked, kind: NudgeKind, found: list[Due], mistakes: dict[int, str]) -> dict[str, Any]:
    return {
        "label": kind.label,
        "name": kind.value.replace(" ", "-"),
        "is_question": kind is NudgeKind.WHAT_DID_YOU_SEE,
        "count": len(found),
        "more": max(len(found) - A_GROUP, 0),
        "rows": [_row(request, one, mistakes) for one in found[:A_GROUP]],
    }


def _row(request: Asked, one: Due, mistakes: dict[int, str] | None = None) -> dict[str, Any]:
    nudge, person = one.nudge, one.executive
    leads_to = LEADS_TO.get(nudge.kind, "executive") if request.actor.may(Act.WRITE) else "executive"
    return {
        "key": "" if person is None else person.key,
        "name": "" if person is None else person.name,
        "row": one.row,
        "what": nudge.what,
        "why": nudge.why,
        "day": nudge.by or nudge.since,
        "leads_to": leads_to,
        "has_own_page": leads_to == "outcome" and one.row is not None,
        "mistake": (mistakes or {}).get(one.row or 0, ""),
    }


def _one_of_each_first(found: list[Due]) -> list[Due]:
    """So that no kind hides behind many of another."""
    first: dict[NudgeKind, Due] = {}
    for one in found:
        first.setdefault(one.nudge.kind, one)
    return [*first.values(), *(one for one in found if one not in first.values())]


def _choices(request: Asked) -> list[dict[str, Any]]:
    """Each behaviour with its anchors, the highest first."""
    anchors = playbook_of(request.actor.workspace).anchors
    return [
        {
            "label": one.label,
            "anchors": [
                {"entry": f"{one.value}:{each.level}", "seen": f"{each.level} · {each.seen}"}
                for each in sorted(anchors, key=lambda each: -each.level)
                if each.behaviour is one
            ],
        }
        for one in Behaviour
    ]


urlpatterns = [
    page("", due, name="due", reads=Act.READ),
    page("<str:key>/seen/<int:row>/", note_seen, name="note_seen", writes=Act.WRITE),
    page("<str:key>/nothing/<int:row>/", nothing_seen, name="nothing_seen", writes=Act.WRITE),
]
