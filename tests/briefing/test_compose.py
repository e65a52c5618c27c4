"""What a brief says, in which order, and what it never says."""

from dataclasses import replace
from datetime import date

import pytest
import sample

from fulcrum.briefing.compose import compose_for_board, compose_for_executive
from fulcrum.briefing.contents import blocks_of, figures_in, texts_in
from fulcrum.core.brief import (
    ArgumentBlock,
    AskBlock,
    Brief,
    Masses,
    Missing,
    Prevalence,
    Refusals,
    Statement,
    TraceTable,
)
from fulcrum.core.company import (
    Ask,
    AskStatus,
    Company,
    MechanismRecord,
    MechanismState,
    Move,
    Mover,
    OutsideMover,
    PulseAnswer,
)
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import (
    Behaviour,
    Executive,
    Influence,
    Level,
    Motivator,
    Observation,
    Reaction,
    Source,
)
from fulcrum.core.quantities import Estimate, Grade, Unknown

CANARY = "canary"


ON = date(2026, 11, 2)


def with_canaries() -> Company:
    """The company with a canary in every place that holds an assessment or a private note."""
    people = tuple(person.id for person in sample.COMPANY.executives)
    notes = [f"{CANARY} {k}" for k in range(9)]
    return replace(
        sample.COMPANY,
        observations=tuple(
            Observation(
                executive=who,
                date=ON,
                behaviour=Behaviour.ACCOUNTABILITY,
                anchor=Level.ENDORSING,
                source=Source.SEEN,
                observer=notes[0],
                note=notes[1],
            )
            for who in people
        ),
        reactions=tuple(
            Reaction(executive=who, date=ON, barrier=Barrier.NOT_WORTH_IT, note=notes[2]) for who in people
        ),
        influence=(Influence(listened_to="cfo", listener="coo", strength=0.8765),),
        motivators=(Motivator(executive="coo", motivator=notes[3], note=notes[3]),),
        pulses=(PulseAnswer(respondent="coo", date=ON, question="who_leads", answer=notes[4]),),
        mechanisms=(MechanismRecord(mechanism=notes[5], state=MechanismState.AD_HOC, proof=notes[5]),),
        context=(OutsideMover(date=ON, kind=Mover.OTHER, note=notes[6]),),
        moves=(
            Move(
                id="m",
                executive="coo",
                lever=Lever.EMPATHY,
                date=date(2026, 9, 8),
                brief=notes[7],
                note=notes[7],
            ),
        ),
        asks=(
            *(replace(ask, note=notes[8]) for ask in sample.COMPANY.asks),
            Ask(executive="coo", step=notes[8], asked_on=ON, status=AskStatus.DECLINED, note=notes[8]),
        ),
    )


def both_briefs(company: Company) -> tuple[Brief, Brief]:
    step = replace(sample.STEP, why_this=CANARY)
    return (
        compose_for_executive(sample.COO, company, sample.EVIDENCE, step, sample.playbook()),
        compose_for_board(company, sample.EVIDENCE, sample.playbook()),
    )


@pytest.mark.parametrize("which", [0, 1], ids=["executive", "board"])
def test_no_assessment_and_no_private_note_enters_a_brief(which: int) -> None:
    brief = both_briefs(with_canaries())[which]
    assert CANARY not in repr(brief)
    assert "0.8765" not in repr(brief)


@pytest.mark.parametrize("which", [0, 1], ids=["executive", "board"])
def test_a_brief_never_names_a_level_a_barrier_or_a_lever(which: int) -> None:
    brief = both_briefs(with_canaries())[which]
    arguments = {text for block in blocks_of(ArgumentBlock, brief.sections) for text in texts_in(block)}
    said = " ".join(text for text in texts_in(brief) if text not in arguments).casefold()
    names = [level.label for level in Level] + [barrier.value for barrier in Barrier]
    names += [lever.label for lever in Lever] + ["commitment", "indifferent", "believed level"]
    for name in names:
        assert name.casefold() not in said, name


def test_an_executives_brief_is_the_same_whatever_is_believed_of_anybody() -> None:
    plain = compose_for_executive(sample.COO, sample.COMPANY, sample.EVIDENCE, sample.STEP, sample.playbook())
    moved = {"moves": sample.COMPANY.moves, "asks": sample.COMPANY.asks}
    assessed = compose_for_executive(
        replace(sample.COO, is_sponsor=True, desired_level=Level.DRIVING_ONE_COMPANY),
        replace(with_canaries(), **moved),
        sample.EVIDENCE,
        sample.STEP,
        sample.playbook(),
    )
    assert plain == assessed


def test_the_board_reads_no_executives_name_and_no_ask() -> None:
    brief = sample.board_brief()
    said = " ".join(texts_in(brief))
    for person in sample.COMPANY.executives:
        assert person.name not in said
    assert not blocks_of(AskBlock, brief.sections)


def test_promises_of_fewer_than_three_people_are_not_counted() -> None:
    few = replace(sample.COMPANY, asks=sample.COMPANY.asks[:2])
    section = compose_for_board(few, sample.EVIDENCE, sample.playbook()).section("promises")
    assert section is not None
    assert isinstance(section.blocks[0], Missing)


