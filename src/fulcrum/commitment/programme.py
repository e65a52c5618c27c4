"""The plan as a mixed-integer programme: decisions, constraints, and its solution by HiGHS."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from fulcrum.commitment.activities import Activity, Person
from fulcrum.commitment.weeks_held import closed_weeks
from fulcrum.core.errors import FulcrumError
from fulcrum.core.levers import Lever
from fulcrum.core.plan import HeldWeeks, Kind
from fulcrum.core.value import value

SMALL = 4000  # decisions up to which the best plan is proved, and the next best looked for
LOOSE = 0.005  # share of the gain to which a larger one is solved
NODES = 20_000  # of the search tree; a count and not a clock, so that the same input gives the same plan


@value
class Question:
    """All that a plan rests on, by executive id; `fade` is what a week of waiting leaves of a gain.

    `rest` weeks lie between two asks of one executive, `gap` weeks between any two things.
    """

    people: Mapping[str, Person]
    weights: Mapping[str, float]
    held: Mapping[str, tuple[HeldWeeks, ...]]
    strengths: Mapping[tuple[str, str], float]  # (peer, who listens): how strongly
    weeks: int
    hours: float | None
    rest: int
    gap: int
    fade: float
    second_share: float
    peer_push: float
    hour_worth: float


@value
class Slot:
    """One activity begun in one week; `relies` where it counts on a peer's step before it."""

    activity: Activity
    week: int
    relies: bool = False

    @property
    def end(self) -> int:
        """The first week after it."""
        return self.week + self.activity.weeks

    def hours_in(self, week: int) -> float:
        """The team's hours that it takes in one week."""
        at = week - self.week
        return self.activity.hours[at] if 0 <= at < len(self.activity.hours) else 0.0


@value
class Solution:
    """The slots taken, the objective, how far from the best it may be, and the size of the programme."""

    slots: tuple[Slot, ...]
    worth: float
    gap: float
    size: tuple[int, int]


def slots_of(question: Question) -> tuple[Slot, ...]:
    """Every activity in every week in which its executive can be asked or met."""
    served = {one.serves for person in question.people.values() for one in person.activities if one.serves}
    slots = []
    for id, person in question.people.items():
        shut = closed_weeks(question.held[id], to_asks=False)
        no_ask = closed_weeks(question.held[id], to_asks=True)
        for one in person.activities:
            for week in range(1, question.weeks + 1):
                busy = set(range(week, week + one.weeks))
                if busy & shut or (one.is_ask and week in no_ask):
                    continue
                slots.append(Slot(activity=one, week=week))
                if id in served and one.kind in (Kind.ASK, Kind.MOVE):
                    slots.append(Slot(activity=one, week=week, relies=True))
    return tuple(slots)


def gain_in(slot: Slot, question: Question) -> float:
    """What a slot is worth to its executive: the gain, pushed by a peer, faded by the weeks that it waits."""
    one = slot.activity
    gain = one.gain * question.fade ** (slot.week - 1)
    if slot.relies:
        gain *= 1 + question.peer_push * push_behind(one.executive, question)
    return gain


def push_behind(executive: str, question: Question) -> float:
    """How strongly an executive listens to the peer who is to speak to them."""
    peer = question.people[executive].choice.peer
    return question.strengths.get((peer or "", executive), 0.0)


def too_near(one: Slot, other: Slot, question: Question) -> bool:
    """Whether two slots of one executive overlap, or leave too few weeks between them."""
    are_asks = one.activity.is_ask and other.activity.is_ask
    free = max(question.gap, question.rest) if are_asks else question.gap
    return one.week < other.end + free and other.week < one.end + free


def worth_of(slots: Iterable[Slot], question: Question) -> float:
    """The objective: sum of weight x min(shortfall, best gain + second_share x the others), less hours.

    What is seen by looking first counts with its own weight, outside the shortfall.
    """
    taken = defaultdict[str, list[float]](list)
    total = 0.0
    for slot in slots:
        one = slot.activity
        if one.is_own_move:
            taken[one.executive].append(gain_in(slot, question))
        elif one.kind is Kind.LOOK:
            total += question.weights[one.executive] * gain_in(slot, question)
        total -= question.hour_worth * _hours_within(slot, question.weeks)
    for id, gains in taken.items():
        best, rest = max(gains), sum(gains) - max(gains)
        rise = min(question.people[id].short, best + question.second_share * rest)
        total += question.weights[id] * rise
    return total


