"""What the executives agree on: alignment, ownership beside the outside argument, way of working."""

from collections.abc import Iterable

from fulcrum import __version__
from fulcrum.core.alignment import Alignment, Asked, Phrase, WayOfWorking
from fulcrum.core.company import Company
from fulcrum.core.findings import Evidence
from fulcrum.core.playbook import Argument, Playbook
from fulcrum.core.quantities import Result, Unknown
from fulcrum.core.wording import listed
from fulcrum.workflow import SEED, Workspace

BESIDE_OWNERSHIP = ("eiu-72-in-charge", "eiu-58")


def align(workspace: Workspace, evidence: Evidence | None, *, seed: int = SEED) -> Alignment:
    """The newest round of the pulse measured, with the change since the round before.

    `evidence` gives what customers answered; without it the perception gap is refused and the rest stands.
    """
    return align_company(workspace.company, workspace.playbook, evidence, seed=seed)


def align_company(
    company: Company, playbook: Playbook, evidence: Evidence | None, *, seed: int = SEED
) -> Alignment:
    """The same for a company that is no folder."""
    from fulcrum.alignment.measure import measured

    return measured(
        company,
        rules=playbook.alignment,
        customers_say=customers_say(evidence),
        version=f"{__version__}, playbook {playbook.version}",
        seed=seed,
    )


def rounds(company: Company, playbook: Playbook) -> tuple[Asked, ...]:
    """Every round that somebody answered, the earliest first."""
    from fulcrum.alignment.measure import rounds_answered

    return rounds_answered(company, rules=playbook.alignment)


def way_of_working(company: Company, playbook: Playbook) -> WayOfWorking:
    """The mechanisms with their proof, which to build next, and programme language in what was written."""
    from fulcrum.alignment.mechanisms import way_of_working as scorecard
    from fulcrum.commitment.wordlist import WordList

    telltale = WordList([one for one in playbook.vision_words if one.kind == "programme"])

    def phrases(where: str, text: str) -> Iterable[Phrase]:
        found = telltale.found_in(text)
        if found:
            said = listed([f"“{one}”" for one in dict.fromkeys(one.text for one in found)])
            yield Phrase(where=where, said=text, phrase=said, instead=found[0].entry.instead)

    return scorecard(company, playbook.mechanisms, rules=playbook.alignment, phrases=phrases)


def outside_arguments(playbook: Playbook) -> tuple[Argument, ...]:
    """The outside study that stands beside the company's own ownership gap, doubts and all."""
    held = {argument.id: argument for argument in playbook.arguments}
    return tuple(held[id] for id in BESIDE_OWNERSHIP if id in held)


def customers_say(evidence: Evidence | None) -> Result:
    """What customers answered on average when asked whether they would recommend, from 0 to 10; or why not.

    Only answers to that question count: a score from 0 to 10 for which an NPS was computed.
    """
    score = None if evidence is None else evidence.finding("score.all")
    if evidence is None or score is None:
        return Unknown(
            reason="No answers of customers are at hand.",
            needs="Scores of customers from 0 to 10 on how likely they are to recommend.",
        )
    if isinstance(score.result, Unknown):
        return score.result
    if evidence.finding("nps.all") is None or score.result.unit.scale != (0, 10):
        scale = score.result.unit.scale
        on = "another scale" if scale is None else f"a scale from {scale[0]:g} to {scale[1]:g}"
        asked = on if scale != (0, 10) else "another question from 0 to 10"
        return Unknown(
            reason=f"Customers answered {asked}; executives guess how likely they are to recommend, 0 to 10.",
            needs="Scores of customers from 0 to 10 on how likely they are to recommend.",
        )
    return score.result
