"""Where a vision is vague: what is found, what is said of it, and how often the finding is wrong."""

from dataclasses import replace
from datetime import date

import pytest
from visions_said import HELD_BACK, KINDS, MADE, PUBLIC

from fulcrum.commitment.availability import availability
from fulcrum.commitment.vagueness import vagueness
from fulcrum.core.company import Company, JourneyShift, Vision
from fulcrum.core.levers import CaseAtHand, Lever, Readiness
from fulcrum.core.people import Executive, Level
from fulcrum.core.playbook import Playbook
from fulcrum.core.vision import VisionReading
from fulcrum.playbook.load import load_playbook

GOOD = Vision(
    statement="A customer tells a fault once, and it is mended once.",
    journeys=(
        JourneyShift(
            journey="Repair",
            from_="Each visit starts from nothing",
            to="The engineer knows what was tried",
            measure="Nine of ten at the first visit",
            by=date(2027, 6, 30),
        ),
    ),
    meaning=(("coo", "Dispatch plans for visits that hold"), ("cfo", "A fault is counted to its end")),
    approved_by="the chief executive",
)
HOSTILE = ('=HYPERLINK("x")', "<script>alert(1)</script>", "\u202eevitaitini", "”“\\", "٣ أيام", "𝕏" * 99)


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def read(vision: Vision, playbook: Playbook) -> VisionReading:
    return vagueness(vision, playbook.vision_words, playbook.vision)


@pytest.mark.parametrize(
    ("said", "hits", "false_alarms", "misses"), [(PUBLIC + MADE, 92, 3, 2), (HELD_BACK, 43, 2, 4)]
)
def test_it_errs_as_seldom_as_the_documentation_says(
    playbook: Playbook, said: tuple[tuple[str, str], ...], hits: int, false_alarms: int, misses: int
) -> None:
    counted = {"hit": 0, "false": 0, "miss": 0}
    for statement, held_against in said:
        found = {one.kind for one in read(Vision(statement=statement), playbook).found}
        for letter, kinds in KINDS.items():
            is_found, is_so = bool(found & kinds), letter in held_against
            if is_found or is_so:
                counted["hit" if is_found and is_so else "false" if is_found else "miss"] += 1
    assert counted == {"hit": hits, "false": false_alarms, "miss": misses}


def test_a_vision_with_a_customer_a_change_and_a_measure_has_nothing_against_it(playbook: Playbook) -> None:
    assert read(GOOD, playbook).found == ()


def test_each_finding_quotes_the_words_says_why_and_what_to_write(playbook: Playbook) -> None:
    said = "Roll out a world-class, customer-centric transformation programme."
    found = read(Vision(statement=said), playbook).found
    words = {one.kind: one.words for one in found}
    assert words["programme"] == "Roll out, transformation, programme"
    assert (words["superlative"], words["jargon"]) == ("world-class", "customer-centric")
    assert any("“Roll out”, “transformation” and “programme”." in one.lacks for one in found)
    assert all(one.why and one.instead and one.place == "statement" for one in found)
    assert found[0].is_serious
    assert not found[-1].is_serious


def test_customer_centric_names_no_customer(playbook: Playbook) -> None:
    kinds = {one.kind for one in read(Vision(statement="A customer-centric culture."), playbook).found}
    assert "no customer" in kinds


def test_from_and_to_that_say_the_same_are_no_change_in_any_language(playbook: Playbook) -> None:
    shift = JourneyShift(
        journey="Reparatur",
        from_="Der Techniker ist nicht vorbereitet",
        to="der Techniker ist nicht vorbereitet!",
    )
    reading = read(
        Vision(statement="Ein Fehler wird von uns nicht zweimal gemeldet", journeys=(shift,)), playbook
    )
    assert reading.language == "de"
    assert [one.kind for one in reading.serious] == ["no change", "no measure"]
    assert reading.found[0].place == "journeys[1].to"
    assert "customers, changes and empty words were not looked for" in reading.unread


def test_how_it_is_and_what_is_not_done_may_name_programmes(playbook: Playbook) -> None:
    shift = replace(GOOD.journeys[0], from_="Another initiative each quarter")
    vision = replace(GOOD, journeys=(shift,), not_doing=("No new programme", "No roll-out"))
    assert read(vision, playbook).found == ()


def test_two_functions_told_the_same_are_told_nothing(playbook: Playbook) -> None:
    vision = replace(GOOD, meaning=(("coo", "We all listen more"), ("cfo", "We all listen more.")))
    (found,) = read(vision, playbook).found
    assert (found.kind, found.place, found.is_serious) == ("copied", "meaning.cfo", True)


def test_the_companys_own_word_for_a_customer_counts_once_it_is_in_the_playbook(playbook: Playbook) -> None:
    vision = replace(GOOD, statement="A Tidewaterer tells a fault once.")
    assert [one.kind for one in read(vision, playbook).serious] == ["no customer"]
    own = tuple(
        replace(one, words=(*one.words, "tidewaterer*")) if one.id == "customer" else one
        for one in playbook.vision_words
    )
    assert vagueness(vision, own, playbook.vision).found == ()


@pytest.mark.parametrize("text", [*HOSTILE, "customer " * 25_000])
def test_hostile_and_endless_texts_are_read_in_no_time(playbook: Playbook, text: str) -> None:
    shift = JourneyShift(journey=text, from_=text, to=text, measure=text)
    reading = read(
        Vision(statement=text, journeys=(shift,), meaning=(("coo", text),), not_doing=(text,)), playbook
    )
    assert all(len(one.words) <= 80 for one in reading.found)
    assert len(reading.found) < 20


def test_a_vague_vision_leaves_the_lever_thin_and_says_what_lacks(playbook: Playbook) -> None:
    coo = Executive(id="coo", name="Mara Stone", role="COO")

    def lever(vision: Vision) -> tuple[Readiness, tuple[str, ...]]:
        company = Company(
            name="Acme", industry="", currency="EUR", as_of=date(2026, 3, 1), executives=(coo,), vision=vision
        )
        found = availability(
            company,
            coo,
            Lever.VISION,
            level=Level.ENDORSING,
            case=CaseAtHand(is_computed=False, is_fresh=False),
            steps=(),
            rules=playbook.choice,
            as_of=company.as_of,
            reading=read(vision, playbook),
        )
        return found.readiness, found.missing

    assert lever(GOOD) == (Readiness.READY, ())
    vague = replace(GOOD, statement="Excellence in all we do")
    assert lever(vague) == (Readiness.THIN, ("The vision names no customer.",))
    draft = lever(replace(GOOD, approved_by=""))
    assert draft[0] is Readiness.THIN
    assert "Who approved the vision" in draft[1][0]
