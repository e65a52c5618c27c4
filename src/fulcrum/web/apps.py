"""How Django finds the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and pages."""

    name = "fulcrum.web"
    label = "web"
