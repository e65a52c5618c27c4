"""The mapping: what it says, and every mistake in it at once."""

import re
from datetime import date
from pathlib import Path

import pytest
from folders import feedback, file, written

from fulcrum.core.errors import Problem
from fulcrum.evidence.intake.mapping import Outcome, Sort, Table
from fulcrum.evidence.intake.mapping_file import read_mapping

DOCS = Path(__file__).parents[2] / "docs" / "mapping.md"


def problems_of(folder: Path, mapping: str, *files: str) -> tuple[Problem, ...]:
    mapping_or_none, problems = read_mapping(written(folder, mapping, dict.fromkeys(files, "")))
    assert (mapping_or_none is None) == bool(problems)
    return problems


def test_the_examples_of_the_documentation_are_read_as_they_stand(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    text = "\n".join(examples)
    for name in re.findall(r'path = "([^"]+)"', text):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    mapping, problems = read_mapping(tmp_path)
    assert [str(problem) for problem in problems] == []
    assert mapping is not None
    assert mapping.landmark is not None
    assert mapping.landmark.day == date(2025, 10, 1)
    assert {one.outcome for one in mapping.comparisons} >= {Outcome.SCORE}


def test_a_sound_mapping_reads_to_its_rules(tmp_path: Path) -> None:
    text = feedback(columns='touchpoint = { value = "web" }\nratings.ease = "q3"')
    mapping, _ = read_mapping(written(tmp_path, text, {"f.csv": ""}))
    assert mapping is not None
    (only,) = mapping.of(Table.FEEDBACK)
    assert [rule.name for rule in only.rules] == ["customer", "score", "touchpoint", "ease"]
    assert mapping.score_rule is not None
    assert (mapping.score_rule.scale, mapping.score_rule.kind) == ((0.0, 10.0), "nps")
    assert only.ratings[0].sort is Sort.RATING


def test_an_unknown_key_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, feedback(more='delimeter = ";"'), "f.csv")
    (wrong,) = problems
    assert "`delimeter`" in wrong.what
    assert "'delimiter'" in wrong.remedy
    assert wrong.column == "files[1].delimeter"


def test_a_name_that_the_system_refuses_is_told_and_never_a_crash(tmp_path: Path) -> None:
    (wrong,) = problems_of(tmp_path, feedback("x" * 300 + ".csv"))
    assert "cannot be opened" in wrong.what
    assert len(wrong.what) < 200
    assert wrong.remedy


def test_bands_need_no_sides_for_the_score_has_its_own(tmp_path: Path) -> None:
    text = feedback() + file("c.csv", "customers", 'customer = "id"\nleft = { column = "l", yes = ["y"] }')
    compared = '[[comparisons]]\nkey = "k"\ntitle = "t"\noutcome = "left"\nexposure = '
    assert problems_of(tmp_path, text + compared + '"band"\n', "f.csv", "c.csv") == ()
    missing = problems_of(
        tmp_path, text + '[files.segments]\nplan = "p"\n' + compared + '"plan"\n', "f.csv", "c.csv"
    )
    assert {one.column for one in missing} >= {"comparisons[1].exposed", "comparisons[1].against"}


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = feedback(columns='touchpiont = "t"', score='{ column = "s", scale = [10, 0], kind = "nsp" }')
    text += file("gone.csv", "customers", 'customer = "id"\nleft = "churn"')
    told = " ".join(map(str, problems_of(tmp_path, text, "f.csv")))
    for part in ("'touchpoint'", "scale", "'nps'", "gone.csv", "`left` names a column only"):
        assert part in told


def test_a_missing_currency_or_required_column_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("", encoding="utf-8")
    text = '[[files]]\npath = "f.csv"\ntable = "transactions"\n[files.columns]\ncustomer = "c"\n'
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    _, problems = read_mapping(tmp_path)
    assert [problem.column for problem in problems] == ["currency", "files[1].columns.amount"]


def test_invalid_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (wrong,) = problems_of(tmp_path, "\n[files\n")
    assert wrong.row == 3


def test_a_path_out_of_the_data_folder_is_refused(tmp_path: Path) -> None:
    told = problems_of(tmp_path, feedback("../../etc/passwd"))
    assert "leads out of the data folder" in str(told[0])


