"""Everything that is doubtful about a folder of exports, without a single number: for `fulcrum check`."""

from datetime import date
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.intake.accounts import rejected_csv
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load


@value
class DataCheck:
    """What is doubtful about the exports, and their rejected rows as CSV; None where no export was read."""

    problems: tuple[Problem, ...]
    rejected_csv: str | None = None


def check_data(data_dir: Path, *, rules: EvidenceRules, as_of: date) -> DataCheck:
    """All Problems of the mapping or, where that is sound, of the files it names, with the rejected rows."""
    mapping, problems = read_mapping(data_dir)
    if mapping is None:
        return DataCheck(problems=problems)
    loaded = load(data_dir, mapping, rules=rules, as_of=as_of)
    loaded.engine.close()
    return DataCheck(problems=problems + loaded.problems, rejected_csv=rejected_csv(loaded.rejected))
