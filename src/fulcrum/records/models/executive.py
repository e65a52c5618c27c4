"""Executives as everyone in the workspace may know them, and who may read what is noted of each."""

from django.db import models

from fulcrum.core.people import Level
from fulcrum.records.models.workspace import Member, Workspace


class Executive(models.Model):
    """Name, role and area; no assessment. `key` is the id of the company folder.

    `version` counts changes of this row; `file_version` counts whatever was written about them.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="executives")
    key = models.CharField(max_length=100)
    name = models.CharField(max_length=500)
    role = models.CharField(max_length=500)
    area = models.CharField(max_length=500, blank=True)
    is_sponsor = models.BooleanField(default=False)
    desired_level = models.PositiveSmallIntegerField(default=Level.LEADING_OWN_AREA)
    attention_hours_per_week = models.FloatField(null=True, blank=True)
    readers = models.ManyToManyField(
        Member, through="Reader", through_fields=("executive", "member"), related_name="named_for"
    )
    version = models.PositiveIntegerField(default=1)
    file_version = models.PositiveBigIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_executive_a_key"),)

    def __str__(self) -> str:
        return self.name


class Reader(models.Model):
    """A member named to see the assessment of one executive. Whoever is not named cannot see."""

    executive = models.ForeignKey(Executive, on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, db_index=False)
    named_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("executive", "member"), name="named_once"),)
        indexes = (models.Index(fields=("member", "executive")),)


class Goal(models.Model):
    """What an executive answers for: public inside the company, no assessment."""

    executive = models.ForeignKey(Executive, on_delete=models.CASCADE, related_name="goals")
    goal = models.CharField(max_length=500)
    metric = models.CharField(max_length=500, blank=True)
    baseline = models.CharField(max_length=500, blank=True)
    target = models.CharField(max_length=500, blank=True)
    due = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
