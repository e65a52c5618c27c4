"""Everything that is doubtful about a folder of exports, without a single number: for `fulcrum check`."""

from datetime import date
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.playbook import EvidenceRules
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load


def check_data(data_dir: Path, *, rules: EvidenceRules, as_of: date) -> tuple[Problem, ...]:
    """All Problems of the mapping or, where that is sound, of the files it names."""
    mapping, problems = read_mapping(data_dir)
    if mapping is None:
        return problems
    loaded = load(data_dir, mapping, rules=rules, as_of=as_of)
    loaded.engine.close()
    return problems + loaded.problems
