"""The plan as a mixed-integer programme: decisions, constraints, and its solution by HiGHS."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from fulcrum.commitment.activities import Activity
from fulcrum.commitment.one_by_one import one_by_one
from fulcrum.commitment.slots import Question, Slot, gain_in, hours_within, slots_of, worth_of
from fulcrum.core.errors import FulcrumError
from fulcrum.core.levers import Lever
from fulcrum.core.plan import Kind
from fulcrum.core.value import value

SMALL = 1500  # decisions up to which the best plan is proved, and the next best looked for
MIDDLE = 12_000  # decisions up to which a plan is solved to within `NEAR` of the best
NEAR = 0.01
SURE = 1e-6  # share of the gain within which a plan is called the best
NODES = 20  # of the search tree; a count and not a clock, so that the same input gives the same plan
SECONDS = 30.0  # a last resort; where it strikes, the stated gap says so


@value
class Solution:
    """The slots taken, the objective, how far from the best it may be, and the size of the programme."""

    slots: tuple[Slot, ...]
    worth: float
    gap: float
    size: tuple[int, int]


def solve(question: Question, *, but_not: Sequence[Slot] | None = None) -> Solution:
    """The best plan; with `but_not`, the best that does not do the very same activities as that one.

    Decisions: b (slot taken as the executive's best), y (taken beside it), r (rise of an executive).
    maximise   sum w r + looks - hours
    subject to r <= sum g b + second_share sum g y,  sum b <= 1,  r <= shortfall;
    for each executive one thing at a time, with `gap` weeks after it, asks with `rest` weeks; each activity,
    and each lever, once, for moves of one lever do not add up; what relies on a peer after the peer's step,
    and nothing before it; the team's hours in each week.
    """
    slots = slots_of(question)
    if not slots:
        return Solution(slots=(), worth=0.0, gap=0.0, size=(0, 0))
    rows = _constraints(slots, question)
    if but_not is not None:
        _other_than(rows, but_not)
    return _best(rows, question) if rows.columns <= MIDDLE else _near_best(rows, question)


def _constraints(slots: Sequence[Slot], question: Question) -> "_Rows":
    rows = _Rows(slots, list(question.people))
    _rises(rows, question)
    _one_at_a_time(rows, question)
    _once(rows)
    _in_order(rows)
    if question.hours is not None:
        _team_hours(rows, question)
    return rows


class _Rows:
    """The constraints as they are written, over columns y (slots), b (slots), r (executives).

    A term (i, factor) of `at_most` is about slot i, however it is taken; of `exactly_at_most` about a column.
    """

    def __init__(self, slots: Sequence[Slot], people: Sequence[str]) -> None:
        self.slots, self.people = slots, people
        self.n = len(slots)
        self.of: dict[str, list[int]] = {id: [] for id in people}
        for at, slot in enumerate(slots):
            self.of[slot.activity.executive].append(at)
        self.entries: list[tuple[int, int, float]] = []
        self.upper: list[float] = []

    @property
    def size(self) -> tuple[int, int]:
        return self.columns, len(self.upper)

    @property
    def columns(self) -> int:
        return 2 * self.n + len(self.people)

    def at_most(self, upper: float, terms: Iterable[tuple[int, float]]) -> None:
        both = [(column, factor) for i, factor in terms for column in (i, self.n + i)]
        self.exactly_at_most(upper, both)

    def exactly_at_most(self, upper: float, terms: Iterable[tuple[int, float]]) -> None:
        row = len(self.upper)
        self.entries += [(row, column, factor) for column, factor in terms if factor]
        self.upper.append(upper)


def _rises(rows: _Rows, question: Question) -> None:
    share = question.second_share
    for at, id in enumerate(rows.people):
        own = [i for i in rows.of[id] if rows.slots[i].activity.is_own_move]
        gains = {i: gain_in(rows.slots[i], question) for i in own}
        terms = [(i, -share * gains[i]) for i in own] + [(rows.n + i, -gains[i]) for i in own]
        rows.exactly_at_most(0.0, [(2 * rows.n + at, 1.0), *terms])
        rows.exactly_at_most(1.0, [(rows.n + i, 1.0) for i in own])


def _one_at_a_time(rows: _Rows, question: Question) -> None:
    for id in rows.people:
        for week in range(1, question.weeks + 1):
            busy = [i for i in rows.of[id] if _runs(rows.slots[i], week, question.gap)]
            asks = [i for i in rows.of[id] if _ask_runs(rows.slots[i], week, question.rest)]
            for those in (busy, asks):
                if len(those) > 1:
                    rows.at_most(1.0, [(i, 1.0) for i in those])


def _runs(slot: Slot, week: int, after: int) -> bool:
    return slot.week <= week < slot.end + after


def _ask_runs(slot: Slot, week: int, after: int) -> bool:
    return slot.activity.is_ask and _runs(slot, week, after)


def _once(rows: _Rows) -> None:
    for id in rows.people:
        groups = defaultdict[object, list[int]](list)
        for i in rows.of[id]:
            one = rows.slots[i].activity
            groups[_name(one)].append(i)
            if one.kind in (Kind.ASK, Kind.MOVE):
                groups[one.lever].append(i)
        for those in groups.values():
            rows.at_most(1.0, [(i, 1.0) for i in those])


def _in_order(rows: _Rows) -> None:
    """Where a peer is to speak to somebody, what is put to them comes after it, and relies on it."""
    speaks = defaultdict[str | None, list[int]](list)
    for i, slot in enumerate(rows.slots):
        speaks[slot.activity.serves].append(i)
    for i, slot in enumerate(rows.slots):
        if slot.relies:
            before = [j for j in speaks[slot.activity.executive] if rows.slots[j].end <= slot.week]
            rows.at_most(0.0, [(i, 1.0), *((j, -1.0) for j in before)])
        elif slot.activity.executive in speaks and slot.activity.is_own_move:
            rows.at_most(1.0, [(i, 1.0), *((j, 1.0) for j in speaks[slot.activity.executive])])


def _team_hours(rows: _Rows, question: Question) -> None:
    for week in range(1, question.weeks + 1):
        terms = [(i, slot.hours_in(week)) for i, slot in enumerate(rows.slots)]
        rows.at_most(float(question.hours or 0.0), [(i, hours) for i, hours in terms if hours])


def _other_than(rows: _Rows, taken: Sequence[Slot]) -> None:
    """Not the same set of activities: one of them is missing, or one more is done."""
    done = {_name(slot.activity) for slot in taken}
    terms = [(i, 1.0 if _name(slot.activity) in done else -1.0) for i, slot in enumerate(rows.slots)]
    rows.at_most(len(done) - 1.0, terms)


def _name(one: Activity) -> tuple[object, ...]:
    return (one.executive, one.kind, one.lever, one.step.id if one.step else "", one.serves)


def _best(rows: _Rows, question: Question) -> Solution:
    found = _solved(rows, question, is_whole=True)
    taken = _taken(rows, found.x)
    gap = 0.0 if found.mip_gap is None or found.mip_gap < SURE else float(found.mip_gap)
    return Solution(slots=taken, worth=worth_of(taken, question), gap=gap, size=rows.size)


def _near_best(rows: _Rows, question: Question) -> Solution:
    """A large plan: one move after the other, held against a bound that no plan can pass.

    The bound is the optimum of the same programme without whole numbers; the best plan gains at most that, so
    the stated gap is never too small.
    """
    simple = one_by_one(question, rows.slots)
    bound = -float(_solved(rows, question, is_whole=False).fun)
    gap = max(0.0, 1 - worth_of(simple, question) / bound) if bound > 0 else 0.0
    return Solution(slots=simple, worth=worth_of(simple, question), gap=gap, size=rows.size)


def _taken(rows: _Rows, x: NDArray[np.float64]) -> tuple[Slot, ...]:
    counts = x[: rows.n] + x[rows.n : 2 * rows.n]
    return tuple(slot for slot, count in zip(rows.slots, counts, strict=True) if count > 0.5)


def _solved(rows: _Rows, question: Question, *, is_whole: bool) -> OptimizeResult:
    integral = np.array([int(is_whole)] * (2 * rows.n) + [0] * len(rows.people))
    result = milp(
        -_objective(rows, question),
        integrality=integral,
        bounds=Bounds(np.zeros(rows.columns), _ceilings(rows, question)),
        constraints=LinearConstraint(_matrix(rows), -np.inf, np.array(rows.upper)),
        options={
            "node_limit": NODES,
            "mip_rel_gap": SURE if rows.columns <= SMALL else NEAR,
            "time_limit": SECONDS,
        },
    )
    if result.x is None:
        raise FulcrumError(f"No plan was found: {result.message} Plan for fewer weeks.")
    return result


def _objective(rows: _Rows, question: Question) -> NDArray[np.float64]:
    """Among plans worth the same, that with the earlier lever in the levers' order comes first."""
    worth = np.zeros(rows.columns)
    for i, slot in enumerate(rows.slots):
        one = slot.activity
        worth[i] = -question.hour_worth * hours_within(slot, question.weeks)
        worth[i] -= 1e-6 * (list(Lever).index(one.lever) if one.lever else 0) + 1e-6 * slot.relies
        if one.kind is Kind.LOOK:
            worth[i] += question.weights[one.executive] * gain_in(slot, question)
    worth[rows.n : 2 * rows.n] = worth[: rows.n]
    for at, id in enumerate(rows.people):
        worth[2 * rows.n + at] = question.weights[id]
    return worth


def _ceilings(rows: _Rows, question: Question) -> NDArray[np.float64]:
    short = [question.people[id].short for id in rows.people]
    return np.concatenate([np.ones(2 * rows.n), np.array(short)])


def _matrix(rows: _Rows) -> csr_array:
    row, column, factor = zip(*rows.entries, strict=True)
    return csr_array((factor, (row, column)), shape=(len(rows.upper), rows.columns))
