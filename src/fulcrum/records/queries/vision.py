"""The vision on the desk: as it stands, as it stood, and where a journey is worth writing first."""

from datetime import datetime

from fulcrum import on_vision
from fulcrum.core.company import Vision
from fulcrum.core.findings import Finding
from fulcrum.core.value import value
from fulcrum.core.vision import VisionReading
from fulcrum.records.access import Act, Actor
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import VisionVersion
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.vision import vision_of

SHOWN = 50


@value
class Saved:
    """One text of the vision as it was saved: by whom, when; None where it was removed."""

    vision: Vision | None
    by: str
    at: datetime


def saved_visions(actor: Actor) -> tuple[Saved, ...]:
    """Every text that was saved, the newest first; at most fifty."""
    actor.must(Act.READ)
    kept = VisionVersion.objects.filter(workspace=actor.workspace).select_related("made_by")[:SHOWN]
    return tuple(
        Saved(
            vision=vision_of(one.stated),
            by="somebody who left" if one.made_by is None else one.made_by.name,
            at=one.made_at,
        )
        for one in kept
    )


def reading_of(actor: Actor, vision: Vision) -> VisionReading:
    """Where this text would be vague to a reader, by the workspace's playbook."""
    return on_vision.read_for_vagueness(vision, playbook_of(actor.workspace))


def worth_a_journey(actor: Actor) -> tuple[Finding, ...]:
    """The touchpoints with the lowest scores of the newest findings; none without findings."""
    evidence = newest_evidence(actor.workspace)
    return () if evidence is None else on_vision.lowest_touchpoints(evidence)


def touchpoints(actor: Actor) -> tuple[str, ...]:
    """Every touchpoint of the newest findings, by its name."""
    evidence = newest_evidence(actor.workspace)
    found = () if evidence is None else evidence.findings
    return tuple(one.group for one in found if one.key.startswith("score.touchpoint."))
