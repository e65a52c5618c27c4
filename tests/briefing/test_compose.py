"""What a brief says, in which order, and what it never says."""

from dataclasses import replace
from datetime import date

import pytest
import sample

from fulcrum.briefing.compose import compose_for_executive
from fulcrum.briefing.compose_board import compose_for_board
from fulcrum.briefing.contents import blocks_of, figures_in, texts_in
from fulcrum.core.brief import (
    ArgumentBlock,
    AskBlock,
    Brief,
    FigureTable,
    Missing,
    Paragraph,
    Progress,
    Refusals,
    Signal,
    Statement,
    TextTable,
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
    Win,
)
from fulcrum.core.findings import Comparison, Trend
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
from fulcrum.core.quantities import NPS, Estimate, Grade, Interval, Unit, Unknown
from fulcrum.core.shown import IntervalRows, Masses, Prevalence, Refused

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


def test_page_one_leads_with_their_goal_then_one_number_one_customer_and_one_ask() -> None:
    brief = sample.executive_brief()
    assert brief.title.startswith("Bring down the cost to serve a customer, from €61.00 to €54.00")
    keys = [section.key.split(".")[0] for section in brief.page(1)]
    assert keys == ["goal", "number", "customer", "since", "ask"]


def asked_in(brief: Brief) -> str:
    (ask,) = blocks_of(AskBlock, brief.sections)
    return ask.sentence


def test_the_ask_starts_with_when_then_a_verb() -> None:
    assert asked_in(sample.executive_brief()).startswith("From 23 November to 14 December, ask one owner")
    once = replace(sample.STEP, then="")
    brief = compose_for_executive(sample.COO, sample.COMPANY, sample.EVIDENCE, once, sample.playbook())
    assert asked_in(brief).startswith("By 14 December, ask one owner")


def test_what_is_missing_is_said_with_what_to_do() -> None:
    missing = blocks_of(Missing, sample.empty_brief().sections)
    assert {"Your goal", "What it is worth", "One customer", "Figures"} <= {one.what for one in missing}
    assert all(one.why and one.remedy for one in missing)


def test_a_case_that_the_data_cannot_carry_is_said_with_reason_and_need() -> None:
    brief = sample.unknown_case_brief()
    worth = next(section for section in brief.sections if section.key.startswith("worth"))
    assert not blocks_of(Masses, (worth,))
    (said,) = [one for one in worth.blocks if isinstance(one, Missing)]
    assert said.what == "What acting brings and what waiting costs"
    assert said.remedy == "Needed: 20 who left, or two more quarters of data."


def test_a_refused_case_still_says_what_is_at_stake_and_the_gap_that_was_measured() -> None:
    worth = next(s for s in sample.unknown_case_brief().sections if s.key.startswith("worth"))
    stake, gap = (said for said in worth.blocks if isinstance(said, Statement))
    assert stake.text == "At stake with the customers who fare worse: €3.91m."
    assert gap.text.startswith("Measured: margin a year, €205 adjusted, €371 as counted.")
    assert [span.figure.grade for span in gap.spans if span.figure is not None] == ["C", "D"]
    assert worth.heading == "What it is worth"


def test_one_reason_stands_once_in_the_table_of_figures() -> None:
    refused = [
        row
        for table in blocks_of(FigureTable, sample.unknown_case_brief().sections)
        for row in table.rows
        if isinstance(row, Refused)
    ]
    reasons = [row.reason for row in refused]
    assert len(reasons) == len(set(reasons))
    assert refused[0].label.startswith("Upside of action, downside of inaction, causal share")


def test_a_brief_for_an_executive_names_no_file_and_no_setting() -> None:
    brief = sample.empty_brief()
    technical = Unknown(
        reason="No initiative is stated.", needs="[[programme.initiatives]] in company.toml: costs, reach."
    )
    case = replace(sample.THE_CASE, upside=technical, inaction=technical, at_stake=technical)
    evidence = replace(
        sample.EVIDENCE,
        cases=(case,),
        missing=(Unknown(reason="No retention.", needs="`ended` or `left` in the table of customers."),),
    )
    other = compose_for_executive(sample.COO, sample.COMPANY, evidence, None, sample.playbook())
    said = [
        text
        for one in (brief, other)
        for block in (*blocks_of(Missing, one.sections), *blocks_of(Refusals, one.sections))
        for text in texts_in(block)
    ]
    assert any(text.startswith("Needed: ") for text in said)
    for text in said:
        assert not any(mark in text for mark in ("`", "[[", ".toml", "_")), text


@pytest.mark.parametrize(
    "ask",
    [
        "Remove one rule this week.",
        "Praise one employee by name each week.",
        "Write three lines, and use them for a month.",
    ],
)
def test_a_step_that_names_its_own_time_is_given_no_second_one(ask: str) -> None:
    step = replace(sample.STEP, ask=ask)
    brief = compose_for_executive(sample.COO, sample.COMPANY, sample.EVIDENCE, step, sample.playbook())
    assert asked_in(brief) == ask
    terms = dict(blocks_of(AskBlock, brief.sections)[0].terms)
    assert terms["From, to"] == "23 Nov, 14 Dec"