def test_page_one_goes_from_the_ask_by_the_goal_and_the_worth_to_the_customer_and_since() -> None:
    keys = [section.key.split(".")[0] for section in sample.executive_brief().page(1)]
    assert keys == ["ask", "goal", "worth", "customer", "since"]


def test_the_ask_starts_with_when_then_a_verb() -> None:
    title = sample.executive_brief().title
    assert title.startswith("From 23 November to 14 December, ask one owner")
    once = replace(sample.STEP, then="")
    brief = compose_for_executive(sample.COO, sample.COMPANY, sample.EVIDENCE, once, sample.playbook())
    assert brief.title.startswith("By 14 December, ask one owner")


def test_what_is_missing_is_said_with_what_to_do() -> None:
    missing = blocks_of(Missing, sample.empty_brief().sections)
    assert {"Your goal", "What it is worth", "One customer", "Figures"} <= {one.what for one in missing}
    assert all(one.why and one.remedy for one in missing)


def test_a_case_that_the_data_cannot_carry_is_said_with_reason_and_need() -> None:
    brief = sample.unknown_case_brief()
    worth = next(section for section in brief.sections if section.key.startswith("worth"))
    assert not blocks_of(Masses, (worth,))
    assert not blocks_of(Statement, (worth,))
    said = [one for one in worth.blocks if isinstance(one, Missing)]
    assert [one.what for one in said] == ["The upside of action", "The downside of waiting"]
    assert all("20 who left" in one.remedy for one in said)


@pytest.mark.parametrize(
    ("grade", "word"),
    [
        (Grade.RANDOMISED, "returns"),
        (Grade.QUASI_EXPERIMENT, "returns"),
        (Grade.ADJUSTED, "if causal"),
        (Grade.RAW, "At stake"),
        (Grade.ELSEWHERE, "At stake"),
    ],
)
def test_the_grade_caps_the_word(grade: Grade, word: str) -> None:
    upside = sample.THE_CASE.upside
    assert isinstance(upside, Estimate)
    graded = replace(sample.THE_CASE, upside=replace(upside, grade=grade))
    evidence = replace(sample.EVIDENCE, cases=(graded,))
    brief = compose_for_executive(sample.COO, sample.COMPANY, evidence, sample.STEP, sample.playbook())
    worth = next(section for section in brief.sections if section.key.startswith("worth"))
    said = blocks_of(Statement, (worth,))[0].text
    assert word in said
    assert ("return" in said) is (grade in (Grade.RANDOMISED, Grade.QUASI_EXPERIMENT))


def test_a_case_that_does_not_pay_says_so() -> None:
    upside = sample.THE_CASE.upside
    assert isinstance(upside, Estimate)
    loses = replace(sample.THE_CASE, upside=replace(upside, value=-150_000.0))
    evidence = replace(sample.EVIDENCE, cases=(loses,))
    brief = compose_for_executive(sample.COO, sample.COMPANY, evidence, sample.STEP, sample.playbook())
    worth = next(section for section in brief.sections if section.key.startswith("worth"))
    assert "falls short of its cost by" in blocks_of(Statement, (worth,))[0].text


def test_every_figure_has_its_trace_in_the_appendix() -> None:
    brief = sample.executive_brief()
    listed = {row.trace.id for table in blocks_of(TraceTable, brief.sections) for row in table.rows}
    resting = {figure.trace for figure in figures_in(brief.sections)}
    assert resting - {"stated"} <= listed


def test_at_most_two_outside_arguments_and_none_that_only_debunks() -> None:
    arguments = blocks_of(ArgumentBlock, sample.executive_brief().sections)
    assert 0 < len(arguments) <= 2
    assert not any("debunk" in warning for one in arguments for warning in one.warnings)


def test_a_story_whose_number_is_unknown_is_shown_without_circles() -> None:
    unknown = Unknown(reason="9 answers", needs="11 more answers")
    story = replace(sample.EVIDENCE.stories[0], prevalence=unknown)
    evidence = replace(sample.EVIDENCE, stories=(story,))
    brief = compose_for_executive(sample.COO, sample.COMPANY, evidence, sample.STEP, sample.playbook())
    assert not blocks_of(Prevalence, brief.sections)
    customer = brief.section("customer")
    assert customer is not None
    assert blocks_of(Missing, (customer,))[0].why == "9 answers."


def test_refusals_keep_their_word_reason_and_need() -> None:
    refused = [
        item for block in blocks_of(Refusals, sample.executive_brief().sections) for item in block.items
    ]
    assert [item.word for item in refused] == ["Counts only", "Not an effect"]
    assert all(item.reason and item.needs for item in refused)


def test_the_case_of_an_initiative_that_they_own_comes_first() -> None:
    other = replace(sample.THE_CASE, key="case.other", title="Another initiative")
    evidence = replace(sample.EVIDENCE, cases=(other, sample.THE_CASE))
    owner = compose_for_executive(sample.COO, sample.COMPANY, evidence, sample.STEP, sample.playbook())
    guest = Executive(id="cfo", name="Ines Okafor", role="CFO", area="finance")
    someone = compose_for_executive(guest, sample.COMPANY, evidence, sample.STEP, sample.playbook())
    assert owner.section(f"worth.{sample.THE_CASE.key}") is not None
    assert someone.section("worth.case.other") is not None
