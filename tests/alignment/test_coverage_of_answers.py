"""How often the intervals of a handful of answers hold the truth, where the truth is known."""

from itertools import product
from math import comb

import numpy as np
import pytest

from fulcrum.alignment import agreement, intervals

pytestmark = pytest.mark.slow
SURE = 0.95


@pytest.mark.parametrize(("middle", "sd", "at_least"), [(8, 1.0, 0.94), (7, 1.5, 0.94), (9.3, 1.2, 0.90)])
def test_the_mean_of_whole_numbers_holds_and_least_where_they_crowd_at_the_end(
    middle: float, sd: float, at_least: float
) -> None:
    chance = np.random.default_rng(3)
    everyone = np.clip(np.rint(chance.normal(middle, sd, 200_000)), 0, 10)
    held = 0
    for _ in range(1_000):
        low, high = intervals.mean_of(chance.choice(everyone, 5).tolist(), SURE, step=1)
        held += low <= everyone.mean() <= high
    assert held / 1_000 >= at_least


def test_a_paired_change_of_shares_holds_nine_times_in_ten_at_worst_and_95_in_100_on_average() -> None:
    people = 6
    ends = {
        (up, down): intervals.share_change_paired(up, down, people, SURE)
        for up, down in product(range(people + 1), repeat=2)
        if up + down <= people
    }
    covered = []
    for up, down in product(np.linspace(0, 0.6, 7), repeat=2):
        if up + down > 1:
            continue
        covered.append(
            sum(
                comb(people, a) * comb(people - a, b) * up**a * down**b * (1 - up - down) ** (people - a - b)
                for (a, b), (low, high) in ends.items()
                if low - 1e-12 <= up - down <= high + 1e-12
            )
        )
    assert min(covered) >= 0.90
    assert np.mean(covered) >= 0.95


@pytest.mark.parametrize("pull", [0.0, 1.0])
def test_agreement_holds_from_chance_to_likeness(pull: float) -> None:
    chance = np.random.default_rng(7)
    strength = np.linspace(pull, -pull, 8)

    def six() -> list[list[float]]:
        rows = []
        for _ in range(6):
            order = np.argsort(-(strength + chance.gumbel(size=8)))
            row = np.full(8, 1_000.0)
            row[order[:5]] = np.arange(1, 6)
            rows.append(row.tolist())
        return rows

    truth = np.mean([agreement.kendall_w(six()) or 0.0 for _ in range(600)])
    held = 0
    for _ in range(200):
        rows = six()
        without = agreement.without_each(rows, lambda rest: agreement.kendall_w(rest))  # type: ignore[arg-type]
        assert without is not None
        pairwise = [(5 * w - 1) / 4 for w in without]
        low, high = intervals.jackknife((6 * (agreement.kendall_w(rows) or 0.0) - 1) / 5, pairwise, SURE)
        held += (1 + 5 * low) / 6 <= truth <= (1 + 5 * high) / 6
    assert held / 200 >= 0.92
