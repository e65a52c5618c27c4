"""After any single deed a page shows what a judgement from scratch gives, and little is judged for it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fulcrum import workflow
from fulcrum.core.levers import CaseAtHand
from fulcrum.core.people import Behaviour, Source
from fulcrum.core.slices import Slices
from fulcrum.records import jobs
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions import file, members, people
from fulcrum.records.actions.deed import deed
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import Ask, Executive, Job, Role, Standing, Story, Win
from fulcrum.records.queries.company import company_of
from fulcrum.records.standings import beliefs_for, standings_for, that_matter_most
from fulcrum.records.upkeep import AT_ONCE, stale
from fulcrum.records.work import run_one

DAY = date(2026, 3, 9)
NO_CASE = CaseAtHand(is_computed=False, is_fresh=False, why_not="No case was computed from customer data.")
pytestmark = pytest.mark.django_db
People = list[Executive]


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> People:
    """Five executives: the second listens to the first, the fourth was told of promises kept in February."""
    settings.FULCRUM_HOME = tmp_path
    editor.workspace.as_of = DAY
    editor.workspace.save()
    roles = ("CEO", "CFO", "COO", "CIO", "CMO")
    made = [
        people.add_executive(editor, name=f"Person {at}", role=role, area="billing")
        for at, role in enumerate(roles)
    ]
    for at, person in enumerate(made):
        note(editor, person, (5, 1, 3, 2, 4)[at])
        file.put_ask(editor, person, step=f"Own step {at}", asked_on=DAY - timedelta(days=40))
    file.set_influence(editor, made[1], listened_to=made[0], strength=0.9)
    file.record_move(editor, made[3], lever="confidence", date=DAY - timedelta(days=20))
    return made


def note(actor: Actor, executive: Executive, anchor: int, **other: Any) -> Any:
    said = {"behaviour": Behaviour.MODEL, "anchor": anchor, "source": Source.SEEN, "date": DAY} | other
    return file.record_observation(actor, executive, **said)


def from_scratch(actor: Actor) -> dict[int, tuple[Any, Any, Any]]:
    company, playbook = company_of(actor.workspace, today=DAY), playbook_of(actor.workspace)
    slices, keys = Slices(company), dict(Executive.objects.values_list("pk", "key"))
    assessed = {key: workflow.assess_one(slices.of(key), playbook, key) for key in keys.values()}
    beliefs = {key: one.belief for key, one in assessed.items()}
    return {
        pk: (
            assessed[key].belief,
            assessed[key].barrier,
            workflow.choose_for(slices.of(key), playbook, assessed[key], beliefs, NO_CASE),
        )
        for pk, key in keys.items()
    }


def ask_of(executive: Executive) -> Ask:
    found: Ask = Ask.objects.get(executive=executive)
    return found


def close(actor: Actor, executive: Executive, status: str, days_ago: int) -> None:
    ask, on = ask_of(executive), DAY - timedelta(days=days_ago)
    file.close_ask(actor, ask, seen_version=ask.version, status=status, closed_on=on)


def approve_a_story(actor: Actor) -> None:
    with deed(actor, Act.WRITE, "story.approve", "Approved a story."):
        said = {"quote": "I called four times.", "touchpoint": "billing", "score": 2}
        approved = {"approved_by": "A person", "approved_on": DAY, "area": "billing"}
        Story.objects.create(workspace=actor.workspace, key="s1", **said, **approved)


def note_a_win(actor: Actor) -> None:
    with deed(actor, Act.WRITE, "win.note", "Noted a win."):
        Win.objects.create(workspace=actor.workspace, date=DAY, win="Fewer repeat calls", value="EUR 20,000")


NOBODY: set[int] = set()
EVERYBODY = {0, 1, 2, 3, 4}
DEEDS: dict[str, tuple[Callable[[Actor, People], Any], set[int]]] = {
    "nothing": (lambda me, team: None, NOBODY),
    "an observation": (lambda me, team: note(me, team[2], 0), {2}),
    "an observation of a peer": (lambda me, team: note(me, team[0], 0), {0, 1}),
    "a reaction": (
        lambda me, team: file.record_reaction(me, team[2], barrier="no picture", date=DAY),
        {2},
    ),
    "a motivator": (lambda me, team: file.record_motivator(me, team[2], motivator="A promise"), {2}),
    "a move": (lambda me, team: file.record_move(me, team[2], lever="empathy", date=DAY), {2}),
    "a report of progress": (
        lambda me, team: file.record_move(me, team[2], lever="confidence", date=DAY),
        {2},
    ),
    "an ask in the place of another": (
        lambda me, team: (
            file.take_back(me, ask_of(team[2])),
            file.put_ask(me, team[2], step="Own", asked_on=DAY),
        ),
        {2},
    ),
    "an ask declined": (lambda me, team: close(me, team[2], "declined", 3), {2}),
    "a promise kept": (lambda me, team: close(me, team[2], "done", 3), EVERYBODY),
    "a promise kept before a report": (lambda me, team: close(me, team[2], "done", 30), EVERYBODY - {3}),
    "an ask taken back": (lambda me, team: file.take_back(me, ask_of(team[2])), {2}),
    "influence": (lambda me, team: file.set_influence(me, team[2], listened_to=team[4], strength=0.8), {2}),
    "a goal": (lambda me, team: people.set_goal(me, team[2], goal="Cost to serve"), {2}),
    "a name": (
        lambda me, team: people.change_executive(me, team[0], seen_version=1, name="Another Name"),
        {0, 1},
    ),
    "somebody gone": (lambda me, team: people.remove_executive(me, team[0]), {1, 2, 3, 4}),
    "somebody new": (lambda me, team: people.add_executive(me, name="New", role="CFO"), NOBODY),
    "a story": (lambda me, team: approve_a_story(me), EVERYBODY),
    "a win": (lambda me, team: note_a_win(me), EVERYBODY),
}


@pytest.mark.parametrize("what", DEEDS)
def test_after_one_deed_what_is_shown_is_what_is_judged_from_scratch(
    editor: Actor, team: People, what: str
) -> None:
    standings_for(editor)
    before = dict(Standing.objects.values_list("executive_id", "rests_on"))
    act, moved = DEEDS[what]
    act(editor, team)
    shown = standings_for(editor)
    assert {pk: (one.belief, one.barrier, one.choice) for pk, one in shown.items()} == from_scratch(editor)
    assert beliefs_for(editor, Executive.objects.all()) == {pk: one.belief for pk, one in shown.items()}
    after = dict(Standing.objects.values_list("executive_id", "rests_on"))
    anew = {at for at, one in enumerate(team) if one.pk in after and before[one.pk] != after[one.pk]}
    assert anew == moved


def test_who_joins_the_team_or_brings_an_export_moves_no_choice(
    editor: Actor, owner: Actor, team: People, django_user_model: Any
) -> None:
    standings_for(editor)
    before = dict(Standing.objects.values_list("executive_id", "rests_on"))
    user = django_user_model.objects.create_user(username="nina", email="nina@northwind.example")
    members.add_member(owner, user=user, name="Nina", role=Role.VIEWER)
    standings_for(editor)
    assert dict(Standing.objects.values_list("executive_id", "rests_on")) == before


def test_a_page_judges_whom_it_shows_and_the_worker_the_others(
    editor: Actor, team: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        people.add_executive(editor, name=f"Extra {number}", role="CIO")
    counted: list[str] = []
    whole = workflow.assess_one
    monkeypatch.setattr(workflow, "assess_one", lambda *a: counted.append(a[2]) or whole(*a))  # type: ignore[func-returns-value]
    for _ in range(3):
        assert len(that_matter_most(editor, 4)) == 4
    assert counted == []
    assert [job.kind for job in Job.objects.all()] == ["judge"]
    assert run_one("a worker")
    assert Job.objects.get().state == "done"
    assert len(counted) == 17
    assert not stale(editor.workspace, Executive.objects.all()).exists()


def test_who_moved_a_moment_ago_is_in_the_order_at_once(editor: Actor, team: People) -> None:
    standings_for(editor)
    assert that_matter_most(editor, 1) != [team[2]]
    for weeks in range(20, 40):
        note(editor, team[2], 5, date=DAY - timedelta(weeks=weeks))
    assert len(stale(editor.workspace, Executive.objects.all())) <= AT_ONCE
    assert that_matter_most(editor, 1) == [team[2]]
    assert not Job.objects.exists()


def test_a_job_that_found_its_workspace_gone_ends(editor: Actor) -> None:
    jobs.ask_for(None, "judge", {}, None)
    assert run_one("a worker")
    assert Job.objects.get().result == {"judged": 0}
