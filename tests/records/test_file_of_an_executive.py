"""What is noted of an executive: by whom, by which rules, and how it is withdrawn."""

from collections.abc import Callable
from datetime import date

import pytest

from fulcrum.core.company import AskStatus
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour, Level, Source
from fulcrum.records import models
from fulcrum.records.access import Actor, NotThere, Refused, files_open_to
from fulcrum.records.actions import file, members, people
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.models import Audit, Executive, Role
from fulcrum.records.queries.company import company_of
from fulcrum.records.taking import Invalid

DAY = date(2026, 3, 9)
pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]


@pytest.fixture
def cfo(editor: Actor) -> Executive:
    return people.add_executive(editor, name="Tomas Lindqvist", role="CFO", area="Finance")


def observe(actor: Actor, executive: Executive, **other: object) -> models.Observation:
    said = {"behaviour": Behaviour.MODEL, "anchor": 3, "source": Source.SEEN, "date": DAY} | other
    return file.record_observation(actor, executive, **said)  # type: ignore[arg-type]


def test_who_adds_an_executive_is_named_for_them_and_nobody_else_is(
    editor: Actor, owner: Actor, cfo: Executive
) -> None:
    assert list(files_open_to(editor)) == [cfo]
    assert not files_open_to(owner).exists()
    assert cfo.key == "tomas-lindqvist"


def test_every_kind_of_row_becomes_the_value_that_the_folder_would_read(
    editor: Actor, cfo: Executive
) -> None:
    ceo = people.add_executive(editor, name="Ines Moreau", role="CEO", key="ceo", is_sponsor="yes")
    observe(editor, cfo, behaviour="model", anchor="3", source="told by", date="2026-03-09", observer="Ana")
    file.record_reaction(editor, cfo, barrier=Barrier.NOT_WORTH_IT, date=DAY, note="=1+1")
    file.record_motivator(editor, cfo, motivator="Cash", note="their letter")
    file.record_move(editor, cfo, lever=Lever.OPPORTUNITIES, date=DAY, brief="case")
    file.put_ask(editor, cfo, step="Sit in on five calls", asked_on=DAY, due="2026-04-01")
    file.set_influence(editor, cfo, listened_to=ceo, strength="0.8")
    people.set_goal(editor, cfo, goal="Margin of 12 %", due=date(2027, 1, 1))
    company = company_of(editor.workspace, today=DAY)
    assert [one.is_sponsor for one in company.executives] == [False, True]
    assert company.observations[0].source is Source.TOLD_BY
    assert company.observations[0].anchor is Level.PARTICIPATING
    assert company.reactions[0].note == "=1+1"
    assert company.motivators[0].motivator == "Cash"
    assert company.moves[0].lever is Lever.OPPORTUNITIES
    assert company.asks[0].due == date(2026, 4, 1)
    assert (company.influence[0].listened_to, company.influence[0].strength) == ("ceo", 0.8)
    assert company.goals[0].due == date(2027, 1, 1)


def test_every_mistake_is_told_beside_its_field_and_nothing_is_kept(editor: Actor, cfo: Executive) -> None:
    with pytest.raises(Invalid) as refused:
        observe(editor, cfo, behaviour="modle", anchor=6, date="9 March", note="x" * 2_001)
    assert set(refused.value.fields) == {"behaviour", "anchor", "date", "note"}
    assert "Did you mean “model”" in refused.value.fields["behaviour"]
    assert not models.Observation.objects.exists()
    with pytest.raises(Invalid) as empty:
        file.record_motivator(editor, cfo, motivator="   ")
    assert set(empty.value.fields) == {"motivator"}


