"""The playbook as it ships: whole, sourced, readable, and quick to load."""

import re
import subprocess
import sys
from itertools import product

import pytest

from fulcrum.core.levers import Lever
from fulcrum.core.people import Behaviour, Level
from fulcrum.core.playbook import Playbook
from fulcrum.playbook.check import check_playbook
from fulcrum.playbook.claims import NEVER_EMPTY, constants
from fulcrum.playbook.load import load_playbook
from fulcrum.playbook.numbers import ALLOWED
from fulcrum.playbook.shelves import SHELVES

FIRST_WORDS_THAT_ARE_NO_VERBS = {
    "The",
    "A",
    "An",
    "We",
    "You",
    "Please",
    "Could",
    "Would",
    "Why",
    "How",
    "What",
}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def test_the_shipped_playbook_has_no_problems() -> None:
    assert [str(problem) for problem in check_playbook()] == []


def test_every_cell_of_the_matrix_has_a_reason(playbook: Playbook) -> None:
    for level, lever in product((*range(6), "drop"), Lever):
        assert len(playbook.cell(level, lever).reason) > 40  # type: ignore[arg-type]


def test_the_effects_follow_the_scale_at_the_top_of_the_file(playbook: Playbook) -> None:
    primary = {0: 0.40, 1: 0.50, 2: 0.46, 3: 0.42, 4: 0.38, 5: 0.34, "drop": 0.40}
    for cell in playbook.matrix:
        expected = {
            "primary": (primary[cell.level],),
            "secondary": (round(primary[cell.level] / 2, 3),),
            "keep warm": (0.05,),
            "wrong now": (0.0, -0.10),
        }
        assert cell.effect in expected[cell.role], f"{cell.level} {cell.lever}"


def test_every_level_has_a_primary_lever(playbook: Playbook) -> None:
    for level in (*range(6), "drop"):
        assert any(cell.level == level and cell.role == "primary" for cell in playbook.matrix)


def test_figures_are_not_thrown_at_opposers(playbook: Playbook) -> None:
    assert playbook.cell(0, Lever.OPPORTUNITIES).role == "wrong now"


def test_level_names_are_those_of_the_core(playbook: Playbook) -> None:
    assert [entry.name for entry in playbook.levels] == [level.label for level in Level]


def test_the_six_reactions_of_each_level_add_to_six(playbook: Playbook) -> None:
    for level in Level:
        assert sum(entry.prior_by_level[level] for entry in playbook.barriers) == pytest.approx(6.0)


def test_every_ask_is_one_sentence_that_begins_with_a_verb(playbook: Playbook) -> None:
    for step in playbook.steps:
        assert step.ask.endswith("."), step.id
        assert len(re.findall(r"[.!?](?:\s|$)", step.ask)) == 1, step.id
        assert step.ask.split()[0] not in FIRST_WORDS_THAT_ARE_NO_VERBS, step.id
        assert step.ask[0].isupper(), step.id


def test_every_step_says_how_in_three_to_five_lines(playbook: Playbook) -> None:
    assert {len(step.how_to) for step in playbook.steps} <= {3, 4, 5}


def test_a_step_for_peers_is_asked_only_of_somebody_who_acts_themselves(playbook: Playbook) -> None:
    for_peers = [step for step in playbook.steps if step.is_for_peers]
    assert len(for_peers) >= 3
    assert all(step.lowest_level >= playbook.choice.peer_lowest_level.value for step in for_peers)


def test_somebody_who_opposes_can_be_asked_for_something(playbook: Playbook) -> None:
    assert {step.behaviour for step in playbook.steps if step.lowest_level <= 1} == set(Behaviour)


def test_every_claim_of_58_per_cent_carries_a_warning(playbook: Playbook) -> None:
    claims = [argument for argument in playbook.arguments if re.search(r"\b58\s?%", argument.claim)]
    assert claims
    assert all(argument.warnings for argument in claims)


def test_words_weigh_less_than_reports_and_reports_less_than_acts(playbook: Playbook) -> None:
    rules = playbook.belief
    weights = (rules.weight_own_words, rules.weight_told_by, rules.weight_document, rules.weight_seen)
    assert [weight.value for weight in weights] == sorted(weight.value for weight in weights)


def test_the_causal_share_falls_with_the_grade(playbook: Playbook) -> None:
    modes = [prior.mode for prior in playbook.case.causal_share]
    assert modes == sorted(modes, reverse=True)


def test_every_constant_has_a_range(playbook: Playbook) -> None:
    assert {name for name, _ in constants(playbook)} == set(ALLOWED)


def test_the_check_knows_what_may_not_be_empty_on_every_shelf() -> None:
    assert set(NEVER_EMPTY) == {shelf.name for shelf in SHELVES}
    for shelf in SHELVES:
        assert set(NEVER_EMPTY[shelf.name]) <= set(shelf.shape.__dataclass_fields__)


def test_importing_the_loader_does_not_import_pydantic() -> None:
    seen = "import sys, fulcrum.playbook.load; print('pydantic' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


@pytest.mark.slow
def test_a_fresh_process_loads_the_whole_playbook_in_under_half_a_second() -> None:
    timed = (
        "from time import process_time as t; a = t()\n"
        "from fulcrum.playbook.load import load_playbook; load_playbook(); print(t() - a)"
    )
    seconds = [
        float(subprocess.run([sys.executable, "-c", timed], capture_output=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(seconds) < 0.5
