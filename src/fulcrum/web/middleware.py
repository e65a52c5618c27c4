"""What happens to every request before a page sees it: headers, the local owner, the guard."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import RedirectView

from fulcrum.core.errors import DataProblems, FulcrumError
from fulcrum.records.access import Actor, Refused, actor_in
from fulcrum.web.pages import Open, Policy

Next = Callable[[HttpRequest], HttpResponse]
LOOPBACK = frozenset({"127.0.0.1", "::1"})
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    )
)


def headers(get_response: Next) -> Next:
    """Nothing from elsewhere, nothing inline, nothing kept by shared caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def local_owner(get_response: Next) -> Next:
    """On this machine alone, the person who started the desk needs no account."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_local(request) and not request.user.is_authenticated:
            users = get_user_model()
            named = {"first_name": "You", "password": make_password(None)}
            owner, _ = users.objects.get_or_create(username="local", defaults=named)
            login(request, owner, backend="django.contrib.auth.backends.ModelBackend")
        return get_response(request)

    return middleware


def _is_local(request: HttpRequest) -> bool:
    is_forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    is_here = request.META.get("REMOTE_ADDR") in LOOPBACK and not is_forwarded
    return not settings.FULCRUM_OPEN and is_here and request.path != "/health/"


class guard:
    """Lets nobody through whom the route's policy does not name, and says refusals in a sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _: object, arguments: dict[str, Any]
    ) -> HttpResponse | None:
        """Answers instead of the view where the policy does not allow it."""
        policy = policy_of(view)
        needs = policy.needs(request.method or "")
        if needs is None:
            return _not_so(request, policy)
        if needs is Open.ANYONE:
            return None
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if needs is Open.SIGNED_IN:
            return None
        request.actor = _actor(request, arguments)  # type: ignore[attr-defined]
        try:
            request.actor.must(needs)  # type: ignore[attr-defined]
        except Refused as refused:  # Django asks `process_exception` about views alone
            return self.process_exception(request, refused)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A request that cannot be served is a page and not a crash."""
        if isinstance(error, DataError):
            raise Http404 from error  # asked for by a text that the database cannot even hold, such as NUL
        if not isinstance(error, FulcrumError) or isinstance(error, Http404):
            return None
        problems = error.problems if isinstance(error, DataProblems) else ()
        status = 403 if isinstance(error, Refused) else 422 if problems else 400
        return render(request, "fulcrum/mistake.html", {"error": error, "problems": problems}, status=status)


def policy_of(view: Any) -> Policy:
    """The policy that a view carries; those of allauth, the way in, and redirections are open."""
    declared = getattr(view, "policy", None)
    if isinstance(declared, Policy):
        return declared
    made_by = getattr(view, "view_class", view)
    if made_by is RedirectView or made_by.__module__.startswith("allauth."):
        return Policy(reads=Open.ANYONE, writes=Open.ANYONE)
    raise LookupError(f"{view!r} is reached without a declared policy")


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in and back to the page; a fragment takes the whole page there."""
    is_fragment = "HX-Request" in request.headers
    is_page = request.method == "GET" and not is_fragment
    answer = redirect_to_login(request.get_full_path() if is_page else "/")
    if not is_fragment:
        return answer
    return HttpResponse(headers={"HX-Redirect": answer.url})


def _not_so(request: HttpRequest, policy: Policy) -> HttpResponse:
    """A page and not a blank: somebody may come back by an address that only takes a form."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = ", ".join(policy.takes)
    return response


def _actor(request: HttpRequest, arguments: dict[str, Any]) -> Actor:
    actor = actor_in(request.user, arguments["slug"])
    if actor is None:
        raise Http404
    return actor
