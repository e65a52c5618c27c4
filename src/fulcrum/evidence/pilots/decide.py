"""What follows from a pilot, by one rule that stands before it starts."""

from fulcrum.core.pilots import Assignment, Decision, PilotCheck, PilotDesign, Word
from fulcrum.core.quantities import Estimate, Grade, Result, Unknown
from fulcrum.core.wording import day

RULE = (
    "Scale where the whole interval is on the better side of zero and the difference reaches the minimum "
    "effect. Stop where the whole interval is short of the minimum effect. Extend in between. Never scaled "
    "are before and after alone, a pilot that was not registered, and one whose sides moved apart before the "
    "start."
)


def decision_of(
    design: PilotDesign,
    effect: Result,
    checks: tuple[PilotCheck, ...],
    *,
    is_early: bool,
    is_registered: bool,
) -> Decision:
    """The decision by the rule (`RULE`), with what the design said that it leads to, and the next rung."""
    word, because = _word(design, effect, checks, is_early=is_early, is_registered=is_registered)
    leads_to = {
        "scale": design.leads_to.scale,
        "extend": design.leads_to.extend,
        "stop": design.leads_to.stop,
    }
    return Decision(
        word=word, because=because, leads_to=leads_to.get(word, ""), next_rung=_next_rung(design, word)
    )


def _word(
    design: PilotDesign,
    effect: Result,
    checks: tuple[PilotCheck, ...],
    *,
    is_early: bool,
    is_registered: bool,
) -> tuple[Word, str]:
    failed = [check for check in checks if check.verdict == "failed"]
    if failed:
        return "not read", f"{failed[0].said} Mend it, or run the pilot again."
    if isinstance(effect, Unknown):
        return ("go on" if is_early else "not read"), f"{effect.reason} Needed: {effect.needs}"
    if is_early and design.looks == "at the end":
        return (
            "go on",
            f"It is registered to be decided once, on {day(design.stops)}; until then nothing follows.",
        )
    word, because = _by_interval(design, effect)
    if word == "extend" and is_early:
        return "go on", f"{because} It may be looked at again whenever one likes."
    if word == "scale" and design.assignment is Assignment.BEFORE_AFTER:
        return "extend", (
            "Before and after alone is never called an effect: what changed may be the season, or those who "
            "were chosen coming back by themselves. Run it again beside a group that goes on as before."
        )
    if word == "scale" and effect.grade > Grade.ADJUSTED:
        return "extend", "The sides moved apart before the start: run it with a start drawn by lot."
    if word == "scale" and not is_registered:
        return "extend", f"{because} But it was not registered: confirm it in a registered pilot."
    return word, because


def _by_interval(design: PilotDesign, effect: Estimate) -> tuple[Word, str]:
    worth = abs(design.minimum_effect)
    ends = sorted((effect.interval.low * design.direction, effect.interval.high * design.direction))
    middle = effect.value * design.direction
    if ends[1] < 0:
        return "stop", "The whole interval is on the worse side of zero: it does harm."
    if ends[1] < worth:
        return "stop", "Even the better end of the interval is short of the minimum effect worth having."
    if ends[0] > 0 and middle >= worth:
        return "scale", "The whole interval is on the better side of zero, and the minimum effect is reached."
    if ends[0] > 0:
        return (
            "extend",
            "There is an effect; whether it is as large as the minimum worth having is still open.",
        )
    return "extend", "The interval holds both no effect and one that is worth having."


def _next_rung(design: PilotDesign, word: Word) -> str:
    """The rung that comes next: one higher where it is scaled, the same again where it is extended."""
    rungs = design.ladder
    if word == "scale" and rungs:
        return (
            rungs[design.rung] if design.rung < len(rungs) else "None higher: it is the way of working now."
        )
    if word in ("extend", "go on") and 0 < design.rung <= len(rungs):
        return rungs[design.rung - 1]
    return ""
