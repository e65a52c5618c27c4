"""Exports, how they are read, and what came of them."""

from django.db import models

from fulcrum.records.models.workspace import Member, Workspace


class Dataset(models.Model):
    """One export as it came; the file lies in the workspace's folder under `data/`, named `name`."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="datasets")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("workspace", "name"), name="one_export_a_name"),)


class MappingVersion(models.Model):
    """What `mapping.toml` said from this time on; the newest one is also the file beside the exports."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="mappings")
    text = models.TextField()
    saved_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)


class Run(models.Model):
    """One reading of the data: the findings as a stored snapshot, or the Problems that stopped it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="runs")
    as_of = models.DateField()
    version = models.CharField(max_length=100)
    mapping = models.ForeignKey(MappingVersion, on_delete=models.SET_NULL, null=True)
    evidence = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    files = models.JSONField(default=list)
    rejected_csv = models.TextField(blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)


class StorySearch(models.Model):
    """What customers write about, as one search found it: themes and masked proposals, never a comment."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="searches")
    as_of = models.DateField()
    version = models.CharField(max_length=100)
    found = models.JSONField()
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
