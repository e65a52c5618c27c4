"""What is secret stays so: in the database's bytes, the audit, the exports; and what is erased is gone."""

import gc
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as held
from django.db import connection
from django.db import models as django

from fulcrum.core.people import Observation
from fulcrum.records import models
from fulcrum.records.access import Actor, NotThere, Refused
from fulcrum.records.actions import file, members, people
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.actions.keys import renew
from fulcrum.records.actions.notes import read_private_note
from fulcrum.records.actions.privacy import erase_person, erase_workspace, export_person
from fulcrum.records.models import Audit, Executive, Role
from fulcrum.records.queries.audit import audit_for
from fulcrum.records.queries.people import file_of
from fulcrum.records.sealed import SealedJSON, SealedText, Unreadable, renew_key, seal, unseal
from fulcrum.records.standings import standing_of
from fulcrum.records.taking import Invalid

DAY = date(2026, 3, 9)
Joined = Callable[..., Actor]


def secretive(actor: Actor) -> Executive:
    """An executive with a canary in every secret text."""
    cfo = people.add_executive(actor, name="Tomas Lindqvist", role="CFO", key="cfo")
    seen = {"behaviour": "model", "anchor": 3, "source": "seen", "date": DAY}
    file.record_observation(actor, cfo, **seen, observer="CANARY-observer", note="CANARY-observation")
    file.record_reaction(actor, cfo, barrier="nothing in it for me", date=DAY, note="CANARY-reaction")
    file.record_motivator(actor, cfo, motivator="CANARY-motivator", note="CANARY-why")
    file.record_move(actor, cfo, lever="vision", date=DAY, note="CANARY-move")
    file.put_ask(actor, cfo, step="Sit in", asked_on=DAY, note="CANARY-ask")
    file.write_private_note(actor, cfo, note="CANARY-private")
    standing_of(actor, cfo)
    return cfo


def bytes_of_the_database() -> bytes:
    """All that SQLite keeps on disk, its log too; elsewhere every row as the server gives it."""
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        return b"".join(one.read_bytes() for one in place.parent.glob(f"{place.name}*"))
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("records")]
        return "".join(str(cursor.execute(f"SELECT * FROM {name}").fetchall()) for name in tables).encode()


@pytest.mark.django_db(transaction=True)
def test_no_secret_text_stands_in_the_bytes_of_the_database(editor: Actor) -> None:
    secretive(editor)
    kept = bytes_of_the_database()
    assert b"Tomas Lindqvist" in kept
    assert b"CANARY" not in kept


@pytest.mark.django_db
def test_no_secret_text_stands_in_logs_or_in_what_is_said_of_a_mistake(
    editor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="django.db.backends")
    connection.force_debug_cursor = True
    try:
        cfo = secretive(editor)
        with pytest.raises(Invalid) as long:
            file.record_motivator(editor, cfo, motivator="CANARY" * 100)
        row = models.Motivator.objects.get()
        with pytest.raises(ChangedMeanwhile) as meanwhile:
            file.correct(editor, row, seen_version=7, note="CANARY")
    finally:
        connection.force_debug_cursor = False
    assert "INSERT INTO" in caplog.text
    assert "CANARY" not in caplog.text
    assert "CANARY" not in f"{long.value}{long.value.fields}{meanwhile.value}{row!r}"


def test_every_free_text_of_a_file_is_sealed() -> None:
    plain = {
        f"{model.__name__}.{field.name}"
        for model in (*_OF_FILES, models.Standing)
        for field in model._meta.concrete_fields
        if isinstance(field, django.TextField | django.CharField | django.JSONField)
        and not isinstance(field, SealedText | SealedJSON)
    }
    assert plain == {
        "Observation.behaviour",
        "Observation.source",
        "Reaction.barrier",
        "Ask.step",  # what they were asked, in words that they have read
        "Ask.status",
        "Move.key",
        "Move.lever",
        "Move.brief",
        "Standing.version",
        "Standing.rests_on",
    }


_OF_FILES: tuple[Any, ...] = (
    models.Observation,
    models.Reaction,
    models.Motivator,
    models.Influence,
    models.Ask,
    models.Move,
    models.PrivateNote,
)


