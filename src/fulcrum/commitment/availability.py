"""What is at hand to pull each lever for one executive: computed from the folder, never ticked."""

from datetime import date, timedelta

from fulcrum.commitment.sentences import function_of
from fulcrum.commitment.steps import asked_before, fitting_steps, open_ask
from fulcrum.core.company import ApprovedStory, AskStatus, Company
from fulcrum.core.levers import Availability, CaseAtHand, Lever, Readiness
from fulcrum.core.people import Executive, Level
from fulcrum.core.playbook import Step
from fulcrum.core.rules import ChoiceRules
from fulcrum.core.slices import PROMISES_TOLD
from fulcrum.core.story_choice import answers_for_all, is_of_area
from fulcrum.core.vision import VisionReading
from fulcrum.core.wording import day, many

FEW_STEPS = 2


def availability(
    company: Company,
    executive: Executive,
    lever: Lever,
    *,
    level: Level,
    case: CaseAtHand,
    steps: tuple[Step, ...],
    rules: ChoiceRules,
    as_of: date,
    reading: VisionReading | None = None,
) -> Availability:
    """Whether a lever can be pulled for this executive now, with what, and what is missing.

    `reading` is what was found in the vision; None where it was not read.

    | lever | ready | thin | missing |
    |---|---|---|---|
    | vision | approved, by journey, says what it means for them | one of these lacks, or it is vague | none |
    | opportunities | case fresh, share moved measured here | stale, or share moved assumed | no case |
    | empathy | a fresh approved story of their area | stale, or of another area | none approved |
    | motivators | goals and motivators recorded | one of them | neither |
    | first steps | two fitting steps left | one | none, or an ask is open |
    | confidence | a win counted in money since the last report | other wins or progress | nothing new |
    """
    match lever:
        case Lever.VISION:
            return _vision(company, executive, reading)
        case Lever.OPPORTUNITIES:
            return _case(case)
        case Lever.EMPATHY:
            return _stories(company, executive, rules, as_of)
        case Lever.MOTIVATORS:
            return _motivators(company, executive)
        case Lever.FIRST_STEPS:
            return _steps(company, executive, level, steps, rules, as_of)
        case Lever.CONFIDENCE:
            return _progress(company, executive, as_of)


def _found(lever: Lever, at_hand: list[str], missing: list[str]) -> Availability:
    readiness = Readiness.MISSING if not at_hand else Readiness.THIN if missing else Readiness.READY
    return Availability(lever=lever, readiness=readiness, at_hand=tuple(at_hand), missing=tuple(missing))


def _vision(company: Company, executive: Executive, reading: VisionReading | None) -> Availability:
    vision = company.vision
    if vision is None or not vision.statement.strip():
        wanted = "An approved vision: write vision.toml with the chief executive and have it approved."
        return _found(Lever.VISION, [], [wanted])
    at_hand, missing = [f"The vision, with {many(len(vision.journeys), 'journey')}."], []
    if vision.meaning_for(executive.id):
        at_hand.append(f"What it means for {function_of(executive)}.")
    else:
        missing.append(f"What the vision means for {function_of(executive)}: add it under [meaning].")
    if not vision.journeys:
        missing.append("From and to by journey: add [[journeys]] to vision.toml.")
    if not vision.approved_by.strip():
        missing.append("Who approved the vision, and on which day: add approved_by to vision.toml.")
    missing += [one.lacks for one in reading.serious] if reading is not None else []
    return _found(Lever.VISION, at_hand, missing)


def _case(case: CaseAtHand) -> Availability:
    if not case.is_computed:
        why = case.why_not or "Name an initiative in company.toml and link the customers' data."
        return _found(Lever.OPPORTUNITIES, [], [f"A business case from the company's own data. {why}"])
    missing = []
    if not case.is_fresh:
        missing.append(case.why_not or "A fresh business case: replace the exports in data/ by newer ones.")
    if not case.has_own_share_moved:
        missing.append(
            "The share of customers moved, measured here: it is assumed. A pilot would measure it."
        )
    return _found(Lever.OPPORTUNITIES, ["A business case from the company's own data."], missing)


