"""The library: found by words and filters, each claim with what limits it, each entry under its address."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_company import client_of, home_in
from django.test import Client
from django.urls import reverse

from fulcrum.records.access import Actor
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Role
from fulcrum.web.layout.library import KINDS, entries_in
from fulcrum.web.layout.library_search import FILTERS, Query, found_by, options, plain, query_of

pytestmark = pytest.mark.django_db
PLACE = "/w/northwind/library/"
OWN = """
[[steps]]
id = "own-step"
ask = "Sit beside an agent in Málaga for an hour."
roles = ["CFO"]
minutes = 60
minutes_from = "estimate"
behaviour = "model"
lowest_level = 0
how_to = ["Come on Monday.", "Listen.", "Ask one question."]
sources = [
  { title = "Our people team", seen = "own reasoning" },
  { title = "Odd place", url = "https://example.org/x" },
]
"""


@pytest.fixture
def reader(joined: Callable[..., Actor], settings: Any, tmp_path: Path) -> Client:
    home_in(settings, tmp_path)
    return client_of(joined("vera", Role.VIEWER))


@pytest.fixture
def own(editor: Actor, settings: Any, tmp_path: Path) -> Client:
    home_in(settings, tmp_path)
    folder = folder_of(editor.workspace) / "playbook"
    folder.mkdir(parents=True)
    (folder / "steps.toml").write_text(OWN)
    return client_of(editor)


def test_every_entry_has_its_own_address(reader: Client, editor: Actor) -> None:
    entries = entries_in(editor.workspace)
    assert len({(one.kind, one.id) for one in entries}) == len(entries)
    for one in [next(each for each in entries if each.kind == kind) for kind in KINDS]:
        place = reverse("library_entry", kwargs={"slug": "northwind", "kind": one.kind, "id": one.id})
        page = reader.get(place)
        assert page.status_code == 200
        assert all(source["title"] for source in one.cited)
    assert reader.get(PLACE + "step/no-such-step/").status_code == 404
    assert reader.get(PLACE + "nothing/x/").status_code == 404


def test_words_are_found_without_regard_to_accents_and_case(own: Client, editor: Actor) -> None:
    for words in ("MALAGA agent", "málaga", "agent MáLAGA hour"):
        page = own.get(PLACE, {"q": words}).content.decode()
        assert "1 entry" in page
        assert "Your own" in page
    assert plain("Ångström STRASSE ß") == "angstrom strasse ss"
    assert "Nothing holds" in own.get(PLACE, {"q": "<b>zzz"}).content.decode()
    assert "<b>zzz" not in own.get(PLACE, {"q": "<b>zzz"}).content.decode()


def test_only_what_the_company_added_is_marked(own: Client, editor: Actor) -> None:
    assert [one.id for one in entries_in(editor.workspace) if one.is_own] == ["own-step"]


def test_an_argument_never_stands_without_its_weaknesses(reader: Client, editor: Actor) -> None:
    listed = reader.get(PLACE, {"kind": "argument"}).content.decode()
    arguments = [one for one in entries_in(editor.workspace) if one.kind == "argument"]
    for one in arguments[:30]:
        assert one.beside
        place = reverse("library_entry", kwargs={"slug": "northwind", "kind": one.kind, "id": one.id})
        alone = reader.get(place).content.decode()
        assert alone.index("What limits it") > 0
    assert listed.count('<ul class="beside">') == 30


def test_a_disputed_argument_stands_beside_the_study_that_contradicts_it(
    reader: Client, editor: Actor
) -> None:
    entries = entries_in(editor.workspace)
    disputed = next(one for one in entries if any(f == "disputed by" and id for f, id in one.facets))
    other = next(id for facet, id in disputed.facets if facet == "disputed by")
    place = reverse("library_entry", kwargs={"slug": "northwind", "kind": "argument", "id": disputed.id})
    assert f"/library/argument/{other}/" in reader.get(place).content.decode()


def test_filters_narrow_steps_by_role_level_time_and_behaviour(editor: Actor) -> None:
    entries = entries_in(editor.workspace)
    steps = found_by(Query(kind="step"), entries)
    quick = found_by(query_of({"kind": "step", "minutes": "5", "level": "1"}), entries)
    assert 0 < len(quick) < len(steps)
    assert all((one.minutes or 0) <= 5 and (one.lowest_level or 0) <= 1 for one in quick)
    cfo = found_by(query_of({"kind": "step", "role": "CFO"}), entries)
    assert all({"CFO", "any"} & {held for facet, held in one.facets if facet == "role"} for one in cfo)
    for kind, names in FILTERS.items():
        for name in names:
            for key, _ in options(name, kind, entries):
                found_by(query_of({"kind": kind, name: key}), entries)


def test_a_filter_that_does_not_belong_to_the_kind_is_left_out() -> None:
    assert query_of({"kind": "motivator", "role": "CFO", "q": " x "}) == Query(words="x", kind="motivator")
    assert query_of({"kind": "nonsense"}).kind == ""
    assert query_of({"kind": "step", "minutes": "²"}).filters == (("minutes", "²"),)


def test_strange_filters_find_nothing_and_break_nothing(reader: Client) -> None:
    for name in ("minutes", "level", "role"):
        assert reader.get(PLACE, {"kind": "step", name: "²9e9"}).status_code == 200
    assert reader.get(PLACE, {"page": "-3"}).status_code == 200
    assert reader.get(PLACE, {"page": "x"}).status_code == 200


def test_long_lists_are_paged_and_keep_the_query(reader: Client) -> None:
    first = reader.get(PLACE, {"kind": "step", "level": "5"}).content.decode()
    assert "?kind=step&level=5&amp;page=2" in first or "kind=step&amp;level=5&amp;page=2" in first
    second = reader.get(PLACE, {"kind": "step", "level": "5", "page": "2"}).content.decode()
    assert first != second


def test_htmx_is_given_the_results_alone(reader: Client) -> None:
    part = reader.get(PLACE, {"q": "repair"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="found">')
    assert "<html" in reader.get(PLACE, {"q": "repair"}).content.decode()


def test_a_source_is_a_link_only_where_it_is_an_address_of_the_web(editor: Actor) -> None:
    from fulcrum.core.cited import Cited
    from fulcrum.web.layout.library import Entry

    entry = Entry(kind="step", id="x", title="x", sources=(Cited(title="t", url="javascript:alert(1)"),))
    assert entry.cited[0]["url"] == ""


def test_a_stranger_sees_no_library(reader: Client, django_user_model: Any) -> None:
    client = Client(REMOTE_ADDR="192.0.2.8")
    client.force_login(django_user_model.objects.create_user("s", "s@s.example"))
    assert client.get(PLACE).status_code == 404
