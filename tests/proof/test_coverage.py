"""Every displayed interval holds the truth as often as it says, or is not displayed. See docs/proof.md."""

import numpy as np
import pytest
from case_situations import SHOWN
from coverage_table import CONSERVATIVE, OFTEN
from judged_coverage import judged
from situations import all_situations, share_coverage
from trials import Situation

SITUATIONS = all_situations()
SHARES = [one for one in SITUATIONS if one.kind == "share"]
KINDS = {
    "NPS",
    "mean score",
    "prevalence",
    "share",
    "band retention",
    "band spend",
    "crude gap",
    "adjusted gap",
    "restricted mean",
    "driver share",
    "staying per point",
    "odds per point",
    "spend per point",
    "raked score",
    "raked NPS",
    "drift",
    *(f"{what}, {promised}" for what in SHOWN for promised in ("95%", "80%")),
    "chance of a gain, 80%",
}


def test_there_are_at_least_sixty_situations_of_every_kind_together() -> None:
    assert {situation.kind for situation in SITUATIONS} == KINDS
    assert len(SITUATIONS) >= 60
    assert len({(one.kind, one.name) for one in SITUATIONS}) == len(SITUATIONS)


@pytest.mark.parametrize("n", [20, 30, 60, 150])
def test_a_share_is_held_at_every_single_point_and_on_average(n: int) -> None:
    below, above = share_coverage(np.linspace(0.001, 0.5, 400), n)
    covered = 1 - below - above
    assert covered.min() >= 0.93
    assert 0.95 <= covered.mean() <= 0.97


@pytest.mark.parametrize(
    "situation",
    [one for one in SITUATIONS if one.kind == "share"],
    ids=lambda one: one.name.replace(" ", "_"),
)
def test_a_share_is_held_on_average_around_each_stated_one(situation: Situation) -> None:
    held = situation.held()
    assert 0.94 <= held.covered <= CONSERVATIVE


QUICK = [
    ("NPS", "usual, n 20"),
    ("mean score", "usual, 20 customers, 3 answers each"),
    ("band spend", "lognormal 1, n 60"),
    ("crude gap", "rare events, n 200"),
    ("adjusted gap", "share, n 400, 4 strata"),
    ("restricted mean", "3% leave a month, n 60"),
    ("staying per point", "rare leaving, n 300"),
    ("raked NPS", "about 60 of 240 answer"),
    ("drift", "12 months of 60, falling by a tenth"),
]


@pytest.mark.parametrize(
    ("kind", "name"), QUICK, ids=[f"{kind}, {name}".replace(" ", "_") for kind, name in QUICK]
)
def test_one_situation_of_each_kind_in_every_run(kind: str, name: str) -> None:
    (situation,) = (one for one in SITUATIONS if (one.kind, one.name) == (kind, name))
    judged(situation, 400 / situation.trials)


MUST_REFUSE = [
    ("band spend", "lognormal 2, n 200"),
    ("band spend", "lognormal 1.5, n 60"),
    ("band spend", "70 % spend nothing, n 60"),
    ("restricted mean", "1% leave a month, n 30"),
    ("crude gap", "no effect, 2 %, n 200"),
    ("driver share", "next to nothing explained, n 400, driver 1"),
    ("staying per point", "n 60"),
    ("staying per point", "crowded at the top, n 120"),
    ("break-even causal share, 80%", "a gap of nothing, n 1000"),
    ("payback, 80%", "a gap of nothing, n 1000"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), MUST_REFUSE, ids=lambda text: text.replace(" ", "_"))
def test_where_it_would_fall_short_it_is_mostly_refused(kind: str, name: str) -> None:
    (situation,) = (one for one in SITUATIONS if (one.kind, one.name) == (kind, name))
    assert situation.held(300 / situation.trials).shown <= OFTEN
