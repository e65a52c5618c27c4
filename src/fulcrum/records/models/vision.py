"""The vision as it stood each time that somebody saved it."""

from django.db import models

from fulcrum.records.models.workspace import Member, Workspace


class VisionVersion(models.Model):
    """One saved text of the vision, never changed; `stated` is as in the workspace, None where removed."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="visions")
    stated = models.JSONField(null=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
