"""Every kind of interval that is displayed holds the truth as often as it says: simulated, truth known."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from fulcrum.core.quantities import Estimate, money_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import cells_from_rows
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.buckets import Grid
from fulcrum.evidence.methods.groups import mean_amount
from fulcrum.evidence.methods.intervals import t_critical
from fulcrum.evidence.methods.sample import sample_of
from fulcrum.evidence.methods.score import NPS_PULL, score_findings
from fulcrum.evidence.methods.strata import Arms, standardise
from fulcrum.simulation.truth import Causes, imagine

Floats = NDArray[np.float64]
ENDS = ((0.0, 0.5), (10.0, 0.5))
USUAL = np.array([-2, -1.8, -1.7, -1.5, -1.3, -1, -0.7, -0.2, 0.4, 1.0])
CEILING = USUAL - 2.2
POINTS = np.arange(11.0)
NPS_POINTS = np.where(POINTS >= 9, 100.0, np.where(POINTS <= 6, -100.0, 0.0))


def answers(
    chance: np.random.Generator, thresholds: Floats, customers: int, repeats: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Scores 0 to 10 with a customer's own level in them, and the bucket of each answer's customer."""
    times = 1 + chance.poisson(repeats, customers) if repeats else np.ones(customers, dtype=np.int64)
    who = np.repeat(np.arange(customers), times)
    level = chance.normal(0, 1.2, customers) if repeats else np.zeros(customers)
    felt = level[who] + chance.normal(0, 1, len(who))
    return np.searchsorted(thresholds, felt), chance.integers(0, 64, customers)[who]


def grid_of(groups: NDArray[np.int64], buckets: NDArray[np.int64], y: Floats, rows: int) -> Grid:
    sums = [np.zeros((rows, 64)) for _ in range(3)]
    for sum_, part in zip(sums, (np.ones(len(y)), y, y**2), strict=True):
        np.add.at(sum_, (groups, buckets), part)
    n, wy, wyy = sums
    return Grid(groups=tuple((row,) for row in range(rows)), n=n, w=n, ww=n, wy=wy, wyy=wyy)


def covered(trial: Callable[[], bool | None], times: int) -> float:
    """The share of trials that held the truth, among those that were shown."""
    held = [found for _ in range(times) if (found := trial()) is not None]
    return float(np.mean(held))


def score_coverage(thresholds: Floats, customers: int, repeats: float, times: int) -> tuple[float, float]:
    chance = np.random.default_rng(customers)
    many, _ = answers(chance, thresholds, 400_000, repeats)
    truths = POINTS[many].mean(), NPS_POINTS[many].mean()
    held: list[tuple[bool, bool]] = []
    for _ in range(times):
        scores, buckets = answers(chance, thresholds, customers, repeats)
        cells = grid_of(scores, buckets, POINTS[scores], 11)
        mean = sample_of(POINTS, cells, once=not repeats).mean_in(ENDS, 0.95)
        nps = sample_of(NPS_POINTS, cells, once=not repeats).mean_in(NPS_PULL, 0.95)
        held.append((truths[0] in mean, truths[1] in nps))
    mean_held, nps_held = np.mean(held, axis=0)
    return float(mean_held), float(nps_held)


@pytest.mark.parametrize("customers", [25, 300])
@pytest.mark.parametrize("repeats", [0, 2])
def test_score_and_nps_intervals_hold_where_customers_answer_once_or_often(
    customers: int, repeats: float
) -> None:
    for share in score_coverage(USUAL, customers, repeats, 400):
        assert 0.92 <= share <= 0.985  # 400 trials: standard error 0.011


@pytest.mark.slow
@pytest.mark.parametrize("customers", [25, 60, 300, 2000])
@pytest.mark.parametrize("repeats", [0, 2])
@pytest.mark.parametrize("thresholds", [USUAL, CEILING], ids=["usual", "ceiling"])
def test_score_and_nps_intervals_hold_in_thousands_of_trials(
    thresholds: Floats, customers: int, repeats: float
) -> None:
    mean, nps = score_coverage(thresholds, customers, repeats, 2000)
    assert 0.925 <= nps <= 0.99
    assert mean >= 0.925  # conservative at the ceiling, where the usual interval falls to 80 %


