"""What a plan says of itself: what is done in each place, why then, by which route, on which assumptions."""

from collections.abc import Mapping, Sequence

from fulcrum.commitment.activities import Activity
from fulcrum.commitment.gain import Standing
from fulcrum.commitment.sentences import function_of, levels, lower_first
from fulcrum.commitment.slots import Question, Slot, peer_factor, push_behind, too_near, worth_of
from fulcrum.core.judgement import Reason
from fulcrum.core.levers import Lever
from fulcrum.core.plan import HeldWeeks, Kind, PlannedMove, PlanRoute
from fulcrum.core.wording import day_and_month, listed, many, whole_percent

PROGRAMME = "The plan's programme, by enumeration of the weeks before"


def what_of(slot: Slot, question: Question) -> str:
    """What is done, in a few words."""
    one, person = slot.activity, question.people[slot.activity.executive].executive
    if one.kind is Kind.LOOK:
        return "One conversation or meeting, no ask"
    if one.step is not None:
        said = one.step.ask.rstrip(".")
        return f"{said}; the colleague is {_name(one.serves, question)}" if one.serves else said
    return {
        Lever.VISION: f"What the vision means for {function_of(person)}",
        Lever.OPPORTUNITIES: "The business case, with its low side",
        Lever.EMPATHY: f"A customer's story from {function_of(person)}",
        Lever.MOTIVATORS: "One page: what it does for their own goals",
        Lever.FIRST_STEPS: "A first step",
        Lever.CONFIDENCE: _report(question.people[one.executive].standing),
        None: "",
    }[one.lever]


def reasons_of(slot: Slot, slots: Sequence[Slot], question: Question) -> tuple[Reason, ...]:
    """Why this for them, why in this week, and why them."""
    return (*_why_this(slot, question), _why_then(slot, slots, question), *_why_them(slot, question))


def route_of(move: PlannedMove, question: Question) -> PlanRoute:
    """The route that a move takes through a peer."""
    strength = push_behind(move.executive, question)
    peer, other = _name(move.waits_for, question), _name(move.executive, question)
    return PlanRoute(
        heard=move.waits_for or "",
        listener=move.executive,
        strength=strength,
        why=(
            f"The strongest voice that {other} hears from level 3 or above ({whole_percent(strength)}). "
            f"At levels 0 and 1 peers move people and decks do not: {lower_first(_lever(move))} follows "
            f"once {peer} has spoken, in week {move.week}."
        ),
    )


def assumptions_of(question: Question, names: Mapping[str, str]) -> tuple[str, ...]:
    """What the plan takes for granted and somebody should check."""
    said = []
    if question.hours is None:
        said.append(
            "The team's hours a week are not noted: the plan is not limited by them. State them first."
        )
    unheard = [id for id, weight in question.weights.items() if weight == 1]
    if len(unheard) == len(names) and len(names) > 1:
        said.append("Who listens to whom is not noted: everybody counts the same.")
    free = [
        names[id] for id, one in question.people.items() if one.executive.attention_hours_per_week is None
    ]
    if free:
        said.append(
            f"How much time they give is not noted for {listed(free)}: no step was too long for them."
        )
    return tuple(said)


def _report(standing: Standing) -> str:
    return (
        "Find the cause; show how risk is held" if standing.belief.is_drop else "Report: wins, promises kept"
    )


def _why_this(slot: Slot, question: Question) -> list[Reason]:
    one = slot.activity
    if one.option is not None and one.kind is not Kind.PEER:
        return [*one.option.reasons[1:-2], one.option.reasons[-1]]  # matrix, what was learned, gain
    if one.kind is Kind.LOOK:
        why = question.people[one.executive].standing.belief.last_evidence
        since = "so far" if why is None else f"since {day_and_month(why)} {why.year}"
        text = (
            f"Nothing was seen {since}, so any choice now is a blind one. See one act, note it, plan again."
        )
        return [Reason(text=text, source="observations.csv")]
    other, push = _name(one.serves, question), push_behind(one.serves or "", question)
    text = (
        f"{other} listens to them ({whole_percent(push)}) and stands where peers move people. "
        f"What follows with {other} counts for more."
    )
    return [Reason(text=text, source="influence.csv, and the playbook on peers")]


