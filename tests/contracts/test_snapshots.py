"""Everything that a company's folder leads to can be kept as JSON and comes back the same."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fulcrum import by_hand, workflow
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company
from fulcrum.core.findings import Case, Evidence
from fulcrum.core.judgement import BarrierBelief, Belief, Choice
from fulcrum.core.playbook import Playbook
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.workflow import Assessment, Workspace

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The simulated company with few customers."""
    folder = tmp_path_factory.mktemp("snapshots") / "tidewater"
    workflow.simulate(folder, customers=9000)
    return workflow.open_workspace(folder, today=TODAY)


@pytest.fixture(scope="module")
def evidence(workspace: Workspace) -> Evidence:
    """What its customers' data carry."""
    return workflow.gather(workspace)


@pytest.fixture(scope="module")
def assessed(workspace: Workspace) -> tuple[Assessment, ...]:
    """Where its executives stand."""
    return workflow.assess(workspace)


@pytest.fixture(scope="module")
def chosen(workspace: Workspace, assessed: tuple[Assessment, ...], evidence: Evidence) -> tuple[Choice, ...]:
    """Which lever next for each."""
    return workflow.choices(workspace, assessed, evidence)


def comes_back(kind: Any, thing: Any) -> bool:
    text = json.dumps(to_stored(thing, kind), allow_nan=False)
    return bool(from_stored(kind, json.loads(text)) == thing)


def test_what_is_known_and_measured_comes_back(workspace: Workspace, evidence: Evidence) -> None:
    assert comes_back(Company, workspace.company)
    assert comes_back(Playbook, workspace.playbook)
    assert comes_back(Evidence, evidence)
    assert all(comes_back(Case, case) for case in evidence.cases)


def test_what_is_believed_and_chosen_comes_back(
    assessed: tuple[Assessment, ...], chosen: tuple[Choice, ...]
) -> None:
    assert comes_back(tuple[Assessment, ...], assessed)
    for one, choice in zip(assessed, chosen, strict=True):
        assert comes_back(Belief, one.belief)
        assert comes_back(BarrierBelief, one.barrier)
        assert comes_back(Choice, choice)


def test_every_brief_comes_back(workspace: Workspace, evidence: Evidence, chosen: tuple[Choice, ...]) -> None:
    assert comes_back(Brief, workflow.brief_for_board(workspace, evidence))
    for choice in chosen:
        assert comes_back(Brief, workflow.brief_for(workspace, choice.executive, evidence, choice))


def test_a_brief_of_a_case_moved_by_hand_says_so_and_traces_it(
    workspace: Workspace, evidence: Evidence, tmp_path: Path
) -> None:
    moves = {one.case: {"moved_share": 0.3} for one in evidence.grounds}
    again = by_hand.recast_evidence(workspace.company, evidence, moves)
    brief = workflow.brief_for_board(workspace, again)
    (page,) = workflow.render(brief, "board", ("html",), tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "Stated here" in text
    assert "neither measured nor on file: share moved" in text
    cases = {case.key: case for case in again.cases}
    for one in evidence.grounds:
        assert by_hand.recast_case(one, moves[one.case]) == cases[one.case]
    assert comes_back(Brief, brief)
