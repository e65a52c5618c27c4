"""The people of a workspace: what a role allows, who may never be named, and what ends with a membership."""

from collections.abc import Callable
from typing import Any

import pytest

from fulcrum.records.access import Act, Actor, NotThere, Refused, actor_in, files_open_to
from fulcrum.records.actions import file, members, people
from fulcrum.records.actions.workspace import change_workspace, start_workspace
from fulcrum.records.models import Audit, Executive, Member, PrivateNote, Reader, Role, Workspace
from fulcrum.records.taking import Invalid

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]


@pytest.fixture
def cfo(editor: Actor) -> Executive:
    return people.add_executive(editor, name="Tomas Lindqvist", role="CFO")


@pytest.fixture
def user(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user(username="nora", email="nora@northwind.example")


def test_who_starts_a_workspace_owns_it(user: Any) -> None:
    actor = start_workspace(user, name="Müller & Söhne", industry="Retail", currency="eur")
    assert (actor.workspace.slug, actor.workspace.currency) == ("muller-sohne", "EUR")
    assert actor.may(Act.KEEP)
    again = start_workspace(user, name="Müller & Söhne", industry="Retail", currency="EUR")
    assert again.workspace.slug == "muller-sohne-2"


def test_a_company_is_taken_as_its_file_takes_it(user: Any) -> None:
    with pytest.raises(Invalid) as refused:
        start_workspace(user, name=" ", industry="", currency="euros")
    assert set(refused.value.fields) == {"name", "industry", "currency"}
    with pytest.raises(Invalid) as refused:
        start_workspace(user, name="A\0B", industry="Retail", currency="EUR")
    assert set(refused.value.fields) == {"name"}
    actor = start_workspace(user, name="Acme", industry="Retail", currency="EUR")
    with pytest.raises(Invalid) as refused:
        change_workspace(actor, seen_version=1, hours_per_week=-3.0)
    assert set(refused.value.fields) == {"hours_per_week"}
    change_workspace(actor, seen_version=1, hours_per_week=12.5, as_of=None)
    assert Workspace.objects.get(slug="acme").hours_per_week == 12.5


def test_only_an_owner_names_and_never_the_person_assessed(
    owner: Actor, editor: Actor, joined: Joined, cfo: Executive
) -> None:
    tomas = joined("tomas", executive=cfo)
    with pytest.raises(Refused):
        people.name_reader(editor, cfo, member=owner.member)
    with pytest.raises(Invalid):
        people.name_reader(owner, cfo, member=tomas.member)
    people.name_reader(owner, cfo, member=owner.member)
    people.name_reader(owner, cfo, member=owner.member)
    assert list(files_open_to(owner)) == [cfo]
    people.unname_reader(owner, cfo, member=owner.member)
    assert not files_open_to(owner).exists()
    assert Audit.objects.filter(action__startswith="reader.", executive=cfo).count() == 3


def test_an_owner_who_is_an_executive_names_nobody_for_their_own_file(
    owner: Actor, joined: Joined, cfo: Executive
) -> None:
    tomas, friend = joined("tomas", Role.OWNER, executive=cfo), joined("fay")
    with pytest.raises(NotThere):
        people.name_reader(tomas, cfo, member=friend.member)


def test_a_link_closes_the_own_file_at_once(
    owner: Actor, editor: Actor, joined: Joined, cfo: Executive
) -> None:
    tomas = joined("tomas")
    people.name_reader(owner, cfo, member=tomas.member)
    file.write_private_note(editor, cfo, note="Between us", named=[tomas.member])
    file.record_motivator(tomas, cfo, motivator="their own row")
    members.link_member_to_executive(owner, tomas.member, executive=cfo)
    tomas.member.refresh_from_db()
    assert not Reader.objects.filter(member=tomas.member).exists()
    assert not PrivateNote.objects.visible_to(tomas).exists()
    assert not cfo.motivators.visible_to(tomas).exists()  # type: ignore[attr-defined]
    members.link_member_to_executive(owner, tomas.member, executive=None)
    assert not files_open_to(tomas).exists()


def test_the_last_owner_stays(owner: Actor, joined: Joined) -> None:
    for leave in (
        lambda: members.end_membership(owner, owner.member),
        lambda: members.change_role(owner, owner.member, role=Role.EDITOR),
    ):
        with pytest.raises(Invalid):
            leave()
    second = joined("sam", Role.OWNER)
    members.end_membership(owner, owner.member)
    assert second.may(Act.KEEP)


def test_who_left_loses_every_right_and_what_they_wrote_keeps_its_author(
    owner: Actor, editor: Actor, cfo: Executive
) -> None:
    row = file.record_motivator(editor, cfo, motivator="Cash")
    members.end_membership(owner, editor.member)
    assert actor_in(editor.member.user, "northwind") is None
    with pytest.raises(Refused):
        file.record_motivator(editor, cfo, motivator="Late")  # a page that was open before
    row.refresh_from_db()
    assert row.author == editor.member
    back = members.add_member(owner, user=editor.member.user, role=Role.VIEWER)
    assert back.pk == editor.member.pk
    assert not files_open_to(Actor(member=back)).exists()


def test_a_role_counts_as_it_is_when_the_deed_is_done(owner: Actor, editor: Actor, cfo: Executive) -> None:
    members.change_role(owner, Member.objects.get(pk=editor.member.pk), role=Role.VIEWER)
    with pytest.raises(Refused):
        file.record_motivator(editor, cfo, motivator="Cash")
    with pytest.raises(Invalid):
        members.change_role(owner, editor.member, role="emperor")


def test_nobody_is_added_twice_or_from_elsewhere(
    owner: Actor, editor: Actor, user: Any, cfo: Executive
) -> None:
    with pytest.raises(Invalid):
        members.add_member(owner, user=editor.member.user, role=Role.EDITOR)
    elsewhere = start_workspace(user, name="Other", industry="Retail", currency="EUR").member
    for deed in (
        lambda: members.end_membership(owner, elsewhere),
        lambda: people.name_reader(owner, cfo, member=elsewhere),
        lambda: members.change_role(owner, elsewhere, role=Role.VIEWER),
    ):
        with pytest.raises(NotThere):
            deed()


def test_two_executives_of_one_name_have_two_keys(editor: Actor, cfo: Executive) -> None:
    second = people.add_executive(editor, name="Tomas Lindqvist", role="COO")
    assert (cfo.key, second.key) == ("tomas-lindqvist", "tomas-lindqvist-2")
    with pytest.raises(Invalid) as refused:
        people.add_executive(editor, name="Other", role="COO", key=cfo.key)
    assert set(refused.value.fields) == {"id"}
    with pytest.raises(Invalid):
        people.add_executive(editor, name="Other", role="COO", key="board")


def test_an_executive_is_changed_by_whoever_saw_the_newest_version(editor: Actor, cfo: Executive) -> None:
    people.change_executive(editor, cfo, seen_version=1, role="CFO and COO", desired_level="5")
    assert (cfo.role, cfo.desired_level, cfo.version) == ("CFO and COO", 5, 2)
    with pytest.raises(Invalid) as refused:
        people.change_executive(editor, cfo, seen_version=2, name="", attention_hours_per_week="200")
    assert set(refused.value.fields) == {"name", "attention_hours_per_week"}
