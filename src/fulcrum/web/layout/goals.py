"""An executive's goals as their page shows them, and how to speak to what moves them: never printed."""

from collections.abc import Iterable
from dataclasses import replace

from fulcrum import on_goals
from fulcrum.briefing.goals import goal_said, link_figure, reach_note, reach_rows
from fulcrum.core import wording
from fulcrum.core.findings import Evidence
from fulcrum.core.goals import GoalTie
from fulcrum.core.people import Goal
from fulcrum.core.playbook import MotivatorEntry, Playbook
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.shown import Figure, Refused
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.folders import playbook_of
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.rows import value_of
from fulcrum.web.drawings.reach import reach_drawing

NOTHING_READ = Evidence(findings=())


@value
class TiedGoal:
    """One goal: its sentence, what moves it here as a table, the chance, and what is not known."""

    row: models.Goal
    said: str
    metric: str
    caution: str
    moved_by: tuple[Figure, ...]
    refused: tuple[Refused, ...]
    chance: str
    drawing: str
    narrow: str
    reach: tuple[Figure, ...]
    note: str
    looked_at: tuple[str, ...]
    unknown: tuple[str, ...]


@value
class Appeal:
    """One thing that moves an executive: how it is known, what to put first, what to say and what never."""

    row: models.Motivator
    name: str
    entry: MotivatorEntry | None


def goals_tied(actor: Actor, executive: models.Executive) -> tuple[TiedGoal, ...]:
    """Every goal of an executive whose file is open, tied to the newest findings."""
    playbook, rows = playbook_of(actor.workspace), list(executive.goals.all())
    evidence = newest_evidence(actor.workspace) or NOTHING_READ
    made = [
        on_goals.tie_goal(value_of(row, Goal), evidence, playbook, as_of=actor.workspace.today)
        for row in rows
    ]
    tied = [_tied(row, tie) for row, tie in zip(rows, made, strict=True)]
    return tuple(sorted(tied, key=lambda one: (one.row.due is None, one.row.due)))


def appeals_to(rows: Iterable[models.Motivator], playbook: Playbook) -> tuple[Appeal, ...]:
    """How to speak to each motivator; one in their own words has no entry."""
    known = {one.id: one for one in playbook.motivators}
    return tuple(
        Appeal(
            row=row,
            name=known[row.motivator].name if row.motivator in known else row.motivator,
            entry=known.get(row.motivator),
        )
        for row in rows
    )


def _tied(row: models.Goal, tie: GoalTie) -> TiedGoal:
    chance = tie.reach.probability
    return TiedGoal(
        row=row,
        said=wording.sentence(goal_said(tie.goal).removeprefix("Your goal: ")),
        metric="" if tie.metric is None else tie.metric.name,
        caution="" if tie.metric is None else tie.metric.caution,
        moved_by=tuple(map(link_figure, tie.links)),
        refused=tuple(_refused(label, unknown) for label, unknown in _unsaid(tie)),
        chance=_chance(chance) if isinstance(chance, Estimate) else "",
        drawing=reach_drawing(tie, is_narrow=False),
        narrow=reach_drawing(tie, is_narrow=True),
        reach=tuple(one for one in reach_rows(tie.reach)[1:] if isinstance(one, Figure)),
        note=reach_note(tie.reach),
        looked_at=tuple(f"{one.said}: {wording.say_fully(one.result)}" for one in tie.looked_at),
        unknown=tuple(map(wording.say_unknown, tie.unknown)),
    )


def _chance(chance: Estimate) -> str:
    low, high = (
        wording.of_hundred(replace(chance, value=end)) for end in (chance.interval.low, chance.interval.high)
    )
    ends = f"{low.removesuffix(' of 100')} to {high}"
    return f"{wording.of_hundred(chance)} ({wording.percent(chance.interval.confidence)}: {ends})"


def _unsaid(tie: GoalTie) -> Iterable[tuple[str, Unknown]]:
    if tie.unlinked is not None:
        yield "What moves it here", tie.unlinked
    if isinstance(tie.reach.probability, Unknown):
        yield "The chance to reach it", tie.reach.probability


def _refused(label: str, unknown: Unknown) -> Refused:
    return Refused(
        label=label,
        word="Not known",
        reason=wording.sentence(unknown.reason),
        needs=wording.sentence(unknown.needs),
    )
