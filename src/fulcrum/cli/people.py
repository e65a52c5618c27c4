"""`where` and `next`: what we believe of executives, and what to do. Private to the CX team."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, workflow
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.digits import show
from fulcrum.core.judgement import Choice, LeverOption, Reason, StepToAsk
from fulcrum.core.levers import Readiness
from fulcrum.core.people import Executive, Level
from fulcrum.core.quantities import LEVELS, Unknown
from fulcrum.workflow import Assessment, Workspace

PRIVATE = "Private to the CX team. Work behaviour only, written as if the executive will read it."
MARKS = {Readiness.READY: "■", Readiness.THIN: "◧", Readiness.MISSING: "□"}


def run_where(folder: Path, who: str | None, as_of: date | None, *, as_json: bool) -> None:
    """Show where each executive stands."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    assessed = _only(workspace, workflow.assess(workspace), who)
    if as_json:
        say.whole({**_about(workspace), "executives": assessed})
        return
    say.line(PRIVATE)
    for one in assessed:
        _show_assessment(workspace, one)
    if not assessed:
        say.line(say.NOBODY)


def run_next(folder: Path, who: str | None, as_of: date | None, *, as_json: bool) -> None:
    """Show which lever next for each executive."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    assessed = workflow.assess(workspace)
    if who is not None:
        say.person(workspace.company, who)
    say.progress("Reading the customers' data, to see what is at hand …")
    chosen = workflow.choices(workspace, assessed, workflow.gather(workspace))
    chosen = tuple(choice for choice in chosen if who in (None, choice.executive))
    if as_json:
        say.whole({**_about(workspace), "choices": chosen})
        return
    say.line(PRIVATE)
    for choice in chosen:
        _show_choice(say.person(workspace.company, choice.executive), choice)
    if not chosen:
        say.line(say.NOBODY)


def _show_assessment(workspace: Workspace, one: Assessment) -> None:
    belief, person = one.belief, say.person(workspace.company, one.belief.executive)
    say.heading(f"{person.name} · {person.role}")
    if isinstance(belief.level, Unknown):
        say.line(f"Unknown. {wording.say_unknown(belief.level)}")
    else:
        low, high = belief.credible
        span = low.label if low == high else f"{low.label} to {high.label}"
        say.line(f"Expected {wording.say_fully(belief.level)}; most likely {belief.likeliest.label}.")
        say.line(f"Likely range: {span}. Desired: {person.desired_level.label}.")
    for level in reversed(Level):
        share = belief.shares[level]
        say.line(
            f"{level.label:20} {wording.percent(round(share, 2)):>5}  {'█' * round(share * 40)}", indent=2
        )
    last = "nothing yet" if belief.last_evidence is None else wording.day(belief.last_evidence)
    say.line(
        f"Evidence: {wording.many(belief.observations, 'observation', 'observations')} by "
        f"{wording.many(belief.observers, 'observer', 'observers')}, the last on {last}."
    )
    if belief.is_drop and belief.change is not None:
        say.line(f"Slipping: {_signed(belief.change, -1)} levels in 90 days.")
    for weighed in belief.moved_most[:3]:
        seen = weighed.observation
        say.line(
            f"{_signed(weighed.moved, -2)}  {wording.day(seen.date)}, {seen.source.value}: {seen.note}",
            indent=2,
        )
    say.line(f"Likeliest barrier: {one.barrier.likeliest.value}.")


def _show_choice(person: Executive, choice: Choice) -> None:
    say.heading(f"{person.name} · {person.role}")
    for option in choice.better_but_missing:
        _show_option("Better, but not yet", option)
    for place, option in enumerate(choice.ranked, start=1):
        _show_option(str(place), option, is_first=place == 1)
    for option in choice.not_now:
        _show_option("Not now", option)
    if choice.step is not None:
        _show_step("Ask", choice.step)
    else:
        say.line(f"No step to ask. {choice.no_step_because}")
    if choice.peer_step is not None:
        _show_step(f"Ask {choice.peer}, whom they listen to", choice.peer_step)
    _show_list("Gather", choice.gather)
    _show_list("What would change our mind", choice.would_change_our_mind)


def _show_option(place: str, option: LeverOption, *, is_first: bool = False) -> None:
    """One lever; the first with all its reasons, the others with the matrix and what was learned."""
    ready = f"{MARKS[option.availability.readiness]} {option.availability.readiness.value}"
    say.line(f"{place}  {option.lever.label}: {wording.say_fully(option.gain)}; {ready}")
    for reason in option.reasons if is_first else _in_short(option):
        say.line(f"{reason.text} [{reason.source}]", indent=5)
    for item in option.availability.missing:
        say.line(f"Missing: {item}", indent=5)


def _in_short(option: LeverOption) -> tuple[Reason, ...]:
    learned = tuple(one for one in option.reasons[2:] if one.source.startswith("moves.csv"))
    return option.reasons[1:2] + learned


def _show_list(label: str, items: tuple[str, ...]) -> None:
    if items:
        say.line(f"{label}:")
    for item in items:
        say.line(f"· {item}", indent=5)


def _show_step(label: str, step: StepToAsk) -> None:
    then = f", then {step.then}" if step.then else ""
    days = f"from {wording.day(step.first_on)} to {wording.day(step.until)}"
    say.line(f"{label}: {step.ask}")
    say.line(f"{wording.minutes(step.minutes)}{then}; {days}.", indent=5)
    if step.why_this:
        say.line(step.why_this, indent=5)
    if step.looks_like:
        say.line(f"What good looks like: {step.looks_like} What it is not: {step.is_not}", indent=5)
    if step.follow_up is not None:
        say.line(f"Come back to it on {wording.day(step.follow_up)}.", indent=5)


def _signed(levels: float, step: int) -> str:
    return show(levels, LEVELS, step, (0, ""), signed=True).text


def _about(workspace: Workspace) -> dict[str, object]:
    company = workspace.company
    return {"fulcrum": __version__, "company": company.name, "as_of": company.as_of}


def _only(workspace: Workspace, assessed: tuple[Assessment, ...], who: str | None) -> tuple[Assessment, ...]:
    if who is None:
        return assessed
    say.person(workspace.company, who)
    return tuple(one for one in assessed if one.belief.executive == who)
