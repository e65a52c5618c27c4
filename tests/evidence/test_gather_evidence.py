"""The whole path, from exports to evidence: real data sets, the simulated company, and its laws."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest
from cell_maker import shown

from fulcrum.core.company import ApprovedStory, Company, Initiative
from fulcrum.core.errors import Problem, Severity
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.plain import to_plain
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.engine import gather
from fulcrum.simulation.company import tidewater
from fulcrum.simulation.exports import write_exports
from fulcrum.simulation.truth import Causes, Truth, imagine

COMPANY = Company(name="A company", industry="any", currency="EUR", as_of=date(2026, 11, 16))


@pytest.fixture(scope="session")
def gathered(rules: EvidenceRules, case_rules: CaseRules):  # type: ignore[no-untyped-def]
    """`gather` with the shipped rules."""

    def run(data: Path, company: Company = COMPANY) -> tuple[Evidence, tuple[Problem, ...]]:
        return gather(
            data, company, evidence_rules=rules, case_rules=case_rules, version="test", seed=20_261_116
        )

    return run


def finding(evidence: Evidence, key: str) -> Finding:
    found = evidence.finding(key)
    assert found is not None, [one.key for one in evidence.findings]
    return found


def value(evidence: Evidence, key: str) -> float:
    return shown(finding(evidence, key).result).value


def prepared(folder: Path, mapping: str, *files: Path) -> Path:
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    for file in files:
        copy(file, folder / file.name)
    return folder


def test_a_folder_without_data_says_what_it_needs(tmp_path: Path, gathered) -> None:  # type: ignore[no-untyped-def]
    evidence, _ = gathered(tmp_path)
    assert evidence.findings == ()
    assert "mapping.toml" in evidence.missing[0].needs


@pytest.mark.shared_data
def test_nps_differs_by_channel_as_it_was_published(tmp_path: Path, shared_data: Path, gathered) -> None:  # type: ignore[no-untyped-def]
    files = [shared_data / "nps_by_channel" / f"nps_{channel}.csv" for channel in ("web", "email", "mobile")]
    mapping = 'currency = "EUR"\n' + "".join(
        f"""
[[files]]
path = "{file.name}"
table = "feedback"
[files.columns]
customer = "user_id"
answered_at = {{ column = "response_date", format = "%Y-%m-%d" }}
score = {{ column = "nps_rating", scale = [0, 10], kind = "nps" }}
touchpoint = {{ value = "{file.stem.removeprefix("nps_")}" }}
"""
        for file in files
    )
    evidence, _ = gathered(prepared(tmp_path, mapping, *files))
    for channel, expected, n in (("web", 22.1, 2290), ("email", 18.6, 1952), ("mobile", -14.7, 1801)):
        assert value(evidence, f"nps.touchpoint.{channel}") == pytest.approx(expected, abs=0.05)
        assert finding(evidence, f"nps.touchpoint.{channel}").n == n
    assert sum(value(evidence, f"histogram.all.{point}") for point in range(11)) == pytest.approx(1)
    assert {unknown.reason for unknown in evidence.missing} >= {"No cost to serve."}
    assert len(evidence.cases) == 1
    assert isinstance(evidence.cases[0].upside, Unknown)


OLIST = """
currency = "BRL"

[[files]]
path = "olist_order_reviews_dataset.csv"
table = "feedback"
[files.columns]
customer = "order_id"
score = { column = "review_score", scale = [1, 5], kind = "stars" }

[[files]]
path = "olist_orders_dataset.csv"
table = "customers"
[files.columns]
customer = "order_id"
[files.segments]
status = "order_status"
late = { later = LATE, format = "%Y-%m-%d %H:%M:%S" }
WEIGHT
[[comparisons]]
key = "late"
title = "Late against on-time delivery"
exposure = "late"
exposed = "yes"
against = "no"
outcome = "score"
"""
LATE = '["order_delivered_customer_date", "order_estimated_delivery_date"]'
WEIGHT = """
[files.weight]
column = "order_status"
map = { delivered = 18.654 }
otherwise = 1
"""


def olist(folder: Path, shared_data: Path, weight: str) -> Path:
    names = ("olist_order_reviews_dataset.csv", "olist_orders_dataset.csv")
    files = [shared_data / "olist" / name for name in names]
    return prepared(folder, OLIST.replace("WEIGHT", weight).replace("LATE", LATE), *files)


@pytest.mark.slow
@pytest.mark.shared_data
def test_an_outcome_dependent_sample_is_righted_by_its_weights(
    tmp_path: Path,
    shared_data: Path,
    gathered,  # type: ignore[no-untyped-def]
) -> None:
    raw, problems = gathered(olist(tmp_path, shared_data, ""))
    assert not [one for one in problems if one.severity is Severity.ERROR]
    assert value(raw, "score.all") == pytest.approx(3.2716, abs=5e-5)  # all 8,225 reviews
    crude = shown(raw.comparisons[0].crude.result)
    assert crude.value == pytest.approx(2.4988 - 4.2770, abs=5e-4)
    assert raw.comparisons[0].adjusted.refusal == "Not adjusted"
    weighted, _ = gathered(olist(tmp_path, shared_data, WEIGHT))
    assert value(weighted, "score.all") == pytest.approx(4.0671, abs=5e-5)
    assert value(weighted, "histogram.all.5") == pytest.approx(0.5738, abs=5e-5)
    assert value(weighted, "histogram.all.1") == pytest.approx(0.1198, abs=5e-5)
    assert "independent cases" in shown(finding(weighted, "score.all").result).method
    one, other = shown(finding(raw, "score.all").result), shown(finding(weighted, "score.all").result)
    assert one.interval.high < other.interval.low


TELCO = """
currency = "USD"

