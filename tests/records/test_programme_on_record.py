"""What the team keeps beside the files: by the rules of the folder, and changed by whoever saw it last."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fulcrum.core.company import JourneyShift, MechanismState, Mover, Vision
from fulcrum.folder.read import read_folder
from fulcrum.records.access import Actor, NotThere, Refused
from fulcrum.records.actions import people, programme
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.actions.folder_out import export_folder
from fulcrum.records.models import PulseAnswer, Role, Win, Workspace
from fulcrum.records.queries.company import company_of
from fulcrum.records.taking import Invalid

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)
VISION = Vision(
    statement="One company",
    journeys=(JourneyShift(journey="Repair", from_="days", to="hours", measure="48 hours", by=DAY),),
    meaning=(("cfo", "Cash sooner"),),
    not_doing=("A new survey",),
    approved_by="the “board”",
    approved_on=DAY,
)


def test_every_kind_becomes_what_the_folder_would_read(owner: Actor, tmp_path: Path) -> None:
    cfo = people.add_executive(owner, name="Tomas Lindqvist", role="CFO", key="cfo")
    programme.note_win(owner, date=DAY, win="Fewer calls", value="EUR 12,000", owner="Ana")
    programme.note_risk(owner, date="2026-03-09", risk="The pilot slips")
    programme.note_spend(owner, date=DAY, item="Notes", amount="8200.50")
    programme.note_mechanism(owner, mechanism="Agenda", state="in place", proof="Minutes", proven_on=DAY)
    programme.note_outside_mover(owner, date=DAY, kind="crisis", note="An outage")
    programme.approve_story(
        owner,
        checked=[programme.CHECKED],
        quote="They called back.",
        touchpoint="calls",
        score="9",
        approved_on="",
        consent="agreed",
    )
    programme.state_vision(owner, seen_version=1, vision=VISION)
    answers = {
        "who_leads": "nobody",
        "where_we_stand_1_5": "4",
        "priority:customers": "",
        "success_would_be": "x",
    }
    assert programme.answer_pulse(owner, cfo, date=DAY, answers=answers) == 3
    export_folder(owner, tmp_path / "back")
    company, _ = read_folder(tmp_path / "back", as_of=None)
    assert company is not None
    assert company == company_of(owner.workspace, today=company.as_of)
    assert company.spend[0].amount == Decimal("8200.50")
    assert (company.mechanisms[0].state, company.context[0].kind) == (MechanismState.IN_PLACE, Mover.CRISIS)
    assert (company.stories[0].approved_by, company.stories[0].score) == ("Olga", 9.0)
    assert company.vision == VISION
    assert len(company.pulses) == 3


def test_mistakes_stand_beside_their_fields(owner: Actor) -> None:
    cfo = people.add_executive(owner, name="Tomas", role="CFO", key="cfo")
    half = (JourneyShift(journey="Repair", from_="", to="hours"),)
    wrong = {
        "amount": lambda: programme.note_spend(owner, date=DAY, item="Notes", amount="8 thousand"),
        "win": lambda: programme.note_win(owner, date=DAY, win=" "),
        "statement": lambda: programme.state_vision(owner, seen_version=1, vision=Vision(statement=" ")),
        "from_0": lambda: programme.state_vision(
            owner, seen_version=1, vision=replace(VISION, journeys=half)
        ),
        "cto": lambda: programme.state_vision(
            owner, seen_version=1, vision=replace(VISION, meaning=(("cto", "x"),))
        ),
        "checked": lambda: programme.approve_story(owner, quote="They", consent="agreed"),
        "consent": lambda: programme.approve_story(owner, quote="They", checked=[programme.CHECKED]),
        "who_leads": lambda: programme.answer_pulse(owner, cfo, date=DAY, answers={"who_leads": "cto"}),
        "how?": lambda: programme.answer_pulse(owner, cfo, date=DAY, answers={"how?": "well"}),
    }
    for field, deed in wrong.items():
        with pytest.raises(Invalid) as refused:
            deed()
        assert set(refused.value.fields) == {field}
    assert not PulseAnswer.objects.exists()


def test_a_later_answer_of_the_same_day_replaces_the_earlier_one(owner: Actor) -> None:
    cfo = people.add_executive(owner, name="Tomas", role="CFO", key="cfo")
    for answer in ("2", "5"):
        programme.answer_pulse(owner, cfo, date=DAY, answers={"where_we_stand_1_5": answer})
    assert PulseAnswer.objects.get().answer == "5"


def test_a_row_is_changed_by_whoever_saw_the_newest_version_and_removed(owner: Actor, editor: Actor) -> None:
    win = programme.note_win(editor, date=DAY, win="Fewer calls")
    programme.change_row(owner, win, seen_version=1, value="EUR 1")
    late = Win.objects.get(pk=win.pk)
    with pytest.raises(ChangedMeanwhile):
        programme.change_row(editor, late, seen_version=1, win="More calls")
    assert (Win.objects.get().win, Win.objects.get().value) == ("Fewer calls", "EUR 1")
    programme.remove_row(editor, win)
    assert not Win.objects.exists()


def test_a_viewer_keeps_nothing_and_rows_of_another_company_are_not_there(
    owner: Actor, joined: object
) -> None:
    viewer = joined("vera", Role.VIEWER)  # type: ignore[operator]
    with pytest.raises(Refused):
        programme.note_win(viewer, date=DAY, win="Fewer calls")
    elsewhere = Workspace.objects.create(slug="other", name="Other", industry="x", currency="EUR")
    win = Win.objects.create(workspace=elsewhere, date=DAY, win="theirs")
    with pytest.raises(NotThere):
        programme.remove_row(owner, win)
