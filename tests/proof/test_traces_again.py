"""A trace is enough to come to the same digits again; another byte in a file is another trace."""

from pathlib import Path
from shutil import copytree

import pytest
from small_company import AS_OF, csv_of, gathered, shipped, small_company

from fulcrum.core.findings import Evidence, Trace
from fulcrum.core.plain import to_plain
from fulcrum.core.quantities import Estimate
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_company().written(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def found(folder: Path) -> Evidence:
    return gathered(folder)[0]


def estimates(plain: object) -> list[dict[str, object]]:
    """Every number with a trace, wherever it stands in the evidence."""
    if isinstance(plain, dict):
        own = [plain] if {"value", "confidence", "trace"} <= plain.keys() else []
        return own + [one for part in plain.values() for one in estimates(part)]
    return [one for part in plain for one in estimates(part)] if isinstance(plain, list | tuple) else []


def test_every_number_has_its_trace_and_every_trace_its_query_and_files(found: Evidence) -> None:
    numbers = estimates(to_plain(found))
    assert len(numbers) > 60
    held = {trace.id: trace for trace in found.traces}
    assert len(held) == len(found.traces)
    for number in numbers:
        trace = held[str(number["trace"])]
        assert trace.query
        assert trace.method
        assert trace.files == found.files


def test_gathering_again_gives_the_same_digits_and_the_same_ids(found: Evidence, folder: Path) -> None:
    again, _ = gathered(folder)
    assert to_plain(again) == to_plain(found)


def test_the_same_files_in_another_place_give_the_same_digits_and_ids(
    found: Evidence, folder: Path, tmp_path: Path
) -> None:
    moved, _ = gathered(copytree(folder, tmp_path / "elsewhere"))
    assert to_plain(moved) == to_plain(found)


@pytest.mark.parametrize("name", ["customers", "answers", "invoices", "contacts"])
def test_one_other_byte_is_another_fingerprint_and_another_id(
    found: Evidence, folder: Path, tmp_path: Path, name: str
) -> None:
    bent = copytree(folder, tmp_path / "bent")
    file = bent / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2025-", "2024-", 1) if name == "answers" else text + "\n", encoding="utf-8")
    other, _ = gathered(bent)
    before, after = _prints(found), _prints(other)
    assert {file for file in before if before[file] != after[file]} == {f"{name}.csv"}
    assert not {trace.id for trace in found.traces} & {trace.id for trace in other.traces}


def _prints(of: Evidence) -> dict[str, str]:
    return {file.name: file.sha256 for file in of.files}


def test_a_byte_that_means_nothing_changes_the_id_and_no_digit(
    found: Evidence, folder: Path, tmp_path: Path
) -> None:
    bent = copytree(folder, tmp_path / "bent")
    rows = tuple({**row, "remark": "."} for row in small_company().tables["contacts"])
    (bent / "contacts.csv").write_text(csv_of(rows), encoding="utf-8")
    other, _ = gathered(bent)
    assert [one.key for one in other.findings] == [one.key for one in found.findings]
    for one, two in zip(found.findings, other.findings, strict=True):
        if isinstance(one.result, Estimate):
            assert isinstance(two.result, Estimate)
            assert (two.result.value, two.result.interval) == (one.result.value, one.result.interval)
            assert two.result.trace != one.result.trace


def test_the_query_of_a_trace_asked_again_gives_the_value(found: Evidence, folder: Path) -> None:
    # The trace of the mean score: its query, on the engine of the same files, and its mean by hand.
    score = found.finding("score.all")
    assert score is not None
    assert isinstance(score.result, Estimate)
    trace: Trace | None = found.trace(score.result.trace)
    assert trace is not None
    mapping, _ = read_mapping(folder)
    assert mapping is not None
    loaded = load(folder, mapping, rules=shipped().evidence, as_of=AS_OF)
    with loaded.engine:
        rows = loaded.engine.query(trace.query)
    n = sum(row[2] for row in rows)
    assert n == score.n
    assert sum(float(row[0]) * row[2] for row in rows) / n == score.result.value
