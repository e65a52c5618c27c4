"""Progress: what moved, whose word was kept, what it cost, what could go wrong; and the team's year."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from fulcrum.briefing.pictures import last_of, trend_of
from fulcrum.core import wording
from fulcrum.core.progress import Indicator, Progress, WordKept
from fulcrum.core.quantities import Estimate
from fulcrum.records.access import Act
from fulcrum.records.queries.progress import MOST_IN_YEAR, Seen, progress_for
from fulcrum.web.drawings.year import team_year, told
from fulcrum.web.pages import Asked, page

TIMES = {"month": (30, "a month"), "quarter": (91, "a quarter"), "year": (365, "a year")}


def progress(request: Asked) -> HttpResponse:
    """Everything on record about how the work goes."""
    asked = request.GET.get("since", "")
    time = asked if asked in TIMES else "quarter"
    seen = progress_for(request.actor, days=TIMES[time][0])
    found = seen.progress
    context = {
        "here": "progress",
        "times": [(key, words, key == time) for key, (_, words) in TIMES.items()],
        "headline": _headline(found),
        "found": found,
        "has_evidence": seen.has_evidence,
        "moved": [_series(one) for one in found.indicators if one.verdict == "signal"],
        "still": [_series(one) for one in found.indicators if one.verdict != "signal"],
        "words": [_word(one) for one in (found.executives, found.team)],
        "each": [_word(one) for one in found.by_executive],
        "spend": _spend(found),
        **_year(seen),
    }
    return render(request, "progress/progress.html", context)


def _headline(found: Progress) -> str:
    """The one thing that a reader should know first: what slipped, else what moved."""
    broken = found.team.overdue
    if broken:
        return wording.sentence(f"{wording.number_word(broken)} of our own promises {_are(broken)} overdue")
    moved = sum(one.verdict == "signal" for one in found.indicators)
    if moved:
        rest = len(found.indicators) - moved
        others = f"; {wording.number_word(rest)} did not" if rest else ""
        return wording.sentence(f"{wording.number_word(moved)} of our series moved{others}")
    if found.indicators:
        return "Nothing that we count moved beyond its usual up and down."
    return "Progress shows here as it is put on record."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _series(one: Indicator) -> dict[str, Any]:
    return {
        "title": one.trend.title,
        "last": last_of(one.trend),
        "said": one.said,
        "line": trend_of(one.trend),
    }


def _word(one: WordKept) -> dict[str, Any]:
    is_known = isinstance(one.kept, Estimate)
    return {
        "who": one.who,
        "key": one.executive,
        "word": one,
        "share": wording.say_fully(one.kept) if isinstance(one.kept, Estimate) else "",
        "counts": "" if is_known or not one.came_due else f"{one.in_time} of {one.came_due}",
    }


def _spend(found: Progress) -> dict[str, Any]:
    spend = found.spend
    left = spend.left
    return {
        "is_empty": not spend.latest,
        "paid": wording.money(spend.paid),
        "since": wording.money(spend.since),
        "budget": None if spend.budget is None else wording.money(spend.budget),
        "left": None if left is None else wording.money(left),
        "is_overdrawn": left is not None and left.amount < 0,
    }


def _year(seen: Seen) -> dict[str, Any]:
    year = seen.year
    return {
        "year": year,
        "year_wide": team_year(year),
        "year_narrow": team_year(year, is_narrow=True),
        "year_told": told(year) if year.weeks else "",
        "most": MOST_IN_YEAR,
        "marks": [mark for mark in reversed(year.marks) if mark.kind != "move"],
        "proved": [
            {"on": one.on, "title": one.title, "worth": wording.say_fully(one.worth)}
            for one in year.proved
            if isinstance(one.worth, Estimate)
        ],
    }


urlpatterns = [page("", progress, name="progress", reads=Act.READ)]
