"""A company, its evidence and the briefs made of them: simulated, and holding every kind of block."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from math import exp

from fulcrum.briefing.compose import compose_for_executive
from fulcrum.briefing.compose_board import compose_for_board
from fulcrum.core.brief import Brief
from fulcrum.core.company import (
    ApprovedStory,
    Ask,
    AskStatus,
    Company,
    Consent,
    Initiative,
    JourneyShift,
    Move,
    Risk,
    Spend,
    Vision,
    Win,
)
from fulcrum.core.findings import (
    Assumption,
    Case,
    Caveat,
    Comparison,
    Density,
    Evidence,
    Finding,
    SourceFile,
    StoryInNumbers,
    Trace,
    Trend,
    trace_of,
)
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Executive, Goal
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import (
    CUSTOMERS,
    MONTHS,
    POINTS,
    RATIO,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Unit,
    Unknown,
    counted,
    money_unit,
    score_unit,
)
from fulcrum.evidence.case.formula import CaseInputs, middle_case
from fulcrum.evidence.case.tornado import tornado_of
from fulcrum.playbook.load import load_playbook

EUR = money_unit("EUR")
EUR_A_YEAR = money_unit("EUR", per="customer a year")
AS_OF = date(2026, 11, 16)

FILES = (
    SourceFile(
        name="feedback_2026-11-09.csv",
        sha256="4be1c90a" + "5" * 52 + "a07c",
        rows=8391,
        accepted=8214,
        rejected=25,
        skipped=152,
        skipped_because=(("outside the window", 152),),
    ),
    SourceFile(
        name="customers_2026-11-01.parquet",
        sha256="d2f031bb" + "1" * 52 + "19e8",
        rows=412_300,
        accepted=412_300,
        rejected=0,
        skipped=0,
    ),
)


def trace(query: str, method: str) -> Trace:
    return trace_of(
        files=FILES, query=query, parameters=(("landmark", "2024-10-01"),), method=method, version="0.1.0"
    )


GAP = trace(
    "select band, segment, tenure, bucket, count(*) n, sum(y) y\nfrom landmark group by all",
    "standardised over 24 strata; delete-a-group jackknife, 64 groups",
)
CRUDE = trace(
    "select band, bucket, count(*) n, sum(y) y from landmark group by all", "difference of means, jackknife"
)
COUNTS = trace("select count(*) from customers where repaired", "counted")
SCORES = trace(
    "select touchpoint, score, bucket, count(*) n from feedback group by all", "mean, adjusted interval"
)
CASE = trace("", "middle case, and 20,000 draws over the doubt of its inputs (seed 20261116)")


def estimate(
    value: float,
    low: float,
    high: float,
    unit: Unit,
    *,
    n: int | None = None,
    grade: Grade = Grade.RAW,
    trace: str = COUNTS.id,
    confidence: float = 0.95,
) -> Estimate:
    ends = Interval(low=low, high=high, confidence=confidence)
    return Estimate(value=value, interval=ends, unit=unit, n=n, grade=grade, method="", trace=trace)


def bell(middle: float, left: float, right: float) -> Density:
    """A lopsided bell of 121 points."""
    low, high = middle - 3.4 * left, middle + 3.4 * right
    at = tuple(low + (high - low) * k / 120 for k in range(121))
    height = [exp(-0.5 * ((x - middle) / (left if x < middle else right)) ** 2) for x in at]
    width = (high - low) / 120
    return Density(at=at, height=tuple(h / (sum(height) * width) for h in height))


INPUTS = CaseInputs(
    reach=96_000,
    moved_share=0.18,
    gain=205.0,
    worth=1.0,
    causal_share=0.45,
    one_off=620_000.0,
    running=350_000.0,
    horizon_years=2.0,
    discount_rate=0.08,
    worse_off=11_000,
    drift=0.03,
)
MIDDLE = middle_case(INPUTS)


def stated(key: str, name: str, low: float, high: float, unit: Unit, source: str) -> Assumption:
    ends = estimate(
        getattr(INPUTS, key), low, high, unit, grade=Grade.ELSEWHERE, trace="stated", confidence=0.8
    )
    return Assumption(key=key, name=name, result=ends, source=source, is_stated=True)


def measured(key: str, name: str, result: Estimate, source: str) -> Assumption:
    return Assumption(key=key, name=name, result=result, source=source, is_stated=False)


ASSUMPTIONS = (
    measured(
        "reach",
        "Customers reached",
        estimate(96_000, 94_100, 97_900, CUSTOMERS, n=412_300),
        "Had a repair in the last twelve months",
    ),
    stated("moved_share", "Share who stop repeating", 0.13, 0.24, SHARE, "One pilot at another operator"),
    measured(
        "gain",
        "Margin gap a year, adjusted",
        estimate(205, 173, 237, EUR_A_YEAR, n=41_870, grade=Grade.ADJUSTED, trace=GAP.id),
        "Repair held against repair repeated",
    ),
    stated("causal_share", "Causal share", 0.26, 0.65, SHARE, "Prior for grade C; yours to change"),
    stated("one_off", "One-off cost", 540_000, 700_000, EUR, "Agreed with Finance, 13 November 2026"),
    stated("running", "Running cost a year", 310_000, 390_000, EUR, "Agreed with Finance, 13 November 2026"),
    stated("discount_rate", "Discount rate a year", 0.08, 0.08, SHARE, "Set by Finance"),
    measured(
        "worse_off",
        "Customers on the worse side now",
        estimate(11_000, 10_600, 11_400, CUSTOMERS, n=412_300),
        "Repair repeated within 14 days",
    ),
    measured(
        "drift",
        "Growth of the worse side a year",
        estimate(0.03, 0.01, 0.05, SHARE, n=412_300),
        "Trend of two years",
    ),
)


def of_case(value: float, low: float, high: float, unit: Unit, grade: Grade = Grade.ADJUSTED) -> Estimate:
    return estimate(value, low, high, unit, grade=grade, trace=CASE.id, confidence=0.8)


THE_CASE = Case(
    key="first_contact_repair",
    title="First-contact repair",
    horizon_years=2.0,
    upside=of_case(MIDDLE.upside, 150_000, 3_250_000, EUR),
    inaction=of_case(MIDDLE.inaction, -2_700_000, -690_000, EUR, Grade.RAW),
    at_stake=counted(3_910_000, EUR, n=10_300, trace=COUNTS.id),
    break_even=of_case(MIDDLE.break_even or 0.0, 0.15, 0.27, SHARE),
    gain_probability=of_case(0.94, 0.93, 0.95, SHARE),
    payback_months=of_case(MIDDLE.payback_months or 0.0, 3, 17, MONTHS),
    assumptions=ASSUMPTIONS,
    upside_density=bell(1_300_000, 900_000, 1_500_000),
    inaction_density=bell(-1_500_000, 900_000, 500_000),
    causal_density=Density(
        at=tuple(k / 100 for k in range(101)),
        height=tuple(x**3.2 * (1 - x) ** 4 for x in (k / 100 for k in range(101))),
    ),
    break_even_moved=of_case(MIDDLE.break_even_moved or 0.0, 0.06, 0.11, SHARE),
    tornado=tornado_of(ASSUMPTIONS, INPUTS, confidence=0.8, unit=EUR, grade=Grade.ADJUSTED, trace=CASE.id),
    caveats=(
        Caveat(
            text="The share who stop repeating comes from another company. The pilot here reads out on "
            "4 December and will replace it."
        ),
        Caveat(text="Those who answer (14 %) differ from those who do not. Reweighting cannot mend that."),
    ),
)


OTHER_INPUTS = replace(INPUTS, reach=12_000, gain=140.0, one_off=90_000.0, running=30_000.0, drift=-0.1)
OTHER_MIDDLE = middle_case(OTHER_INPUTS)
OTHER_CASE = replace(
    THE_CASE,
    key="named_person",
    title="One person until it is solved",
    upside=of_case(OTHER_MIDDLE.upside, 20_000, 190_000, EUR),
    inaction=of_case(OTHER_MIDDLE.inaction, -1_700_000, -390_000, EUR, Grade.RAW),
    break_even=of_case(OTHER_MIDDLE.break_even or 0.0, 0.2, 0.5, SHARE),
    break_even_moved=of_case(OTHER_MIDDLE.break_even_moved or 0.0, 0.1, 0.2, SHARE),
    payback_months=of_case(OTHER_MIDDLE.payback_months or 0.0, 8, 22, MONTHS),
    assumptions=tuple(
        replace(one, result=replace(one.result, value=float(getattr(OTHER_INPUTS, one.key))))
        for one in ASSUMPTIONS
    ),
)
OTHER_CASE = replace(
    OTHER_CASE,
    tornado=tornado_of(
        OTHER_CASE.assumptions, OTHER_INPUTS, confidence=0.8, unit=EUR, grade=Grade.ADJUSTED, trace=CASE.id
    ),
)


def compared(key: str, title: str, crude: Estimate, adjusted: Estimate) -> Comparison:
    return Comparison(
        key=key,
        title=title,
        exposed="held",
        against="repeated",
        outcome=title,
        crude=Finding(key=f"gap.crude.{key}", family="gap", title=title, result=crude, n=crude.n),
        adjusted=Finding(
            key=f"gap.adjusted.{key}",
            family="gap",
            title=title,
            result=adjusted,
            n=adjusted.n,
            caveats=(Caveat(text="Strata with fewer than 10 on a side were set apart; 93 % were kept."),),
        ),
        overlap=estimate(0.93, 0.93, 0.93, SHARE, n=41_870, trace=GAP.id, confidence=1.0),
        smallest_cell=14,
        strata=24,
        adjusted_for=("segment", "tenure", "prior value"),
        e_value=estimate(1.9, 1.6, 2.2, RATIO, n=41_870, trace=GAP.id),
        e_value_limit=estimate(1.6, 1.6, 1.6, RATIO, n=41_870, trace=GAP.id, confidence=1.0),
    )


COMPARISONS = (
    compared(
        "margin",
        "Margin a year",
        estimate(371, 338, 404, EUR, n=41_870, trace=CRUDE.id),
        estimate(205, 173, 237, EUR, n=41_870, grade=Grade.ADJUSTED, trace=GAP.id),
    ),
    compared(
        "stayed",
        "Stayed 24 months",
        estimate(0.118, 0.099, 0.137, POINTS, n=41_870, trace=CRUDE.id),
        estimate(0.064, 0.043, 0.085, POINTS, n=41_870, grade=Grade.ADJUSTED, trace=GAP.id),
    ),
)


def score(touchpoint: str, value: float, half: float, n: int) -> Finding:
    result = estimate(value, value - half, value + half, score_unit(0, 10), n=n, trace=SCORES.id)
    key = f"score.touchpoint.{touchpoint}"
    return Finding(key=key, family="score", title="Score", group=touchpoint, n=n, result=result)


FINDINGS = (
    Finding(
        key="score.all",
        family="score",
        title="Score",
        n=8214,
        result=estimate(6.5, 6.4, 6.6, score_unit(0, 10), n=8214, trace=SCORES.id),
    ),
    score("installation", 7.9, 0.2, 1204),
    score("online account", 7.6, 0.2, 2950),
    score("contact centre", 6.3, 0.2, 2418),
    score("billing", 6.1, 0.4, 611),
    score("repair visit", 5.5, 0.2, 1018),
    Finding(
        key="score.touchpoint.moving home",
        family="score",
        title="Score",
        group="moving home",
        n=13,
        refusal="Counts only",
        result=Unknown(reason="13 answers: an interval would span most of the scale", needs="7 more answers"),
    ),
    Finding(
        key="effect.new_menu",
        family="effect",
        title="New call menu: score rose 0.6",
        refusal="Not an effect",
        result=Unknown(
            reason="Before and after only; the worst 20 % of weeks recover by themselves",
            needs="a comparison group, or a pilot by region",
        ),
    ),
)

_WEEKS = tuple(f"week {k}" for k in range(35, 47))
TRENDS = (
    Trend(
        key="trend.kept",
        title="Repaired as promised",
        at=_WEEKS,
        values=(0.71, 0.72, 0.70, 0.71, 0.73, 0.72, 0.74, 0.75, 0.74, 0.76, 0.75, 0.76),
        centre=0.712,
        low=0.685,
        high=0.745,
        signals=(7, 9, 10, 11),
        unit=SHARE,
    ),
    Trend(
        key="trend.score",
        title="Repair score",
        at=_WEEKS,
        values=(5.5, 5.8, 5.3, 5.7, 5.2, 5.6, 5.9, 5.4, 5.6, 5.3, 5.7, 5.5),
        centre=5.55,
        low=4.9,
        high=6.2,
        unit=score_unit(0, 10),
    ),
)

EVIDENCE = Evidence(
    findings=FINDINGS,
    comparisons=COMPARISONS,
    cases=(THE_CASE,),
    trends=TRENDS,
    stories=(
        StoryInNumbers(
            story="three-visits",
            prevalence=estimate(0.108, 0.096, 0.121, SHARE, n=1018, trace=SCORES.id),
            at_stake=counted(3_910_000, EUR, n=10_300, trace=COUNTS.id),
            described_as="customers with a repair last year",
        ),
    ),
    files=FILES,
    traces=(GAP, CRUDE, COUNTS, SCORES, CASE),
    missing=(
        Unknown(
            reason="What a repeat visit costs was not linked",
            needs="contacts with their cost (contacts table)",
        ),
    ),
)

COO = Executive(id="coo", name="Dana Reyes", role="COO", area="field service")
STEP = StepToAsk(
    executive="coo",
    step="owner-for-the-top-contact",
    ask="Ask one owner for an action on the week’s top repeat contact.",
    minutes=30,
    then="5 minutes a week",
    behaviour=Behaviour.ACCOUNTABILITY,
    first_on=date(2026, 11, 23),
    until=date(2026, 12, 14),
    how_to=(
        "Open the Monday meeting with the list of repeat contacts; we send it on Friday.",
        "Ask whose it is, and for one action with a date.",
        "Ask again on the date.",
    ),
)

COMPANY = Company(
    name="Tidewater Broadband",
    industry="telecom",
    currency="EUR",
    as_of=AS_OF,
    is_simulated=True,
    initiatives=(
        Initiative(
            name="First-contact repair",
            one_off=Decimal(620_000),
            running=Decimal(350_000),
            horizon_years=2,
            reach=96_000,
            moved_share=0.18,
            owner="coo",
        ),
    ),
    executives=(
        COO,
        Executive(id="cfo", name="Ines Okafor", role="CFO", area="finance"),
        Executive(id="cmo", name="Tom Lind", role="CMO"),
    ),
    goals=(
        Goal(
            executive="coo",
            goal="Bring down the cost to serve a customer",
            metric="cost-to-serve",
            baseline="€61.00",
            target="€54.00",
            due=date(2027, 9, 30),
        ),
    ),
    asks=(
        Ask(
            executive="coo",
            step="Spend two hours in the contact centre with a headset",
            asked_on=date(2026, 9, 1),
            status=AskStatus.DONE,
            closed_on=date(2026, 10, 3),
        ),
        Ask(
            executive="cfo",
            step="lend-an-analyst",
            asked_on=date(2026, 9, 1),
            status=AskStatus.DONE,
            closed_on=date(2026, 9, 20),
        ),
        Ask(executive="cmo", step="extend-journey-map", asked_on=date(2026, 9, 1), status=AskStatus.ACCEPTED),
    ),
    moves=(Move(id="m1", executive="coo", lever=Lever.EMPATHY, date=date(2026, 9, 8)),),
    wins=(
        Win(
            date=date(2026, 10, 26),
            win="The price-change letter says why",
            value="18 % fewer calls",
            owner="head of billing",
        ),
    ),
    risks=(
        Risk(
            date=date(2026, 10, 5),
            risk="Winter faults could hide what the pilot does",
            severity="middle",
            owner="head of field service",
            note="West and South run on as the comparison",
        ),
    ),
    spend=(
        Spend(date=date(2026, 8, 31), item="Hand-held notes for two depots", amount=Decimal("8200.50")),
        Spend(date=date(2026, 10, 31), item="Half a planner for the pilot", amount=Decimal(2950)),
    ),
    vision=Vision(
        statement="A fault is told once and mended once.",
        journeys=(
            JourneyShift(
                journey="Repair",
                from_="Each visit starts from nothing",
                to="The engineer knows what was tried",
            ),
            JourneyShift(
                journey="Bill", from_="Three pages and a number to ring", to="One page that says why"
            ),
        ),
        meaning=(("coo", "Dispatch plans for visits that hold, not for visits a day"),),
        not_doing=("No new survey", "No discount in place of a repair"),
    ),
    stories=(
        ApprovedStory(
            id="three-visits",
            quote="Three visits for one fault. Each time somebody new, and each time I told it from "
            "the start. The fourth time I rang to leave.",
            touchpoint="repair visit",
            score=1,
            approved_by="CX lead",
            approved_on=date(2026, 11, 3),
            area="field service",
            consent=Consent.AGREED,
        ),
    ),
    contact="cx-team@tidewater.example",
)


@cache
def playbook() -> Playbook:
    return load_playbook(None)


@cache
def executive_brief() -> Brief:
    """The COO's brief, modelled on a real one."""
    return compose_for_executive(COO, COMPANY, EVIDENCE, STEP, playbook())


