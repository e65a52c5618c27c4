"""What came of each move: did the level rise in the quarter after it, by evidence and not by hope."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from fulcrum.commitment.asks import evidence_on
from fulcrum.commitment.emission import LEVELS, is_words
from fulcrum.commitment.filter import Timeline, filtered, timeline_of
from fulcrum.core.company import Company, Move
from fulcrum.core.learned import Outcome, Row
from fulcrum.core.people import Executive, Level, Observation
from fulcrum.core.playbook import Playbook
from fulcrum.core.rules import BeliefRules, LearningRules
from fulcrum.core.value import value

Floats = NDArray[np.float64]


@value
class Course:
    """The belief week by week, by evidence alone: weeks x 6."""

    timeline: Timeline
    shares: Floats

    def expected(self, column: int) -> float:
        """The expected level at the end of one week."""
        return float(self.shares[column] @ np.arange(LEVELS))

    def column(self, day: date) -> int:
        """The week in which a day lies, the last one at most."""
        return min(self.timeline.column(day), self.timeline.weeks - 1)

    def likeliest(self, column: int) -> Level:
        """The level with the highest probability in one week; ties go to the lower."""
        return Level(int(np.argmax(self.shares[column].round(12))))


def outcomes_of(
    executive: Executive, company: Company, playbook: Playbook, *, as_of: date
) -> tuple[Outcome, ...]:
    """What came of every move on this executive; of the company their slice is enough.

    change = mean expected level over the weeks from `judged_from_days` to `judged_until_days` after the move
    (so far as they have come) less the expected level at the end of the week before it. Both are filtered
    without the push that the playbook gives a move, else the playbook would confirm itself. It rose where
    change >= `rise_levels`.

    Nothing is learned where it is too early; where nothing was seen lately before the move, or nothing after
    it; where all that was seen after it is the executive's own words; where an outside mover lies between
    `mover_days_before` the move and the end of its window; and at level 5, where nothing can rise. Moves on
    one executive within half a window of each other share the credit evenly.
    """
    mine = sorted(
        (move for move in company.moves if move.executive == executive.id and move.date <= as_of),
        key=lambda move: (move.date, move.id),
    )
    if not mine:
        return ()
    seen = evidence_on(executive, company, playbook.steps, playbook.belief)
    course = course_of(executive, seen, as_of=as_of, rules=playbook.belief)
    judge = _Judge(course=course, rules=playbook.learning, belief=playbook.belief, as_of=as_of)
    movers = [each.date for each in company.context]
    return tuple(_outcome(move, mine, movers, judge) for move in mine)


def course_of(
    executive: Executive, seen: Sequence[Observation], *, as_of: date, rules: BeliefRules
) -> Course:
    """Where an executive stood week by week by what was seen alone, without the push of moves."""
    timeline = timeline_of(seen, [], as_of)
    prior = np.array(rules.prior.sponsor if executive.is_sponsor else rules.prior.unknown)
    everything = np.ones((1, len(timeline.observations)), dtype=bool)
    shares = filtered(timeline, prior / prior.sum(), everything, np.array([True]), rules=rules, matrix=())
    return Course(timeline=timeline, shares=shares[0])


@value
class _Judge:
    course: Course
    rules: LearningRules
    belief: BeliefRules
    as_of: date

    @property
    def half_window(self) -> timedelta:
        return timedelta(days=self.rules.judged_until_days.value / 2)

    def until(self, move: Move) -> date:
        return min(self.as_of, move.date + timedelta(days=self.rules.judged_until_days.value))


def _outcome(move: Move, mine: Sequence[Move], movers: Sequence[date], judge: _Judge) -> Outcome:
    why_not = _why_not(move, movers, judge)
    row = None if why_not else _row(move, judge)
    if row == Level.DRIVING_ONE_COMPANY:
        why_not = "They stood at the highest level already."
    change = None if row is None else _change(move, judge)
    beside = [other for other in mine if abs(other.date - move.date) <= judge.half_window]
    return Outcome(
        move=move.id,
        executive=move.executive,
        lever=move.lever,
        date=move.date,
        row=row,
        change=change,
        rose=change is not None and change >= judge.rules.rise_levels.value,
        weight=1 / len(beside),
        why_not=why_not,
    )


def _why_not(move: Move, movers: Sequence[date], judge: _Judge) -> str:
    """The first reason that holds for learning nothing from a move; empty where there is none."""
    rules, seen = judge.rules, judge.course.timeline.observations
    if judge.as_of < move.date + timedelta(days=rules.judged_from_days.value):
        return f"It is too early: a move is judged from {rules.judged_from_days.value:.0f} days on."
    long_ago = move.date - timedelta(weeks=judge.belief.unknown_after_weeks.value)
    if not any(long_ago < each.date < move.date for each in seen):
        return "Nothing had been seen lately before it."
    after = [each for each in seen if move.date < each.date <= judge.until(move)]
    if not after:
        return "Nothing was seen after it."
    if all(is_words(each) for each in after):
        return "Only their own words were noted after it."
    since = move.date - timedelta(days=rules.mover_days_before.value)
    if any(since <= day <= judge.until(move) for day in movers):
        return "Something from outside may have moved them at the same time."
    return ""


def _row(move: Move, judge: _Judge) -> Row:
    before = max(judge.course.column(move.date) - 1, 0)
    quarter = round(judge.belief.drop_window_days.value / 7)
    fell = before >= quarter and (
        judge.course.expected(before) - judge.course.expected(before - quarter)
        < -judge.belief.drop_levels.value
    )
    return "drop" if fell else int(judge.course.likeliest(before))


def _change(move: Move, judge: _Judge) -> float:
    before = max(judge.course.column(move.date) - 1, 0)
    first = judge.course.column(move.date + timedelta(days=judge.rules.judged_from_days.value))
    last = max(first, judge.course.column(judge.until(move)))
    after = [judge.course.expected(column) for column in range(first, last + 1)]
    return sum(after) / len(after) - judge.course.expected(before)
