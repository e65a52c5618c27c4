"""Who did what, and who read a private note."""

from django.db import models

from fulcrum.records.models.executive import Executive
from fulcrum.records.models.file import PrivateNote
from fulcrum.records.models.workspace import Member, Workspace


class Audit(models.Model):
    """One deed. `said` names what happened and holds nothing of what an assessment says.

    A deed about an executive is shown to those who may see that executive's file; one about a private note
    to those who may read the note.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="audits")
    at = models.DateTimeField(auto_now_add=True)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=60)
    said = models.TextField()
    executive = models.ForeignKey(Executive, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.ForeignKey(PrivateNote, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("workspace", "-id")),)