[[files]]
path = "Telco_customer_churn_status.xlsx"
table = "customers"
[files.columns]
customer = "Customer ID"
left = { column = "Churn Label", yes = ["Yes"] }
score = { column = "Satisfaction Score", scale = [1, 5], kind = "stars" }

[[files]]
path = "Telco_customer_churn_services.xlsx"
table = "customers"
keep = { column = "Internet Service", in = ["Yes"] }
[files.columns]
customer = "Customer ID"
[files.segments]
support = "Premium Tech Support"
contract = "Contract"
line = "Internet Type"
tenure = { column = "Tenure in Months", cut = [7, 13, 25, 49] }

[[comparisons]]
key = "band"
title = "Satisfied against dissatisfied"
exposure = "band"
exposed = "satisfied"
against = "dissatisfied"
outcome = "left"

[[comparisons]]
key = "support"
title = "With support against without"
exposure = "support"
exposed = "Yes"
against = "No"
outcome = "left"
adjust = ["contract", "tenure", "line"]
"""


@pytest.mark.shared_data
def test_a_leaking_score_shows_no_number_of_its_link_and_other_links_stay(
    tmp_path: Path,
    shared_data: Path,
    gathered,  # type: ignore[no-untyped-def]
) -> None:
    folder = shared_data / "telco_extended"
    names = ("Telco_customer_churn_status.xlsx", "Telco_customer_churn_services.xlsx")
    cancel = Initiative(
        name="Keep them",
        one_off=Decimal(1000),
        running=Decimal(1000),
        horizon_years=2,
        reach=100,
        moved_share=0.1,
        comparison="band",
    )
    data = prepared(tmp_path, TELCO, *(folder / name for name in names))
    evidence, _ = gathered(data, replace(COMPANY, initiatives=(cancel,)))
    assert value(evidence, "score.all") > 0
    by_band = [one for one in evidence.findings if one.family == "retention"]
    assert [one.refusal for one in by_band] == ["Link refused"] * 3
    band, support = evidence.comparisons
    assert band.crude.refusal == band.adjusted.refusal == "Link refused"
    assert not [one for one in _figures(band) if isinstance(one, Estimate)]
    assert all(isinstance(one, Unknown) for one in _figures(evidence.cases[0]))
    assert shown(support.crude.result).value == pytest.approx(-0.265, abs=5e-4)
    assert shown(support.adjusted.result).value == pytest.approx(-0.0763, abs=5e-4)
    assert shown(support.e_value).value == pytest.approx(1.887, abs=0.001)


def _figures(of: object) -> list[object]:
    found = [getattr(of, name) for name in of.__dataclass_fields__]  # type: ignore[attr-defined]
    return [one.result if isinstance(one, Finding) else one for one in found if _is_figure(one)]


def _is_figure(one: object) -> bool:
    return isinstance(one, Finding | Estimate | Unknown)


@pytest.fixture(scope="session")
def tidewater_data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("tidewater")
    everyone, truth = imagine(8_000, Causes(), seed=7)
    write_exports(everyone, folder, seed=7)
    return folder, truth


@pytest.fixture(scope="session")
def simulated(tidewater_data: tuple[Path, Truth], gathered) -> Evidence:  # type: ignore[no-untyped-def]
    evidence, problems = gathered(tidewater_data[0], tidewater())
    assert not [one for one in problems if one.severity is Severity.ERROR]
    return evidence


def test_every_number_has_a_trace_that_the_evidence_holds(simulated: Evidence) -> None:
    ids = {trace.id for trace in simulated.traces}
    shown_traces = _traces(to_plain(simulated))
    assert shown_traces
    assert shown_traces <= ids
    assert all(trace.query and trace.files for trace in simulated.traces)


def _traces(plain: object) -> set[str]:
    if isinstance(plain, dict):
        own = {plain["trace"]} if "trace" in plain and "value" in plain else set()
        return own.union(*(_traces(part) for part in plain.values()))
    return set().union(*(_traces(part) for part in plain)) if isinstance(plain, list) else set()


def test_the_engine_finds_what_was_put_into_the_simulated_company(
    simulated: Evidence, tidewater_data: tuple[Path, Truth]
) -> None:
    truth = tidewater_data[1]
    effects = {"repair_stayed": truth.stay_effect, "repair_spend": truth.spend_effect, "bill_stayed": 0.0}
    made = {one.key: one.adjusted.result for one in simulated.comparisons}
    for key, effect in effects.items():
        assert effect in shown(made[key]).interval
    case = simulated.cases[0]
    gain = next(one.result for one in case.assumptions if one.key == "gain")
    assert -truth.spend_effect in gain.interval


def test_keys_are_unique_and_stable(simulated: Evidence) -> None:
    keys = [one.key for one in simulated.findings]
    assert len(keys) == len(set(keys))
    assert {"score.all", "nps.all", "retention.band.Did not answer", "gap.adjusted.repair_spend"} <= set(keys)


def test_the_thirteen_who_moved_home_keep_their_place_without_a_score(simulated: Evidence) -> None:
    moved = finding(simulated, "score.touchpoint.moving home")
    assert isinstance(moved.result, Unknown)
    assert moved.refusal in ("Counts only", "Too few")


def test_the_simulated_case_is_whole_and_says_what_could_make_it_wrong(simulated: Evidence) -> None:
    case = simulated.cases[0]
    assert shown(case.upside).unit.kind == "money"
    assert shown(case.inaction).value < 0
    assert shown(case.at_stake).unit.per == "year"
    assert len(case.caveats) >= 3
    assert all(story.prevalence for story in simulated.stories)


def test_the_simulated_initiatives_stand_beside_one_another_honestly(simulated: Evidence) -> None:
    programme = simulated.programme
    assert programme is not None
    bill = next(one for one in programme.ranked if one.title == "Bill on one page")
    assert not bill.is_chosen
    assert "no gap" in bill.because
    assert programme.ladder[0].title == "First-contact repair"
    assert programme.budget is not None
    assert programme.needed.value <= programme.budget.value


def test_a_cases_trace_names_its_parameters_in_words(simulated: Evidence) -> None:
    trace = simulated.trace(shown(simulated.cases[1].upside).trace)
    assert trace is not None
    given = dict(trace.parameters)
    assert given["initiative"] == "Bill on one page"
    assert given["reach"] == "17000"
    assert given["causal_share"] == "0.2 to 0.7, likeliest 0.45"
    assert "correlation_gain_worth" in given
    assert not any("(" in said for said in given.values())


@pytest.mark.slow
def test_the_same_data_give_the_same_digits(
    simulated: Evidence,
    tidewater_data: tuple[Path, Truth],
    gathered,  # type: ignore[no-untyped-def]
) -> None:
    again, _ = gathered(tidewater_data[0], tidewater())
    assert again == simulated


@pytest.mark.slow
def test_rows_in_another_order_give_the_same_figures(
    simulated: Evidence,
    tidewater_data: tuple[Path, Truth],
    tmp_path: Path,
    gathered,  # type: ignore[no-untyped-def]
) -> None:
    for file in tidewater_data[0].iterdir():
        if file.name != "feedback.csv":
            copy(file, tmp_path / file.name)
    _reversed(tidewater_data[0] / "feedback.csv", tmp_path / "feedback.csv")
    turned, _ = gathered(tmp_path, tidewater())
    assert [one.key for one in turned.findings] == [one.key for one in simulated.findings]
    for one, other in zip(simulated.findings, turned.findings, strict=True):
        if isinstance(one.result, Estimate):
            assert shown(other.result).value == one.result.value
            assert shown(other.result).interval == one.result.interval


def _reversed(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *reversed(rows)])


@pytest.mark.slow
def test_a_story_without_answers_like_it_is_unknown(
    tidewater_data: tuple[Path, Truth],
    gathered,  # type: ignore[no-untyped-def]
) -> None:
    lonely = ApprovedStory(
        id="s", quote="q", touchpoint="the moon", score=1, approved_by="A", approved_on=date(2026, 1, 1)
    )
    evidence, _ = gathered(tidewater_data[0], replace(tidewater(), stories=(lonely,)))
    assert isinstance(evidence.stories[0].prevalence, Unknown)
