"""This week: who stands where and which way it moves, what is due, what is asked, what changed or fades."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from fulcrum.core import wording
from fulcrum.core.judgement import Belief
from fulcrum.core.people import Level
from fulcrum.core.quantities import Unknown
from fulcrum.records import models
from fulcrum.records.access import Act
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.people import OpenAsks, counted, last_seen, open_asks, seen_since
from fulcrum.records.remembered import remembered
from fulcrum.records.standings import Judged, standings_for, that_matter_most
from fulcrum.web.drawings.marks import on_both
from fulcrum.web.drawings.rows import belief_header, belief_row, earlier_of, highest_share
from fulcrum.web.pages import Asked, page
from fulcrum.web.standing_words import ago, fades_on, moved, seen_words, week_headline

A_PAGE = 24
A_LIST = 12
Stands = tuple[Judged, ...]
WEEK = timedelta(days=7)
SOON = timedelta(days=28)


def week(request: Asked) -> HttpResponse:
    """The week's page."""
    actor, today = request.actor, request.actor.workspace.today
    playbook = playbook_of(actor.workspace)
    real = playbook.belief.drop_levels.value
    found = that_matter_most(actor, A_PAGE)
    judged = standings_for(actor, found)
    stands = tuple(sorted((judged[one.pk] for one in found), key=_importance))
    opened, hidden = counted(actor)
    asks = open_asks(actor, most=A_LIST, due_by=today + WEEK)
    context = {
        "here": "week",
        "from_day": today,
        "to_day": today + WEEK - timedelta(days=1),
        "rows": _rows(actor, stands, real, today),
        "header": mark_safe(belief_header()),  # noqa: S308
        "headline": week_headline([(one.executive.name, one.belief) for one in stands], real=real),
        "deck": _deck(stands, asks, actor.workspace),
        "more": opened - len(stands),
        "hidden": hidden,
        "moves": _moves(stands, asks.asked, today),
        "asks": [_ask(ask, playbook, today) for ask in asks.first],
        "open_asks": asks.count,
        "changes": _changes(actor, stands, playbook.belief.unknown_after_weeks.value, today),
    }
    return render(request, "week/week.html", context)


def _importance(one: Judged) -> tuple[bool, bool, float, int]:
    """Who slips comes first, then who moved most; who is unknown last."""
    is_unknown = isinstance(one.belief.level, Unknown)
    return (not one.belief.is_drop, is_unknown, -abs(one.belief.change or 0.0), one.executive.pk)


def _rows(actor: Any, stands: Stands, real: float, today: date) -> list[dict[str, Any]]:
    highest = highest_share([one.belief for one in stands])
    seen = last_seen(actor, [one.executive for one in stands])
    return [_row(one, seen.get(one.executive.pk), highest, real, today) for one in stands]


def _row(one: Judged, seen: Any, highest: float, real: float, today: date) -> dict[str, Any]:
    person, desired = one.executive, Level(one.executive.desired_level)
    return {
        "key": person.key,
        "name": person.name,
        "role": person.role,
        "area": person.area,
        "drawing": _drawing(one.belief, person.name, desired, highest),
        "moved": moved(one.belief, desired, real=real),
        "seen": seen_words(one.belief, seen, today),
        **_next(one),
    }


@remembered(most=3_000)
def _drawing(belief: Belief, name: str, desired: Level, highest: float) -> SafeString:
    """Half of the work of the page; the same belief is drawn the same."""
    drawn: dict[str, Any] = {
        "name": name,
        "desired": desired,
        "earlier": earlier_of(belief),
        "highest": highest,
    }
    wide, narrow = belief_row(belief, **drawn), belief_row(belief, **drawn, is_narrow=True)
    return mark_safe(on_both(wide, narrow))  # noqa: S308


def _next(one: Judged) -> dict[str, Any]:
    choice = one.choice
    if isinstance(one.belief.level, Unknown) and one.belief.last_evidence is not None:
        return {"lever": "", "next": "Look first: one conversation, no ask."}
    lever = "" if choice.lever is None else choice.lever.label
    if choice.step is None:
        return {"lever": lever, "next": choice.no_step_because}
    return {"lever": lever, "next": choice.step.ask, "until": choice.step.until}


def _deck(stands: Stands, asks: OpenAsks, workspace: models.Workspace) -> str:
    if not stands:
        return ""
    said = [
        f"{wording.number_word(asks.count)} {'ask is' if asks.count == 1 else 'asks are'} open"
        + (f", {wording.number_word(asks.due)} of them due within seven days" if asks.due else "")
    ]
    if workspace.hours_per_week is not None:
        said.append(f"the team has {workspace.hours_per_week:g} hours a week")
    return wording.sentence("; ".join(said) + ".")


def _moves(stands: Stands, asked: frozenset[int], today: date) -> list[dict[str, Any]]:
    """The steps that can be put this week to those of whom nothing is asked."""
    found = [
        {
            "on": max(one.choice.step.first_on, today),
            "key": one.executive.key,
            "name": one.executive.name,
            "lever": "" if one.choice.lever is None else one.choice.lever.label.lower(),
            "ask": one.choice.step.ask,
        }
        for one in stands
        if one.choice.step is not None
        and one.choice.step.first_on <= today + WEEK
        and one.executive.pk not in asked
    ]
    return sorted(found, key=lambda one: (one["on"], one["name"]))


def _ask(ask: models.Ask, playbook: Any, today: date) -> dict[str, Any]:
    steps = {step.id: step.ask for step in playbook.steps}
    return {
        "due": ask.due or ask.asked_on,
        "key": ask.executive.key,
        "pk": ask.pk,
        "name": ask.executive.name,
        "step": steps.get(ask.step, ask.step),
        "since": f"{ask.status.capitalize()}, {ago(ask.asked_on, today)}.",
        "is_late": ask.due is not None and ask.due < today,
    }


def _changes(actor: Any, stands: Stands, unknown_after: float, today: date) -> list[dict[str, str]]:
    seen = seen_since(actor, today - WEEK)
    found = [
        {
            "what": f"{name}: {wording.many(count, 'new observation', 'new observations')}",
            "how": "Within seven days.",
        }
        for name, count in seen[:A_LIST]
    ]
    if more := seen[A_LIST:]:
        what = f"{wording.many(sum(many for _, many in more), 'new observation', 'new observations')} more"
        found.append({"what": what, "how": f"Of {wording.many(len(more), 'further executive')}."})
    read_on = actor.workspace.runs.values_list("as_of", flat=True).first()
    if read_on is not None and read_on > today - WEEK:
        found.append(
            {"what": "The customers’ data were read", "how": f"Evidence as of {wording.day(read_on)}."}
        )
    fading = sorted(
        (on, one.executive.name)
        for one in stands
        if (on := fades_on(one.belief, unknown_after_weeks=unknown_after)) is not None and on <= today + SOON
    )
    if fading:
        said = wording.listed([f"{name} on {wording.day_and_month(on)}" for on, name in fading])
        found.append(
            {
                "what": "Fading soon",
                "how": f"Without new evidence it becomes unknown where they stand: {said}.",
            }
        )
    return found


urlpatterns = [page("", week, name="week", reads=Act.READ)]
