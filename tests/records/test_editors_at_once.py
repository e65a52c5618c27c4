"""Several people write at once, each in a thread with a connection of its own: nobody's change is lost."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from fulcrum.records.access import Actor
from fulcrum.records.actions import file, members, people
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.judging import judged
from fulcrum.records.models import Audit, Executive, Goal, Influence, Member, Observation, Role, Standing
from fulcrum.records.taking import Invalid

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 3, 9)
EDITORS = 4


def at_once(deeds: Iterable[Callable[[], Any]]) -> list[Any]:
    """What each deed gives or raises, all of them begun at the same moment."""
    todo = list(deeds)
    start = Barrier(len(todo))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return deed()
        except (ChangedMeanwhile, Invalid) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(todo)) as threads:
        return list(threads.map(run, todo))


def again(actor: Actor) -> Actor:
    """The same person in another window."""
    return Actor(member=Member.objects.select_related("workspace").get(pk=actor.member.pk))


@pytest.fixture
def cfo(editor: Actor) -> Executive:
    return people.add_executive(editor, name="Tomas Lindqvist", role="CFO")


def test_of_those_who_saw_the_same_version_one_changes_it_and_the_others_are_told(
    editor: Actor, cfo: Executive
) -> None:
    for turn in range(5):
        goal = people.set_goal(editor, cfo, goal="as it was")
        windows = [Goal.objects.select_related("executive").get(pk=goal.pk) for _ in range(EDITORS)]
        actors = [again(editor) for _ in range(EDITORS)]

        def deed(number: int, actor: Actor, row: Goal) -> Callable[[], Any]:
            return lambda: people.change_goal(actor, row, seen_version=1, goal=f"by {number}")

        told = at_once(deed(*one) for one in zip(range(EDITORS), actors, windows, strict=True))
        winner = [number for number, one in enumerate(told) if one is None]
        goal.refresh_from_db()
        assert len(winner) == 1, turn
        assert (goal.goal, goal.version) == (f"by {winner[0]}", 2)
        others = [one for one in told if one is not None]
        assert all(isinstance(one, ChangedMeanwhile) and one.now.goal == goal.goal for one in others)  # type: ignore[attr-defined]


def test_a_change_is_never_lost_by_those_who_look_again(editor: Actor, cfo: Executive) -> None:
    """Each editor adds a mark of theirs ten times, reading anew whenever somebody was quicker."""
    goal = people.set_goal(editor, cfo, goal="-")
    actors = [again(editor) for _ in range(EDITORS)]

    def adds(mark: str, actor: Actor) -> Callable[[], None]:
        def deed() -> None:
            added = 0
            while added < 10:
                row = Goal.objects.select_related("executive").get(pk=goal.pk)
                try:
                    people.change_goal(actor, row, seen_version=row.version, goal=row.goal + mark)
                except ChangedMeanwhile:
                    continue
                added += 1

        return deed

    at_once(adds(mark, actor) for mark, actor in zip("abcd", actors, strict=True))
    goal.refresh_from_db()
    assert sorted(goal.goal) == sorted("-" + "abcd" * 10)
    assert goal.version == 41
    assert Audit.objects.filter(action="goal.change").count() == 40


def test_what_many_note_at_once_is_all_kept_and_makes_the_standing_stale(
    editor: Actor, cfo: Executive
) -> None:
    said = {"behaviour": "model", "anchor": 3, "source": "seen", "date": DAY}
    actors = [again(editor) for _ in range(EDITORS)]

    def deed(actor: Actor) -> Callable[[], None]:
        def note() -> None:
            for _ in range(5):
                file.record_observation(actor, cfo, **said)

        return note

    def judge() -> None:
        for _ in range(3):
            judged(editor.workspace)

    before = Executive.objects.get(pk=cfo.pk).file_version
    at_once([judge, *(deed(actor) for actor in actors)])
    assert Observation.objects.count() == EDITORS * 5
    assert Executive.objects.get(pk=cfo.pk).file_version == before + EDITORS * 5
    found, _ = judged(editor.workspace)
    assert found[cfo.pk][0].belief.observations == EDITORS * 5
    assert Standing.objects.count() == 1


def test_of_two_owners_who_leave_at_once_one_stays(owner: Actor, joined: Callable[..., Actor]) -> None:
    second = joined("sam", Role.OWNER)
    told = at_once(
        (lambda one=one: members.end_membership(again(one), one.member)) for one in (owner, second)
    )
    assert sum(isinstance(one, Invalid) for one in told) == 1
    assert Member.objects.filter(role=Role.OWNER, is_active=True).count() == 1


def test_one_name_entered_twice_at_once_is_kept_each_time_under_a_key_of_its_own(editor: Actor) -> None:
    told = at_once(
        (lambda actor=actor: people.add_executive(actor, name="Ines Moreau", role="CEO"))
        for actor in [again(editor) for _ in range(EDITORS)]
    )
    assert {one.key for one in told} == {"ines-moreau", *(f"ines-moreau-{number}" for number in (2, 3, 4))}


def test_one_strength_is_kept_for_a_pair_however_many_set_it(editor: Actor, cfo: Executive) -> None:
    ceo = people.add_executive(editor, name="Ines", role="CEO")
    told = at_once(
        (
            lambda actor=actor, one=one: (
                file.set_influence(actor, cfo, listened_to=ceo, strength=one / 10).strength
            )
        )
        for one, actor in enumerate([again(editor) for _ in range(EDITORS)], start=1)
    )
    assert sorted(told) == [0.1, 0.2, 0.3, 0.4]
    row = Influence.objects.get()
    assert (row.strength in told, row.version) == (True, EDITORS)
