"""Who did what, as one actor may know it."""

from django.db.models import Q, QuerySet

from fulcrum.records.access import Act, Actor, files_open_to
from fulcrum.records.models import Audit, PrivateNote


def audit_for(actor: Actor) -> "QuerySet[Audit]":
    """The deeds in this workspace, the newest first.

    A deed about an executive is left out where their file is closed to the actor, unless it is their own
    deed; one about a private note where they may not read the note.
    """
    actor.must(Act.READ)
    about = Q(executive__isnull=True) | Q(executive__in=files_open_to(actor)) | Q(member=actor.member)
    noted = Q(note__isnull=True) | Q(note__in=PrivateNote.objects.visible_to(actor))
    themselves = actor.member.is_executive_id
    lines = Audit.objects.filter(about & noted, workspace=actor.workspace)
    return lines if themselves is None else lines.filter(~Q(executive=themselves) | Q(executive=None))
