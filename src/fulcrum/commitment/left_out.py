"""What a plan leaves out although it would gain something, and why: said, so that it can be disputed."""

from collections.abc import Sequence

from fulcrum.commitment.activities import Activity, Person
from fulcrum.commitment.reasons import is_at_desired
from fulcrum.commitment.sentences import levels, lower_first
from fulcrum.commitment.slots import Question, Slot, slots_of, too_near, worth_of
from fulcrum.core.plan import Kind, LeftOut
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.wording import listed, many

TAKEN = "Their weeks are taken by what gains more"
MOST_TAKEN = 2  # of those whose weeks are taken, which is the common case
WORTH_SAYING = 0.05  # levels that a move must gain to be named as left out
NOTHING = Unknown(reason="No lever is at hand for them.", needs="The material that the levers page names.")


def left_out_of(question: Question, slots: Sequence[Slot]) -> tuple[LeftOut, ...]:
    """For each executive: the better lever that lacks material, and the best move that is not planned.

    The reason is the first that holds: no material, no time of theirs, weeks that are taken, hours of the
    team, or a gain that is not worth the hours beside what is planned. Of those whose weeks are taken by
    something better, the largest two.
    """
    found, taken = list[LeftOut](), list[tuple[float, LeftOut]]()
    for id, person in question.people.items():
        if not person.standing.is_known:
            continue
        for option in person.choice.better_but_missing[:1]:
            needs = option.availability.missing
            if needs and not _waits(person, option.lever):
                found.append(
                    LeftOut(
                        executive=id,
                        what=option.lever.label,
                        gain=option.gain,
                        why=f"Lacks material. {needs[0]}",
                    )
                )
        for one in _unplanned(person, question, slots):
            worth = one.gain.value * question.weights[id] if isinstance(one.gain, Estimate) else 0.0
            if one.why.startswith(TAKEN):
                taken.append((worth, one))
            else:
                found.append(one)
    largest = sorted(taken, key=lambda pair: -pair[0])[:MOST_TAKEN]
    return (*found, *(one for _, one in largest))


def _waits(person: Person, lever: object) -> bool:
    return any(one.lever is lever for one in person.activities)


def _unplanned(person: Person, question: Question, slots: Sequence[Slot]) -> list[LeftOut]:
    id = person.executive.id
    mine = [slot for slot in slots if slot.activity.executive == id]
    done = {slot.activity.lever for slot in mine}
    could = [one for one in (*person.activities, *person.too_long) if one.lever not in done]
    could = [one for one in could if one.kind is not Kind.PEER and one.gain >= WORTH_SAYING]
    if not could:
        return [] if mine else [_nobody(person)]
    best = max(could, key=lambda one: one.gain)
    why = _why(best, person, question, slots)
    gain = NOTHING if best.option is None else best.option.gain
    what = best.lever.label if best.lever else "Look first"
    if is_at_desired(person.executive, person.standing) and mine:
        return []
    return [LeftOut(executive=id, what=what, gain=gain, why=why)]


def _nobody(person: Person) -> LeftOut:
    if is_at_desired(person.executive, person.standing):
        why = f"They stand where they are wanted, at level {person.executive.desired_level:d}: keep it warm."
    else:
        why = person.choice.no_step_because or "No lever is at hand that would move them."
    return LeftOut(executive=person.executive.id, what="Any move", gain=NOTHING, why=why)


def _why(one: Activity, person: Person, question: Question, slots: Sequence[Slot]) -> str:
    if one in person.too_long:
        given = round(60 * (person.executive.attention_hours_per_week or 0.0))
        return f"It takes {many(one.minutes, 'minute')}; they give {given} a week."
    if is_at_desired(person.executive, person.standing):
        return f"They stand where they are wanted, at level {person.executive.desired_level:d}."
    mine = [slot for slot in slots if slot.activity.executive == one.executive]
    open_slots = [s for s in slots_of(question, only=one.executive) if s.activity is one and not s.relies]
    if not open_slots:
        return "Every week is held: an ask is open, rests, or they are away."
    free = [slot for slot in open_slots if _is_free(slot, mine, question)]
    if not free:
        return f"{TAKEN}: {_taken(mine)}."
    if question.hours is not None and not any(_has_hours(slot, slots, question.hours) for slot in free):
        left = [question.hours - sum(s.hours_in(slot.week) for s in slots) for slot in free]
        return (
            f"It needs {_hours(one.hours[0])} of the team in a week; where it would fit, at most "
            f"{_hours(max(left))} is left by what gains more."
        )
    adds = max(worth_of((*mine, slot), question) - worth_of(mine, question) for slot in free)
    cost = question.hour_worth * sum(one.hours)
    more = levels(max(0.0, adds + cost))
    return f"Beside what is planned for them it would add {more} levels, weighted: too little for its hours."


def _taken(mine: Sequence[Slot]) -> str:
    return listed(
        [lower_first(one.lever.label) for one in (s.activity for s in mine) if one.lever is not None]
    )


def _is_free(slot: Slot, mine: Sequence[Slot], question: Question) -> bool:
    return not any(too_near(slot, other, question) for other in mine)


def _has_hours(slot: Slot, slots: Sequence[Slot], limit: float) -> bool:
    weeks = range(slot.week, slot.end)
    return all(slot.hours_in(w) + sum(s.hours_in(w) for s in slots) <= limit + 1e-9 for w in weeks)


def _hours(hours: float) -> str:
    return f"{hours:.1f} h".replace("-0.0", "0.0")