def test_two_files_may_not_give_one_field_nor_two_scales(tmp_path: Path) -> None:
    text = feedback("a.csv") + feedback("b.csv", score='{ column = "s", scale = [1, 5], kind = "csat" }')
    text += file("c.csv", "customers", 'customer = "id"\n[files.segments]\nregion = "r"')
    text += file("d.csv", "customers", 'customer = "id"\n[files.segments]\nregion = "r"')
    told = " ".join(map(str, problems_of(tmp_path, text, "a.csv", "b.csv", "c.csv", "d.csv")))
    assert "different scales" in told
    assert "2 customers files give `region`" in told


def test_a_comparison_names_fields_that_exist(tmp_path: Path) -> None:
    text = feedback() + '[[comparisons]]\nkey = "k"\ntitle = "T"\nexposure = "late"\nexposed = "yes"\n'
    text += 'against = "no"\noutcome = "stayed"\nadjust = ["tenure"]\n'
    told = " ".join(map(str, problems_of(tmp_path, text, "f.csv")))
    for part in ("`late` is no segment field", "`tenure` to adjust by", "needs the customer base"):
        assert part in told


def test_a_field_may_not_take_the_name_of_a_key(tmp_path: Path) -> None:
    told = problems_of(tmp_path, feedback(columns='[files.segments]\nscore = "s"\n"a\\nb" = "x"'), "f.csv")
    assert len(told) == 2


def test_no_data_is_no_problem_but_data_without_a_mapping_is(tmp_path: Path) -> None:
    assert read_mapping(tmp_path / "none") == (None, ())
    (tmp_path / "f.csv").write_text("a,b\n", encoding="utf-8")
    mapping, problems = read_mapping(tmp_path)
    assert mapping is None
    assert problems[0].code == "mapping"


@pytest.mark.parametrize(
    ("table", "columns", "more", "told"),
    [
        (
            "transactions",
            'amount = { column = "a", range = [5, 1] }',
            "",
            "the lowest and the highest amount",
        ),
        ("transactions", 'amount = { column = "a", range = [5] }', "", "the lowest and the highest amount"),
        ("transactions", 'amount = { column = "a", range = ["0", "5"] }', "", "numbers without quotation"),
        ("transactions", 'amount = "a"\nat = { column = "d", range = [1, 2] }', "", "no day"),
        (
            "transactions",
            'amount = "a"\nat = { column = "d", range = ["2025-02-30", "2026-01-01"] }',
            "",
            "no day",
        ),
        (
            "transactions",
            'amount = "a"\nat = { column = "d", range = [2026-01-01, 2025-01-01] }',
            "",
            "first and",
        ),
        ("transactions", 'amount = "a"\nat = { column = "d", day_first = true }', "", "needs a `format`"),
        (
            "transactions",
            'amount = "a"\nat = { column = "d", format = "%m/%d/%Y", day_first = true }',
            "",
            "has the month first",
        ),
        (
            "transactions",
            'amount = "a"\nat = { column = "d", format = "%d/%m/%Y", day_first = false }',
            "",
            "has the day first",
        ),
        ("transactions", 'amount = "a"', "orphans = 1", "share from 0 to below 1"),
        ("transactions", 'amount = "a"', 'orphans = "0.1"', "must be a number"),
        ("customers", "", "orphans = 0.1", "these are the customers"),
        ("contacts", 'at = "d"\nreason = { column = "r", range = [0, 1] }', "", "`range` is not known here"),
    ],
)
def test_what_settles_a_doubt_is_read_strictly(
    tmp_path: Path, table: str, columns: str, more: str, told: str
) -> None:
    text = file("f.csv", table, f'customer = "c"\n{columns}', more=more)
    assert told in " ".join(map(str, problems_of(tmp_path, text, "f.csv")))


def test_a_rating_can_only_be_turned_round_on_a_scale(tmp_path: Path) -> None:
    text = feedback(columns='ratings.effort = { column = "q", reversed = true }')
    assert "needs the scale" in str(problems_of(tmp_path, text, "f.csv")[0])
    assert problems_of(tmp_path, text.replace("= true", "= false"), "f.csv") == ()
