"""How far customer focus is a way of working: mechanisms, their proof, and what to build next."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from fulcrum.core.alignment import MechanismStanding, NextMechanism, Phrase, WayOfWorking
from fulcrum.core.company import Company, MechanismRecord, MechanismState
from fulcrum.core.people import Executive
from fulcrum.core.playbook import MechanismEntry
from fulcrum.core.roles import role_of
from fulcrum.core.rules import AlignmentRules
from fulcrum.core.wording import day, listed

_ORDER = tuple(MechanismState)
_SHOWN_NEXT = 3
Finder = Callable[[str, str], Iterable[Phrase]]


def way_of_working(
    company: Company, entries: tuple[MechanismEntry, ...], *, rules: AlignmentRules, phrases: Finder
) -> WayOfWorking:
    """The scorecard of mechanisms with dated proof, the next ones to build, and programme language.

    A mechanism that nobody noted is absent. Where one is noted several times the note with the latest proof
    counts. Next comes, by the playbook's turn, the first that does not run yet and whose needs all run; when
    all run, the first that is not protected. `phrases` finds programme language in a text (where, text).
    """
    noted = _latest(company.mechanisms)
    standings = tuple(_standing(entry, noted.get(entry.id), company, rules) for entry in entries)
    own = tuple(sorted(set(noted) - {entry.id for entry in entries}))
    found = [phrase for where, text in _texts(company, standings) for phrase in phrases(where, text)]
    return WayOfWorking(
        mechanisms=standings, next=_next(entries, standings, company), phrases=tuple(found), own=own
    )


def builders_of(entry: MechanismEntry, executives: Iterable[Executive]) -> tuple[str, ...]:
    """The executives who can build it, by role in the playbook's order; everybody where any role can."""
    people = tuple(executives)
    named = [one.id for role in entry.built_by for one in people if role_of(one.role) == role]
    if not named and "any" in entry.built_by:
        named = [one.id for one in people]
    return tuple(dict.fromkeys(named))


def _latest(records: Iterable[MechanismRecord]) -> Mapping[str, MechanismRecord]:
    in_order = sorted(records, key=lambda one: one.proven_on or date.min)
    return {one.mechanism: one for one in in_order}


def _standing(
    entry: MechanismEntry, noted: MechanismRecord | None, company: Company, rules: AlignmentRules
) -> MechanismStanding:
    state = MechanismState.ABSENT if noted is None else noted.state
    above = {
        MechanismState.ABSENT: entry.ad_hoc,
        MechanismState.AD_HOC: entry.in_place,
        MechanismState.IN_PLACE: entry.protected,
    }
    return MechanismStanding(
        id=entry.id,
        name=entry.name,
        state=state,
        proof="" if noted is None else noted.proof,
        proven_on=None if noted is None else noted.proven_on,
        doubts=tuple(_doubts(noted, company.as_of, rules)),
        next_state=above.get(state, ""),
        builders=builders_of(entry, company.executives),
        is_noted=noted is not None,
    )


def _doubts(noted: MechanismRecord | None, as_of: date, rules: AlignmentRules) -> Iterable[str]:
    """What keeps a state from being believed."""
    if noted is None:
        yield "Nobody has noted where it stands."
        return
    if noted.state is MechanismState.ABSENT:
        return
    if not noted.proof.strip():
        yield "No proof is noted: it is said, not shown."
    elif noted.proven_on is None:
        yield "The proof has no day."
    elif (as_of - noted.proven_on).days > rules.proof_fresh_days.value:
        yield f"The proof is of {day(noted.proven_on)}: it says what was, not what is."
    if noted.state is MechanismState.AD_HOC:
        yield "It happens when somebody thinks of it."
    elif noted.state is MechanismState.IN_PLACE:
        yield "Nothing has tested it yet: a squeeze or a change of people would show whether it holds."


def _next(
    entries: tuple[MechanismEntry, ...], standings: tuple[MechanismStanding, ...], company: Company
) -> tuple[NextMechanism, ...]:
    stands = {one.id: one for one in standings}
    in_turn = sorted(entries, key=lambda entry: entry.turn)
    ready = [
        entry
        for entry in in_turn
        if not stands[entry.id].is_built
        and all(stands[needed].is_built for needed in entry.needs if needed in stands)
    ]
    if ready:
        to = MechanismState.IN_PLACE
        return tuple(_step(entry, to, stands, company) for entry in ready[:_SHOWN_NEXT])
    to = MechanismState.PROTECTED
    open_still = [entry for entry in in_turn if stands[entry.id].state is not to]
    return tuple(_step(entry, to, stands, company) for entry in open_still[:_SHOWN_NEXT])


def _step(
    entry: MechanismEntry,
    to: MechanismState,
    stands: Mapping[str, MechanismStanding],
    company: Company,
) -> NextMechanism:
    builders = builders_of(entry, company.executives)
    return NextMechanism(
        id=entry.id,
        name=entry.name,
        to=to,
        looks_like=entry.in_place if to is MechanismState.IN_PLACE else entry.protected,
        because=tuple(_reasons(entry, to, stands)),
        builders=builders,
        roles=tuple(role for role in entry.built_by if role != "any"),
    )


def _reasons(
    entry: MechanismEntry, to: MechanismState, stands: Mapping[str, MechanismStanding]
) -> Iterable[str]:
    if to is MechanismState.PROTECTED:
        yield "Every mechanism runs; this one has not been tested under pressure."
        return
    if entry.because:
        yield entry.because
    needs = [stands[needed].name for needed in entry.needs if needed in stands]
    if needs:
        yield f"What it needs runs already: {listed(needs)}."
    if stands[entry.id].state is MechanismState.AD_HOC:
        yield "Half of it is there: it happens already when somebody thinks of it."


def _texts(company: Company, standings: Iterable[MechanismStanding]) -> Iterable[tuple[str, str]]:
    """What the company wrote about its work, and where it stands."""
    for one in standings:
        if one.proof:
            yield f"The proof of “{one.name}”", one.proof
    for initiative in company.initiatives:
        yield f"The initiative “{initiative.name}”", initiative.name
    for win in company.wins:
        yield f"The win of {day(win.date)}", f"{win.win}. {win.note}"
    if company.vision is not None:
        yield "The vision", company.vision.statement
        for shift in company.vision.journeys:
            yield f"The vision for “{shift.journey}”", shift.to
