"""`align`: who owns it, what comes first, what executives believe customers feel; and the way of working."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, from_pulses, workflow
from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.alignment import Alignment, Changed, MechanismStanding, Ownership, WayOfWorking
from fulcrum.core.company import Company, MechanismState
from fulcrum.core.findings import Evidence
from fulcrum.core.playbook import Argument
from fulcrum.core.pulses import NOBODY, SUCCESS, VISION
from fulcrum.core.quantities import Result, Unknown
from fulcrum.workflow import Workspace

ORDINALS = ("first", "second", "third", "fourth", "fifth")
QUESTIONS = {VISION: "The vision in their own words", SUCCESS: "What would make it a success"}
ANONYMOUS = "Nothing here says who answered what, but for the chief executive, whom the role makes known."


def run_align(folder: Path, as_of: date | None, *, only_mechanisms: bool, as_json: bool) -> None:
    """Show how far the executives see the same thing, and how far it is a way of working."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    company, playbook = workspace.company, workspace.playbook
    working = from_pulses.way_of_working(company, playbook)
    about = {"fulcrum": __version__, "company": company.name, "as_of": company.as_of}
    if only_mechanisms:
        if as_json:
            say.whole({**about, "way_of_working": working})
            return
        _show_working(company, working)
        return
    found = from_pulses.align(workspace, _evidence(workspace))
    beside = from_pulses.outside_arguments(playbook)
    if as_json:
        say.whole({**about, "alignment": found, "outside": beside, "way_of_working": working})
        return
    _show_alignment(company, found, beside)
    _show_working(company, working)


def _evidence(workspace: Workspace) -> Evidence:
    say.progress("Reading what customers said …")
    return workflow.gather(workspace)


def _show_alignment(company: Company, found: Alignment, beside: tuple[Argument, ...]) -> None:
    if found.asked is None:
        say.line(_said(found.priorities.w))
        say.line("Ask by pulses.csv, or on the desk under Alignment, where each executive answers by a link.")
        return
    asked = found.asked
    days = wording.day(asked.first)
    if asked.last != asked.first:
        days += f" to {wording.day(asked.last)}"
    say.line(f"Pulse of {days}: {asked.answered} of {wording.many(asked.executives, 'executive')} answered.")
    say.line(ANONYMOUS)
    for caution in found.cautions:
        say.line(caution)
    _show_ownership(company, found, beside)
    _show_priorities(found)
    _show_perception(found)
    _show_changes(found)


def _show_ownership(company: Company, found: Alignment, beside: tuple[Argument, ...]) -> None:
    owned = found.ownership
    say.heading("Who leads customer experience")
    if owned.own is not None:
        place = (
            "They did not rank priorities."
            if not owned.has_ranked
            else "Customers are not among their own top five."
            if owned.place is None
            else f"Customers stand {ORDINALS[owned.place - 1]} among their own top five."
        )
        say.line(f"The chief executive names {_name(company, owned.own, owned.chief)}. {place}")
    say.line(f"Colleagues who name the chief executive: {_said(owned.colleagues)}")
    if owned.own is not None and owned.own != owned.chief:
        say.line(f"Colleagues who name the same as the chief executive: {_said(owned.agree)}")
    say.line(f"Gap (own answer less the colleagues' share): {_said(owned.gap)}")
    if owned.named:
        told = [f"{_name(company, who, '')} {count}" for who, count in owned.named]
        say.line(f"Colleagues name: {', '.join(told)}.")
    if len(found.history) > 1:
        say.line("Your own history, which carries the point:")
        for then in found.history:
            say.line(f"{wording.day(then.asked.last)}: {_then(company, then.ownership)}", indent=2)
    for argument in beside:
        say.line(f"Outside, {argument.dated}: {argument.claim} {' '.join(argument.warnings)}", indent=2)
        say.line(argument.baseline, indent=4)
    if beside:
        say.line("Let your own pulses carry the point, and no outside figure.", indent=2)


def _then(company: Company, owned: Ownership) -> str:
    own = "did not say" if owned.own is None else f"names {_name(company, owned.own, owned.chief)}"
    place = ORDINALS[owned.place - 1] if owned.place is not None else "outside"
    where = f"; customers {place} of their own five" if owned.has_ranked else ""
    return f"the chief executive {own}{where}; colleagues who name them: {_said(owned.colleagues)}"


