"""Pulses: the rounds in which executives are asked, whom, and what they answered."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from fulcrum.records.models.executive import Executive
from fulcrum.records.models.programme import ProgrammeRow
from fulcrum.records.models.workspace import Member
from fulcrum.records.sealed import SealedText


class PulseRound(ProgrammeRow):
    """One time at which the questionnaire is put. It ends on its last day, or earlier by hand.

    The days are those of the workspace, which may look from a day of its own; `expires_at` is the clock's,
    and empty for a round that came with a company folder: that one is over.
    """

    key = models.CharField(max_length=100)
    opens_on = models.DateField()
    closes_on = models.DateField()
    priorities = models.CharField(max_length=500, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ProgrammeRow.Meta):
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_round_a_key"),)

    def __str__(self) -> str:
        return self.key

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether answers still count."""
        return (
            self.closed_at is None
            and self.expires_at is not None
            and self.expires_at > (at or timezone.now())
        )


class PulseAnswer(ProgrammeRow):
    """One answer to one question of the one-minute questionnaire: sealed, and shown in totals only."""

    respondent = models.CharField(max_length=100)
    date = models.DateField()
    question = models.CharField(max_length=500)
    answer = SealedText()
    round = models.CharField(max_length=100, blank=True)

    class Meta(ProgrammeRow.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "respondent", "date", "question", "round"), name="one_answer_a_day"
            ),
        )


class PulseInvitation(models.Model):
    """One executive asked in one round: whether they answered, and when they were last reminded."""

    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="invitations")
    executive = models.ForeignKey(Executive, on_delete=models.CASCADE, related_name="pulse_invitations")
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    times_answered = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("round", "executive"), name="asked_once_a_round"),)


class PulseLink(models.Model):
    """A way to one questionnaire. Only the token's hash is kept; a reminder carries a link of its own."""

    invitation = models.ForeignKey(PulseInvitation, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    is_reminder = models.BooleanField(default=False)
