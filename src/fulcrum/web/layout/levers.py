"""The six levers: what is at hand, for whom each is the best now, where to enter what is missing."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from fulcrum.core import wording
from fulcrum.core.findings import Evidence
from fulcrum.core.judgement import LeverOption
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.quantities import Estimate
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.standings import Judged
from fulcrum.records.vision import vision_of
from fulcrum.web.drawings.levers import readiness_mark

# What the reasons say of the company folder, and how the same is said where pages take the place of files.
_ON_THE_DESK = (
    (": add it under [meaning].", "."),
    (": add [[journeys]] to vision.toml.", "."),
    (": add approved_by to vision.toml.", "."),
    (": write vision.toml with the chief executive", ": write it with the chief executive"),
    (": note it in wins.csv, and have", ": note it, and have"),
    ("Name an initiative in company.toml and link", "Name an initiative and link"),
    (": replace the exports in data/ by newer ones.", ": bring newer exports."),
)
BARRIERS = dict(zip(Lever, Barrier, strict=True))


@value
class Way:
    """A page where material is entered, or seen."""

    words: str
    url: str


@value
class Shelf:
    """What is there for one lever, whoever it is for: sentences, and the ways to more."""

    at_hand: tuple[str, ...]
    ways: tuple[Way, ...]


def on_the_desk(said: str) -> str:
    """What is missing, in words that name no file of the company folder."""
    for file, page in _ON_THE_DESK:
        said = said.replace(file, page)
    return said


def levers_shown(actor: Actor, stands: Iterable[Judged]) -> list[dict[str, Any]]:
    """Each lever with its shelf, those for whom it is the best now, and what is missing for whom."""
    judged, shelves = list(stands), _shelves(actor)
    return [
        {
            "key": lever.value,
            "label": lever.label,
            "barrier": BARRIERS[lever].value,
            "shelf": shelves[lever],
            "best": [_person(one, _option(one, lever)) for one in judged if one.choice.lever is lever],
            "better": [
                _person(one, _option(one, lever))
                for one in judged
                if lever in {option.lever for option in one.choice.better_but_missing}
            ],
            "missing": _missing(judged, lever),
        }
        for lever in Lever
    ]


def _missing(judged: list[Judged], lever: Lever) -> list[dict[str, Any]]:
    """What is missing, each sentence once, with those to whom it matters."""
    lacking: dict[str, list[models.Executive]] = {}
    for one in judged:
        for said in _option(one, lever).availability.missing:
            lacking.setdefault(on_the_desk(said), []).append(one.executive)
    return [{"said": said, "people": people} for said, people in lacking.items()]


def _option(one: Judged, lever: Lever) -> LeverOption:
    options = (*one.choice.ranked, *one.choice.better_but_missing, *one.choice.not_now)
    return next(option for option in options if option.lever is lever)


def _person(one: Judged, option: LeverOption) -> dict[str, Any]:
    readiness = option.availability.readiness
    return {
        "key": one.executive.key,
        "name": one.executive.name,
        "role": one.executive.role,
        "readiness": readiness.value,
        "mark": mark_safe(readiness_mark(readiness)),  # noqa: S308
        "why": option.reasons[-1].text if option.reasons else "",
    }


def _shelves(actor: Actor) -> dict[Lever, Shelf]:
    evidence = newest_evidence(actor.workspace)
    return {
        Lever.VISION: _vision(actor),
        Lever.OPPORTUNITIES: _case(actor, evidence),
        Lever.EMPATHY: _stories(actor),
        Lever.MOTIVATORS: _motivators(actor),
        Lever.FIRST_STEPS: _steps(actor),
        Lever.CONFIDENCE: _progress(actor),
    }


def _vision(actor: Actor) -> Shelf:
    kept = vision_of(actor.workspace.vision)
    if kept is None:
        return Shelf(at_hand=(), ways=(Way(words="Write the vision", url=_to(actor, "vision")),))
    ways = (
        Way(words="Change the vision", url=_to(actor, "vision")),
        Way(words="Make the vision brief", url=_to(actor, "vision_look_all")),
        Way(words="Every text that was saved", url=_to(actor, "vision_history")),
    )
    said = f"{wording.many(len(kept.journeys), 'journey')} from and to; its meaning for "
    said += wording.many(len(kept.meaning), "executive")
    return Shelf(at_hand=(f"“{kept.statement}”", wording.sentence(said)), ways=ways)


def _case(actor: Actor, evidence: Evidence | None) -> Shelf:
    cases = [] if evidence is None else [one for one in evidence.cases if isinstance(one.upside, Estimate)]
    said = tuple(
        f"{one.title}: {wording.say(one.upside)}, if causal."
        for one in cases
        if isinstance(one.upside, Estimate)
    )
    ways = (
        Way(words="The evidence", url=_to(actor, "evidence")),
        Way(words="The initiatives", url=_to(actor, "evidence_programme")),
    )
    return Shelf(at_hand=said, ways=ways)


def _stories(actor: Actor) -> Shelf:
    found = models.Story.objects.filter(workspace=actor.workspace).standing().order_by("-approved_on")
    newest = found.first()
    said = (
        ()
        if newest is None
        else (_counted(found.count(), "approved story", "approved stories", newest.approved_on),)
    )
    approved = Way(words="The stories", url=_to(actor, "stories_approved"))
    return Shelf(at_hand=said, ways=(approved, Way(words="Find stories", url=_to(actor, "stories"))))


def _motivators(actor: Actor) -> Shelf:
    goals = models.Goal.objects.filter(executive__workspace=actor.workspace).count()
    library = Way(words="Motivators in the library", url=f"{_to(actor, 'library')}?kind=motivator")
    said = (wording.sentence(f"{wording.many(goals, 'goal')} on record"),) if goals else ()
    return Shelf(at_hand=said, ways=(Way(words="The executives", url=_to(actor, "executives")), library))


def _steps(actor: Actor) -> Shelf:
    count = len(playbook_of(actor.workspace).steps)
    way = Way(words="Steps in the library", url=f"{_to(actor, 'library')}?kind=step")
    return Shelf(at_hand=(wording.sentence(f"{wording.many(count, 'step')} in the library"),), ways=(way,))


def _progress(actor: Actor) -> Shelf:
    wins = models.Win.objects.filter(workspace=actor.workspace).order_by("-date")
    newest = wins.first()
    said = [] if newest is None else [_counted(wins.count(), "win", "wins", newest.date)]
    for model, one, more in (
        (models.Risk, "risk", "risks"),
        (models.Mechanism, "mechanism", "mechanisms"),
        (models.OutsideMover, "outside mover", "outside movers"),
    ):
        count = model._default_manager.filter(workspace=actor.workspace).count()
        said += [wording.sentence(wording.many(count, one, more))] if count else []
    ways = {
        "wins": "The wins",
        "risks": "The risks",
        "spend": "The spend",
        "promises": "Our own promises",
        "decisions": "Decisions",
        "mechanisms": "The mechanisms",
        "movers": "Outside movers",
    }
    return Shelf(at_hand=tuple(said), ways=tuple(_rows(actor, key, words) for key, words in ways.items()))


def _counted(count: int, one: str, more: str, newest: Any) -> str:
    return wording.sentence(f"{wording.many(count, one, more)}, the newest of {wording.day(newest)}")


def _rows(actor: Actor, kind: str, words: str) -> Way:
    return Way(words=words, url=reverse("programme", kwargs={"slug": actor.workspace.slug, "kind": kind}))


def _to(actor: Actor, name: str) -> str:
    return reverse(name, kwargs={"slug": actor.workspace.slug})
