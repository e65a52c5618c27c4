"""Asks on the desk: one at a time, each with its card, note and calendar files, settled in one click."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_company import DAY, client_of, fill, home_in
from django.test import Client
from django.urls import reverse

from fulcrum.core.company import AskStatus
from fulcrum.records.access import Actor
from fulcrum.records.actions import file, people
from fulcrum.records.models import Ask, Audit, Executive, Role
from fulcrum.records.standings import standing_of

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> dict[str, Executive]:
    home_in(settings, tmp_path)
    return fill(editor)


@pytest.fixture
def desk(editor: Actor, team: dict[str, Executive]) -> Client:
    return client_of(editor)


@pytest.fixture
def cfo(team: dict[str, Executive]) -> Executive:
    return team["cfo"]


@pytest.fixture
def asked(editor: Actor, cfo: Executive) -> Ask:
    return file.put_ask(editor, cfo, step="billing-calls", asked_on=DAY, due="2026-03-27")


def at(name: str, executive: Executive, **place: Any) -> str:
    return reverse(name, kwargs={"slug": "northwind", "key": executive.key, **place})


def test_the_step_comes_with_its_card_and_is_put_on_record_in_one_click(
    desk: Client, editor: Actor, cfo: Executive
) -> None:
    page = desk.get(at("next_step", cfo)).content.decode()
    step = standing_of(editor, cfo).choice.step
    assert step is not None
    for said in (
        "Why you",
        "What good looks like",
        "What it is not",
        "A note, ready to send",
        "mailto:?subject=",
    ):
        assert said in page
    put = desk.post(at("put_step", cfo), {"step": step.step, "status": "asked"})
    row = Ask.objects.filter(executive=cfo).latest("id")
    assert put.headers["Location"] == at("asked", cfo, row=row.pk)
    assert (row.step, row.status, row.due) == (step.step, "asked", step.until)
    assert desk.get(at("next_step", cfo)).headers["Location"] == at("asked", cfo, row=row.pk)


def test_a_step_that_changed_since_it_was_shown_is_not_put(desk: Client, cfo: Executive) -> None:
    before = Ask.objects.count()
    desk.post(at("put_step", cfo), {"step": "another", "status": "asked"})
    assert Ask.objects.count() == before


def test_one_ask_is_open_at_a_time_and_the_way_on_is_shown(
    desk: Client, editor: Actor, cfo: Executive, asked: Ask
) -> None:
    for answer in (desk.get(at("ask", cfo)), desk.post(at("ask", cfo), {"own": "Another act"})):
        page = answer.content.decode()
        assert "One ask at a time." in page
        assert at("asked", cfo, row=asked.pk) in page
    with pytest.raises(file.StillOpen) as refused:
        file.put_ask(editor, cfo, step="Another act", asked_on=DAY)
    assert refused.value.ask == asked
    file.settle_ask(editor, asked, seen_version=asked.version, status=AskStatus.DONE)
    file.put_ask(editor, cfo, step="Another act", asked_on=DAY)


def test_neither_reopening_nor_putting_back_makes_a_second_open_ask(
    editor: Actor, cfo: Executive, asked: Ask
) -> None:
    file.settle_ask(editor, asked, seen_version=1, status=AskStatus.DECLINED)
    file.put_ask(editor, cfo, step="Another act", asked_on=DAY)
    with pytest.raises(file.StillOpen):
        file.settle_ask(editor, asked, seen_version=asked.version, status=AskStatus.ASKED)
    taken = Ask.objects.get(step="Another act")
    file.take_back(editor, taken)
    file.settle_ask(editor, asked, seen_version=asked.version, status=AskStatus.ASKED)
    with pytest.raises(file.StillOpen):
        file.put_back(editor, taken)


def test_whom_a_file_is_closed_to_is_told_no_more_than_that_an_ask_is_open(
    joined: Joined, cfo: Executive, asked: Ask
) -> None:
    other = joined("Noa", Role.EDITOR)
    with pytest.raises(file.StillOpen) as refused:
        file.put_ask(other, cfo, step="Another act", asked_on=DAY)
    assert refused.value.ask is None
    assert "billing" not in str(refused.value)


def test_every_fate_is_one_click_and_can_be_undone(desk: Client, cfo: Executive, asked: Ask) -> None:
    place = at("asked", cfo, row=asked.pk)
    before = Audit.objects.filter(action="ask.change").count()
    for status in ("accepted", "done", "declined", "lapsed", "proposed", "asked"):
        was = Ask.objects.get(pk=asked.pk)
        answer = desk.post(place, {"status": status, "version": was.version})
        now = Ask.objects.get(pk=asked.pk)
        assert answer.headers["Location"] == f"{place}?was={was.status}"
        assert now.status == status
        assert (now.closed_on is None) is AskStatus(status).is_open
        assert (
            f"Undo: back to {'planned' if was.status == 'proposed' else was.status}"
            in desk.get(answer.headers["Location"]).content.decode()
        )
    assert Audit.objects.filter(action="ask.change").count() == before + 6


def test_of_two_who_settle_at_once_the_second_is_told(desk: Client, cfo: Executive, asked: Ask) -> None:
    place = at("asked", cfo, row=asked.pk)
    desk.post(place, {"status": "accepted", "version": 1})
    desk.post(place, {"status": "declined", "version": 1})
    assert Ask.objects.get(pk=asked.pk).status == "accepted"
    assert "Somebody changed this ask" in desk.get(place).content.decode()
    assert desk.post(place, {"status": "nonsense", "version": 2}).status_code == 302


def test_the_calendar_file_renews_itself_and_takes_itself_out(
    desk: Client, editor: Actor, cfo: Executive, asked: Ask
) -> None:
    place = at("ask_calendar", cfo, row=asked.pk)
    first = desk.get(place)
    assert first.headers["Content-Type"].startswith("text/calendar")
    slot = desk.get(place, {"day": "2026-03-16", "at": "09:00", "zone": "Europe/Berlin"}).content.decode()
    assert "DTSTART:20260316T080000Z" in slot
    assert "DTEND:20260316T090000Z" in slot
    file.settle_ask(editor, asked, seen_version=1, status=AskStatus.LAPSED)
    off = desk.get(place).content.decode()
    uid = next(line for line in off.split("\r\n") if line.startswith("UID:"))
    assert uid in first.content.decode()
    assert uid in slot
    assert "METHOD:CANCEL" in off
    assert "SEQUENCE:2" in off
    assert desk.get(place, {"day": "soon", "at": "9", "zone": "../x"}).status_code == 302


def test_nothing_that_leaves_says_where_they_stand(desk: Client, cfo: Executive, asked: Ask) -> None:
    calendar = desk.get(at("ask_calendar", cfo, row=asked.pk)).content.decode()
    for secret in ("canary", "Endorsing", "Indifferent", "not worth it", "level"):
        assert secret.casefold() not in calendar.casefold()


def test_to_whom_the_file_is_closed_there_is_no_such_ask(joined: Joined, cfo: Executive, asked: Ask) -> None:
    client = client_of(joined("Noa", Role.EDITOR))
    for place in (
        at("next_step", cfo),
        at("next_calendar", cfo),
        at("asked", cfo, row=asked.pk),
        at("ask_calendar", cfo, row=asked.pk),
        at("ask_follow_up", cfo, row=asked.pk),
    ):
        assert client.get(place).status_code == 404


def test_a_brief_asks_for_the_ask_on_record_and_renews_the_one_before(
    editor: Actor, cfo: Executive, asked: Ask
) -> None:
    from fulcrum.records.actions import briefs as deeds

    first = deeds.composed_for(editor, cfo, None)
    ask = first.section("ask")
    assert ask is not None
    assert "billing calls" in repr(ask)
    deeds.keep_brief(editor, cfo, brief=first, run=None, seen=deeds.mark_of(first))
    people.set_goal(editor, cfo, goal="Lower the cost to serve", target="€54")
    editor.workspace.as_of = DAY.replace(month=6)
    editor.workspace.save()
    again = deeds.composed_for(editor, cfo, None)
    assert again.sections[0].heading.startswith("Since your brief of")
