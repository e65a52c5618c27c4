"""The desk's own fixtures."""

from desk_fixtures import *  # noqa: F403
