"""Samples that say less than they seem to: drawn unevenly, answered too early, or nearly whole."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from cell_maker import shown
from deliveries import WEIGHT, deliveries

from fulcrum.core.company import Company, Initiative
from fulcrum.core.findings import Evidence, Finding
from fulcrum.core.quantities import CUSTOMERS, Grade
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.engine import gather

ON_TIME = Initiative(
    name="On time",
    one_off=Decimal(1000),
    running=Decimal(100),
    horizon_years=1,
    reach=100,
    moved_share=0.1,
    comparison="late",
)
COMPANY = Company(
    name="Parcels", industry="any", currency="EUR", as_of=date(2026, 11, 16), initiatives=(ON_TIME,)
)
Gathered = Callable[[Path], Evidence]


@pytest.fixture(scope="session")
def gathered(rules: EvidenceRules, case_rules: CaseRules) -> Gathered:
    def run(data: Path) -> Evidence:
        evidence, problems = gather(
            data, COMPANY, evidence_rules=rules, case_rules=case_rules, version="test", seed=1
        )
        assert not [str(one) for one in problems if one.is_error]
        return evidence

    return run


def finding(evidence: Evidence, key: str) -> Finding:
    found = evidence.finding(key)
    assert found is not None, [one.key for one in evidence.findings]
    return found


def said(one: Finding) -> str:
    return " ".join(caveat.text for caveat in one.caveats)


def test_where_early_answers_are_mostly_of_one_side_the_gap_with_them_stands_beside(
    tmp_path: Path, gathered: Gathered
) -> None:
    """120 of 200 late parcels were judged before they came, and 8 of 800 in time."""
    evidence = gathered(deliveries(tmp_path, late_early=120, early_in_time=8))
    (comparison,) = evidence.comparisons
    crude, adjusted = shown(comparison.crude.result), shown(comparison.adjusted.result)
    whole = finding(evidence, "gap.with_early.late")
    assert crude.value == pytest.approx(2.5 - 4.5, abs=0.01)
    assert shown(whole.result).value == pytest.approx((120 * 1 + 80 * 2.5) / 200 - 4.495, abs=0.01)
    assert (crude.grade, adjusted.grade, shown(whole.result).grade) == (Grade.RAW,) * 3
    for one in (comparison.crude, comparison.adjusted, whole):
        assert said(one).startswith("Fragile: 120 of 200 answers of “yes”"), said(one)
        assert "8 of 800 of “no”" in said(one)
    assert "With them the crude gap is −2.9" in said(comparison.adjusted)
    assert finding(evidence, "gap.adjusted.late") == comparison.adjusted


def test_a_third_of_one_side_is_fragile_and_keeps_its_grade(tmp_path: Path, gathered: Gathered) -> None:
    evidence = gathered(deliveries(tmp_path, late_early=60, early_in_time=8))
    (comparison,) = evidence.comparisons
    assert shown(comparison.adjusted.result).grade is Grade.ADJUSTED
    assert said(comparison.adjusted).startswith("Fragile: 60 of 200")


def test_early_answers_of_both_sides_alike_choose_neither(tmp_path: Path, gathered: Gathered) -> None:
    evidence = gathered(deliveries(tmp_path, late_early=60, early_in_time=240))
    (comparison,) = evidence.comparisons
    assert evidence.finding("gap.with_early.late") is None
    assert "Fragile" not in said(comparison.adjusted)
    assert "were given before the experience was over" in said(comparison.crude)


def test_beside_a_weighted_score_stands_the_plain_one_by_its_name(tmp_path: Path, gathered: Gathered) -> None:
    evidence = gathered(deliveries(tmp_path, weight=WEIGHT))
    plain = finding(evidence, "score.all.unweighted")
    mean = (200 * 2.5 + 800 * 4.5) / 1000
    assert shown(plain.result).value == pytest.approx(mean)
    assert plain.title == "Score, unweighted"
    assert shown(plain.result).grade is Grade.RAW
    assert "drawn unevenly" in said(plain)
    without = gathered(deliveries(tmp_path))
    assert without.finding("score.all.unweighted") is None
    assert shown(finding(without, "score.all").result).value == pytest.approx(mean)


def test_groups_carry_their_field_and_bands_come_by_their_limits(tmp_path: Path, gathered: Gathered) -> None:
    evidence = gathered(deliveries(tmp_path))
    groups = [one.group for one in evidence.findings if one.key.startswith("score.")]
    assert groups[0] == ""
    assert [name for name in groups if name.startswith("late")] == ["late: no", "late: yes"]
    assert [name for name in groups if name.startswith("age")] == [
        "age: below 7",
        "age: 7 to under 13",
        "age: 13 to under 25",
        "age: 25 and above",
    ]
    assert finding(evidence, "score.late.yes").group == "late: yes"


def test_a_weighted_sum_is_never_called_a_count(tmp_path: Path, gathered: Gathered) -> None:
    counted = shown(gathered(deliveries(tmp_path, value=True)).cases[0].at_stake)
    assert counted.interval.low == counted.value == counted.interval.high
    weighted = shown(gathered(deliveries(tmp_path, value=True, weight=WEIGHT)).cases[0].at_stake)
    assert weighted.interval.low < weighted.value < weighted.interval.high
    assert "weighted" in weighted.method
    assert (weighted.n, weighted.grade) == (200, Grade.RAW)


def test_customers_worse_off_are_counted_where_nothing_says_what_they_are_worth(
    tmp_path: Path, gathered: Gathered
) -> None:
    (case,) = gathered(deliveries(tmp_path)).cases
    assert (shown(case.at_stake).value, shown(case.at_stake).unit) == (200.0, CUSTOMERS)
    (case,) = gathered(deliveries(tmp_path, weight=WEIGHT)).cases
    assert shown(case.at_stake).value == 160 * 10 + 40  # four of five stand for ten
    assert shown(case.at_stake).interval.low < 1640 < shown(case.at_stake).interval.high


def test_spend_is_not_missing_where_every_customers_value_is_stated(
    tmp_path: Path, gathered: Gathered
) -> None:
    lacking = {one.reason for one in gathered(deliveries(tmp_path, value=True)).missing}
    assert "No spend by what customers said." not in lacking
    assert "No spend by what customers said." in {
        one.reason for one in gathered(deliveries(tmp_path)).missing
    }


def test_all_but_a_few_is_never_a_hundred_per_cent(tmp_path: Path, gathered: Gathered) -> None:
    evidence = gathered(deliveries(tmp_path, unanswered=3))
    text = said(finding(evidence, "score.all"))
    assert "All but 3 of 1,000 customers answered" in text
    assert not [one for one in evidence.findings if "100 %" in said(one).replace("\u202f", " ")]
