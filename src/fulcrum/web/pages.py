"""How a route is declared: address, view, and who may use it; `guard` in `middleware.py` enforces it."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor

View = Callable[..., HttpResponse]


class Open(Enum):
    """A route outside of any workspace."""

    ANYONE = "anyone"
    SIGNED_IN = "whoever is signed in"


@value
class Policy:
    """Who may read by this route (GET) and who may write by it (POST; None: nobody)."""

    reads: Act | Open
    writes: Act | Open | None = None

    def needs(self, method: str) -> Act | Open | None:
        """What a request with this method needs; None when the route does not take it."""
        return self.reads if method in ("GET", "HEAD") else self.writes if method == "POST" else None


class Asked(HttpRequest):
    """A request inside a workspace: the guard has put the actor on it."""

    actor: Actor


def page(
    route: str, view: View, *, name: str, reads: Act | Open, writes: Act | Open | None = None
) -> URLPattern:
    """One route with its policy. A view without one cannot be reached."""
    return path(route, _Declared(view, Policy(reads=reads, writes=writes)), name=name)


class _Declared:
    """A view that carries its policy."""

    def __init__(self, view: View, policy: Policy) -> None:
        self.view, self.policy = view, policy
        self.__name__, self.__module__, self.__doc__ = view.__name__, view.__module__, view.__doc__

    def __call__(self, request: HttpRequest, **arguments: Any) -> HttpResponse:
        arguments.pop("slug", None)  # the guard has made an actor of it
        return self.view(request, **arguments)