@pytest.mark.django_db
def test_the_key_lies_outside_of_the_database_and_only_its_owner_may_read_it(editor: Actor) -> None:
    secretive(editor)
    assert held.FULCRUM_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert held.FULCRUM_KEY_FILE.parent != Path(str(connection.settings_dict["NAME"])).parent


@pytest.mark.django_db
def test_a_renewed_key_seals_and_the_earlier_one_still_opens(
    editor: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.FULCRUM_KEY_FILE = tmp_path / "keys" / "notes.key"
    before = seal("earlier")
    earlier = settings.FULCRUM_KEY_FILE.read_bytes()
    renew_key()
    after = seal("later")
    assert (unseal(before), unseal(after)) == ("earlier", "later")
    assert settings.FULCRUM_KEY_FILE.stat().st_mode & 0o777 == 0o600
    settings.FULCRUM_KEY_FILE = tmp_path / "other.key"
    settings.FULCRUM_KEY_FILE.write_bytes(earlier)
    assert unseal(before) == "earlier"
    with pytest.raises(Unreadable) as unreadable:
        unseal(after)
    assert after not in str(unreadable.value)


@pytest.mark.django_db
def test_after_renewal_every_text_opens_with_the_new_key_alone(
    editor: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.FULCRUM_KEY_FILE = tmp_path / "keys" / "notes.key"
    cfo = secretive(editor)
    models.PulseAnswer.objects.create(
        workspace=editor.workspace, respondent=cfo.key, date="2026-03-09", question="who_leads", answer="ceo"
    )
    assert renew() >= 7
    alone = settings.FULCRUM_KEY_FILE.read_bytes().split()[0]
    settings.FULCRUM_KEY_FILE = tmp_path / "alone.key"
    settings.FULCRUM_KEY_FILE.write_bytes(alone)
    assert models.Motivator.objects.get().motivator == "CANARY-motivator"
    assert models.PrivateNote.objects.get().note == "CANARY-private"
    assert models.Observation.objects.get().observer == "CANARY-observer"
    assert models.PulseAnswer.objects.get().answer == "ceo"
    assert standing_of(editor, cfo).belief.observations == 1


@pytest.mark.django_db
def test_each_reading_of_a_private_note_is_logged_for_those_who_may_read_it(
    editor: Actor, owner: Actor, joined: Joined
) -> None:
    cfo, friend = people.add_executive(editor, name="Tomas", role="CFO"), joined("fay")
    people.name_reader(owner, cfo, member=owner.member)
    note = file.write_private_note(editor, cfo, note="Between us", named=[friend.member])
    assert read_private_note(friend, note) == "Between us"
    with pytest.raises(NotThere):
        read_private_note(owner, note)
    readings = Audit.objects.filter(action="note.read")
    assert [line.member for line in readings] == [friend.member]
    assert "Read a private note." in {line.said for line in audit_for(editor)}
    assert not {"note.read", "note.write"} & {line.action for line in audit_for(owner)}


@pytest.mark.django_db
def test_deeds_about_an_executive_are_told_to_those_who_may_see_the_file(
    editor: Actor, owner: Actor, joined: Joined
) -> None:
    cfo = secretive(editor)
    members.link_member_to_executive(owner, joined("tomas", Role.OWNER).member, executive=cfo)
    themselves = models.Member.objects.get(name="Tomas")
    told = {who: {line.action for line in audit_for(who)} for who in (editor, owner)}
    assert "observation.note" in told[editor]
    assert "observation.note" not in told[owner]
    assert not [line for line in audit_for(Actor(member=themselves)) if line.executive_id == cfo.pk]


@pytest.mark.django_db
def test_all_that_is_held_on_a_person_is_given_out(editor: Actor, owner: Actor, joined: Joined) -> None:
    cfo = secretive(editor)
    taken_back = file.record_motivator(editor, cfo, motivator="CANARY-taken-back")
    file.take_back(editor, taken_back)
    people.set_goal(editor, cfo, goal="CANARY-goal")
    models.PulseAnswer.objects.create(
        workspace=owner.workspace,
        respondent="cfo",
        date=DAY,
        question="vision_in_own_words",
        answer="CANARY-pulse",
    )
    ceo = people.add_executive(owner, name="Ines", role="CEO")
    file.record_reaction(owner, ceo, barrier="no picture", date=DAY, note="Spoke of Tomas Lindqvist")
    with pytest.raises(NotThere):
        export_person(owner, cfo)
    people.name_reader(owner, cfo, member=owner.member)
    given = export_person(owner, cfo)
    text = json.dumps(given.data)
    found = {word for word in _CANARIES if f"CANARY-{word}" in text}
    assert found == set(_CANARIES)
    assert "CANARY-private" not in text
    assert given.not_included[0] == "Private notes that you may not read, by Edda: ask each of them."
    assert given.named_elsewhere == (f"Reaction {models.Reaction.objects.get(executive=ceo).pk}",)
    with pytest.raises(Refused):
        export_person(editor, cfo)


_CANARIES = (
    *("observer", "observation", "reaction", "motivator", "why", "move", "ask"),
    *("taken-back", "goal", "pulse"),
)


@pytest.mark.django_db(transaction=True)
def test_what_is_erased_is_gone_from_every_row_and_byte(editor: Actor, owner: Actor, settings: Any) -> None:
    cfo = secretive(editor)
    workspace = owner.workspace
    models.Brief.objects.create(
        workspace=workspace, executive=cfo, title="For Tomas Lindqvist", composed={}, as_of=DAY, version="1"
    )
    models.PulseAnswer.objects.create(
        workspace=workspace, respondent="ceo", date=DAY, question="who_leads", answer="cfo"
    )
    workspace.vision = {"statement": "s", "journeys": [], "not_doing": [], "meaning": [["cfo", "Tomas"]]}
    workspace.save()
    with pytest.raises(Refused):
        erase_person(editor, cfo)
    told = erase_person(owner, cfo)
    assert told.rows >= 10
    assert "Backups" in told.remains
    workspace.refresh_from_db()
    assert workspace.vision["meaning"] == []
    for model in (*_OF_FILES, models.Standing, models.Brief, models.PulseAnswer, Executive, models.Reader):
        assert not model.objects.exists()
    assert not [line for line in Audit.objects.all() if "Tomas" in line.said]
    if connection.vendor == "sqlite":
        assert b"Tomas Lindqvist" not in bytes_of_the_database()


@pytest.mark.django_db
@pytest.mark.parametrize("leave", ["erased", "removed"])
def test_no_observation_of_somebody_who_left_stays_in_the_memory_of_the_process(
    editor: Actor, owner: Actor, leave: str
) -> None:
    cfo = secretive(editor)
    file_of(editor, cfo)
    assert standing_of(editor, cfo).belief.observations == 1
    assert noted_in_memory()
    if leave == "erased":
        erase_person(owner, cfo)
    else:
        people.remove_executive(editor, cfo)
    assert not noted_in_memory()


def noted_in_memory() -> list[str]:
    gc.collect()
    kinds = (models.Observation, Observation)
    return [one.note for one in gc.get_objects() if isinstance(one, kinds) and "CANARY" in one.note]


@pytest.mark.django_db
def test_nothing_said_of_an_executive_becomes_public_when_they_are_removed(
    editor: Actor, owner: Actor
) -> None:
    cfo = secretive(editor)
    with pytest.raises(NotThere):
        people.remove_executive(owner, cfo)
    people.remove_executive(editor, cfo)
    assert not [line for line in audit_for(owner) if "Tomas" in line.said]


@pytest.mark.django_db(transaction=True)
def test_a_workspace_is_erased_with_its_files_once_its_name_is_typed(
    editor: Actor, owner: Actor, settings: Any, tmp_path: Path
) -> None:
    settings.FULCRUM_HOME = tmp_path
    data = tmp_path / "workspaces" / "northwind" / "data"
    data.mkdir(parents=True)
    (data / "customers.csv").write_text("customer_id\n1\n")
    secretive(editor)
    with pytest.raises(Refused):
        erase_workspace(editor, name="Northwind")
    with pytest.raises(Invalid):
        erase_workspace(owner, name="Northwynd")
    erase_workspace(owner, name="Northwind")
    assert not models.Workspace.objects.exists()
    assert list((tmp_path / "workspaces").iterdir()) == []
