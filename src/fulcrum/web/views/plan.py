"""The plan: which moves for whom over the coming weeks, what if, who listens to whom, what works here."""

from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import mark_safe

from fulcrum.core.errors import WrongUse
from fulcrum.core.plan import Away
from fulcrum.records.access import Act
from fulcrum.records.team import Team, WhatIf, coalition_of, learned_of, plan_of, team_of
from fulcrum.web.drawings.influence import influence_map
from fulcrum.web.drawings.plan import plan_grid, plan_key
from fulcrum.web.layout import plan as layout
from fulcrum.web.pages import Asked, page

WEEKS = (4, 6, 8, 12)


def plan(request: Asked) -> HttpResponse:
    """The plan's page; what is supposed stands in its address, and nothing is kept."""
    team = team_of(request.actor)
    if not team.beliefs:
        return render(request, "plan/plan.html", {"here": "plan", "team": team})
    supposed, mistake = _supposed(request.GET, team)
    made = plan_of(request.actor, team, supposed)
    names = layout.short_names(team.company)
    context = {
        "here": "plan",
        "team": team,
        "plan": made,
        "entered": request.GET,
        "mistake": mistake,
        "is_supposed": supposed != WhatIf(),
        "weeks_offered": WEEKS,
        "headline": layout.headline(made, names),
        "deck": layout.deck(made),
        "weeks": layout.weeks_shown(made, names),
        "routes": layout.routes_shown(made, names),
        "left_out": layout.left_out_shown(made, names),
        "coalition": layout.coalition_shown(coalition_of(request.actor, team), names),
        "learned": layout.learned_shown(learned_of(request.actor), names),
        **_drawings(made, team, names),
    }
    return render(request, "plan/plan.html", context)


def _drawings(made: Any, team: Team, names: dict[str, str]) -> dict[str, Any]:
    routes = [(one.heard, one.listener) for one in made.routes]
    people, edges = team.company.executives[: layout.MOST_ROWS], team.company.influence
    drawn = {
        is_narrow: influence_map(people, team.beliefs, edges, names=names, routes=routes, is_narrow=is_narrow)
        for is_narrow in (False, True)
    }
    return {
        "grid": mark_safe(plan_grid(made, layout.rows_of(made, team), names)),  # noqa: S308
        "key": [{"mark": mark_safe(one.mark), "said": one.said} for one in plan_key()],  # noqa: S308
        "map": mark_safe(drawn[False]),  # noqa: S308
        "narrow_map": mark_safe(drawn[True]),  # noqa: S308
    }


def _supposed(entered: QueryDict, team: Team) -> tuple[WhatIf, str]:
    """What the address supposes; a mistake in it is said, and the plan is shown as it is."""
    try:
        return (
            WhatIf(
                weeks=_number(entered.get("weeks", ""), "weeks", 1, 26),
                hours=_hours(entered.get("hours", "")),
                away=_away(entered, team),
            ),
            "",
        )
    except WrongUse as mistake:
        return WhatIf(), str(mistake)


def _number(said: str, what: str, low: int, high: int) -> int | None:
    if not said.strip():
        return None
    if not said.strip().isdecimal() or not low <= int(said) <= high:
        raise WrongUse(f"A number of {what} from {low} to {high}, please.")
    return int(said)


def _hours(said: str) -> float | None:
    if not said.strip():
        return None
    try:
        hours = float(said.replace(",", "."))
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 1000:
        raise WrongUse("Hours a week, from 0 to 1,000, please.")
    return hours


def _away(entered: QueryDict, team: Team) -> tuple[Away, ...]:
    who, first, last = (entered.get(name, "").strip() for name in ("away", "from", "to"))
    if not who:
        return ()
    if team.company.executive(who) is None:
        raise WrongUse("Choose who is away from the list.")
    try:
        one = Away(executive=who, first=date.fromisoformat(first), last=date.fromisoformat(last))
    except ValueError:
        raise WrongUse("Say from which day to which day they are away.") from None
    if one.last < one.first:
        raise WrongUse("The last day away lies before the first.")
    return (one,)


urlpatterns = [page("", plan, name="plan", reads=Act.READ)]
