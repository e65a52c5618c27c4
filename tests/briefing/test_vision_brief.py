"""The vision brief and the goals in a brief: what they say, and what they may never say."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import sample
from hostile import TEXTS, assert_harmless

from fulcrum.briefing.compose import compose_for_executive
from fulcrum.briefing.contents import blocks_of, figures_in
from fulcrum.briefing.formats import FORMATS
from fulcrum.briefing.vision_brief import compose_vision
from fulcrum.core.brief import Brief, FigureTable, Missing, TextTable
from fulcrum.core.company import Company, JourneyShift, Vision
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.core.people import Motivator
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.evidence.goal_links import ties_of
from fulcrum.playbook.load import load_playbook

NAMES = tuple(FORMATS)
CANARY = "canary-of-a-motivator"
VISION = Vision(
    statement="A customer tells a fault once",
    journeys=(
        JourneyShift(
            journey="Repair", from_="From nothing", to="Prepared", measure="Nine of ten", by=date(2027, 6, 30)
        ),
    ),
    meaning=(("coo", "Visits that hold"), ("cfo", "Faults are counted to their end")),
    not_doing=("No new survey",),
    approved_by="the chief executive",
    approved_on=date(2026, 3, 2),
)


def company(vision: Vision | None = VISION) -> Company:
    return replace(sample.COMPANY, vision=vision)


def brief(vision: Vision | None = VISION, who: str | None = "coo") -> Brief:
    held = company(vision)
    return compose_vision(held, sample.EVIDENCE, None if who is None else held.executive(who))


def said(made: Brief) -> str:
    return str(to_stored(made))


def test_one_executive_reads_what_it_means_for_them_first() -> None:
    made = brief()
    assert made.title == "A customer tells a fault once."
    assert made.sections[0].key == "meaning"
    assert "Visits that hold." in str(made.sections[0])
    assert "Approved by the chief executive on 2 March 2026." in said(made)
    assert "Nine of ten" in said(made)
    assert from_stored(Brief, to_stored(made)) == made


def test_all_of_them_read_what_it_means_for_each() -> None:
    tables = blocks_of(TextTable, brief(who=None).sections)
    assert any("Visits that hold." in row for table in tables for row in table.rows)


def test_what_is_not_written_is_said_to_be_missing_and_a_draft_is_called_one() -> None:
    bare = brief(Vision(statement="A customer tells a fault once"))
    assert {one.what for one in blocks_of(Missing, bare.sections)} == {
        "What it means for you",
        "From and to, by journey",
    }
    assert "A draft: nobody has approved it yet." in said(bare)
    with pytest.raises(WrongUse, match="no vision yet"):
        brief(None)


def test_a_statement_too_long_for_a_title_stands_whole_below_one() -> None:
    made = brief(replace(VISION, statement="A customer waits no more. " * 40))
    assert len(made.title) < 100
    assert said(made).count("A customer waits no more.") == 40


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_are_words_in_every_format(name: str) -> None:
    journeys = tuple(JourneyShift(journey=one, from_=one, to=one, measure=one) for one in TEXTS)
    vision = Vision(
        statement=TEXTS[0] + "x" * 20_000,
        journeys=journeys,
        meaning=(("coo", TEXTS[1]), ("cfo", TEXTS[2])),
        not_doing=TEXTS,
        approved_by=TEXTS[3],
    )
    made = FORMATS[name].render(brief(vision))
    if name in ("html", "pptx"):
        assert_harmless(name, made)
    elif name == "xlsx":
        book = openpyxl.load_workbook(BytesIO(made))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
    else:
        assert made.startswith(b"%PDF")


@pytest.mark.parametrize("name", NAMES)
def test_how_to_speak_to_a_motivator_is_in_no_brief_of_any_format(name: str) -> None:
    """Neither what was noted of anybody's motives, nor the library's words on how to speak to them."""
    playbook, held = load_playbook(), company()
    noted = tuple(
        Motivator(executive=person.id, motivator=one.id, note=CANARY)
        for person in held.executives
        for one in playbook.motivators
    )
    held, evidence = (
        replace(held, motivators=(*noted, Motivator(executive="coo", motivator=CANARY))),
        sample.EVIDENCE,
    )
    words = [
        CANARY,
        *(
            word
            for one in playbook.motivators
            for word in (one.speaks_to_it, one.never, one.say, one.say_not)
        ),
    ]
    for person in held.executives[:1]:
        goals = ties_of(person.id, held, evidence, playbook)
        for made in (
            compose_for_executive(person, held, evidence, None, load_playbook(), goals=goals),
            compose_vision(held, evidence, person),
        ):
            text = text_in(FORMATS[name].render(made)) + str(to_stored(made))
            assert not [word for word in words if word in text]


def test_a_goal_in_the_brief_says_what_moves_it_how_sure_and_the_chance() -> None:
    held, evidence = company(), sample.EVIDENCE
    person = held.executive("coo")
    assert person is not None
    goals = ties_of("coo", held, evidence, load_playbook())
    made = compose_for_executive(person, held, evidence, None, load_playbook(), goals=goals)
    section = made.section("goals")
    assert (section is None) == (not goals)
    if section is not None:
        assert section.page == 2
        assert blocks_of(FigureTable, (section,))
        traced = {trace.id for trace in made.provenance.traces}
        assert {figure.trace for figure in figures_in((section,))} <= traced | {""}


def text_in(document: bytes) -> str:
    """All text of a document, of the parts of a zipped one too."""
    if not document.startswith(b"PK"):
        return document.decode("utf-8", "replace")
    with ZipFile(BytesIO(document)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_nobodys_evidence_is_needed_for_a_vision() -> None:
    held = company()
    assert compose_vision(held, Evidence(findings=()), None).sections