def test_a_day_that_has_not_come_is_refused(editor: Actor, cfo: Executive) -> None:
    with pytest.raises(Invalid) as refused:
        observe(editor, cfo, date=date(2999, 1, 1))
    assert "lies after" in refused.value.fields["date"]


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
def test_a_character_that_no_database_keeps_is_refused(editor: Actor, cfo: Executive, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        observe(editor, cfo, note=text)
    assert set(refused.value.fields) == {"note"}


def test_an_ask_closes_once_for_two_who_saw_the_same(editor: Actor, cfo: Executive) -> None:
    ask = file.put_ask(editor, cfo, step="Sit in", asked_on=DAY)
    seen = ask.version
    file.close_ask(editor, ask, seen_version=seen, status="done", closed_on=DAY)
    late = models.Ask.objects.get(pk=ask.pk)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        file.close_ask(editor, late, seen_version=seen, status=AskStatus.DECLINED, closed_on=DAY)
    assert meanwhile.value.now.status == "done"  # type: ignore[attr-defined]
    with pytest.raises(Invalid) as refused:
        file.close_ask(editor, ask, seen_version=ask.version, status="done", closed_on="2020-01-01")
    assert set(refused.value.fields) == {"closed_on"}


def test_what_was_taken_back_counts_no_more_until_it_is_put_back(editor: Actor, cfo: Executive) -> None:
    row = observe(editor, cfo)
    file.take_back(editor, row)
    assert company_of(editor.workspace, today=DAY).observations == ()
    file.put_back(editor, row)
    assert len(company_of(editor.workspace, today=DAY).observations) == 1


def test_only_the_author_or_an_owner_who_may_see_it_takes_a_row_back(
    editor: Actor, owner: Actor, joined: Joined, cfo: Executive
) -> None:
    row = observe(editor, cfo)
    colleague = joined("carl")
    with pytest.raises(NotThere):
        file.take_back(owner, row)
    for reader in (owner, colleague):
        people.name_reader(owner, cfo, member=reader.member)
    with pytest.raises(Refused):
        file.take_back(colleague, row)
    file.take_back(owner, row)


def test_a_strength_set_again_replaces_the_earlier_one_even_after_it_was_taken_back(
    editor: Actor, cfo: Executive
) -> None:
    ceo = people.add_executive(editor, name="Ines", role="CEO")
    row = file.set_influence(editor, cfo, listened_to=ceo, strength=0.2)
    file.take_back(editor, row)
    file.set_influence(editor, cfo, listened_to=ceo, strength=0.9)
    assert [edge.strength for edge in company_of(editor.workspace, today=DAY).influence] == [0.9]
    with pytest.raises(Invalid):
        file.set_influence(editor, cfo, listened_to=cfo, strength=0.5)


def test_nobody_writes_about_themselves_or_in_another_company(
    editor: Actor, owner: Actor, joined: Joined, cfo: Executive
) -> None:
    themselves = joined("tomas", Role.OWNER)
    members.link_member_to_executive(owner, themselves.member, executive=cfo)
    themselves.member.refresh_from_db()
    with pytest.raises(NotThere):
        observe(themselves, cfo)
    elsewhere = Executive.objects.create(
        workspace=models.Workspace.objects.create(slug="other", name="Other", currency="EUR"), key="x"
    )
    with pytest.raises(NotThere):
        observe(editor, elsewhere)
    with pytest.raises(NotThere):
        file.set_influence(editor, cfo, listened_to=elsewhere, strength=0.5)


def test_a_private_note_is_for_its_author_and_those_named(
    editor: Actor, owner: Actor, joined: Joined, cfo: Executive
) -> None:
    friend, tomas = joined("fay"), joined("tomas", executive=cfo)
    people.name_reader(owner, cfo, member=owner.member)
    note = file.write_private_note(editor, cfo, note="Between us", named=[friend.member])
    visible = models.PrivateNote.objects.visible_to
    assert [visible(who).count() for who in (editor, friend, owner, tomas)] == [1, 1, 0, 0]
    assert visible(friend).get() == note
    with pytest.raises(Invalid):
        file.write_private_note(editor, cfo, note="Not for them", named=[tomas.member])


def test_the_audit_says_what_happened_and_nothing_of_what_was_noted(editor: Actor, cfo: Executive) -> None:
    observe(editor, cfo, note="CANARY-1", observer="CANARY-2")
    file.record_motivator(editor, cfo, motivator="CANARY-3")
    file.write_private_note(editor, cfo, note="CANARY-4")
    said = " ".join(Audit.objects.values_list("said", flat=True))
    assert "CANARY" not in said
    assert "Noted an observation of Tomas Lindqvist." in said


def test_the_longest_texts_that_a_folder_holds_are_kept_on_every_database(
    editor: Actor, owner: Actor
) -> None:
    line, note = "ä" * 500, "ß" * 2_000
    who = people.add_executive(editor, name=line, role=line, area=line)
    people.change_executive(editor, who, seen_version=1, role=line[:-1])
    people.set_goal(editor, who, goal=line, metric=line, baseline=line, target=line)
    observe(editor, who, observer=line, note=note)
    file.record_motivator(editor, who, motivator=line, note=note)
    file.record_move(editor, who, lever="vision", date=DAY, brief=line, note=note)
    file.put_ask(editor, who, step=line, asked_on=DAY, note=note)
    people.name_reader(owner, who, member=owner.member)
    assert company_of(editor.workspace, today=DAY).observations[0].note == note
