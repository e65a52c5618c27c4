"""From exports to tables: every row accepted, rejected for a reason, or skipped by a named rule."""

import csv
import io
import random
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from folders import as_dict, codes, feedback, file, loaded, problem, written

from fulcrum.core.errors import DataProblems, Severity
from fulcrum.evidence.intake.accounts import rejected_csv
from fulcrum.evidence.queries import outcome_cells, score_cells


def test_rows_in_are_accepted_rejected_or_skipped_and_nothing_else(tmp_path: Path) -> None:
    text = "customer,score,status\na,9,ok\nb,,ok\nc,11,ok\n,3,ok\nd,4,preview\ne,x,ok\n"
    mapping = feedback(more='keep = { column = "status", in = ["ok"] }\ntolerate = 0.9')
    with loaded(tmp_path, mapping, {"f.csv": text}) as data:
        (account,) = data.files
        assert account.rows == account.accepted + account.rejected + account.skipped == 6
        assert (account.accepted, account.rejected) == (1, 3)
        assert dict(account.skipped_because) == {"status is not ok": 1, "no score": 1}
        assert [(row.row, row.code, row.text) for row in data.rejected] == [
            (4, "off-scale", "11"),
            (5, "missing", ""),
            (7, "number", "x"),
        ]


def test_rejected_rows_can_be_downloaded_and_no_cell_of_them_runs_as_a_formula(tmp_path: Path) -> None:
    mapping = feedback(more='tolerate = 0.9\npersonal = ["customer"]')
    with loaded(tmp_path, mapping, {"f.csv": 'customer,score\na,"=1+1"\nb,9\n'}) as data:
        header, row = csv.reader(io.StringIO(rejected_csv(data.rejected)))
    assert header == ["file", "row", "column", "code", "reason", "remedy", "cell"]
    assert row[:4] == ["f.csv", "2", "score", "number"]
    assert row[-1] == "'=1+1"


def test_a_rejected_row_stops_every_number_until_it_is_mended_or_tolerated(tmp_path: Path) -> None:
    files = {"f.csv": "customer,score\na,9\nb,11\n"}
    with loaded(tmp_path, feedback(), files) as data:
        found = problem(data, "off-scale")
        assert (found.file, found.row, found.column, found.severity) == ("f.csv", 3, "score", Severity.ERROR)
        with pytest.raises(DataProblems):
            score_cells(data, ("score",))
    with loaded(tmp_path, feedback(more="tolerate = 0.5"), files) as data:
        assert problem(data, "off-scale").severity is Severity.NOTE
        assert as_dict(score_cells(data, ("score",))) == {(9,): 1}


@pytest.mark.parametrize(
    ("cell", "more", "amount"),
    [
        ("1.234,56", 'decimal = ","\nthousands = "."', "1234.56"),
        ("1 234,5", 'decimal = ","\nthousands = " "', "1234.5"),
        ("1\u202f234", 'thousands = " "', "1234"),
        ("(500)", "", "-500"),
        ("−5", "", "-5"),
        ("0", "", "0"),
        ("-0", "", "0"),
        ("1e3", "", "1000"),
        ("123456789012.3456", "", "123456789012.3456"),
    ],
)
def test_an_amount_is_read_by_the_declared_signs(tmp_path: Path, cell: str, more: str, amount: str) -> None:
    columns = 'customer = "c"\namount = { column = "a", range = [-500, 2e11] }'
    mapping = file("t.csv", "transactions", columns, more=more)
    with loaded(tmp_path, mapping, {"t.csv": f'c,a\nx,"{cell}"\n'}) as data:
        assert codes(data, Severity.ERROR) == []
        assert Decimal(data.totals[1].total) == Decimal(amount)


@pytest.mark.parametrize(
    ("cell", "more"),
    [
        ("1,234", ""),
        ("1.23", 'decimal = ","\nthousands = "."'),
        ("€5", ""),
        ("45%", ""),
        ("1e400", ""),
        ("inf", ""),
        ("nan", ""),
        ("9" * 30, ""),
        ("12abc", ""),
        ("N/A", ""),
    ],
)
def test_an_amount_that_the_declared_signs_do_not_read_is_rejected(
    tmp_path: Path, cell: str, more: str
) -> None:
    mapping = file("t.csv", "transactions", 'customer = "c"\namount = "a"', more=more)
    with loaded(tmp_path, mapping, {"t.csv": f'c,a\nx,"{cell}"\ny,1\n'}) as data:
        assert problem(data, "number").row == 2


