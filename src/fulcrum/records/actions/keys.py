"""The key that seals private text, renewed at the machine by whoever runs the desk; there is no actor."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from fulcrum.records.models import Audit, Standing, Workspace
from fulcrum.records.sealed import SealedText, renew_key

_AT_ONCE = 500


def renew() -> int:
    """A new key, and every private text sealed with it; how many rows. Earlier keys stay for old backups.

    A row that somebody changes meanwhile is sealed with the new key by that change.
    """
    renew_key()
    rows = sum(_resealed(model) for model in apps.get_app_config("records").get_models())
    Standing.objects.all().delete()  # judged anew when next looked at
    for workspace in Workspace.objects.all():
        Audit.objects.create(
            workspace=workspace, action="key.renew", said="Renewed the key of private texts."
        )
    return rows


def _resealed(model: type[Model]) -> int:
    """A model that holds sealed text counts its versions."""
    sealed = [field.name for field in model._meta.fields if isinstance(field, SealedText)]
    every, count, last = model._default_manager, 0, 0
    while sealed and (rows := list(every.filter(pk__gt=last).order_by("pk")[:_AT_ONCE])):
        with transaction.atomic():
            for row in rows:
                same = every.filter(pk=row.pk, version=row.version)  # type: ignore[attr-defined]
                count += same.update(**{name: getattr(row, name) for name in sealed})
        last = rows[-1].pk
    return count
