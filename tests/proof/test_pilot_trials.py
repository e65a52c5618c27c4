"""Pilots keep what they promise: false alarms, early looks, power; and what recovers is never an effect."""

from math import sqrt

import numpy as np
import pytest
from pilot_trials import CLUSTERED, EARLY, FIXED, Trial, ever_seen, promised, recovering, sides_seen


def named(trial: Trial) -> str:
    return trial.name.replace(" ", "_")


@pytest.mark.slow
@pytest.mark.parametrize("trial", FIXED, ids=named)
def test_a_pilot_without_effect_alarms_in_five_of_a_hundred(trial: Trial) -> None:
    found = sides_seen(trial, 4_000, effect=0.0, seed=2026)
    noise = sqrt(0.05 * 0.95 / 4_000)  # 0.0034; docs/proof.md has 20,000 of each
    assert 0.047 - 2 * noise <= np.abs(found).mean() <= 0.053 + 2 * noise


@pytest.mark.slow
@pytest.mark.parametrize("trial", CLUSTERED, ids=named)
def test_whole_units_alarm_in_six_and_a_half_of_a_hundred_at_most(trial: Trial) -> None:
    times = 100 if "stepped" in trial.name else 1_000
    found = sides_seen(trial, times, effect=0.0, seed=2027)
    assert np.abs(found).mean() <= 0.065 + 2 * sqrt(0.065 * 0.935 / times)


@pytest.mark.slow
@pytest.mark.parametrize("trial", EARLY, ids=named)
def test_looking_every_week_alarms_in_five_of_a_hundred_at_most(trial: Trial) -> None:
    assert ever_seen(trial, 1_000, effect=0.0, seed=31) <= 0.05


@pytest.mark.slow
def test_power_is_within_three_points_of_what_the_plan_promises() -> None:
    for trial, effect, power in promised():
        times = 80 if "stepped" in trial.name else 1_000
        seen = float((sides_seen(trial, times, effect=effect, seed=43) == np.sign(effect)).mean())
        assert seen == pytest.approx(power, abs=0.03 + 2 * sqrt(power * (1 - power) / times)), trial.name


def test_the_worst_fifth_that_recovers_is_told_apart_and_never_scaled() -> None:
    called, scaled, apart = recovering(25, seed=5)
    assert called == 1.0
    assert scaled == 0.0
    assert abs(apart) < 0.05
