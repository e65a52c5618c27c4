"""The places that a plan can take, what each is worth, and which stand in each other's way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from fulcrum.commitment.activities import Activity, Person
from fulcrum.commitment.weeks_held import closed_weeks
from fulcrum.core.plan import HeldWeeks, Kind
from fulcrum.core.value import value


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


def slots_of(question: Question, *, only: str | None = None) -> tuple[Slot, ...]:
    """Every activity in every week in which its executive can be asked or met; if wanted of one alone."""
    served = {one.serves for person in question.people.values() for one in person.activities if one.serves}
    slots = []
    for id, person in question.people.items():
        if only not in (None, id):
            continue
        shut = closed_weeks(question.held[id], rest=0)
        no_move = closed_weeks(question.held[id], rest=question.gap)
        no_ask = closed_weeks(question.held[id], rest=max(question.rest, question.gap))
        for one in person.activities:
            for week in range(1, question.weeks + 1):
                busy = set(range(week, week + one.weeks))
                if busy & shut or week in (no_ask if one.is_ask else no_move):
                    continue
                slots.append(Slot(activity=one, week=week))
                if id in served and one.kind in (Kind.ASK, Kind.MOVE):
                    slots.append(Slot(activity=one, week=week, relies=True))
    return tuple(slots)


def gain_in(slot: Slot, question: Question) -> float:
    """What a slot is worth to its executive: the gain, faded by the weeks that it waits, x peer_factor."""
    one = slot.activity
    factor = 1.0 if one.kind is Kind.PEER else peer_factor(one.executive, question, relies=slot.relies)
    return one.gain * question.fade ** (slot.week - 1) * factor


def peer_factor(executive: str, question: Question, *, relies: bool) -> float:
    """What a peer changes: 1 + push x strength after their step, 1 - push x strength without it.

    The playbook's effect stands in the middle, between those who were prepared and those who were not. Who
    has no peer at hand, or stands where peers do not matter, keeps 1.
    """
    push = question.peer_push * push_behind(executive, question)
    return 1 + push if relies else 1 - push


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
        total -= question.hour_worth * hours_within(slot, question.weeks)
    for id, gains in taken.items():
        best, rest = max(gains), sum(gains) - max(gains)
        rise = min(question.people[id].short, best + question.second_share * rest)
        total += question.weights[id] * rise
    return total


def hours_within(slot: Slot, weeks: int) -> float:
    return sum(slot.hours_in(week) for week in range(slot.week, min(slot.end, weeks + 1)))
