"""Trends: the printed example, and a change that is named only on a signal."""

import numpy as np
import pytest
from cell_maker import cells_of

from fulcrum.core.playbook import EvidenceRules
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.trend import drift_of, natural_limits, score_trend

NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
MONTHS = [202_500 + month for month in range(1, 13)]


def test_natural_limits_are_those_of_the_nist_handbook() -> None:
    trend = natural_limits("flow", "Flow rate", tuple(map(str, range(10))), NIST)
    assert (trend.centre, trend.high, trend.low) == pytest.approx((50.81, 55.8041, 45.8159), abs=5e-4)
    assert trend.signals == ()


def test_a_point_outside_the_limits_is_a_signal() -> None:
    values = (7.0, 7.5) * 6 + (9.5,)
    assert natural_limits("s", "S", tuple(map(str, range(13))), values).signals == (12,)


def test_eight_on_one_side_are_a_signal_and_seven_are_not() -> None:
    at = tuple(map(str, range(16)))
    assert natural_limits("s", "S", at, (1.0, 1.2) * 4 + (1.3, 1.5) * 4).signals == (7, 15)
    assert (
        natural_limits("s", "S", at[:14], (1.0, 1.2) * 3 + (1.0, 1.3, 1.5) + (1.3, 1.0) * 2 + (1.4,)).signals
        == ()
    )


def test_five_months_have_points_but_no_limits(rules: EvidenceRules) -> None:
    months = [month for month in MONTHS[:5] for _ in range(25)]
    trend = score_trend(
        cells_of({"month": months, "score": [8] * 125}, [8.0] * 125), bands_for("nps", (0, 10)), rules
    )
    assert trend is not None
    assert trend.at == ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05")
    assert trend.centre is None


def test_a_month_with_nineteen_answers_is_left_out(rules: EvidenceRules) -> None:
    cells = cells_of({"month": [202_501] * 19 + [202_502] * 20, "score": [8] * 39}, [8.0] * 39)
    trend = score_trend(cells, bands_for("nps", (0, 10)), rules)
    assert trend is not None
    assert trend.at == ("2025-02",)


def test_a_growing_low_band_drifts_and_a_short_series_says_nothing(rules: EvidenceRules) -> None:
    months, scores = [], []
    for place, month in enumerate(MONTHS):
        months += [month] * 100
        scores += [2] * (20 + place) + [9] * (80 - place)
    cells = cells_of({"month": months, "score": scores}, np.array(scores, dtype=float))
    drift = drift_of(cells, bands_for("nps", (0, 10)), rules)
    assert drift is not None
    assert drift.a_year == pytest.approx(0.12 / 0.31)
    assert drift.error == pytest.approx(0, abs=1e-9)
    assert (
        drift_of(cells.where("month", lambda month: month > 202_501), bands_for("nps", (0, 10)), rules)
        is None
    )