def test_only_declared_texts_mean_no_value(tmp_path: Path) -> None:
    text = "customer,score\nNA,9\nNone,99\nn,\n"
    with loaded(tmp_path, feedback(more='missing = ["99"]'), {"f.csv": text}) as data:
        (account,) = data.files
        assert (account.accepted, account.skipped) == (1, 2)
        assert data.engine.query("SELECT customer FROM feedback") == [("NA",)]


def test_ids_are_texts_to_the_last_sign(tmp_path: Path) -> None:
    ids = ["00123", "1E5", "9007199254740993", "T", "null", "4" * 40]
    text = "customer,score\n" + "".join(f"{id},9\n" for id in ids)
    with loaded(tmp_path, feedback(), {"f.csv": text}) as data:
        assert [row[0] for row in data.engine.query("SELECT customer FROM feedback ORDER BY row")] == ids


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("03/04/2025", "%d/%m/%Y", "2025-04-03"),
        ("03/04/2025", "%m/%d/%Y", "2025-03-04"),
        ("2025-04-03", None, "2025-04-03"),
        ("2025-04-03T10:00:00+02:00", None, "2025-04-03"),
    ],
)
def test_a_date_is_read_by_its_declared_form(tmp_path: Path, cell: str, form: str | None, day: str) -> None:
    rule = '"d"' if form is None else f'{{ column = "d", format = "{form}" }}'
    with loaded(
        tmp_path, feedback(columns=f"answered_at = {rule}"), {"f.csv": f"customer,score,d\na,9,{cell}\n"}
    ) as data:
        assert str(data.engine.query("SELECT CAST(answered_at AS DATE) FROM feedback")[0][0]) == day


@pytest.mark.parametrize(
    "cell", ["2025-02-30", "0000-00-00", "31/12/2025", "45123", "2025-1-1", "now", "99999-01-01"]
)
def test_a_date_in_no_declared_form_is_rejected(tmp_path: Path, cell: str) -> None:
    mapping = feedback(columns='answered_at = "d"')
    with loaded(tmp_path, mapping, {"f.csv": f"customer,score,d\na,9,{cell}\nb,8,2025-01-01\n"}) as data:
        found = problem(data, "date")
        assert (found.row, found.column) == (2, "d")


def test_a_reversed_score_is_flipped(tmp_path: Path) -> None:
    score = '{ column = "score", scale = [1, 5], kind = "csat", reversed = true }'
    with loaded(tmp_path, feedback(score=score), {"f.csv": "customer,score\na,1\nb,1\nc,4\n"}) as data:
        assert as_dict(score_cells(data, ("score",))) == {(2,): 1, (5,): 2}


def test_a_decimal_score_keeps_its_decimals(tmp_path: Path) -> None:
    score = '{ column = "score", scale = [1, 5], kind = "csat" }'
    with loaded(tmp_path, feedback(score=score), {"f.csv": "customer,score\na,4.5\nb,4\n"}) as data:
        cells = score_cells(data, ("score",))
        assert as_dict(cells) == {(4,): 1, ("4.5",): 1}
        assert cells.wy.sum() == 8.5


def test_fields_are_banded_compared_and_looked_up(tmp_path: Path) -> None:
    mapping = feedback() + file(
        "c.csv",
        "customers",
        'customer = "id"\n[files.segments]\ntenure = { column = "months", cut = [6, 12] }\n'
        'late = { later = ["got", "due"] }\n'
        'state = { column = "zip", lookup = { path = "z.csv", key = "zip", take = "state" } }',
    )
    files = {
        "f.csv": "customer,score\na,1\nb,2\nc,3\n",
        "c.csv": "id,months,got,due,zip\na,5,2025-01-02,2025-01-01,01\n"
        "b,6,2025-01-01,2025-01-01,02\nc,12,,,9\n",
        "z.csv": "zip,state\n01,North\n02,South\n",
    }
    with loaded(tmp_path, mapping, files) as data:
        assert codes(data, Severity.ERROR) == []
        cells = score_cells(data, ("tenure", "late", "state", "score"))
        assert set(cells.keys) == {
            ("below 6", "yes", "North", 1),
            ("6 to under 12", "no", "South", 2),
            ("12 and above", None, None, 3),
        }
        assert [account.name for account in data.files] == ["f.csv", "c.csv", "z.csv"]


