"""The way in for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fulcrum.config.settings")
application = get_wsgi_application()
_ = (
    get_resolver().url_patterns
)  # read now: a page that cannot be reached stops the start, not the first visitor

# What is loaded stays: the collector need not walk it again (0.25 s each time, while all wait). It also
# looks for cycles less often: next to none of the objects that a page makes stand in one.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 10)