def _why_then(slot: Slot, slots: Sequence[Slot], question: Question) -> Reason:
    if slot.week == 1:
        return Reason(text="In week 1: waiting only lets what is believed grow old.", source=PROGRAMME)
    stops = _what_stops(slot, slots, question)
    return Reason(text=f"Week {slot.week} and not sooner: {stops}.", source=PROGRAMME)


def _what_stops(slot: Slot, slots: Sequence[Slot], question: Question) -> str:
    """What stands in the way of the week before, the plan else as it is; the first that holds of these."""
    one, mine = (
        slot.activity,
        [s for s in slots if s.activity.executive == slot.activity.executive and s != slot],
    )
    week = slot.week - 1
    if slot.relies and not _has_spoken(one.executive, week, slots):
        return f"it waits for the step of {_name(question.people[one.executive].choice.peer, question)}"
    held = _held_in(question.held[one.executive], range(week, week + one.weeks), _rest(one, question))
    if held is not None:
        return _held_said(held)
    earlier = Slot(activity=one, week=week, relies=slot.relies)
    for other in mine:
        if too_near(earlier, other, question):
            return _in_the_way(other, week, question)
    if question.hours is not None:
        spent = [sum(s.hours_in(w) for s in slots if s != slot) for w in range(week, week + one.weeks)]
        needs = [earlier.hours_in(w) for w in range(week, week + one.weeks)]
        if any(a + b > question.hours + 1e-9 for a, b in zip(spent, needs, strict=True)):
            return f"week {week} is full of moves that gain more for the team's hours"
    same = worth_of((*mine, earlier), question) <= worth_of((*mine, slot), question) + 1e-6
    return "sooner would gain no more" if same else "what is planned around it leaves no earlier place"


def _in_the_way(other: Slot, week: int, question: Question) -> str:
    if week >= other.end:
        return f"{many(question.gap, 'week')} are theirs after what ends in week {other.end - 1}"
    if other.week > week:
        return f"another move with them follows in week {other.week}"
    return f"another move is under way with them to week {other.end - 1}"


def _rest(one: Activity, question: Question) -> int:
    return max(question.gap, question.rest) if one.is_ask else question.gap


def _has_spoken(executive: str, week: int, slots: Sequence[Slot]) -> bool:
    return any(s.activity.serves == executive and s.end <= week for s in slots)


def _held_in(held: Sequence[HeldWeeks], weeks: range, rest: int) -> HeldWeeks | None:
    for one in held:
        if one.why == "rest":
            if one.first_week <= weeks.start <= min(one.last_week, one.first_week + rest - 1):
                return one
        elif one.first_week < weeks.stop and weeks.start <= one.last_week:
            return one
    return None


def _held_said(held: HeldWeeks) -> str:
    if held.why == "open":
        return f"an ask is open to week {held.last_week} (“{held.what.rstrip('.')}”)"
    if held.why == "away":
        return f"they are away to week {held.last_week}"
    return f"the weeks between two asks run to week {held.last_week}"


def _why_them(slot: Slot, question: Question) -> list[Reason]:
    weight, text = question.weights[slot.activity.executive], ""
    if weight >= 1.05:
        text = f"Others hear them: a level of theirs counts {levels(weight)} times in the plan."
    if slot.relies:
        after, alone = (peer_factor(slot.activity.executive, question, relies=it) for it in (True, False))
        text += (
            f" After the peer's step its gain counts {levels(after)} times, without it {levels(alone)} times."
        )
    return [Reason(text=text.strip(), source="influence.csv, strongest ways")] if text else []


def _lever(move: PlannedMove) -> str:
    return "" if move.lever is None else move.lever.label


def _name(id: str | None, question: Question) -> str:
    person = question.people.get(id or "")
    return id or "" if person is None else person.executive.name
