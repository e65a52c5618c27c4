"""The file of an executive: everything that assesses them. `visible_to` in `access.py` guards each row.

Free text is sealed. A row that was taken back keeps its place, so that taking back can be undone.
"""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from fulcrum.records.models.executive import Executive
from fulcrum.records.models.workspace import Member
from fulcrum.records.sealed import SealedJSON, SealedText

if TYPE_CHECKING:
    from fulcrum.records.access import Actor


class FileQuerySet(models.QuerySet[Any]):
    """Rows of files; nothing outside this class and `access.py` filters by who may see."""

    def visible_to(self, actor: "Actor") -> Self:
        """The rows that this actor may see: their own, and those of files for which they are named."""
        from fulcrum.records.access import may_see

        return self.filter(may_see(actor, self.model))

    def standing(self) -> Self:
        """Without the rows that were taken back."""
        return self.filter(taken_back_at__isnull=True)


class FileRow(models.Model):
    """What every row of a file has: whose file, who wrote it, when, and whether it was taken back."""

    executive = models.ForeignKey(Executive, on_delete=models.CASCADE, related_name="%(class)ss")
    author = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    note = SealedText(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FileQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("id",)


class Observation(FileRow):
    """One behaviour, seen at one anchor, on one day."""

    date = models.DateField()
    behaviour = models.CharField(max_length=20)
    anchor = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20)
    observer = SealedText(blank=True)

    class Meta(FileRow.Meta):
        indexes = (models.Index(fields=("executive", "-date")),)


class Reaction(FileRow):
    """What they said or how they reacted, tagged with a barrier."""

    date = models.DateField()
    barrier = models.CharField(max_length=60)


class Motivator(FileRow):
    """Why they act; offered to the CX leader, never printed for the executive."""

    motivator = SealedText()


class Influence(FileRow):
    """`listened_to` is heard by the executive whose file this is."""

    listened_to = models.ForeignKey(Executive, on_delete=models.CASCADE, related_name="heard_by")
    strength = models.FloatField()

    class Meta(FileRow.Meta):
        constraints = (
            models.UniqueConstraint(fields=("executive", "listened_to"), name="one_strength_a_pair"),
        )


class Ask(FileRow):
    """A step put to them, with its fate."""

    step = models.CharField(max_length=500)
    asked_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(FileRow.Meta):
        indexes = (models.Index(fields=("status", "-closed_on")),)


class Move(FileRow):
    """A lever pulled. `key` is the id of the company folder."""

    key = models.CharField(max_length=100)
    lever = models.CharField(max_length=20)
    date = models.DateField()
    brief = models.CharField(max_length=500, blank=True)
    nothing_seen_on = models.DateField(null=True, blank=True)


class PrivateNote(FileRow):
    """A note for its author and those whom they name, not even for every reader of the file."""

    named = models.ManyToManyField(Member, related_name="private_notes", blank=True)


class WordsSetAside(FileRow):
    """A text of theirs whose proposed observation somebody dismissed; `file` is its name in words/."""

    file = models.CharField(max_length=200)

    class Meta(FileRow.Meta):
        constraints = (models.UniqueConstraint(fields=("executive", "file"), name="set_aside_once"),)


class Standing(models.Model):
    """What is believed and recommended on one day: a snapshot, made anew when what it rests on changes.

    `belief`, `barrier` and `choice` are stored values, sealed, 20 to 100 kB; the columns before them serve
    order and filter, and stand first so that a database need not read past the sealed ones. The belief
    rests on the file as of `file_version`, the choice on what `rests_on` fingerprints; `version` names the
    code and the playbook by which both were made.
    """

    executive = models.OneToOneField(Executive, on_delete=models.CASCADE, related_name="standing")
    as_of = models.DateField()
    version = models.CharField(max_length=200)
    file_version = models.PositiveBigIntegerField()
    rests_on = models.CharField(max_length=64, blank=True)
    level = models.FloatField(null=True)
    change = models.FloatField(null=True)
    is_drop = models.BooleanField(default=False)
    last_evidence = models.DateField(null=True)
    belief = SealedJSON()
    barrier = SealedJSON()
    choice = SealedJSON(null=True)

    objects = FileQuerySet.as_manager()
