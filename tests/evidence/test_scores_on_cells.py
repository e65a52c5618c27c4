"""What customers answered: values, intervals, refusals, and laws that must hold whatever the data."""

import numpy as np
import pytest
from cell_maker import cells_of, score_cells_of, shown

from fulcrum.core.findings import Finding
from fulcrum.core.quantities import Grade, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import NO_ANSWER, bands_for
from fulcrum.evidence.methods.score import histogram, score_findings

NPS_QUESTION = bands_for("nps", (0, 10))
STARS = bands_for("stars", (1, 5))


def found(cells: Cells, rules: EvidenceRules, key: str, *, split: str = "", once: bool = True) -> Finding:
    findings = score_findings(cells, NPS_QUESTION, rules, trace="t", split=split, once=once)
    return next(finding for finding in findings if finding.key == key)


def test_bands_follow_the_kind_of_question() -> None:
    assert NPS_QUESTION.names == ("9 to 10", "7 to 8", "0 to 6")
    assert STARS.names == ("4 to 5", "3", "1 to 2")
    assert bands_for("ces", (1, 7)).names == ("6 to 7", "3 to 5", "1 to 2")
    assert NPS_QUESTION.of(None) == NO_ANSWER
    assert STARS.of("3.5") == "3"


def test_a_score_and_its_nps_are_what_a_hand_would_count(rules: EvidenceRules) -> None:
    cells = score_cells_of([10] * 12 + [8] * 6 + [3] * 6)
    score, nps = found(cells, rules, "score.all"), found(cells, rules, "nps.all")
    assert shown(score.result).value == pytest.approx((120 + 48 + 18) / 24)
    assert shown(nps.result).value == pytest.approx(25.0)
    assert nps.n == 24
    assert shown(nps.result).grade is Grade.RAW
    assert 25.0 in shown(nps.result).interval


def test_thirteen_answers_give_counts_only_and_say_what_is_needed(rules: EvidenceRules) -> None:
    finding = found(score_cells_of([9] * 13), rules, "score.all")
    assert finding.refusal == "Counts only"
    assert finding.n == 13
    assert isinstance(finding.result, Unknown)
    assert finding.result.needs == "7 more answers."


def test_four_answers_show_nothing_not_even_their_number(rules: EvidenceRules) -> None:
    finding = found(score_cells_of([9] * 4), rules, "score.all")
    assert finding.refusal == "Too few"
    assert finding.n is None


def test_twenty_answers_of_one_customer_are_not_twenty_customers(rules: EvidenceRules) -> None:
    finding = found(score_cells_of([9, 3] * 10, bucket=[7] * 20), rules, "score.all", once=False)
    assert isinstance(finding.result, Unknown)
    assert "8 customers" in finding.result.needs


def test_customers_who_repeat_themselves_widen_the_interval(rules: EvidenceRules) -> None:
    chance = np.random.default_rng(4)
    customer = np.repeat(np.arange(60), 5)
    scores = np.repeat(chance.integers(0, 11, 60), 5)
    cells = score_cells_of(scores, bucket=customer % 64)
    naive = shown(found(cells, rules, "nps.all", once=True).result).interval
    honest = shown(found(cells, rules, "nps.all", once=False).result).interval
    assert honest.high - honest.low > 1.8 * (naive.high - naive.low)


def test_sampling_weights_move_the_mean_and_cost_answers(rules: EvidenceRules) -> None:
    scores, weights = [10] * 40 + [2] * 40, [3.0] * 40 + [1.0] * 40
    cells = cells_of({"score": scores}, scores, weights)
    finding = shown(found(cells, rules, "score.all").result)
    assert finding.value == pytest.approx((3 * 10 + 2) / 4)
    assert "64 independent cases" in finding.method  # Kish: 80 x 400 / 160² = 1.25


def test_those_who_did_not_answer_have_no_score(rules: EvidenceRules) -> None:
    cells = cells_of({"score": [9] * 30 + [None] * 50}, [1.0] * 80)
    assert found(cells, rules, "score.all").n == 30


def test_groups_keep_their_own_row_and_a_thin_one_its_place(rules: EvidenceRules) -> None:
    cells = score_cells_of([9] * 30 + [4] * 7, touchpoint=["repair"] * 30 + ["moving home"] * 7)
    assert shown(found(cells, rules, "score.touchpoint.repair", split="touchpoint").result).value == 9
    assert found(cells, rules, "score.touchpoint.moving home", split="touchpoint").refusal == "Counts only"


def test_a_histogram_names_every_point_and_adds_to_one(rules: EvidenceRules) -> None:
    bars = histogram(score_cells_of([10] * 30 + [0] * 10), NPS_QUESTION, rules, trace="t", once=True)
    assert [bar.group for bar in bars] == [str(point) for point in range(11)]
    assert sum(shown(bar.result).value for bar in bars) == pytest.approx(1)
    assert shown(bars[5].result).value == 0
    assert shown(bars[5].result).interval.high > 0


def test_rows_in_another_order_and_files_split_and_merged_give_the_same_digits(rules: EvidenceRules) -> None:
    chance = np.random.default_rng(5)
    scores, buckets = chance.integers(0, 11, 300), chance.integers(0, 64, 300)
    order = chance.permutation(300)
    whole = score_cells_of(scores, bucket=buckets)
    shuffled = score_cells_of(scores[order], bucket=buckets[order])
    merged = score_cells_of(scores[:90], bucket=buckets[:90]) + score_cells_of(
        scores[90:], bucket=buckets[90:]
    )
    expected = score_findings(whole, NPS_QUESTION, rules, trace="t")
    assert score_findings(shuffled, NPS_QUESTION, rules, trace="t") == expected
    assert score_findings(merged, NPS_QUESTION, rules, trace="t") == expected


def test_weights_that_are_all_the_same_change_no_digit(rules: EvidenceRules) -> None:
    chance = np.random.default_rng(6)
    scores = chance.integers(0, 11, 200)
    plain = shown(
        found(cells_of({"score": scores}, scores, [1.0] * 200), rules, "nps.all", once=False).result
    )
    tripled = shown(
        found(cells_of({"score": scores}, scores, [3.0] * 200), rules, "nps.all", once=False).result
    )
    assert tripled.value == pytest.approx(plain.value, abs=1e-12)
    assert tripled.interval.low == pytest.approx(plain.interval.low, abs=1e-9)
