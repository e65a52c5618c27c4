"""Reading a private note: it is a deed, for each reading leaves a line in the audit."""

from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions.deed import deed
from fulcrum.records.models import PrivateNote


def read_private_note(actor: Actor, note: PrivateNote) -> str:
    """The text of a note that this actor may read; raises `NotThere` for everybody else."""
    with deed(actor, Act.READ, "note.read", "Read a private note.", executive=note.executive) as line:
        found = PrivateNote.objects.visible_to(actor).filter(pk=note.pk).first()
        if found is None:
            raise NotThere
        line.note = found
        return str(found.note)
