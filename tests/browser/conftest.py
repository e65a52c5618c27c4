"""The desk in a browser."""

from desk_in_browser import *  # noqa: F403
