"""Whose file is open to whom, as a row that was read under the rule says it; what is remembered of files."""

from datetime import date

import pytest

from fulcrum.core.people import Behaviour, Source
from fulcrum.records.access import Actor, NotThere, is_open, says_open
from fulcrum.records.actions import file, people
from fulcrum.records.models import Executive
from fulcrum.records.queries.files import read_files
from fulcrum.records.queries.people import file_of, open_file, row_of
from fulcrum.records.standings import evidence_in, standing_of, standings_for

DAY = date(2026, 3, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cfo(editor: Actor) -> Executive:
    """The row as the editor opened it, with one observation on file."""
    made = people.add_executive(editor, name="Tomas Lindqvist", role="CFO", area="Finance")
    observe(editor, made)
    return open_file(editor, made.key)


def observe(actor: Actor, executive: Executive) -> None:
    said = {"behaviour": Behaviour.MODEL, "anchor": 3, "source": Source.SEEN, "date": DAY, "note": "Sat in"}
    file.record_observation(actor, executive, **said)


def test_a_row_opened_by_one_is_closed_to_another(editor: Actor, owner: Actor, cfo: Executive) -> None:
    assert is_open(editor, cfo)
    assert not is_open(owner, cfo)
    assert standings_for(owner, [cfo]) == {}
    for ask in (standing_of, file_of, evidence_in):
        with pytest.raises(NotThere):
            ask(owner, cfo)


def test_a_row_that_was_not_opened_is_looked_up(editor: Actor, owner: Actor, cfo: Executive) -> None:
    row = Executive.objects.get(pk=cfo.pk)
    assert not says_open(row, editor)
    assert is_open(editor, row)
    assert not is_open(owner, row)


def test_what_was_written_after_a_row_was_opened_is_seen(editor: Actor, cfo: Executive) -> None:
    assert standing_of(editor, cfo).belief.observations == 1
    observe(editor, cfo)
    assert standing_of(editor, cfo).belief.observations == 2


def test_what_is_remembered_of_a_file_opens_it_to_nobody(editor: Actor, owner: Actor, cfo: Executive) -> None:
    assert [row.note for _, row in file_of(editor, cfo).rows] == ["Sat in"]
    held = read_files([cfo], editor.workspace)[cfo.pk]
    assert not any(says_open(row.executive, editor) for rows in held.rows.values() for row in rows)
    people.unname_reader(owner, Executive.objects.get(pk=cfo.pk), member=editor.member)
    with pytest.raises(NotThere):
        open_file(editor, cfo.key)
    with pytest.raises(NotThere):
        file_of(editor, Executive.objects.get(pk=cfo.pk))


def test_a_row_that_was_taken_back_is_shown_and_counts_no_more(editor: Actor, cfo: Executive) -> None:
    kind, row = file_of(editor, cfo).rows[0]
    file.take_back(editor, row_of(editor, cfo, kind, row.pk))
    seen = file_of(editor, open_file(editor, cfo.key))
    assert [row.taken_back_at is not None for _, row in seen.rows] == [True]
    assert (seen.observations, seen.newest) == ((), None)
