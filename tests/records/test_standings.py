"""What is believed and recommended: judged once, made anew when its grounds change, told to readers only."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fulcrum import workflow
from fulcrum.core.levers import CaseAtHand
from fulcrum.core.people import Behaviour, Source
from fulcrum.core.slices import Slices
from fulcrum.records.access import Actor, NotThere
from fulcrum.records.actions import file, people
from fulcrum.records.folders import folder_of, playbook_of
from fulcrum.records.judging import judged
from fulcrum.records.models import Executive, Standing
from fulcrum.records.queries.company import company_of
from fulcrum.records.standings import (
    evidence_in,
    if_nothing_is_seen,
    standing_of,
    standings_for,
    that_matter_most,
    what_if,
)

DAY = date(2026, 3, 9)
pytestmark = pytest.mark.django_db
NO_CASE = CaseAtHand(is_computed=False, is_fresh=False, why_not="No case was computed from customer data.")


@pytest.fixture
def team(editor: Actor, settings: Any, tmp_path: Path) -> list[Executive]:
    """Three executives; the second listens to the first, who leads, and to the third."""
    settings.FULCRUM_HOME = tmp_path
    editor.workspace.as_of = DAY
    editor.workspace.save()
    made = [people.add_executive(editor, name=name, role=role) for name, role in _TEAM]
    for weeks, (who, anchor) in enumerate([(0, 5), (0, 5), (0, 4), (1, 0), (1, 1), (2, 3)]):
        observe(editor, made[who], anchor, DAY - timedelta(weeks=weeks))
    file.set_influence(editor, made[1], listened_to=made[0], strength=0.9)
    file.set_influence(editor, made[1], listened_to=made[2], strength=0.4)
    return made


STEP = """
[[steps]]
id = "own-step"
ask = "Sit beside an agent for an hour."
roles = ["CFO"]
minutes = 60
minutes_from = "estimate"
behaviour = "model"
lowest_level = 0
how_to = ["Come on Monday.", "Listen.", "Ask one question."]
sources = [{ title = "Our people team", seen = "own reasoning" }]
"""
_TEAM = (("Ines Moreau", "CEO"), ("Tomas Lindqvist", "CFO"), ("Ada Obi", "COO"))


def observe(actor: Actor, executive: Executive, anchor: int, on: date, **other: Any) -> Any:
    said = {"behaviour": Behaviour.MODEL, "anchor": anchor, "source": Source.SEEN, "date": on} | other
    return file.record_observation(actor, executive, **said)


def judged_whole(actor: Actor) -> list[tuple[Any, Any]]:
    """The same by way of the whole company, as the command line judges it."""
    company, playbook = company_of(actor.workspace, today=DAY), playbook_of(actor.workspace)
    slices = Slices(company)
    ids = [one.id for one in company.executives]
    assessed = {id: workflow.assess_one(slices.of(id), playbook, id) for id in ids}
    beliefs = {id: one.belief for id, one in assessed.items()}
    chosen = [workflow.choose_for(slices.of(id), playbook, assessed[id], beliefs, NO_CASE) for id in ids]
    return list(zip([assessed[id] for id in ids], chosen, strict=True))


def test_what_is_kept_is_what_the_whole_company_gives(editor: Actor, team: list[Executive]) -> None:
    for _ in range(2):  # computed, then read
        found = standings_for(editor)
        assert list(found) == [one.pk for one in team]
        for one, (assessment, choice) in zip(found.values(), judged_whole(editor), strict=True):
            assert (one.belief, one.barrier, one.choice) == (assessment.belief, assessment.barrier, choice)
    assert found[team[1].pk].choice.peer == "ines-moreau"


def test_what_holds_is_read_and_not_computed_again(
    editor: Actor, team: list[Executive], monkeypatch: pytest.MonkeyPatch
) -> None:
    standings_for(editor)
    counted: list[str] = []
    whole = workflow.assess_one
    monkeypatch.setattr(workflow, "assess_one", lambda *a: counted.append(a[2]) or whole(*a))  # type: ignore[func-returns-value]
    standings_for(editor)
    assert counted == []
    observe(editor, team[1], 4, DAY)
    standings_for(editor)
    assert counted == ["tomas-lindqvist"]


def test_a_choice_is_made_anew_when_a_peer_moves(editor: Actor, team: list[Executive]) -> None:
    assert standing_of(editor, team[1]).choice.peer == "ines-moreau"
    for behaviour in Behaviour:
        observe(editor, team[0], 0, DAY, behaviour=behaviour)
    assert standing_of(editor, team[1]).choice.peer != "ines-moreau"
    assert standing_of(editor, team[1]).choice == judged_whole(editor)[1][1]


@pytest.mark.parametrize("what", ["taken back", "the day", "the playbook", "a promise kept"])
def test_a_snapshot_never_outlives_what_it_rests_on(
    editor: Actor, owner: Actor, team: list[Executive], what: str
) -> None:
    row = observe(editor, team[1], 4, DAY)
    ask = file.put_ask(editor, team[2], step="Sit in on five calls", asked_on=DAY - timedelta(days=9))
    standings_for(editor)
    match what:
        case "taken back":
            file.take_back(editor, row)
        case "the day":
            editor.workspace.as_of = DAY + timedelta(weeks=40)
            editor.workspace.save()
        case "the playbook":
            own = folder_of(editor.workspace) / "playbook"
            own.mkdir(parents=True, exist_ok=True)
            (own / "steps.toml").write_text(STEP)
        case "a promise kept":
            file.close_ask(editor, ask, seen_version=ask.version, status="done", closed_on=DAY)
    before = {row.executive_id: row for row in Standing.objects.all()}
    judged(editor.workspace)
    after = {row.executive_id: row for row in Standing.objects.all()}
    anew = {pk for pk, row in after.items() if _marks(row) != _marks(before[pk])}
    assert team[1].pk in anew
    assert what == "taken back" or anew == {one.pk for one in team}


def _marks(row: Standing) -> tuple[object, ...]:
    return row.as_of, row.version, row.file_version, row.rests_on


def test_the_number_of_queries_does_not_grow_with_the_executives(
    editor: Actor, team: list[Executive]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            standings_for(editor)
        return len(asked)

    first, read = queries(), queries()
    later = []
    for number in range(24):
        observe(editor, people.add_executive(editor, name=f"Extra {number}", role="CIO"), 3, DAY)
        if number % 12 == 11:
            later.append((queries(), queries()))
    assert later[0] == later[1]
    assert later[0][0] < first  # the programme is remembered
    assert later[0][1] == read


def test_a_standing_is_told_only_to_those_named(
    editor: Actor, owner: Actor, joined: Callable[..., Actor], team: list[Executive]
) -> None:
    themselves = joined("tomas", executive=team[1])
    for stranger in (owner, themselves):
        assert standings_for(stranger) == {}
        for ask in (standing_of, evidence_in):
            with pytest.raises(NotThere):
                ask(stranger, team[1])
        with pytest.raises(NotThere):
            if_nothing_is_seen(stranger, team[1], for_weeks=8)


def test_a_choice_says_nothing_of_a_peer_whose_file_is_closed(
    editor: Actor, owner: Actor, team: list[Executive]
) -> None:
    assert standing_of(editor, team[1]).choice.peer_step is not None
    people.name_reader(owner, team[1], member=owner.member)
    people.name_reader(owner, team[0], member=owner.member)
    told = standing_of(owner, team[1])
    assert told.is_without_peers
    assert (told.choice.peer, told.choice.peer_step) == (None, None)
    assert not any(name in line for line in told.choice.gather for name, _ in _TEAM)
    assert told.belief == standing_of(editor, team[1]).belief


def test_an_observation_can_be_tried_before_it_is_noted(editor: Actor, team: list[Executive]) -> None:
    entered = {"behaviour": "model", "anchor": "5", "source": "seen", "date": DAY.isoformat()}
    now, then = what_if(editor, team[2], **entered)
    assert now == standing_of(editor, team[2]).belief
    file.record_observation(editor, team[2], **entered)
    assert standing_of(editor, team[2]).belief.shares == then.shares


def test_those_who_fell_come_first(editor: Actor, team: list[Executive]) -> None:
    for weeks in range(14, 40, 2):
        observe(editor, team[1], 5, DAY - timedelta(weeks=weeks))
    assert standing_of(editor, team[1]).belief.is_drop
    assert that_matter_most(editor, 1) == [team[1]]
    assert set(that_matter_most(editor, 9)) == set(team)


def test_what_orders_long_lists_stands_before_the_sealed_texts() -> None:
    columns = [field.name for field in Standing._meta.fields]
    assert columns[-3:] == ["belief", "barrier", "choice"]  # a database reads a row from its start
