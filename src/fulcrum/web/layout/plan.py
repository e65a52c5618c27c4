"""What stands on the plan's page: its sentence, the weeks, the routes, the coalition, what works here."""

from collections.abc import Mapping
from typing import Any

from fulcrum.core import wording
from fulcrum.core.coalition import Carrier, Coalition
from fulcrum.core.company import Company
from fulcrum.core.learned import Learned, LearnedCell
from fulcrum.core.people import Level
from fulcrum.core.plan import Kind, Plan, PlannedMove, at_half, proof_of
from fulcrum.core.quantities import Estimate
from fulcrum.core.roles import role_of
from fulcrum.records.team import Team
from fulcrum.web.drawings.plan import short_label
from fulcrum.web.layout.levers import on_the_desk

MOST_ROWS = 40


def short_names(company: Company) -> dict[str, str]:
    """How each is called in a drawing: their role where it is short and theirs alone, else their name."""
    roles = {one.id: _short_role(one.role) for one in company.executives}
    said = list(roles.values())
    return {
        one.id: roles[one.id] if roles[one.id] and said.count(roles[one.id]) == 1 else one.name
        for one in company.executives
    }


def _short_role(role: str) -> str:
    """The role as it is if it is short, else its three or four letters; empty where it has none."""
    letters = role_of(role)
    return role if len(role) <= 15 else letters if letters.isupper() else ""


def headline(plan: Plan, names: Mapping[str, str]) -> str:
    """The plan in one sentence."""
    if not plan.moves:
        return "Nothing to plan yet."
    count = wording.sentence(f"{_number(len(plan.moves))} in {_number(plan.weeks, 'week')}").rstrip(".")
    waiting = [one for one in plan.moves if one.waits_for is not None]
    if waiting:
        first = waiting[0]
        return f"{count}, and {names[first.executive]} only after {names[first.waits_for or '']} has spoken."
    looks = [one for one in plan.moves if one.kind is Kind.LOOK]
    if looks:
        return f"{count}, and a look at {wording.listed([names[one.executive] for one in looks[:2]])} first."
    return f"{count}."


def deck(plan: Plan) -> str:
    """Under which limits, and how good it is."""
    limit = "no limit on hours" if plan.hours_per_week is None else f"{plan.hours_per_week:g} hours a week"
    rests = "one open ask each, and rest between asks"
    return f"The best order under {limit}, {rests}. {proof_of(plan)}" if plan.moves else ""


def rows_of(plan: Plan, team: Team) -> list[str]:
    """The executives who have a place in the plan or are held, in their order; at most so many."""
    placed = {one.executive for one in plan.moves} | {one.executive for one in plan.held if one.why != "rest"}
    return [one.id for one in team.company.executives if one.id in placed][:MOST_ROWS]


def weeks_shown(plan: Plan, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The plan as a list by week, with the reasons of each place."""
    limit = "" if plan.hours_per_week is None else f" of {plan.hours_per_week:g}"
    return [
        {
            "week": week.week,
            "starts": week.starts,
            "hours": f"{week.hours:.1f} h{limit}",
            "moves": [_move(one, names) for one in plan.moves if one.week == week.week],
        }
        for week in plan.by_week
    ]


def routes_shown(plan: Plan, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The ways through colleagues that the plan uses."""
    return [
        {"what": f"{names[one.heard]} to {names[one.listener]}", "why": f"{one.why} {at_half(one)}"}
        for one in plan.routes
    ]


def left_out_shown(plan: Plan, names: Mapping[str, str]) -> list[dict[str, str]]:
    """What the plan leaves out, and why."""
    return [
        {
            "who": names[one.executive],
            "what": wording.lowered(one.what),
            "gain": wording.say(one.gain) if isinstance(one.gain, Estimate) else "",
            "why": on_the_desk(one.why),
        }
        for one in plan.left_out
    ]


def coalition_shown(coalition: Coalition, names: Mapping[str, str]) -> dict[str, Any]:
    """The smallest set, who else might belong to it, and the ways to those who are not there yet."""
    return {
        "carriers": [_carrier(one, names) for one in coalition.carriers],
        "others": [_carrier(one, names) for one in coalition.others if one.stays.value >= 0.1],
        "unreached": [names[id] for id in coalition.unreached],
        "ways": [
            {
                "who": names[way.executive],
                "through": " → ".join(names[id] for id in way.through[:-1]),
                "strength": wording.whole_percent(way.strength),
            }
            for way in coalition.ways
        ],
        "at_least": wording.whole_percent(coalition.at_least),
        "draws": coalition.draws,
    }


def learned_shown(learned: Learned, names: Mapping[str, str]) -> dict[str, Any]:
    """Here against playbook, where something was tried; and the moves that teach nothing, with the reason."""
    return {
        "tried": [_cell(cell) for cell in learned.cells if cell.tried],
        "counted": learned.counted,
        "apart": [
            {
                "who": names.get(one.executive, ""),
                "lever": one.lever.label,
                "date": one.date,
                "why": one.why_not,
            }
            for one in learned.outcomes
            if not one.counts
        ],
    }


def _number(count: int, noun: str = "move") -> str:
    words = (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    )
    said = words[count] if count < len(words) else str(count)
    return f"{said} {noun}{'' if count == 1 else 's'}"


def _move(one: PlannedMove, names: Mapping[str, str]) -> dict[str, Any]:
    gain = wording.say_fully(one.gain) if isinstance(one.gain, Estimate) else ""
    return {
        "key": one.executive,
        "who": names[one.executive],
        "label": short_label(one),
        "what": one.what,
        "until": one.until if one.weeks > 1 else None,
        "gain": gain,
        "reasons": [{"text": on_the_desk(reason.text), "source": reason.source} for reason in one.reasons],
    }


def _carrier(one: Carrier, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "who": names[one.executive],
        "reaches": wording.listed([names[id] for id in one.reaches]),
        "stays": wording.whole_percent(one.stays.value),
    }


def _cell(cell: LearnedCell) -> dict[str, Any]:
    level = "after a drop" if cell.row == "drop" else Level(cell.row).label.lower()
    return {
        "lever": cell.lever.label,
        "level": level,
        "here": f"{cell.rose} of {cell.tried}",
        "playbook": wording.whole_percent(cell.playbook),
        "now": wording.say_fully(cell.here),
    }
