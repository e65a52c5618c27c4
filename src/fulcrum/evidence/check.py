"""Everything that is doubtful about a folder of exports, without a single number: for `fulcrum check`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fulcrum.core.errors import Problem
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.intake.accounts import rejected_csv
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.pilots.file import designs_in, read_design
from fulcrum.evidence.pilots.registered import changed_since, read_registration


@value
class DataCheck:
    """What is doubtful about the exports, and their rejected rows as CSV; None where no export was read."""

    problems: tuple[Problem, ...]
    rejected_csv: str | None = None


def check_data(data_dir: Path, *, rules: EvidenceRules, as_of: date) -> DataCheck:
    """All Problems of the mapping or, where that is sound, of the files it names, with the rejected rows.

    Those of the pilots beside the data come with them: their designs, and what became of what was frozen.
    """
    mapping, problems = read_mapping(data_dir)
    problems = (*problems, *_of_pilots(data_dir.parent / "pilots"))
    if mapping is None:
        return DataCheck(problems=problems)
    loaded = load(data_dir, mapping, rules=rules, as_of=as_of)
    loaded.engine.close()
    return DataCheck(problems=problems + loaded.problems, rejected_csv=rejected_csv(loaded.rejected))


def _of_pilots(folder: Path) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for path in designs_in(folder):
        design, told = read_design(path)
        made, more = read_registration(path)
        changed = changed_since(design, made) if design is not None and made is not None else ()
        found += [replace(one, file=f"pilots/{one.file}") for one in (*told, *more, *changed)]
    return tuple(found)
