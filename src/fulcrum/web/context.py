"""What every page knows of where it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from fulcrum import __version__
from fulcrum.records.access import Act

NAVIGATION = (
    ("week", "This week"),
    ("executives", "Executives"),
    ("plan", "Plan"),
    ("alignment", "Alignment"),
    ("levers", "Levers"),
    ("evidence", "Evidence"),
    ("stories", "Stories"),
    ("progress", "Progress"),
    ("briefs", "Briefs"),
    ("library", "Library"),
    ("settings", "Settings"),
)


def place(request: HttpRequest) -> dict[str, Any]:
    """The workspace, the actor and what they may do; nothing of these outside a workspace."""
    known: dict[str, Any] = {
        "fulcrum_version": __version__,
        "is_open": settings.FULCRUM_OPEN,
        "mail_stays_here": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
    }
    actor = getattr(request, "actor", None)
    if actor is None:
        return known
    return known | {
        "actor": actor,
        "workspace": actor.workspace,
        "slug": actor.workspace.slug,
        "navigation": NAVIGATION,
        "today": actor.workspace.as_of or timezone.localdate(),
        "may_write": actor.may(Act.WRITE),
        "may_assume": actor.may(Act.ASSUME),
        "may_keep": actor.may(Act.KEEP),
    }
