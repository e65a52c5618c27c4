"""How Django finds the records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The one app with tables of our own."""

    name = "fulcrum.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
