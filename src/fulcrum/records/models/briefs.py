"""Briefs as they were made, and the links by which somebody without an account may read one."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from fulcrum.records.models.evidence import Run
from fulcrum.records.models.executive import Executive
from fulcrum.records.models.workspace import Member, Workspace


class BriefKind(models.TextChoices):
    """What a brief is about."""

    CASE = "case", "The case"
    VISION = "vision", "The vision"
    CONFIDENCE = "confidence", "How the work went"


class Brief(models.Model):
    """One brief as it was composed: never changed, made anew instead.

    No executive means the board, or all executives where it is the vision's.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="briefs")
    executive = models.ForeignKey(Executive, on_delete=models.CASCADE, null=True, related_name="briefs")
    kind = models.CharField(max_length=10, choices=BriefKind, default=BriefKind.CASE)
    title = models.CharField(max_length=500)
    composed = models.JSONField()
    as_of = models.DateField()
    version = models.CharField(max_length=100)
    run = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)


@receiver(pre_delete, sender=Brief)
def forget_files(instance: Brief, **_: Any) -> None:
    """A brief that is erased leaves no file behind, whatever it is erased with."""
    from fulcrum.briefing.formats import FORMATS
    from fulcrum.records.laid_out import forget, place_of

    places = tuple(place_of(instance, name) for name in FORMATS)
    transaction.on_commit(lambda: forget(places))


class ShareLink(models.Model):
    """A way to one brief until a day. Only the token's hash is kept; the link is shown once."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)
