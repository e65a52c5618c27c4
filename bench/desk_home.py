"""Make a desk's home for the bench: so many executives with their files, and fifty people signed in.

Seeded and written in bulk: 2,000 executives with 50,000 observations take about a minute. Everybody is
named for everybody, which is the dearest case: nothing that a page could show is closed to anyone.
"""

import json
import os
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SLUG = "bench"
ROLES = ("CEO", "CFO", "COO", "CIO", "CMO", "CHRO", "Head of Sales", "Head of Service")
AREAS = ("field service", "billing", "retail", "network", "digital", "logistics")
STATES = ("done", "done", "asked", "declined")
_CHUNK = 2_000


def make_home(home: Path, *, executives: int, observations: int, users: int, seed: int = 7) -> dict[str, Any]:
    """The home folder, with a session of each user, and the open asks; run it in a process of its own."""
    os.environ["FULCRUM_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "fulcrum.config.settings"
    import django

    django.setup()
    from fulcrum.records import tables

    tables.bring_up_to_date()
    return _filled(random.Random(seed), executives, observations, users)


def _filled(chance: random.Random, executives: int, observations: int, users: int) -> dict[str, Any]:
    from django.db import transaction

    from fulcrum.records import models

    with transaction.atomic():
        place = models.Workspace.objects.create(
            slug=SLUG, name="Bench", industry="Telecoms", currency="EUR", hours_per_week=40
        )
        members = _members(place, users)
        people = _executives(place, executives, chance)
        _kept(
            models.Reader,
            (models.Reader(executive=one, member=member) for one in people for member in members),
        )
        _files(people, members, observations, chance)
        _programme(place, chance)
    asks = models.Ask.objects.filter(status="asked").values_list("executive__key", "pk")
    return {"sessions": [_session(member.user) for member in members], "asks": list(map(list, asks))}


def _members(place: Any, users: int) -> list[Any]:
    from django.contrib.auth import get_user_model

    from fulcrum.records import models

    found = []
    for number in range(users):
        user = get_user_model().objects.create(
            username=f"user{number}", email=f"user{number}@bench.example", password="!"
        )
        found.append(
            models.Member.objects.create(
                workspace=place, user=user, name=f"User {number}", role="owner" if number == 0 else "editor"
            )
        )
    return found


def _executives(place: Any, many: int, chance: random.Random) -> list[Any]:
    from fulcrum.records import models

    rows = [
        models.Executive(
            workspace=place,
            key=f"executive-{number}",
            name=f"Executive {number}",
            role=ROLES[number % len(ROLES)],
            area=chance.choice(AREAS),
            is_sponsor=number == 0,
            desired_level=chance.randint(3, 5),
        )
        for number in range(many)
    ]
    _kept(models.Executive, rows)
    return list(models.Executive.objects.filter(workspace=place).order_by("id"))


def _files(people: list[Any], members: list[Any], observations: int, chance: random.Random) -> None:
    from fulcrum.core.levers import Barrier, Lever
    from fulcrum.core.people import Behaviour
    from fulcrum.records import models

    today = date.today()  # noqa: DTZ011  the desk looks from the machine's own day

    def back(most: int) -> date:
        return today - timedelta(days=chance.randrange(most))

    def of(who: Any) -> dict[str, Any]:
        return {"executive": who, "author": chance.choice(members)}

    _kept(
        models.Observation,
        (
            models.Observation(
                **of(people[number % len(people)]),
                date=back(400),
                behaviour=chance.choice(list(Behaviour)).value,
                anchor=min(5, max(0, round(chance.gauss(2 + number % len(people) % 3, 1)))),
                source=chance.choice(("seen", "seen", "told by", "document", "own words")),
                note=f"What was seen at meeting {number}, in a sentence or two of usual length.",
                observer="A colleague",
            )
            for number in range(observations)
        ),
    )
    _kept(
        models.Reaction,
        (
            models.Reaction(
                **of(who), date=back(300), barrier=chance.choice(list(Barrier)).value, note="Said so."
            )
            for who in people
        ),
    )
    _kept(models.Goal, (models.Goal(executive=who, goal="Cost to serve") for who in people))
    _kept(
        models.Ask,
        (
            models.Ask(**of(who), step="Sit in on five calls", asked_on=asked, **_fate(asked, today, chance))
            for who in people
            for asked in [back(120)]
        ),
    )
    _kept(
        models.Move,
        (
            models.Move(**of(who), key=f"m-{at}", lever=chance.choice(list(Lever)).value, date=back(300))
            for at, who in enumerate(people)
        ),
    )
    _kept(
        models.Influence,
        (
            models.Influence(**of(who), listened_to=peer, strength=round(chance.uniform(0.2, 1), 2))
            for who in people
            for peer in chance.sample(people, min(3, len(people)))
            if peer is not who
        ),
    )


def _fate(asked: date, today: date, chance: random.Random) -> dict[str, Any]:
    status = chance.choice(STATES)
    closed = None if status == "asked" else min(today, asked + timedelta(days=chance.randrange(30)))
    return {"status": status, "closed_on": closed, "due": asked + timedelta(days=30)}


def _programme(place: Any, chance: random.Random) -> None:
    from fulcrum.records import models

    today = date.today()  # noqa: DTZ011
    for number in range(12):
        on = today - timedelta(days=chance.randrange(200))
        models.Story.objects.create(
            workspace=place,
            key=f"s-{number}",
            quote="I called four times.",
            touchpoint="billing",
            score=2,
            approved_by="A person",
            approved_on=on,
            area=chance.choice(AREAS),
        )
        models.Win.objects.create(workspace=place, date=on, win="Fewer repeat calls", value="EUR 20,000")


def _kept(model: Any, rows: Any) -> None:
    model.objects.bulk_create(rows, batch_size=_CHUNK)


def _session(user: Any) -> str:
    """A session as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    executives, observations, users = map(int, sys.argv[2:5])
    print(
        json.dumps(
            make_home(Path(sys.argv[1]), executives=executives, observations=observations, users=users)
        )
    )
