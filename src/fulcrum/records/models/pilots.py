"""Pilots: what was frozen before the start, and what was read afterwards. Designs and results are files."""

from typing import Any

from django.db import models

from fulcrum.records.models.workspace import Member, Workspace


class PilotRegistration(models.Model):
    """A design as it was frozen; the file of the same name in the workspace's `pilots/` says the same.

    A row is written once. Whoever changes the file finds that it no longer matches.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="pilot_registrations")
    key = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    registered_on = models.DateField()
    registered_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("workspace", "key"), name="a_pilot_is_registered_once"),
        )

    def save(self, *args: Any, **named: Any) -> None:
        """Write the row, once."""
        if self.pk is not None and not self._state.adding:
            raise TypeError("a registration is never changed")
        super().save(*args, **named)


class PilotBaseline(models.Model):
    """What customers do without the pilot, as it was last counted from the exports, as a stored snapshot."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="pilot_baselines")
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)
    known = models.JSONField()
    counted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_baseline_a_pilot"),)


class PilotReading(models.Model):
    """One reading of a pilot's results: the read-out as a stored snapshot, and what was decided on it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="pilot_readings")
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=100)
    as_of = models.DateField()
    read_out = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided = models.CharField(max_length=20, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
