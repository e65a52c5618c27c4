"""The peer to ask first: at the lowest levels, what moves people is a colleague whom they listen to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fulcrum.commitment.gain import Standing
from fulcrum.commitment.steps import asked_before, fitting_steps, open_ask, step_to_ask
from fulcrum.core.company import Company
from fulcrum.core.judgement import Belief, StepToAsk
from fulcrum.core.people import Executive, Influence
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.core.wording import whole_percent


@value
class PeerRoute:
    """The peer, the step to ask of them, and what is said where one of the two is lacking."""

    peer: Executive | None = None
    strength: float = 0.0
    step: StepToAsk | None = None
    lacking: str = ""


def peer_route(
    company: Company, executive: Executive, standing: Standing, others: Mapping[str, Belief], *, as_of: date
) -> PeerRoute:
    """The peer through whom to reach this executive, where the level is one that peers move.

    That is where at least half of the belief lies at `peer_highest_level_moved` or below. The peer is the
    strongest incoming edge of influence from somebody of whom at least half of the belief lies at
    `peer_lowest_level` or above; equal edges go to the one believed higher, then by id.
    """
    rules = standing.playbook.choice
    if standing.share_at_least(round(rules.peer_highest_level_moved.value) + 1) > 0.5:
        return PeerRoute()
    lowest = round(rules.peer_lowest_level.value)
    heard = _edges(company, executive)
    convinced = [edge for edge in heard if _stands_at(others.get(edge.listened_to), lowest)]
    if not convinced:
        return PeerRoute(lacking=_lacking(company, heard, lowest))
    edge = min(convinced, key=lambda it: (-it.strength, -_share(others, it, lowest), it.listened_to))
    peer = _person(company, edge)
    step, lacking = _step(company, executive, peer, edge, others[peer.id], standing.playbook, as_of)
    return PeerRoute(peer=peer, strength=edge.strength, step=step, lacking=lacking)


def _edges(company: Company, executive: Executive) -> list[Influence]:
    """Whom this executive listens to among the executives, the strongest first."""
    known = {person.id for person in company.executives}
    heard = [
        edge
        for edge in company.influence
        if edge.listener == executive.id and edge.strength > 0 and edge.listened_to in known
    ]
    return sorted(heard, key=lambda edge: (-edge.strength, edge.listened_to))


def _person(company: Company, edge: Influence) -> Executive:
    return next(person for person in company.executives if person.id == edge.listened_to)


def _lacking(company: Company, heard: list[Influence], lowest: int) -> str:
    if not heard:
        return "Whom they listen to among their colleagues: note it in influence.csv."
    name = _person(company, heard[0]).name
    return f"A peer to speak to them: {name}, whom they listen to most, is not yet seen at level {lowest}."


def _share(others: Mapping[str, Belief], edge: Influence, lowest: int) -> float:
    return sum(others[edge.listened_to].shares[lowest:])


def _stands_at(belief: Belief | None, lowest: int) -> bool:
    return belief is not None and not isinstance(belief.level, Unknown) and sum(belief.shares[lowest:]) >= 0.5


def _step(
    company: Company,
    executive: Executive,
    peer: Executive,
    edge: Influence,
    belief: Belief,
    playbook: Playbook,
    as_of: date,
) -> tuple[StepToAsk | None, str]:
    history, rules = asked_before(company, peer, as_of), playbook.choice
    waiting = open_ask(history, playbook.steps)
    if waiting:
        return None, f"{peer.name} is the peer to ask once they are free. {waiting}"
    left = fitting_steps(
        playbook.steps, peer, level=belief.likeliest, history=history, rules=rules, for_peers=True
    )
    if not left:
        return None, f"A step to ask of {peer.name} as a peer: add your own to the playbook."
    step = step_to_ask(left[0], peer, history=history, rules=rules)
    why = (
        f"{executive.name} listens to {peer.name} (strength {whole_percent(edge.strength)}). {step.why_this}"
    )
    return replace(step, why_this=why), ""
