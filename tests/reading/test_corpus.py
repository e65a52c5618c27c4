"""Every bad input of the corpus: an error with place and remedy, kept without loss, or asked."""

from pathlib import Path

import pytest
from corpus import CASES, Case

from fulcrum.core.errors import Problem, Severity
from fulcrum.reading.text_table import TextTable, read_table

SEVERITY = {"E": {Severity.ERROR}, "A": {Severity.QUESTION}, "K": {Severity.NOTE}}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_input_is_named_kept_or_asked(case: Case, tmp_path: Path) -> None:
    table, problems = read_table(case.build(tmp_path), layout=case.layout, limits=case.limits)

    assert all(problem.what and problem.remedy and problem.file for problem in problems)
    if case.outcome == "K":
        assert table is not None, list(map(str, problems))
        assert {problem.severity for problem in problems} <= {Severity.NOTE}, list(map(str, problems))
    if case.code:
        check_problem(case, problems)
    if case.has_table is not None or case.outcome != "K":
        assert (table is not None) is bool(case.has_table)
    check_table(case, table)


def check_problem(case: Case, problems: tuple[Problem, ...]) -> None:
    said = [problem for problem in problems if problem.code == case.code]
    assert said, f"expected {case.code}, got {list(map(str, problems))}"
    first = said[0]
    assert first.severity in SEVERITY[case.outcome]
    assert case.row is None or first.row == case.row
    assert case.column is None or first.column == case.column
    assert case.says in str(first)


def check_table(case: Case, table: TextTable | None) -> None:
    if table is None:
        assert case.rows is None
        return
    account = table.account
    assert account.rows_in == account.accepted + len(account.rejected) + account.rows_skipped
    assert len(table.rows) == len(table.row_numbers) == account.accepted
    assert len(set(table.header)) == len(table.header)
    assert all(len(row) == len(table.header) for row in table.rows)
    if case.rows is not None:
        assert list(table.rows) == list(case.rows)
    if case.header is not None:
        assert table.header == case.header


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100
