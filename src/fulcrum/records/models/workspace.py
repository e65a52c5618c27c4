"""A company on the desk, and the people who work there."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from fulcrum.records.exact import ExactDecimal


class Role(models.TextChoices):
    """What a member may do; `access.py` says what follows."""

    OWNER = "owner", "Owner"
    EDITOR = "editor", "Editor"
    FINANCE = "finance", "Finance reviewer"
    VIEWER = "viewer", "Viewer"


class Workspace(models.Model):
    """One company: what `company.toml` and `vision.toml` say. Its files lie in a folder of its own.

    `as_of` is the day to look from; empty means today. `version` counts changes of this row, `told` every
    deed on which what is judged of any executive may rest.
    """

    slug = models.SlugField(unique=True, max_length=60)
    name = models.TextField()
    industry = models.TextField(blank=True)
    currency = models.CharField(max_length=3)
    is_simulated = models.BooleanField(default=False)
    as_of = models.DateField(null=True, blank=True)
    hours_per_week = models.FloatField(null=True, blank=True)
    budget = ExactDecimal(null=True, blank=True)
    contact = models.TextField(blank=True)
    vision = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    told = models.PositiveBigIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def today(self) -> date:
        """The day to look from."""
        return self.as_of or timezone.localdate()


class Member(models.Model):
    """A person's place in a workspace. `is_executive` links them to the executive whom they are.

    Who left keeps the row, so that what they wrote keeps its author, and loses every right.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=Role)
    is_executive = models.ForeignKey(
        "records.Executive", on_delete=models.SET_NULL, null=True, blank=True, related_name="accounts"
    )
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="one_place_a_workspace"),)

    def __str__(self) -> str:
        return self.name