def test_customers_of_two_files_stand_side_by_side_without_those_left_out(tmp_path: Path) -> None:
    mapping = (
        feedback()
        + file(
            "a.csv",
            "customers",
            'customer = "id"\nleft = { column = "gone", yes = ["y"] }',
            more='keep = { column = "kind", in = ["net"] }',
        )
        + file("b.csv", "customers", 'customer = "id"\n[files.segments]\narea = "area"')
    )
    files = {
        "a.csv": "id,kind,gone\n1,net,y\n2,net,n\n3,fax,y\n",
        "b.csv": "id,area\n1,N\n2,S\n3,S\n",
        "f.csv": "customer,score\n1,3\n3,9\n",
    }
    with loaded(tmp_path, mapping, files) as data:
        assert as_dict(outcome_cells(data, "left", ("area", "score")), "wy") == {("N", 3): 1, ("S", None): 0}
        assert dict(data.files[0].skipped_because) == {"customer outside the base": 1}


def test_a_customer_given_twice_is_an_error_before_any_join(tmp_path: Path) -> None:
    mapping = feedback() + file("c.csv", "customers", 'customer = "id"')
    files = {"f.csv": "customer,score\na,1\n", "c.csv": "id\na\nb\na\n"}
    with loaded(tmp_path, mapping, files) as data:
        found = problem(data, "customer-twice")
        assert (found.file, found.row, found.is_error) == ("c.csv", 4, True)
        with pytest.raises(DataProblems):
            score_cells(data)


def test_the_same_answer_twice_counts_once_and_two_answers_under_one_id_are_an_error(tmp_path: Path) -> None:
    mapping = feedback(columns='response = "id"')
    with loaded(tmp_path, mapping, {"f.csv": "id,customer,score\n1,a,9\n1,a,9\n2,a,9\n"}) as data:
        assert dict(data.files[0].skipped_because) == {"the same answer again": 1}
        assert score_cells(data).n.sum() == 2
    with loaded(tmp_path, mapping, {"f.csv": "id,customer,score\n1,a,9\n1,a,3\n"}) as data:
        assert problem(data, "response-twice").is_error


def test_a_column_that_does_not_exist_is_named_with_the_nearest(tmp_path: Path) -> None:
    with loaded(tmp_path, feedback(), {"f.csv": "Customer,score\na,9\n"}) as data:
        found = problem(data, "no-such-column")
        assert (found.column, found.remedy) == ("customer", "Did you mean 'Customer'?")
        assert data.answers is None


def test_a_hostile_header_stays_a_label(tmp_path: Path) -> None:
    header = 'a"; DROP TABLE feedback; --'
    mapping = feedback(columns=f"touchpoint = '{header}'")
    quoted = header.replace('"', '""')
    with loaded(tmp_path, mapping, {"f.csv": f'customer,score,"{quoted}"\na,9,"x\'; --"\n'}) as data:
        assert as_dict(score_cells(data, ("touchpoint",))) == {("x'; --",): 1}


def test_totals_of_money_are_exact(tmp_path: Path) -> None:
    rows = "".join(f"c{i},0.1\n" for i in range(1000))
    mapping = file("t.csv", "transactions", 'customer = "c"\namount = "a"')
    with loaded(tmp_path, mapping, {"t.csv": f"c,a\n{rows}"}) as data:
        assert [(total.column, total.filled, total.total) for total in data.totals] == [
            ("c", 1000, ""),
            ("a", 1000, "100.0000"),
        ]


@pytest.mark.slow
def test_a_damaged_parquet_file_is_a_problem_and_never_a_crash(tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    select = "SELECT range AS customer, range % 11 AS score, 'some text' AS plan FROM range(3000)"
    duckdb.execute(f"COPY ({select}) TO '{whole}' (FORMAT parquet)").fetchall()
    sound, chance, told = whole.read_bytes(), random.Random(5), 0
    written(tmp_path, feedback("f.parquet", columns='[files.segments]\nplan = "plan"'), {})
    for _ in range(25):
        damaged = bytearray(sound)
        for _ in range(8):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        (tmp_path / "f.parquet").write_bytes(bytes(damaged))
        with loaded(tmp_path) as data:
            told += bool(data.errors)
            (account,) = data.files or (None,)
            assert account is None or account.rows == account.accepted + account.rejected + account.skipped
    assert told > 10