def solve(question: Question, *, but_not: Sequence[Slot] | None = None) -> Solution:
    """The best plan; with `but_not`, the best that does not do the very same activities as that one.

    Decisions: y (slot taken), v (slot counted in full, at most one an executive), r (rise of an executive).
    maximise   sum w r + looks - hours
    subject to r <= second_share sum g y + (1 - second_share) sum g v,  v <= y,  sum v <= 1,  r <= shortfall;
    for each executive one thing at a time, with `gap` weeks after it, asks with `rest` weeks; each activity,
    and each lever, once, for moves of one lever do not add up; what relies on a peer after the peer's step;
    the team's hours in each week.
    """
    slots = slots_of(question)
    if not slots:
        return Solution(slots=(), worth=0.0, gap=0.0, size=(0, 0))
    rows = _Rows(slots, list(question.people))
    _rises(rows, question)
    _one_at_a_time(rows, question)
    _once(rows)
    _in_order(rows)
    if question.hours is not None:
        _team_hours(rows, question)
    if but_not is not None:
        _other_than(rows, but_not)
    return _solved(rows, question)


class _Rows:
    """The constraints as they are written, over columns y (slots), v (slots), r (executives)."""

    def __init__(self, slots: Sequence[Slot], people: Sequence[str]) -> None:
        self.slots, self.people = slots, people
        self.n = len(slots)
        self.of: dict[str, list[int]] = {id: [] for id in people}
        for at, slot in enumerate(slots):
            self.of[slot.activity.executive].append(at)
        self.entries: list[tuple[int, int, float]] = []
        self.upper: list[float] = []

    @property
    def columns(self) -> int:
        return 2 * self.n + len(self.people)

    def v(self, at: int) -> int:
        return self.n + at

    def r(self, id: str) -> int:
        return 2 * self.n + self.people.index(id)

    def at_most(self, upper: float, terms: Iterable[tuple[int, float]]) -> None:
        row = len(self.upper)
        self.entries += [(row, column, factor) for column, factor in terms if factor]
        self.upper.append(upper)


def _rises(rows: _Rows, question: Question) -> None:
    share = question.second_share
    for at, id in enumerate(rows.people):
        own = [i for i in rows.of[id] if rows.slots[i].activity.is_own_move]
        gains = {i: gain_in(rows.slots[i], question) for i in own}
        terms = [(i, -share * gains[i]) for i in own] + [(rows.v(i), -(1 - share) * gains[i]) for i in own]
        rows.at_most(0.0, [(2 * rows.n + at, 1.0), *terms])
        rows.at_most(1.0, [(rows.v(i), 1.0) for i in own])
        for i in own:
            rows.at_most(0.0, [(rows.v(i), 1.0), (i, -1.0)])


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
    """What relies on a peer comes after the peer's step."""
    speaks = defaultdict[str | None, list[int]](list)
    for i, slot in enumerate(rows.slots):
        speaks[slot.activity.serves].append(i)
    for i, slot in enumerate(rows.slots):
        if slot.relies:
            before = [j for j in speaks[slot.activity.executive] if rows.slots[j].end <= slot.week]
            rows.at_most(0.0, [(i, 1.0), *((j, -1.0) for j in before)])


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


def _hours_within(slot: Slot, weeks: int) -> float:
    return sum(slot.hours_in(week) for week in range(slot.week, min(slot.end, weeks + 1)))


def _solved(rows: _Rows, question: Question) -> Solution:
    is_small = rows.n <= SMALL
    integral = np.concatenate([np.ones(rows.n), np.zeros(rows.columns - rows.n)])
    result = milp(
        -_objective(rows, question),
        integrality=integral,
        bounds=Bounds(np.zeros(rows.columns), _ceilings(rows, question)),
        constraints=LinearConstraint(_matrix(rows), -np.inf, np.array(rows.upper)),
        options={"node_limit": NODES, "mip_rel_gap": 0.0 if is_small else LOOSE},
    )
    if result.x is None:
        raise FulcrumError(f"No plan was found: {result.message} Plan for fewer weeks.")
    taken = tuple(slot for slot, y in zip(rows.slots, result.x, strict=False) if y > 0.5)
    gap = 0.0 if result.mip_gap is None or result.mip_gap < 1e-6 else float(result.mip_gap)
    return Solution(slots=taken, worth=worth_of(taken, question), gap=gap, size=(rows.n, len(rows.upper)))


def _objective(rows: _Rows, question: Question) -> NDArray[np.float64]:
    """Among plans worth the same, that with the earlier lever in the levers' order comes first."""
    worth = np.zeros(rows.columns)
    for i, slot in enumerate(rows.slots):
        one = slot.activity
        worth[i] = -question.hour_worth * _hours_within(slot, question.weeks)
        worth[i] -= 1e-6 * (list(Lever).index(one.lever) if one.lever else 0) + 1e-6 * slot.relies
        if one.kind is Kind.LOOK:
            worth[i] += question.weights[one.executive] * gain_in(slot, question)
    for at, id in enumerate(rows.people):
        worth[2 * rows.n + at] = question.weights[id]
    return worth


def _ceilings(rows: _Rows, question: Question) -> NDArray[np.float64]:
    short = [question.people[id].short for id in rows.people]
    return np.concatenate([np.ones(2 * rows.n), np.array(short)])


def _matrix(rows: _Rows) -> csr_array:
    row, column, factor = zip(*rows.entries, strict=True)
    return csr_array((factor, (row, column)), shape=(len(rows.upper), rows.columns))
