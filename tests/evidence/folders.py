"""A data folder from texts, loaded: what the tests of exports, checks and cells start from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from fulcrum.core.errors import Problem, Severity
from fulcrum.core.rules import Constant, EvidenceRules
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping import Mapping as Mapped
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.sources import EngineLimits
from fulcrum.evidence.intake.tables import load

AS_OF = date(2026, 11, 22)


def _constant(number: float) -> Constant:
    return Constant(value=number, why="as in the playbook", source="test")


RULES = EvidenceRules(
    **{
        name: _constant(number)
        for name, number in {
            "counts_only_below": 20,
            "nothing_below": 5,
            "stratum_side_at_least": 10,
            "leak_cell_above": 30,
            "dominant_account_share": 0.25,
            "overlap_at_least": 0.5,
            "buckets": 64,
            "smallest_cell_shown": 10,
            "confidence": 0.95,
            "early_share_at_most": 0.2,
            "early_share_times": 2,
            "early_share_selects": 0.5,
        }.items()
    }
)

NPS = '{ column = "score", scale = [0, 10], kind = "nps" }'


def feedback(path: str = "f.csv", *, more: str = "", columns: str = "", score: str = NPS) -> str:
    """A [[files]] block of feedback with customer and score."""
    return (
        f'[[files]]\npath = "{path}"\ntable = "feedback"\n{more}\n'
        f'[files.columns]\ncustomer = "customer"\nscore = {score}\n{columns}\n'
    )


def file(path: str, table: str, columns: str, *, more: str = "") -> str:
    """Any other [[files]] block; `columns` and what follows it are TOML."""
    return f'[[files]]\npath = "{path}"\ntable = "{table}"\n{more}\n[files.columns]\n{columns}\n'


def written(folder: Path, mapping: str, files: Mapping[str, str]) -> Path:
    """The folder with a mapping in euros and these files."""
    (folder / "mapping.toml").write_text(f'currency = "EUR"\n{mapping}', encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def mapped(folder: Path) -> Mapped:
    """The mapping of a folder that has a sound one."""
    mapping, problems = read_mapping(folder)
    if mapping is None:
        raise AssertionError([str(problem) for problem in problems])
    return mapping


@contextmanager
def loaded(
    folder: Path,
    mapping: str = "",
    files: Mapping[str, str] | None = None,
    limits: EngineLimits | None = None,
) -> Iterator[Loaded]:
    """The data of a folder, written first where a mapping is given."""
    if mapping:
        written(folder, mapping, files or {})
    data = load(folder, mapped(folder), rules=RULES, as_of=AS_OF, limits=limits)
    with data.engine:
        yield data


def problem(data: Loaded, code: str) -> Problem:
    """The first Problem with this code; fails with all that there are."""
    found = [one for one in data.problems if one.code == code]
    if not found:
        raise AssertionError(f"no {code} among {[(one.code, str(one)) for one in data.problems]}")
    return found[0]


def codes(data: Loaded, severity: Severity | None = None) -> list[str]:
    """The codes of all Problems, or of those of one severity."""
    return [one.code for one in data.problems if severity in (None, one.severity)]


def as_dict(cells: object, name: str = "n") -> dict[tuple[object, ...], float]:
    """Cells as a dictionary from key to one of their sums."""
    return dict(zip(cells.keys, getattr(cells, name).tolist(), strict=True))  # type: ignore[attr-defined]
