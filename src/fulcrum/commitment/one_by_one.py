"""The plan of somebody who takes the best next move each time: what a proved plan is compared with."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from fulcrum.commitment.activities import Activity
from fulcrum.commitment.slots import Question, Slot, too_near, worth_of
from fulcrum.core.plan import Kind

Entry = tuple[float, int, int]  # minus what it adds, which slot, how many its executive had then


def one_by_one(question: Question, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slot that adds most to what was taken before, again and again, as far as weeks and hours allow.

    Ties go to the slot that comes first. What relies on a peer waits until the peer's step is taken.
    """
    diary = _Diary(question, slots)
    ahead: list[Entry] = [(-diary.adds(i), i, 0) for i in range(len(slots))]
    heapify(ahead)
    waiting: dict[str, list[int]] = {}
    while ahead:
        minus, i, had = heappop(ahead)
        slot = slots[i]
        who = slot.activity.executive
        if minus >= 0 or not diary.is_free(slot):
            continue
        if had != len(diary.mine[who]):
            heappush(ahead, (-diary.adds(i), i, len(diary.mine[who])))
        elif slot.relies and not diary.has_spoken(slot):
            waiting.setdefault(who, []).append(i)
        else:
            diary.take(slot)
            for j in waiting.pop(slot.activity.serves or "", []):
                heappush(ahead, (-diary.adds(j), j, len(diary.mine[slots[j].activity.executive])))
    return tuple(slot for slots_of_one in diary.mine.values() for slot in slots_of_one)


def _same_lever(one: Activity, other: Activity) -> bool:
    return one.lever is other.lever and Kind.PEER not in (one.kind, other.kind)


class _Diary:
    """What was taken so far, by executive, and the hours that it takes."""

    def __init__(self, question: Question, slots: Sequence[Slot]) -> None:
        self.question, self.slots = question, slots
        self.mine: dict[str, list[Slot]] = {id: [] for id in question.people}
        self.spoken: dict[str, int] = {}
        self.spent = [0.0] * (question.weeks + 1)

    def adds(self, i: int) -> float:
        slot = self.slots[i]
        before = self.mine[slot.activity.executive]
        return worth_of([*before, slot], self.question) - worth_of(before, self.question)

    def is_free(self, slot: Slot) -> bool:
        one, others = slot.activity, self.mine[slot.activity.executive]
        if any(_same_lever(one, each.activity) or too_near(slot, each, self.question) for each in others):
            return False
        if one.serves is not None and (one.serves in self.spoken or self.mine[one.serves]):
            return False
        if not slot.relies and one.executive in self.spoken:
            return False
        limit = self.question.hours
        return limit is None or all(
            self.spent[week] + slot.hours_in(week) <= limit + 1e-9 for week in self._weeks(slot)
        )

    def has_spoken(self, slot: Slot) -> bool:
        return self.spoken.get(slot.activity.executive, slot.week + 1) <= slot.week

    def take(self, slot: Slot) -> None:
        self.mine[slot.activity.executive].append(slot)
        if slot.activity.serves is not None:
            self.spoken[slot.activity.serves] = slot.end
        for week in self._weeks(slot):
            self.spent[week] += slot.hours_in(week)

    def _weeks(self, slot: Slot) -> range:
        return range(slot.week, min(slot.end, self.question.weeks + 1))