def _stories(company: Company, executive: Executive, rules: ChoiceRules, as_of: date) -> Availability:
    approved = [
        story for story in company.stories if story.approved_on <= as_of and story.may_reach(is_board=False)
    ]
    near = [story for story in approved if _is_of_area(story, executive)]
    oldest = as_of - timedelta(days=rules.story_fresh_days.value)
    fresh = [story for story in near if story.approved_on >= oldest]
    area = function_of(executive)
    if fresh:
        return _found(
            Lever.EMPATHY, [f"{many(len(fresh), 'approved story', 'approved stories')} for {area}."], []
        )
    if near:
        last = max(story.approved_on for story in near)
        wanted = f"A newer story of {area}: the last was approved on {day(last)}."
        return _found(
            Lever.EMPATHY, [f"{many(len(near), 'older story', 'older stories')} for {area}."], [wanted]
        )
    wanted = f"An approved story of {area}: choose one from the feedback, mask it, and have it approved."
    others = (
        [f"{many(len(approved), 'approved story', 'approved stories')} of other areas."] if approved else []
    )
    return _found(Lever.EMPATHY, others, [wanted])


def _is_of_area(story: ApprovedStory, executive: Executive) -> bool:
    """The chief executive, and who has no area, answer for all; others for what names their area."""
    near = any(is_of_area(text, executive) for text in (story.area, story.touchpoint))
    return answers_for_all(executive) or near


def _motivators(company: Company, executive: Executive) -> Availability:
    goals = [goal for goal in company.goals if goal.executive == executive.id]
    motivators = [each for each in company.motivators if each.executive == executive.id]
    at_hand, missing = [], []
    if goals:
        at_hand.append(f"{many(len(goals), 'goal')} on record.")
    else:
        missing.append("A goal that they answer for: ask them or read their published aims, and note it.")
    if motivators:
        at_hand.append(f"{many(len(motivators), 'motivator')} on record.")
    else:
        missing.append("What they act for, in their own words: listen for it, and note it with its day.")
    return _found(Lever.MOTIVATORS, at_hand, missing)


def _steps(
    company: Company,
    executive: Executive,
    level: Level,
    steps: tuple[Step, ...],
    rules: ChoiceRules,
    as_of: date,
) -> Availability:
    history = asked_before(company, executive, as_of)
    waiting = open_ask(history, steps)
    if waiting:
        return _found(Lever.FIRST_STEPS, [], [waiting])
    left = fitting_steps(steps, executive, level=level, history=history, rules=rules)
    wanted = f"More steps that suit {executive.role} at level {level:d}: add your own to the playbook."
    if not left:
        return _found(Lever.FIRST_STEPS, [], [wanted])
    few = [wanted] if len(left) < FEW_STEPS else []
    return _found(Lever.FIRST_STEPS, [f"{many(len(left), 'fitting step')} not asked before."], few)


def _progress(company: Company, executive: Executive, as_of: date) -> Availability:
    reported = [
        move.date
        for move in company.moves
        if move.executive == executive.id and move.lever is Lever.CONFIDENCE and move.date <= as_of
    ]
    since = max(reported, default=date.min)
    when = f" since the report of {day(since)}" if reported else ""
    wins = [win for win in company.wins if since < win.date <= as_of]
    done = [
        ask
        for ask in company.asks
        if ask.status is AskStatus.DONE and ask.closed_on is not None and since < ask.closed_on <= as_of
    ]
    at_hand = [f"{many(len(wins), 'win')}{when}."] if wins else []
    or_more = " or more" if len(done) >= PROMISES_TOLD else ""
    kept = many(min(len(done), PROMISES_TOLD), "promise")
    at_hand += [f"{kept}{or_more} kept{when}."] if done else []
    if any(win.value.strip() for win in wins):
        return _found(Lever.CONFIDENCE, at_hand, [])
    wanted = f"A win with its worth{when}: note it in wins.csv, and have its owner count it."
    return _found(Lever.CONFIDENCE, at_hand, [wanted])
