"""What the CX team does and keeps: initiatives, stories, wins, risks, spend, mechanisms."""

from typing import Self

from django.db import models

from fulcrum.records.exact import ExactDecimal
from fulcrum.records.models.workspace import Workspace


class ProgrammeRow(models.Model):
    """A row of the workspace that members may read."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ("id",)


class Initiative(ProgrammeRow):
    """What the team wants to do, as the case needs it; costs in the workspace's currency."""

    name = models.TextField()
    one_off = ExactDecimal()
    running = ExactDecimal()
    horizon_years = models.FloatField()
    reach = models.PositiveBigIntegerField()
    moved_share = models.FloatField()
    causal_share = models.FloatField(null=True, blank=True)
    owner = models.TextField(blank=True)
    comparison = models.TextField(blank=True)
    pilot = models.TextField(blank=True)


class StoryQuerySet(models.QuerySet["Story"]):
    """Approved stories."""

    def standing(self) -> Self:
        """Without those whose approval was taken back."""
        return self.filter(taken_back_at__isnull=True)


class Story(ProgrammeRow):
    """A customer's experience, masked, and approved by a named person; taking that back can be undone."""

    key = models.CharField(max_length=100)
    quote = models.TextField()
    touchpoint = models.CharField(max_length=500, blank=True)
    score = models.FloatField(null=True, blank=True)
    approved_by = models.CharField(max_length=500)
    approved_on = models.DateField()
    area = models.CharField(max_length=500, blank=True)
    consent = models.CharField(max_length=30, null=True, blank=True)
    kind = models.CharField(max_length=20, null=True, blank=True)
    theme = models.CharField(max_length=500, blank=True)
    counter_story = models.CharField(max_length=100, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta(ProgrammeRow.Meta):
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_story_a_key"),)


class Win(ProgrammeRow):
    """Something that worked."""

    date = models.DateField()
    win = models.CharField(max_length=500)
    value = models.CharField(max_length=500, blank=True)
    owner = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    proof = models.TextField(blank=True)
    thanks = models.CharField(max_length=500, blank=True)


class Risk(ProgrammeRow):
    """Something that could go wrong, and who holds it."""

    date = models.DateField()
    risk = models.CharField(max_length=500)
    severity = models.CharField(max_length=500, blank=True)
    owner = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    trigger = models.TextField(blank=True)
    response = models.TextField(blank=True)
    trend = models.CharField(max_length=20, null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)


class Spend(ProgrammeRow):
    """Money spent on the work."""

    date = models.DateField()
    item = models.CharField(max_length=500)
    amount = ExactDecimal()
    owner = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)


class Promise(ProgrammeRow):
    """What the CX team itself promised."""

    promise = models.CharField(max_length=500)
    made_on = models.DateField()
    to = models.CharField(max_length=500, blank=True)
    due = models.DateField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)


class Decision(ProgrammeRow):
    """What was decided, by whom and why."""

    date = models.DateField()
    decision = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, null=True, blank=True)
    decided_by = models.CharField(max_length=500, blank=True)
    why = models.TextField(blank=True)


class Mechanism(ProgrammeRow):
    """Where one mechanism stands, with dated proof."""

    mechanism = models.CharField(max_length=500)
    state = models.CharField(max_length=20)
    proof = models.TextField(blank=True)
    proven_on = models.DateField(null=True, blank=True)


class OutsideMover(ProgrammeRow):
    """An event that may have moved executives without us."""

    date = models.DateField()
    kind = models.CharField(max_length=20)
    note = models.TextField(blank=True)
