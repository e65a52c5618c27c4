"""From comments to a brief: searched, read, masked, approved with consent, used, and taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from desk_company import client_of
from stories_desk import SCRIPT, StoriesDesk, found_in, write_exports

from fulcrum.core.company import Consent
from fulcrum.core.people import Behaviour, Source
from fulcrum.core.stories import FoundStories, FoundStory, Theme
from fulcrum.records import models
from fulcrum.records.access import Actor
from fulcrum.records.actions import briefs, file
from fulcrum.records.actions.programme import CHECKED
from fulcrum.records.actions.stories import KEPT_SEARCHES
from fulcrum.records.models import Role
from fulcrum.records.queries.company import company_of
from fulcrum.records.queries.stories import searched
from fulcrum.records.work import run_one

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    write_exports(folder / "data")
    return folder


@pytest.fixture(scope="module")
def found(exports: Path) -> FoundStories:
    return found_in(exports)


@pytest.fixture
def desk(editor: Actor, settings: Any, tmp_path: Path, exports: Path) -> StoriesDesk:
    return StoriesDesk(editor, settings, tmp_path, exports)


@pytest.fixture
def ready(desk: StoriesDesk, found: FoundStories) -> StoriesDesk:
    """The same desk, its comments searched."""
    desk.searched_before(found)
    return desk


def proposal(desk: StoriesDesk) -> tuple[Theme, FoundStory]:
    held = searched(desk.actor)
    assert held is not None
    theme = next(one for one in held.found.themes if one.stories and not one.is_praise)
    return theme, theme.stories[0]


def entered(story: FoundStory, **told: Any) -> dict[str, Any]:
    said = " ".join(story.told.text.split())
    return {"quote": said, "consent": Consent.AGREED.value, "area": "", "checked": [CHECKED], **told}


def test_the_way_from_comments_to_a_brief_and_back(desk: StoriesDesk) -> None:
    assert "Not searched yet" in desk.page("stories")
    kept = desk.search()
    assert "Zoltan" not in str(kept.found)
    assert desk.actor.workspace.audits.filter(action="stories.search").exists()
    theme, story = proposal(desk)
    listed = desk.page("stories")
    assert ", ".join(theme.label) in listed
    assert "same words by the same customer" in listed
    shown = desk.page("stories_theme", id=theme.id)
    assert f"/proposals/{story.id}/" in shown
    words = story.told.text.split()
    shorter = " ".join([*words[:5], "[…]"])
    answer = desk.post("stories_approve", entered(story, quote=shorter), id=story.id)
    assert answer.headers["Location"] == desk.at("stories_approved")
    row = models.Story.objects.get()
    assert (row.quote, row.approved_by, row.consent) == (shorter, "Edda", "agreed")
    assert (row.kind, row.theme) == ("complaint", ", ".join(theme.label))
    company = company_of(desk.actor.workspace, today=desk.actor.workspace.today)
    assert company.stories[0].id == story.id
    cfo = desk.team["cfo"]
    said = briefs.composed_for(desk.actor, cfo, None)
    assert said.stories == (story.id,)
    made = briefs.keep_brief(desk.actor, cfo, brief=said, run=None, seen=briefs.mark_of(said))
    approved = desk.page("stories_approved")
    assert f"/briefs/{made.pk}/" in approved
    desk.post("stories_take_back", row=row.pk)
    assert company_of(desk.actor.workspace, today=desk.actor.workspace.today).stories == ()
    assert "Put back" in desk.page("stories_approved")
    desk.post("stories_take_back", row=row.pk)
    assert company_of(desk.actor.workspace, today=desk.actor.workspace.today).stories == company.stories
    lines = models.Audit.objects.filter(action__startswith="story.").values_list("action", "said")
    assert [action for action, _ in lines] == ["story.put_back", "story.take_back", "story.approve"]
    assert not any(word in said for _, said in lines for word in words[:3])


WRONG: tuple[tuple[str, Any], ...] = (
    ("quote", "They stole from me."),
    ("quote", ""),
    ("quote", SCRIPT),
    ("quote", '=HYPERLINK("x")'),
    ("quote", "a" * 200_000),
    ("quote", "😀" * 50),
    ("quote", "x\0\ud800"),
    ("consent", ""),
    ("consent", "granted"),
    ("checked", []),
    ("area", "x" * 600),
)


def test_what_is_not_the_customers_or_not_consented_is_refused_beside_its_field(ready: StoriesDesk) -> None:
    _, story = proposal(ready)
    for field, said in WRONG:
        body = urlencode(entered(story, **{field: said}), doseq=True, errors="surrogatepass")
        place = ready.at("stories_approve", id=story.id)
        answer = ready.client.post(place, body, content_type="application/x-www-form-urlencoded")
        page = answer.content.decode()
        assert answer.status_code == 422, said
        assert f'id="wrong-{field}"' in page, said
        assert SCRIPT not in page
    assert not models.Story.objects.exists()


def test_words_without_consent_stay_out_of_every_brief(ready: StoriesDesk) -> None:
    _, story = proposal(ready)
    ready.post("stories_approve", entered(story, consent="not asked"), id=story.id)
    assert briefs.composed_for(ready.actor, ready.team["cfo"], None).stories == ()
    models.Story.objects.update(consent="covered by terms")
    assert briefs.composed_for(ready.actor, ready.team["cfo"], None).stories == (story.id,)
    assert briefs.composed_for(ready.actor, None, None).stories == ()


def test_who_may_not_write_sees_figures_and_what_is_approved_and_no_proposal(
    ready: StoriesDesk, joined: Joined
) -> None:
    theme, story = proposal(ready)
    held = searched(ready.actor)
    told = [one for one in held.found.themes for one in one.stories] if held else []
    for role in (Role.FINANCE, Role.VIEWER):
        client = client_of(joined(f"m{role}", role))
        for name, place in (("stories", {}), ("stories_theme", {"id": theme.id}), ("stories_approved", {})):
            page = client.get(ready.at(name, **place))
            assert page.status_code == 200
            assert not any(one.told.text[:30] in page.content.decode() for one in told)
        refused = (
            client.get(ready.at("stories_approve", id=story.id)),
            client.post(ready.at("stories_find")),
        )
        assert {answer.status_code for answer in refused} == {403}
        listening = client.get(ready.at("stories_for", key=ready.team["coo"].key)).content.decode()
        assert "For the CX team alone" not in listening
        assert "voluntary" not in listening


def test_what_hostile_customers_wrote_is_counted_and_never_markup(ready: StoriesDesk) -> None:
    held = searched(ready.actor)
    assert held is not None
    apart = dict(held.found.set_apart)
    assert apart["the same words by the same customer again"] >= 399
    assert apart["too short to say what about"] >= 2
    for theme in held.found.themes:
        page = ready.page("stories_theme", id=theme.id)
        assert SCRIPT not in page
        for story in theme.stories:
            assert SCRIPT not in ready.page("stories_approve", id=story.id)


def test_half_an_hour_is_shown_and_taken_along_without_what_is_the_teams(ready: StoriesDesk) -> None:
    coo = ready.team["coo"]
    page = ready.page("stories_for", key=coo.key)
    assert "For the CX team alone" in page
    sheet = ready.client.get(ready.at("stories_sheet", key=coo.key, format_name="html"))
    text = sheet.content.decode()
    assert "attachment" in sheet.headers["Content-Disposition"]
    held = searched(ready.actor)
    answers = [story.comment for theme in held.found.themes for story in theme.stories] if held else []
    assert answers
    assert not any(f">{answer}<" in text or f" {answer}." in text for answer in answers)
    assert "voluntary" not in text
    assert ready.client.get(ready.at("stories_sheet", key=coo.key, format_name="exe")).status_code == 404


def test_how_to_offer_a_story_is_told_of_low_levels_to_the_named_and_never_in_a_brief(
    ready: StoriesDesk, joined: Joined
) -> None:
    cfo, place = ready.team["cfo"], ready.at("stories_for", key=ready.team["cfo"].key)
    _, story = proposal(ready)
    ready.post("stories_approve", entered(story), id=story.id)
    before = str(briefs.composed_for(ready.actor, cfo, None).sections[1:3])
    assert "voluntary" not in ready.client.get(place).content.decode()
    for behaviour in Behaviour:
        seen = {"behaviour": behaviour, "anchor": 0, "source": Source.SEEN, "note": "Waved it away"}
        file.record_observation(ready.actor, cfo, date=ready.actor.workspace.today, **seen)
    assert "Private and voluntary" in ready.client.get(place).content.decode()
    assert "Private and voluntary" in ready.page("executive", key=cfo.key)
    not_named = client_of(joined("olga", Role.OWNER)).get(place).content.decode()
    assert "voluntary" not in not_named
    after = str(briefs.composed_for(ready.actor, cfo, None).sections[1:3])
    assert "voluntary" not in after
    assert before == after


def test_an_executive_finds_no_page_of_their_own_half_hour(ready: StoriesDesk, joined: Joined) -> None:
    cfo = ready.team["cfo"]
    themselves = client_of(joined("tomas", Role.OWNER, cfo))
    assert themselves.get(ready.at("stories_for", key=cfo.key)).status_code == 404
    assert themselves.get(ready.at("stories_for", key=ready.team["coo"].key)).status_code == 200


def test_the_last_few_searches_are_kept_and_one_of_another_version_is_searched_anew(
    ready: StoriesDesk,
) -> None:
    first = models.StorySearch.objects.get()
    copies = [
        models.StorySearch(
            workspace=ready.actor.workspace, as_of=first.as_of, version="x", found={"is": "old"}
        )
        for _ in range(KEPT_SEARCHES + 1)
    ]
    models.StorySearch.objects.bulk_create(copies)
    assert "another version" in ready.page("stories")
    ready.post("stories_find")
    run_one("a worker of the tests")
    assert models.StorySearch.objects.count() == KEPT_SEARCHES


def test_a_search_that_is_stopped_keeps_nothing(desk: StoriesDesk) -> None:
    desk.post("stories_find")
    models.Job.objects.update(is_cancel_wanted=True)
    assert run_one("a worker of the tests")
    assert models.Job.objects.get().state == "cancelled"
    assert not models.StorySearch.objects.exists()
