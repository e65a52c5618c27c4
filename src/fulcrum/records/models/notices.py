"""What members want to be told, by which way, and the outbox: messages as rows that survive their sender."""

from datetime import time

from django.db import models

from fulcrum.records.models.workspace import Member
from fulcrum.records.sealed import SealedText

DIGEST_AT = time(8)


class Subscription(models.Model):
    """When a member wants to be told. Only the hash of the calendar's token is kept; it is shown once.

    `next_digest_at` and `looked_at` are how far planning is (`notices.py`); what stands when alerts are
    turned on, which empties `looked_at`, counts as told.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="subscription")
    time_zone = models.CharField(max_length=60)
    weekday = models.PositiveSmallIntegerField(default=0)
    digest_at = models.TimeField(default=DIGEST_AT)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    calendar_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    next_digest_at = models.DateTimeField(null=True, blank=True, db_index=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class ChannelKind(models.TextChoices):
    """The ways on which a notice leaves."""

    EMAIL = "email", "E-mail"
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Teams"


class Channel(models.Model):
    """One way to reach a member, and what goes there. The address is sealed: a webhook's is a secret.

    `stop_token` ends it by one click in a mail; `failed` is why the last message was given up.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = SealedText()
    wants_digest = models.BooleanField(default=True)
    wants_alerts = models.BooleanField(default=False)
    stop_token = SealedText()
    stop_sha256 = models.CharField(max_length=64, unique=True)
    failed = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("kind",)
        constraints = (models.UniqueConstraint(fields=("subscription", "kind"), name="one_channel_a_kind"),)


class Told(models.Model):
    """An occasion of which a member was told, so that nobody is told twice; by its fingerprint alone."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told")
    occasion = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subscription", "occasion"), name="told_once"),)


class MessageKind(models.TextChoices):
    """What a message is."""

    DIGEST = "digest", "Digest"
    ALERT = "alert", "Alert"
    TEST = "test", "Test message"


class MessageState(models.TextChoices):
    """How far a message is."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    GIVEN_UP = "given up", "Given up"
    DROPPED = "dropped", "Not sent"


class Message(models.Model):
    """One message to one channel. It holds no word of what it will say: that is decided when it is sent.

    `key` names the occasion, once for each channel; `message_id` follows from both and never changes.
    `occasions` are fingerprints of what an alert is about.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind)
    key = models.CharField(max_length=80)
    message_id = models.CharField(max_length=200, unique=True)
    occasions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    held_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("channel", "key"), name="one_message_an_occasion"),)
        indexes = (models.Index(fields=("state", "next_try_at")),)