def _show_priorities(found: Alignment) -> None:
    ranked = found.priorities
    say.heading("What comes first")
    say.line(f"Agreement (Kendall's W, 0 as by chance to 1 all alike): {_said(ranked.w)}")
    if not isinstance(ranked.w, Unknown):
        say.line(f"Share of rankings made by chance that agree as much: {_said(ranked.chance)}")
        say.line(f"Krippendorff's alpha on what was ranked: {_said(ranked.alpha)}")
    if ranked.items:
        rows = [
            [one.item, f"{one.mean_rank:.1f}", f"{one.in_top} of {ranked.rankings}"] for one in ranked.items
        ]
        say.table(rows, header=("priority", "mean rank", "in the top five"), right=(1, 2))
    if ranked.set_apart:
        say.line(f"Left out: {wording.many(ranked.set_apart, 'ranking')} with a gap.")
    if found.customers.share != ranked.w:
        say.line(f"Colleagues with customers in their top five: {_said(found.customers.share)}")
    if found.customers.places:
        places = ["outside" if place is None else str(place) for place in found.customers.places]
        say.line(f"Their places for customers: {', '.join(places)}.")


def _show_perception(found: Alignment) -> None:
    seen, stand = found.perception, found.spread
    say.heading("What they believe customers feel")
    say.line(f"Executives believe that customers would answer: {_said(seen.guess)}")
    say.line(f"Customers answered: {_said(seen.said)}")
    if not isinstance(seen.guess, Unknown):
        say.line(f"Gap: {_said(seen.gap, is_difference=True)}")
    say.line(f"Where they place the company, 1 to 5: {_said(stand.mean)}")
    if stand.places:
        say.line(f"Places: {', '.join(map(str, stand.places))}; standard deviation {_said(stand.deviation)}")
    for words in found.words:
        say.line(f"{QUESTIONS[words.question]}:" + (f" {_said(words.refused)}" if words.refused else ""))
        for text in words.texts:
            say.line(f"· “{text}”", indent=2)


def _show_changes(found: Alignment) -> None:
    if found.since is None:
        return
    say.heading(f"Since the pulse of {wording.day(found.since.first)}")
    for one in found.changes:
        say.line(f"{one.title}: {_changed(one)}")


def _changed(one: Changed) -> str:
    if isinstance(one.change, Unknown):
        return _said(one.change)
    turn = "a change" if one.change.is_signed else "no clear change"
    kind = (
        f"the same {wording.number_word(one.people)} people"
        if one.is_paired
        else "compared as if of different people"
    )
    return f"{_said(one.change, is_difference=True)[:-1]}; {turn}, {kind}."


def _show_working(company: Company, working: WayOfWorking) -> None:
    say.heading("Way of working, not programme")
    noted = [one for one in working.mechanisms if one.is_noted]
    counts = [
        f"{sum(one.state is state for one in noted)} {state.value}" for state in reversed(MechanismState)
    ]
    counts.append(f"{len(working.mechanisms) - len(noted)} not noted")
    say.line(f"Of {len(working.mechanisms)} mechanisms: {', '.join(counts)}.")
    rows = [
        [one.name, one.state.value if one.is_noted else "not noted", _proof(one)]
        for one in working.mechanisms
    ]
    say.table(rows, header=("mechanism", "state", "proof of"))
    for one in working.mechanisms:
        if one.doubts and one.state is not MechanismState.ABSENT:
            say.line(f"{one.name}: {' '.join(one.doubts)}", indent=2)
    for place, step in enumerate(working.next, start=1):
        who = wording.listed([_name(company, one, "") for one in step.builders])
        can = who or f"nobody here has the role of {' or '.join(step.roles) or 'an executive'}"
        say.line(f"{'Next' if place == 1 else 'Then'}: {step.name}, {step.to.value}. Can build it: {can}.")
        say.line(step.looks_like, indent=4)
        for reason in step.because:
            say.line(reason, indent=4)
    for phrase in working.phrases:
        say.line(f"Programme language: {phrase.where} says {phrase.phrase}. {phrase.instead}")
    if working.own:
        say.line(f"Noted, and not in the playbook: {wording.listed(working.own)}.")


def _proof(one: MechanismStanding) -> str:
    return "—" if one.proven_on is None else wording.day(one.proven_on)


def _name(company: Company, id: str, chief: str | None) -> str:
    if id == NOBODY:
        return "nobody"
    if id == chief:
        return "themselves"
    person = company.executive(id)
    return id if person is None else f"{person.name} ({person.role})"


def _said(result: Result, *, is_difference: bool = False) -> str:
    if isinstance(result, Unknown):
        return wording.say_unknown(result)
    words = wording.worded(result, is_difference=is_difference)
    interval = f" ({words.confidence}: {words.interval})" if words.interval else ""
    return f"{words.said}{interval}."
