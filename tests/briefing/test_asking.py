"""The one ask: its card, its note, its calendar file, and words that are never the sender's need."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sample

from fulcrum import first_steps
from fulcrum.briefing.asking import card_of, note_for
from fulcrum.briefing.contents import blocks_of
from fulcrum.briefing.pitch import pitch_problems, pitch_problems_in
from fulcrum.core.brief import AskBlock, StepCard
from fulcrum.core.company import Ask, AskStatus, Company
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Level, Motivator

ON_RECORD = Ask(
    executive="coo",
    step="second-headset",
    asked_on=date(2026, 11, 16),
    due=date(2026, 12, 4),
    status=AskStatus.ASKED,
)
COMPANY = replace(
    sample.COMPANY,
    asks=(*sample.COMPANY.asks, ON_RECORD),
    motivators=(Motivator(executive="coo", motivator="legacy", note="what the next leader finds"),),
)


def step_of(ask: Ask = ON_RECORD, company: Company = COMPANY) -> StepToAsk:
    return first_steps.step_of(company, sample.playbook(), ask)


def lines_of(file: bytes) -> dict[str, str]:
    """The properties of the only event, unfolded."""
    text = file.decode().replace("\r\n ", "")
    event = text[text.index("BEGIN:VEVENT") : text.index("END:VEVENT")]
    return dict(line.split(":", 1) for line in event.split("\r\n") if ":" in line)


def test_the_card_says_what_why_them_how_what_good_looks_like_and_what_it_is_not() -> None:
    (card,) = blocks_of(StepCard, sample.executive_brief().sections)
    assert card.why_you == "What you ask about gets done, without a project."
    made = card_of(step_of())
    assert made is not None
    assert [name for name, _ in made.notes] == ["Why you", "What good looks like", "What it is not"]
    assert made.minutes == "30 minutes"
    assert card_of(replace(step_of(), how_to=())) is None


def test_an_ask_has_its_time_its_days_its_follow_up_and_one_way_to_accept() -> None:
    terms = dict(first_steps.in_hand(COMPANY, sample.playbook(), step_of()).terms)
    assert terms["Takes"] == "30 minutes"
    assert terms["From, to"] == "16 Nov, 4 Dec"
    assert terms["We come back"] == "7 Dec"
    assert terms["To accept"].startswith("Reply “yes”")
    promised = step_of(replace(ON_RECORD, status=AskStatus.ACCEPTED))
    assert (
        dict(first_steps.in_hand(COMPANY, sample.playbook(), promised).terms)["On record"] == "You said yes"
    )


def test_the_note_opens_with_their_goal_and_holds_no_assessment() -> None:
    for library in sample.playbook().steps:
        ask = replace(ON_RECORD, step=library.id)
        hand = first_steps.in_hand(COMPANY, sample.playbook(), step_of(ask))
        assert hand.note.index("Your goal: bring down the cost to serve") < hand.note.index("One thing")
        assert not hand.to_mend, (library.id, hand.to_mend)
        said = f"{hand.subject} {hand.note}".casefold()
        for secret in (
            *(level.label for level in Level),
            *(barrier.value for barrier in Barrier),
            *(lever.label for lever in Lever if lever is not Lever.FIRST_STEPS),
            "legacy",
            "next leader",
        ):
            assert not re.search(rf"\b{re.escape(secret.casefold())}\b", said), (library.id, secret)


def test_a_note_without_a_goal_still_asks_for_one_thing() -> None:
    note = note_for(sample.COO, step_of(), replace(COMPANY, goals=()))
    assert "goal" not in note.body
    assert "One thing, if you will:" in note.body


def test_the_calendar_file_keeps_its_uid_while_its_sequence_and_days_change() -> None:
    first = lines_of(first_steps.calendar_file(COMPANY, step_of(), sequence=1))
    moved = replace(ON_RECORD, due=date(2026, 12, 11), status=AskStatus.ACCEPTED)
    later = lines_of(first_steps.calendar_file(COMPANY, step_of(moved), sequence=2))
    assert first["UID"] == later["UID"]
    assert (first["SEQUENCE"], later["SEQUENCE"]) == ("1", "2")
    assert (first["DTSTART;VALUE=DATE"], later["DTSTART;VALUE=DATE"]) == ("20261204", "20261211")
    assert first["DTSTAMP"] < later["DTSTAMP"]


def test_the_uid_is_the_same_before_and_after_the_ask_is_on_record_and_another_when_asked_again() -> None:
    before = replace(COMPANY, asks=sample.COMPANY.asks)
    chosen = replace(step_of(), first_on=date(2026, 11, 23))
    uid = lines_of(first_steps.calendar_file(COMPANY, step_of()))["UID"]
    assert lines_of(first_steps.calendar_file(before, chosen))["UID"] == uid
    lapsed = replace(ON_RECORD, status=AskStatus.LAPSED, closed_on=date(2026, 12, 5))
    again = replace(COMPANY, asks=(*sample.COMPANY.asks, lapsed))
    anew = replace(step_of(), first_on=date(2027, 1, 11))
    assert lines_of(first_steps.calendar_file(again, anew))["UID"] != uid


def test_a_moment_takes_its_minutes_in_utc_and_a_repeating_step_its_whole_span() -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    event = lines_of(first_steps.calendar_file(COMPANY, step_of(), at=at))
    assert (event["DTSTART"], event["DTEND"]) == ("20261124T090000Z", "20261124T093000Z")
    repeating = replace(step_of(), then="5 minutes a week")
    span = lines_of(first_steps.calendar_file(COMPANY, repeating))
    assert (span["DTSTART;VALUE=DATE"], span["DTEND;VALUE=DATE"]) == ("20261116", "20261205")


def test_a_refused_ask_is_called_off() -> None:
    file = first_steps.calendar_file(COMPANY, step_of(), sequence=3, is_off=True).decode()
    assert "METHOD:CANCEL" in file
    assert "STATUS:CANCELLED" in file


def test_the_same_record_gives_the_same_bytes_and_the_follow_up_is_another_event() -> None:
    step = step_of()
    assert first_steps.calendar_file(COMPANY, step) == first_steps.calendar_file(COMPANY, step)
    own = lines_of(first_steps.follow_up_file(COMPANY, step, sequence=1))
    assert own["DTSTART;VALUE=DATE"] == "20261207"
    assert own["UID"] != lines_of(first_steps.calendar_file(COMPANY, step))["UID"]


@pytest.mark.parametrize(
    ("said", "is_need"),
    [
        ("We need your support for the programme.", True),
        ("we urgently need a decision", True),
        ("What the CX team needs is a seat.", True),
        ("Lend us somebody.", True),
        ("Our initiative deserves it.", True),
        ("Your team needs about two hours.", False),
        ("Customers need one visit.", False),
        ("The support desk answers.", False),
    ],
)
def test_words_of_the_senders_need_are_found(said: str, is_need: bool) -> None:
    assert bool(list(pitch_problems_in(said, sample.playbook().pitch_words))) is is_need


def test_no_step_and_no_brief_is_written_from_the_senders_need() -> None:
    playbook = sample.playbook()
    for step in playbook.steps:
        for text in (step.ask, *step.how_to, step.looks_like, step.is_not):
            assert not list(pitch_problems_in(text, playbook.pitch_words)), (step.id, text)
    for brief in (sample.executive_brief(), sample.board_brief(), sample.empty_brief()):
        assert pitch_problems(brief, playbook.pitch_words) == ()


def test_a_brief_that_asks_from_need_is_told_where_and_how_else() -> None:
    begging = replace(sample.STEP, ask="Give us more of your time, for we need your support")
    brief = replace(sample.executive_brief(), sections=())
    asked = replace(
        sample.executive_brief(),
        sections=tuple(
            replace(one, blocks=(AskBlock(sentence=begging.ask, terms=()),)) if one.key == "ask" else one
            for one in sample.executive_brief().sections
        ),
    )
    found = first_steps.to_mend(asked, sample.playbook())
    assert len(found) == 3
    assert any("Ask for one act with a day." in one for one in found)
    assert first_steps.to_mend(brief, sample.playbook()) == ()
