"""The simulated company: what is true in it, so that other tests may ask whether the engine finds it."""

import csv
from pathlib import Path

import numpy as np
import pytest

from fulcrum.core.levers import Lever
from fulcrum.core.people import Source
from fulcrum.simulation.company import tidewater
from fulcrum.simulation.exports import write_exports
from fulcrum.simulation.pilot import write_pilot
from fulcrum.simulation.truth import Causes, imagine


def test_the_same_seed_gives_the_same_company_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        everyone, _ = imagine(800, Causes(), seed=5)
        write_exports(everyone, tmp_path / name, seed=5)
        write_pilot(everyone, tmp_path / name, seed=5)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_a_repeated_repair_costs_nothing_where_it_has_no_effect() -> None:
    _, truth = imagine(5_000, Causes(repeat_on_staying=0, repeat_on_spend=0), seed=3)
    assert truth.stay_effect == 0
    assert truth.spend_effect == 0


def test_comparing_without_adjusting_sees_more_than_is_true() -> None:
    everyone, truth = imagine(40_000, Causes(), seed=3)
    held = everyone.is_repaired & ~everyone.is_repeated
    crude = everyone.stayed[everyone.is_repeated].mean() - everyone.stayed[held].mean()
    assert crude < truth.stay_effect - 0.02


def test_no_customer_pays_before_joining_or_after_leaving(tmp_path: Path) -> None:
    everyone, _ = imagine(2_000, Causes(), seed=9)
    write_exports(everyone, tmp_path, seed=9)
    with (tmp_path / "customers.csv").open(encoding="utf-8") as file:
        left = {row["customer_id"]: row["left_on"] for row in csv.DictReader(file) if row["left_on"]}
    with (tmp_path / "invoices.csv").open(encoding="utf-8") as file:
        late = [
            row
            for row in csv.DictReader(file)
            if row["customer_id"] in left and row["invoiced_on"][:7] > left[row["customer_id"]][:7]
        ]
    assert late == []


@pytest.mark.slow
def test_only_thirteen_customers_answer_on_moving_home(tmp_path: Path) -> None:
    everyone, _ = imagine(40_000, Causes(), seed=20261116)
    write_exports(everyone, tmp_path, seed=20261116)
    with (tmp_path / "feedback.csv").open(encoding="utf-8") as file:
        assert sum(row["touchpoint"] == "moving home" for row in csv.DictReader(file)) == 13


@pytest.mark.parametrize("who", ["ceo", "cfo", "coo", "cmo", "cio", "chro"])
def test_every_executive_was_seen_and_nothing_is_dated_after_the_day_of_the_brief(who: str) -> None:
    company = tidewater()
    seen = [one for one in company.observations if one.executive == who]
    assert seen
    assert max(one.date for one in seen) <= company.as_of


def test_one_executive_mostly_talks() -> None:
    said = [one.source is Source.OWN_WORDS for one in tidewater().observations if one.executive == "chro"]
    assert sum(said) / len(said) > 0.6


def test_the_company_says_that_it_is_simulated() -> None:
    company = tidewater()
    assert company.is_simulated
    assert {move.lever for move in company.moves} <= set(Lever)


def test_what_a_mood_is_made_of_has_the_stated_strengths() -> None:
    everyone, _ = imagine(60_000, Causes(), seed=3)
    among = np.corrcoef(np.column_stack([everyone.aspects, everyone.satisfaction]).T)
    assert np.abs(among[:-1, :-1] - np.eye(5)).max() < 0.02
    mood = np.array(Causes().aspects_on_mood)
    assert list(np.argsort(-among[:-1, -1])) == list(np.argsort(-mood))


def test_a_repair_is_rated_only_by_those_who_had_one(tmp_path: Path) -> None:
    everyone, _ = imagine(3_000, Causes(), seed=9)
    write_exports(everyone, tmp_path, seed=9)
    repaired = {str(id) for id in everyone.id[everyone.is_repaired]}
    with (tmp_path / "feedback.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["customer_id"] in repaired for row in rows if row["repair_held"] != "n/a"} == {True}
    assert {row["repair_held"] for row in rows if row["customer_id"] not in repaired} == {"n/a"}
