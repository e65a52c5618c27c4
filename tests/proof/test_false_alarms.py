"""Two samples of one company differ in five of a hundred comparisons; planted effects come back."""

import numpy as np
import pytest
from gap_situations import LEFT
from no_effect import PLANTED, SAME, WORLDS, alarms, planted, recovered
from scipy import stats

from fulcrum.evidence.methods.strata import Arms, standardise


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["crude gap", "adjusted gap"])
@pytest.mark.parametrize("name", list(WORLDS))
def test_false_alarms_are_five_of_a_hundred(kind: str, name: str) -> None:
    found = alarms(kind, *WORLDS[name], 8_000, seed=2026)
    noise = np.sqrt(0.05 * 0.95 / len(found))  # 0.0024; docs/proof.md has 20,000 of each
    assert 0.047 - noise <= np.abs(found).mean() <= 0.053 + noise
    up, down = (float((found == side).mean()) for side in (1, -1))
    assert abs(up - down) <= 4 * np.sqrt(0.05 / len(found))


@pytest.mark.slow
def test_the_adjusted_gap_without_effect_is_spread_as_its_error_says() -> None:
    chance, found = np.random.default_rng(5), []
    for _ in range(4000):
        exposed, against = SAME.sides(chance)
        made = standardise(Arms(strata=exposed.groups, exposed=exposed, against=against), loss=True)
        found.append(2 * stats.t.sf(abs(made.difference) / made.gap.error, made.gap.freedom))
    assert stats.kstest(found, "uniform").pvalue > 0.001


def test_false_alarms_are_near_five_of_a_hundred_in_every_run() -> None:
    assert 0.03 <= np.abs(alarms("adjusted gap", LEFT, SAME, 800, seed=1)).mean() <= 0.07


@pytest.mark.slow
@pytest.mark.parametrize("name", list(PLANTED))
def test_a_planted_effect_comes_back_without_bias(name: str) -> None:
    assert abs(planted(*PLANTED[name], 6_000, seed=17)) < 0.05  # known to 0.013 standard errors


@pytest.mark.slow
def test_the_effect_in_the_simulated_company_comes_back_for_those_who_suffered_it() -> None:
    found = recovered(1_600, 20_000, to="exposed")
    assert found.effect < -0.1
    assert abs(found.bias) < 0.05  # known to 0.025 standard errors
    assert found.held >= 0.94
