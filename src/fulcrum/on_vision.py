"""The vision: read for what is vague, the journeys that the data suggest, and its brief."""

from fulcrum.core.brief import Brief
from fulcrum.core.company import Vision
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import Estimate
from fulcrum.core.vision import VisionReading
from fulcrum.workflow import Workspace

SUGGESTED = 3


def read_for_vagueness(vision: Vision, playbook: Playbook) -> VisionReading:
    """Every place where a reader of the vision would not see anything before them."""
    from fulcrum.commitment.vagueness import vagueness

    return vagueness(vision, playbook.vision_words, playbook.vision)


def lowest_touchpoints(evidence: Evidence, *, most: int = SUGGESTED) -> tuple[Finding, ...]:
    """The touchpoints with the lowest scores: where a journey is worth writing first."""
    scored = [one for one in evidence.findings if one.key.startswith("score.touchpoint.")]
    known = [(one.result.value, one) for one in scored if isinstance(one.result, Estimate)]
    return tuple(one for _, one in sorted(known, key=lambda pair: pair[0])[:most])


def brief_for_vision(workspace: Workspace, evidence: Evidence, executive: str | None = None) -> Brief:
    """The vision brief for one executive, or for all."""
    from fulcrum.briefing.vision_brief import compose_vision

    person = None if executive is None else workspace.company.executive(executive)
    if executive is not None and person is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    return compose_vision(workspace.company, evidence, person)