def adjusted_gap_trial(chance: np.random.Generator, n: int, strata: int) -> bool | None:
    stratum, bucket = chance.integers(0, strata, n), chance.integers(0, 64, n)
    exposed = chance.random(n) < np.linspace(0.3, 0.7, strata)[stratum]
    left = chance.random(n) < 0.2 + 0.15 * stratum / strata + 0.1 * exposed
    sides = [
        grid_of(stratum[side], bucket[side], left[side].astype(float), strata) for side in (exposed, ~exposed)
    ]
    kept = Arms(strata=sides[0].groups, exposed=sides[0], against=sides[1]).with_at_least(10)
    if not kept.strata:
        return None
    found = standardise(kept, loss=True)
    return abs(found.difference - 0.1) <= found.gap.error * t_critical(0.95, found.gap.freedom)


@pytest.mark.parametrize(("n", "strata"), [(120, 2), (400, 4), (2000, 8)])
def test_adjusted_gaps_hold_the_effect_that_was_put_in(n: int, strata: int) -> None:
    chance = np.random.default_rng(n)
    share = covered(lambda: adjusted_gap_trial(chance, n, strata), 400)
    assert 0.92 <= share <= 0.985


@pytest.mark.parametrize(("sigma", "n"), [(0.5, 20), (0.5, 300), (1.0, 50), (1.0, 300)])
def test_mean_amounts_hold_although_they_are_skewed(sigma: float, n: int, rules: EvidenceRules) -> None:
    chance = np.random.default_rng(n)

    def trial() -> bool:
        amounts, bucket = chance.lognormal(0, sigma, n), chance.integers(0, 64, n)
        found = mean_amount(
            grid_of(np.zeros(n, dtype=np.int64), bucket, amounts, 1),
            rules,
            unit=money_unit("EUR"),
            trace="t",
        )
        assert isinstance(found, Estimate)
        return bool(np.exp(sigma**2 / 2) in found.interval)

    assert 0.91 <= covered(trial, 600) <= 0.98


def test_two_samples_of_one_company_differ_no_more_often_than_five_times_in_a_hundred() -> None:
    chance = np.random.default_rng(9)

    def trial() -> bool | None:
        n = 600
        bucket, stratum = chance.integers(0, 64, n), chance.integers(0, 3, n)
        side, left = chance.random(n) < 0.5, (chance.random(n) < 0.2).astype(float)
        sides = [grid_of(stratum[half], bucket[half], left[half], 3) for half in (side, ~side)]
        kept = Arms(strata=sides[0].groups, exposed=sides[0], against=sides[1]).with_at_least(10)
        found = standardise(kept, loss=True)
        return abs(found.difference) > found.gap.error * t_critical(0.95, found.gap.freedom)

    assert 0.03 <= covered(trial, 800) <= 0.07


@pytest.mark.slow
def test_the_gain_holds_the_true_effect_on_those_who_would_move() -> None:
    held = []
    for seed in range(60):
        everyone, truth = imagine(20_000, Causes(), seed=seed)
        those = everyone.is_repaired
        stratum = 5 * everyone.line + np.digitize(np.maximum(everyone.tenure, 0), [6, 12, 24, 48])
        sides = [
            grid_of(stratum[who], everyone.id[who] % 64, everyone.stayed[who].astype(float), 15)
            for who in (those & everyone.is_repeated, those & ~everyone.is_repeated)
        ]
        kept = Arms(strata=sides[0].groups, exposed=sides[0], against=sides[1]).with_at_least(10)
        found = standardise(kept, to="exposed", loss=False)
        held.append(
            abs(found.difference - truth.stay_effect) <= found.gap.error * t_critical(0.95, found.gap.freedom)
        )
    assert np.mean(held) >= 0.9  # 60 companies: standard error 0.028


def test_a_plain_score_finding_is_among_those_that_hold(rules: EvidenceRules) -> None:
    chance = np.random.default_rng(12)
    scores, buckets = answers(chance, USUAL, 400, 2)
    rows = [(int(s), int(b), 1, 1, 1, int(s), int(s) ** 2) for s, b in zip(scores, buckets, strict=True)]
    cells = cells_from_rows(("score", "bucket"), rows)
    score, _ = score_findings(cells, bands_for("nps", (0, 10)), rules, trace="t")
    assert isinstance(score.result, Estimate)
    assert "jackknife" in score.result.method
