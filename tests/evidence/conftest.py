"""The shipped rules, which every test of this room judges by."""

import pytest

from fulcrum.core.playbook import Playbook
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.playbook.load import load_playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The shipped playbook."""
    return load_playbook()


@pytest.fixture(scope="session")
def rules(playbook: Playbook) -> EvidenceRules:
    """When the evidence engine refuses, and how it adjusts."""
    return playbook.evidence


@pytest.fixture(scope="session")
def case_rules(playbook: Playbook) -> CaseRules:
    """The constants of the business case."""
    return playbook.case
