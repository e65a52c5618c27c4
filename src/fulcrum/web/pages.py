"""How a route is declared: address, view, and who may use it; `guard` in `middleware.py` enforces it."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
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
    """Who may read by this route (GET) and who may write by it (POST); None: it does not take that."""

    reads: Act | Open | None
    writes: Act | Open | None = None

    @property
    def takes(self) -> list[str]:
        """The methods that the route takes."""
        return ["GET", "HEAD"] * (self.reads is not None) + ["POST"] * (self.writes is not None)

    def needs(self, method: str) -> Act | Open | None:
        """What a request with this method needs; None when the route does not take it."""
        return self.reads if method in ("GET", "HEAD") else self.writes if method == "POST" else None


class Asked(HttpRequest):
    """A request inside a workspace: the guard has put the actor on it."""

    actor: Actor


def page(
    route: str, view: View, *, name: str, reads: Act | Open | None = None, writes: Act | Open | None = None
) -> URLPattern:
    """One route with its policy. A view without one cannot be reached."""

    @wraps(view)
    def declared(request: HttpRequest, **arguments: Any) -> HttpResponse:
        arguments.pop("slug", None)  # the guard has made an actor of it
        return view(request, **arguments)

    declared.policy = Policy(reads=reads, writes=writes)  # type: ignore[attr-defined]
    return path(route, declared, name=name)
