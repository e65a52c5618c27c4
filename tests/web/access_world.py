"""A desk with a secret in every field that may hold one, and everybody who might come by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import StringConverter
from django.utils import timezone

from fulcrum.core.quantities import Unknown
from fulcrum.core.stored import to_stored
from fulcrum.core.stories import FoundStories, FoundStory, Masked, Theme
from fulcrum.records import models
from fulcrum.records.models import Role
from fulcrum.records.own_words import place_of

FILE = "CANARY-7f3a-file"  # what is noted of Vera
PRIVATE = "CANARY-91c2-private"  # what Nina wrote for Nora alone
HOOK = "CANARY-5b1d-hook"  # the secret part of a webhook, and of the way to end mail: shown to nobody
PULSE = "CANARY-5d0e-pulse"  # what Vera answered to a pulse: on no page, whoever asks
PROPOSAL = "CANARY-c0f3-proposal"  # what a customer wrote, and nobody has approved
ROLES: dict[str, str] = {
    "owner, not named": Role.OWNER,
    "owner, named": Role.OWNER,
    "owner who is the executive": Role.OWNER,
    "editor, not named": Role.EDITOR,
    "editor, named": Role.EDITOR,
    "author, not named": Role.EDITOR,
    "finance, not named": Role.FINANCE,
    "viewer, not named": Role.VIEWER,
    "viewer, named": Role.VIEWER,
    "former owner": Role.OWNER,
}
OUTSIDE = ("nobody signed in", "signed in, no member", "owner of another workspace")
ACTORS = (*ROLES, *OUTSIDE)
NAMED = ("owner, named", "editor, named", "viewer, named")
SEES_PRIVATE = ("editor, named", "viewer, named")  # its author, and the one whom they named


class World:
    """One workspace, one executive with a file full of secrets, and one client for each actor."""

    def __init__(self) -> None:
        self.workspace = models.Workspace.objects.create(slug="northwind", name="Northwind", currency="EUR")
        self.other = models.Workspace.objects.create(slug="elsewhere", name="Elsewhere", currency="EUR")
        self.vera = models.Executive.objects.create(
            workspace=self.workspace, key="vera", name="Vera Vance", role="COO", area="field"
        )
        self.members = {name: self._member(name, role) for name, role in ROLES.items()}
        self._join("owner of another workspace", Role.OWNER, self.other)
        self._user("signed in, no member")
        self._fill()
        self.clients = {name: self._client(name) for name in ACTORS}

    def _user(self, name: str) -> Any:
        return get_user_model().objects.create_user(
            username=name, email=f"{name.replace(' ', '.')}@x.example"
        )

    def _join(self, name: str, role: str, workspace: models.Workspace) -> models.Member:
        return models.Member.objects.create(
            workspace=workspace, user=self._user(name), name=name.capitalize(), role=role
        )

    def _member(self, name: str, role: str) -> models.Member:
        member = self._join(name, role, self.workspace)
        if name in NAMED:
            models.Reader.objects.create(executive=self.vera, member=member)
        if name == "owner who is the executive":
            member.is_executive = self.vera
        member.is_active = name != "former owner"
        member.save()
        return member

    def _fill(self) -> None:
        author, today = self.members["author, not named"], timezone.localdate()
        of = {"executive": self.vera, "author": self.members["editor, named"], "note": FILE}
        day = today - timedelta(days=3)
        seen = {"date": day, "behaviour": "model", "anchor": 3, "source": "seen", "observer": FILE}
        self.rows = {
            "observation": models.Observation.objects.create(**of, **seen),
            "reaction": models.Reaction.objects.create(**of, date=day, barrier="no picture"),
            "motivator": models.Motivator.objects.create(**of, motivator=FILE),
            "ask": models.Ask.objects.create(**of, step=FILE, asked_on=day, due=today, status="asked"),
            "move": models.Move.objects.create(**of, key="m1", lever="empathy", date=day, brief=FILE),
        }
        self.peer = models.Executive.objects.create(
            workspace=self.workspace, key="paul", name="Paul Pane", role="CFO"
        )
        models.Influence.objects.create(**of, listened_to=self.peer, strength=0.7)
        self.own = models.Observation.objects.create(
            **{**of, "author": author, "note": "What the author saw"}, **{**seen, "observer": ""}
        )
        self.note = models.PrivateNote.objects.create(**{**of, "note": PRIVATE})
        self.note.named.add(self.members["viewer, named"])
        models.WordsSetAside.objects.create(**of, file=f"vera_{day}.txt")
        words = place_of(self.workspace) / f"vera_{day}.txt"
        words.parent.mkdir(parents=True, exist_ok=True)
        words.write_text(f"A customer told us and we heard of {FILE}. " * 40, encoding="utf-8")
        told = models.Subscription.objects.create(member=self.members["editor, named"], time_zone="UTC")
        hook = {"kind": "slack", "address": f"https://hooks.slack.com/services/{HOOK}"}
        models.Channel.objects.create(subscription=told, **hook, stop_token=HOOK, stop_sha256="0" * 64)
        self.round = models.PulseRound.objects.create(
            workspace=self.workspace, key="spring", opens_on=day, closes_on=day, priorities="customers; cost"
        )
        models.PulseInvitation.objects.create(round=self.round, executive=self.vera)
        models.PulseAnswer.objects.create(
            workspace=self.workspace,
            respondent="vera",
            date=day,
            question="vision_in_own_words",
            answer=PULSE,
            round="spring",
        )
        models.StorySearch.objects.create(
            workspace=self.workspace, as_of=day, version="1", found=to_stored(_found())
        )
        self.goal = models.Goal.objects.create(executive=self.vera, goal="Cost to serve")
        self.day: date = day

    def _client(self, name: str) -> Client:
        client = Client(raise_request_exception=True)
        if name != "nobody signed in":
            client.force_login(
                get_user_model().objects.get(username=name),
                backend="django.contrib.auth.backends.ModelBackend",
            )
        return client


def _found() -> FoundStories:
    """One theme with a proposal and a counter-story that nobody has approved."""
    nothing = Unknown(reason="Not counted", needs="more")
    figures = dict.fromkeys(("share", "among_leavers", "score", "at_stake", "change"), nothing)
    told = FoundStory(
        id="c0ffee00",
        comment=PROPOSAL,
        told=Masked(text=f"They never came, says {PROPOSAL}"),
        doubtful=(),
        touchpoint="repair",
        score=1.0,
        typical=0.9,
        vivid=0.9,
    )
    theme = Theme(
        id="t1",
        label=("engineer",),
        is_praise=False,
        is_english=True,
        comments=30,
        customers=30,
        **figures,
        by_month=(),
        stories=(told,),
        counter_story=replace(told, id="c0ffee01"),
        touchpoints=("repair",),
    )
    return FoundStories(comments=30, customers=30, themes=(theme,))


def routes() -> Iterator[tuple[str, list[str], Any]]:
    """Every route: its address with arguments in braces, their names (numbers as "x:number"), its view."""
    yield from _routes(get_resolver(), "", [])


def _routes(resolver: URLResolver, prefix: str, names: list[str]) -> Iterator[tuple[str, list[str], Any]]:
    for pattern in resolver.url_patterns:
        found = [
            name if isinstance(kind, StringConverter) else f"{name}:number"
            for name, kind in pattern.pattern.converters.items()
        ]
        route = prefix + _template(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route, names + found)
        elif isinstance(pattern, URLPattern):
            yield "/" + route, names + found, pattern.callback


def _template(route: str) -> str:
    for part in route.split("<")[1:]:
        spec = part.split(">")[0]
        route = route.replace(f"<{spec}>", "{" + spec.rpartition(":")[2] + "}")
    return route


def everything_in(response: HttpResponse) -> str:
    """All text that somebody can find in an answer: headers, body, and the parts of a zipped document."""
    body = b"".join(response) if response.streaming else response.content
    texts = [str(response.headers), body.decode("utf-8", "replace")]
    try:
        with ZipFile(BytesIO(body)) as archive:
            texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    except BadZipFile:
        pass
    return "\n".join(texts)