def _since_of(trends: tuple[Trend, ...], as_of: date) -> list[Signal]:
    quiet = replace(sample.COMPANY, wins=(), moves=(), asks=())
    evidence = replace(sample.EVIDENCE, trends=trends)
    brief = compose_for_executive(sample.COO, quiet, evidence, None, sample.playbook(), as_of=as_of)
    return [one for block in blocks_of(Progress, brief.sections) for one in block.signals]


MONTHLY = replace(
    sample.TRENDS[1],
    at=tuple(f"{2024 + k // 12}-{k % 12 + 1:02d}" for k in range(30)),
    values=tuple(5.5 + 0.1 * (k % 3) for k in range(30)),
    signals=(0, 14),
)


def test_a_trend_shows_its_last_eighteen_points_and_its_note_agrees_with_the_marks() -> None:
    (signal,) = _since_of((MONTHLY,), date(2026, 7, 10))
    assert signal.trend is not None
    assert (signal.trend.at[0], len(signal.trend.at), signal.trend.signals) == ("2025-01", 18, (2,))
    assert signal.note == "Jan 2025 to Jun 2026. One earlier signal, Mar 2025; none since April."


def test_a_trend_that_ended_long_ago_says_how_old_it_is_and_none_reaches_beyond_the_day() -> None:
    (old,) = _since_of((MONTHLY,), date(2027, 3, 1))
    assert "The last point is 9 months old." in old.note
    (early,) = _since_of((MONTHLY,), date(2025, 12, 31))
    assert early.trend is not None
    assert early.trend.at[-1] == "2025-12"


def test_a_series_too_short_for_limits_is_left_out() -> None:
    assert _since_of((replace(MONTHLY, low=None, high=None, centre=None),), date(2026, 7, 10)) == []


def test_nps_stands_by_touchpoint_where_it_was_asked() -> None:
    nps = tuple(
        replace(
            one,
            key=one.key.replace("score.", "nps."),
            title="NPS",
            family="nps",
            result=replace(
                one.result, value=22.0, interval=Interval(low=19, high=25, confidence=0.95), unit=NPS
            ),
        )
        for one in sample.FINDINGS[1:3]
        if isinstance(one.result, Estimate)
    )
    evidence = replace(sample.EVIDENCE, findings=(*sample.FINDINGS, *nps))
    brief = compose_for_executive(sample.COO, sample.COMPANY, evidence, None, sample.playbook())
    section = brief.section("scores")
    assert section is not None
    assert section.heading == "NPS by touchpoint"
    first, second = blocks_of(IntervalRows, (section,))
    assert [row.label for row in first.rows] == ["Installation", "Online account"]
    assert "Installation" not in [row.label for row in second.rows]


def test_a_difference_of_scores_says_its_scale() -> None:
    gap = estimate_of_gap()
    brief = compose_for_executive(
        sample.COO, sample.COMPANY, replace(sample.EVIDENCE, comparisons=(gap,)), None, sample.playbook()
    )
    said = {figure.key: figure.said for figure in figures_in(brief.sections)}
    assert said["gap.adjusted.late"] == "−0.4 points on 1 to 5"


def estimate_of_gap() -> Comparison:
    scores = Unit(kind="score", scale=(1, 5))
    crude = sample.estimate(-0.46, -0.64, -0.28, scores, n=4956, trace=sample.CRUDE.id)
    adjusted = sample.estimate(-0.45, -0.66, -0.24, scores, n=3984, grade=Grade.ADJUSTED, trace=sample.GAP.id)
    return sample.compared("late", "Late deliveries: score", crude, replace(adjusted, value=-0.449))


def test_the_board_reads_roles_and_how_many_wins_stand_behind() -> None:
    wins = tuple(
        Win(date=date(2026, 10, day), win=f"Win {day}", value="", owner="coo") for day in range(1, 10)
    )
    brief = compose_for_board(replace(sample.COMPANY, wins=wins), sample.EVIDENCE, sample.playbook())
    section = brief.section("wins")
    assert section is not None
    (table,) = blocks_of(TextTable, (section,))
    assert {row[3] for row in table.rows} == {"COO"}
    assert len(table.rows) == 3
    assert [one.text for one in blocks_of(Paragraph, (section,))] == ["Six older, in the records."]


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


def test_the_board_reads_what_runs_without_being_asked_for_and_its_proof() -> None:
    agenda = MechanismRecord(
        mechanism="agenda", state=MechanismState.IN_PLACE, proof="First item", proven_on=date(2026, 3, 2)
    )
    pay = MechanismRecord(mechanism="pay", state=MechanismState.ABSENT)
    company = replace(sample.COMPANY, mechanisms=(agenda, pay))
    section = compose_for_board(company, sample.EVIDENCE, sample.playbook()).section("working")
    assert section is not None
    told, table = section.blocks
    assert isinstance(told, Statement)
    assert "one runs here without being asked for; none of them was tested" in told.text
    assert isinstance(table, TextTable)
    assert table.rows == (("Agenda", "in place", "First item", "2 March 2026"),)
    nothing = compose_for_board(replace(company, mechanisms=()), sample.EVIDENCE, sample.playbook())
    assert nothing.section("working") is None
