"""The shipped playbook, which every test of this room judges by."""

import pytest

from fulcrum.core.playbook import MatrixCell, Playbook
from fulcrum.core.rules import BeliefRules, ChoiceRules
from fulcrum.playbook.load import load_playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The shipped playbook."""
    return load_playbook()


@pytest.fixture(scope="session")
def rules(playbook: Playbook) -> BeliefRules:
    """The constants of the belief."""
    return playbook.belief


@pytest.fixture(scope="session")
def choice_rules(playbook: Playbook) -> ChoiceRules:
    """The constants of the choice."""
    return playbook.choice


@pytest.fixture(scope="session")
def matrix(playbook: Playbook) -> tuple[MatrixCell, ...]:
    """What each lever does at each level."""
    return playbook.matrix