def board_brief() -> Brief:
    """The board's brief."""
    return compose_for_board(COMPANY, EVIDENCE, playbook())


def two_cases_brief() -> Brief:
    """The board's brief on two initiatives."""
    return compose_for_board(COMPANY, replace(EVIDENCE, cases=(THE_CASE, OTHER_CASE)), playbook())


def empty_brief() -> Brief:
    """A brief for somebody of whom and for whom nothing is recorded yet."""
    bare = replace(COMPANY, goals=(), wins=(), moves=(), asks=(), stories=(), vision=None, is_simulated=False)
    return compose_for_executive(COO, bare, Evidence(findings=()), None, playbook())


def unknown_case_brief() -> Brief:
    """A brief whose case the data cannot carry."""
    unknown = Unknown(
        reason="Only 9 customers whose repair was repeated left",
        needs="20 who left, or two more quarters of data",
    )
    case = replace(
        THE_CASE,
        upside=unknown,
        inaction=unknown,
        break_even=unknown,
        gain_probability=unknown,
        payback_months=unknown,
        upside_density=None,
        inaction_density=None,
    )
    return compose_for_executive(COO, COMPANY, replace(EVIDENCE, cases=(case,)), STEP, playbook())


def every_block_brief() -> Brief:
    """The COO's brief with the board's tables and what is missing for a newcomer: every kind of block."""
    brief, board, empty = executive_brief(), board_brief(), empty_brief()
    extra = [s for s in board.sections if s.key in ("promises", "wins", "risks", "spend")]
    lacking = [
        replace(s, key=f"missing.{s.key}", heading=f"{s.heading}, missing", page=2)
        for s in empty.sections
        if s.key in ("goal", "worth", "customer")
    ]
    before, traces = brief.sections[:-1], brief.sections[-1:]
    return replace(brief, sections=(*before, *(replace(s, page=2) for s in extra), *lacking, *traces))
