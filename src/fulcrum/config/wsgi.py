"""The way in for the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fulcrum.config.settings")
application = get_wsgi_application()
_ = (
    get_resolver().url_patterns
)  # read now: a page that cannot be reached stops the start, not the first visitor
