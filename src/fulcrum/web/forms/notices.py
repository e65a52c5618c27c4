"""What is asked of a member about notices: when they come, and by which way."""

from functools import lru_cache
from zoneinfo import available_timezones

from fulcrum.records.actions.notices import WEEKDAYS
from fulcrum.web.entry import Choices, Field

COMES: Choices = (
    ("digest", "The digest, once a week"),
    (
        "alerts",
        "Alerts: when commitment falls, evidence ages, an ask passes its day or lapses, a sponsor leaves or "
        "the strategy changes",
    ),
)
_HINTS = {
    "slack": "In Slack: an app with “Incoming Webhooks”. The address begins with https://hooks.slack.com/.",
    "teams": "In Teams: the workflow “Post to a channel when a webhook request is received”. Copy all of it.",
}
_KEPT = " Leave it empty to keep the one that is there; it is not shown again."


@lru_cache(maxsize=1)
def zones() -> Choices:
    """Every zone that is named after a place, and UTC."""
    return tuple((name, name.replace("_", " ")) for name in sorted(available_timezones()) if _is_place(name))


def times() -> tuple[Field, ...]:
    """When notices come."""
    days = tuple((day, day) for day in WEEKDAYS)
    return (
        Field(name="weekday", label="Day of the digest", kind="choice", choices=days),
        Field(name="digest_at", label="Time of the digest", kind="time", is_required=True),
        Field(name="time_zone", label="By the clock of", kind="choice", choices=zones()),
        Field(
            name="quiet_from",
            label="Quiet from",
            kind="time",
            hint="What falls due in quiet hours comes when they end.",
        ),
        Field(name="quiet_until", label="Quiet until", kind="time"),
    )


def channel(kind: str, *, has_address: bool, is_there: bool) -> tuple[Field, ...]:
    """What is asked of one way; of mail no address where the account has one."""
    comes = Field(name="comes", label="What comes", kind="many", choices=COMES)
    if kind == "email":
        where = Field(name="address", label="E-mail address", kind="email", is_required=True)
        return (comes,) if has_address else (where, comes)
    hint = _HINTS[kind] + (_KEPT if is_there else "")
    return (
        Field(
            name="address", label="Address of the webhook", kind="url", hint=hint, is_required=not is_there
        ),
        comes,
    )


def _is_place(name: str) -> bool:
    return name == "UTC" or (
        "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix", "right"))
    )
