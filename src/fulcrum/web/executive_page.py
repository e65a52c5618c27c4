"""What stands on one executive's page: the standing in words and drawings, the levers, and what was noted."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe

from fulcrum.core import wording
from fulcrum.core.company import AskStatus
from fulcrum.core.judgement import Belief, Choice, LeverOption, StepToAsk
from fulcrum.core.levers import Readiness
from fulcrum.core.people import Behaviour, Level, Source
from fulcrum.core.playbook import Playbook
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.people import Seen, day_of, file_of, influence_on, private_notes
from fulcrum.records.remembered import remembered
from fulcrum.records.standings import Judged, ahead_of, standing_of
from fulcrum.web.drawings.barriers import barrier_rows
from fulcrum.web.drawings.levers import gain_header, gain_scale, lever_gain, readiness_mark
from fulcrum.web.drawings.marks import on_both
from fulcrum.web.drawings.profile import profile_rows
from fulcrum.web.drawings.ribbons import belief_ribbons
from fulcrum.web.layout.levers import on_the_desk
from fulcrum.web.layout.stories_for import few_for, offered
from fulcrum.web.standing_words import SOURCE, deck, headline, seen_words, signed

A_FEW = 12
AHEAD_WEEKS = 8


def executive_page(actor: Actor, executive: models.Executive, *, is_all: bool) -> dict[str, Any]:
    """Everything that the page of an executive shows to somebody for whom their file is open."""
    playbook = playbook_of(actor.workspace)
    prefetch_related_objects([executive], "goals")
    stands, seen = standing_of(actor, executive), file_of(actor, executive)
    return {
        "executive": executive,
        "name": executive.name,
        **_opening(actor, executive, stands, seen, playbook),
        **_drawn(actor, executive, stands, seen, playbook),
        **_levers(stands.choice),
        **_step(stands),
        "open_ask": _open_ask(seen),
        **_noted(actor, executive, seen, playbook, is_all=is_all),
        "carried": _carried(stands.belief),
        "readers": wording.listed([one.name for one in executive.readers.order_by("name")]),
        "private": private_notes(actor, [executive]),
        "their_stories": few_for(actor, executive, seen.moves),
        "offered": offered(stands.belief, playbook.story),
    }


def _opening(
    actor: Actor, executive: models.Executive, stands: Judged, seen: Seen, playbook: Playbook
) -> dict[str, Any]:
    belief, desired = stands.belief, Level(executive.desired_level)
    hears, heard = influence_on(actor, executive)
    goals = list(executive.goals.all())
    return {
        "headline": headline(belief, executive.name, desired, real=playbook.belief.drop_levels.value),
        "deck": deck(belief, desired),
        "evidence": f"{wording.many(belief.observations, 'observation', 'observations')}, "
        f"{wording.many(belief.observers, 'observer', 'observers')}",
        "last": seen_words(belief, seen.newest, actor.workspace.today),
        "listens_to": _named([one.listened_to.name for one in hears]),
        "heard_by": _named([one.executive.name for one in heard]),
        "goals": goals,
        "goal": goals[0].goal if goals else "",
    }


def _named(names: list[str]) -> str:
    """The first of them; who is heard by hundreds would fill the page."""
    more = len(names) - A_FEW
    return ", ".join(names[:A_FEW]) + (f" and {more} more" if more > 0 else "")


def _drawn(
    actor: Actor, executive: models.Executive, stands: Judged, seen: Seen, playbook: Playbook
) -> dict[str, Any]:
    evidence, ahead = ahead_of(actor, seen, for_weeks=AHEAD_WEEKS)
    told = wording.many(stands.barrier.reactions, "tagged reaction", "tagged reactions")
    return {
        "ribbons": _ribbons(
            stands.belief,
            evidence,
            seen.asks,
            seen.moves,
            name=executive.name,
            desired=Level(executive.desired_level),
            unknown_after_weeks=playbook.belief.unknown_after_weeks.value,
            ahead=ahead,
        ),
        "profile": _both(partial(profile_rows, stands.belief)),
        "barrier": stands.barrier.likeliest.value,
        "barriers": _both(partial(barrier_rows, stands.barrier)),
        "barrier_from": f"{told}, and the playbook’s prior.",
    }


@remembered(most=1_000)
def _ribbons(*what: Any, **how: Any) -> SafeString:
    """The dearest drawing; the same belief on the same evidence is drawn once."""
    return _both(partial(belief_ribbons, *what, **how))


def _levers(choice: Choice) -> dict[str, Any]:
    options = (*choice.better_but_missing, *choice.ranked, *choice.not_now)
    scale = gain_scale(options)
    rows = [_lever(one, "–", "Better, but not yet.", scale) for one in choice.better_but_missing]
    rows += [
        _lever(one, str(place), "The best we can use now." if place == 1 else "", scale)
        for place, one in enumerate(choice.ranked, start=1)
    ]
    rows += [_lever(one, "–", "Not now.", scale) for one in choice.not_now]
    return {
        "levers": rows,
        "gain_axis": _safe(gain_header(scale)),
        "gather": tuple(map(on_the_desk, choice.gather)),
        "mind": choice.would_change_our_mind,
    }


def _lever(option: LeverOption, place: str, lead: str, scale: Any) -> dict[str, Any]:
    """The first reason that is not about the level alone says most; all of them stand behind it."""
    said = option.reasons[1] if len(option.reasons) > 1 else option.reasons[0]
    readiness = option.availability.readiness
    return {
        "place": place,
        "lead": lead,
        "label": option.lever.label,
        "drawing": _safe(lever_gain(option, scale)),
        "readiness": readiness.value,
        "mark": _safe(readiness_mark(readiness)),
        "why": said.text,
        "reasons": option.reasons,
        "missing": tuple(map(on_the_desk, option.availability.missing)),
        "tone": "" if readiness is Readiness.READY else "blocked",
    }


def _step(stands: Judged) -> dict[str, Any]:
    choice, peer = stands.choice, stands.peer
    return {
        "step": choice.step,
        "step_takes": "" if choice.step is None else _takes(choice.step),
        "no_step": choice.no_step_because,
        "peer": "" if peer is None else peer.name,
        "peer_key": "" if peer is None else peer.key,
        "peer_step": None if peer is None else choice.peer_step,
    }


def _open_ask(seen: Seen) -> int | None:
    """The row id of the ask that stands in the way of another."""
    asks = (row for kind, row in seen.rows if kind == "ask" and row.taken_back_at is None)
    return next((row.pk for row in asks if AskStatus(row.status).is_open), None)


def _takes(step: StepToAsk) -> str:
    once = wording.minutes(step.minutes)
    return f"{once} once, then {step.then}" if step.then else once


def _carried(belief: Belief) -> list[dict[str, Any]]:
    return [
        {
            "moved": signed(one.moved, -2),
            "tone": "up" if one.moved > 0 else "down" if one.moved < 0 else "",
            "note": one.observation.note or one.observation.behaviour.label,
            "on": one.observation.date,
            "source": SOURCE[one.observation.source],
        }
        for one in belief.moved_most[:4]
    ]


def _noted(
    actor: Actor, executive: models.Executive, seen: Seen, playbook: Playbook, *, is_all: bool
) -> dict[str, Any]:
    rows = seen.rows if is_all else seen.rows[:A_FEW]
    steps = {step.id: step.ask for step in playbook.steps}
    motivators = {one.id: one.name for one in playbook.motivators}
    return {
        "noted": [
            {
                "kind": kind,
                "pk": row.pk,
                "on": day_of(row),
                "what": _what(kind, row, steps, motivators),
                "note": row.note,
                "by": _by(kind, row, seen.authors.get(row.author_id)),
                "is_taken_back": row.taken_back_at is not None,
                "is_mine": row.author_id == actor.member.pk or actor.member.role == models.Role.OWNER,
                "is_open_ask": kind == "ask" and AskStatus(row.status).is_open,
            }
            for kind, row in rows
        ],
        "more_noted": len(seen.rows) if len(seen.rows) > len(rows) else 0,
    }


def _what(kind: str, row: Any, steps: dict[str, str], motivators: dict[str, str]) -> str:
    match kind:
        case "observation":
            return f"{Behaviour(row.behaviour).label}, level {row.anchor}"
        case "reaction":
            return f"A reaction: {row.barrier}"
        case "ask":
            return f"Asked, {row.status}: {steps.get(row.step, row.step)}"
        case "move":
            return f"Lever pulled: {row.lever.replace('_', ' ')}"
        case _:
            return f"Moves them: {motivators.get(row.motivator, row.motivator)}"


def _by(kind: str, row: Any, author: str | None) -> str:
    written = "noted by somebody who left" if author is None else f"noted by {author}"
    if kind != "observation":
        return wording.sentence(written)
    seen = SOURCE[Source(row.source)]
    return wording.sentence(f"{seen} by {row.observer}, {written}" if row.observer else f"{seen}, {written}")


def _both(draw: Callable[..., str]) -> SafeString:
    """A drawing for a wide screen and one for a phone."""
    return _safe(on_both(draw(is_narrow=False), draw(is_narrow=True)))


def _safe(drawing: str) -> SafeString:
    """A drawing escapes every text that it holds."""
    return mark_safe(drawing)  # noqa: S308
