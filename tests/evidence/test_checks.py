"""What is doubted before any number is shown."""

from pathlib import Path

import pytest
from folders import codes, feedback, file, loaded, problem

from fulcrum.core.errors import Severity


def scored(*scores: object) -> dict[str, str]:
    rows = "".join(f"c{i},{score}\n" for i, score in enumerate(scores))
    return {"f.csv": f"customer,score\n{rows}"}


@pytest.mark.parametrize(
    ("scores", "score", "code", "severity"),
    [
        ([9, 10, -50, 22.5, 33], None, "computed-nps", Severity.ERROR),
        ([-100, 0, 100, 0, 100], None, "computed-nps", Severity.ERROR),
        ([9, 8, 99, 99, 7, 8, 9, 10, 9, 9, 9, 9], None, "dont-know", Severity.QUESTION),
        ([7] * 10, None, "all-alike", Severity.QUESTION),
        ([1, 2, 3, 4, 5] * 10, None, "five-point-nps", Severity.ERROR),
        ([*range(1, 11)] * 25, None, "one-to-ten", Severity.QUESTION),
        ([7.5, 8, 9], None, "not-whole", Severity.ERROR),
        (
            [1, 1, 1, 2, 5] * 10,
            '{ column = "score", scale = [1, 5], kind = "csat" }',
            "reversed",
            Severity.ERROR,
        ),
        (
            [5, 5, 5, 4, 1] * 10,
            '{ column = "score", scale = [1, 5], kind = "csat", reversed = true }',
            "reversed",
            Severity.QUESTION,
        ),
        ([1, 9], '{ column = "score", scale = [1, 10], kind = "nps" }', "nps-scale", Severity.QUESTION),
    ],
)
def test_a_score_that_is_not_what_the_mapping_says_is_noticed(
    tmp_path: Path, scores: list[float], score: str | None, code: str, severity: Severity
) -> None:
    mapping = feedback() if score is None else feedback(score=score)
    with loaded(tmp_path, mapping, scored(*scores)) as data:
        assert problem(data, code).severity is severity
        assert problem(data, code).column == "score"


def test_an_ordinary_file_is_not_complained_of(tmp_path: Path) -> None:
    with loaded(tmp_path, feedback(), scored(*[*range(11)] * 30)) as data:
        assert codes(data) == []


def test_two_currencies_never_add(tmp_path: Path) -> None:
    one = file("t.csv", "transactions", 'customer = "c"\namount = "a"', more='currency = "USD"')
    with loaded(tmp_path, one, {"t.csv": "c,a\nx,1\n"}) as data:
        assert problem(data, "currency").is_error
    mixed = file("t.csv", "transactions", 'customer = "c"\namount = { column = "a", currency = "cur" }')
    with loaded(tmp_path, mixed, {"t.csv": "c,a,cur\nx,1,EUR\ny,2,GBP\n"}) as data:
        assert (problem(data, "currency").row, problem(data, "currency").is_error) == (3, True)


PAID = "c,a\nx,10\ny,11\nz,-9\nv,10\nw,50000\n"


def paid(amount: str, *, more: str = "") -> str:
    return file("t.csv", "transactions", f'customer = "c"\namount = {amount}', more=more)


def test_negative_and_thousandfold_amounts_stop_until_their_range_is_declared(tmp_path: Path) -> None:
    with loaded(tmp_path, paid('"a"'), {"t.csv": PAID}) as data:
        assert (problem(data, "negative").row, problem(data, "thousand-fold").row) == (4, 6)
        assert problem(data, "dominant-account").severity is Severity.NOTE
        assert codes(data, Severity.ERROR) == ["negative", "thousand-fold"]
        written_there = problem(data, "negative").remedy.partition("write ")[2].rstrip(".")
        assert written_there in problem(data, "thousand-fold").remedy
    said = written_there.removeprefix("amount = ")
    assert said == '{ column = "a", range = [-9, 50000] }'
    with loaded(tmp_path, paid(said), {"t.csv": PAID}) as data:
        assert codes(data) == ["dominant-account"]


def test_an_amount_outside_its_declared_range_is_rejected_with_its_row(tmp_path: Path) -> None:
    narrow = paid('{ column = "a", range = [0, 100] }')
    with loaded(tmp_path, narrow, {"t.csv": PAID}) as data:
        assert [(one.row, one.text) for one in data.rejected] == [(4, "-9"), (6, "50000")]
        assert problem(data, "out-of-range").is_error
        assert "0 to 100" in problem(data, "out-of-range").what
    with loaded(tmp_path, paid('{ column = "a", range = [0, 100] }', more="tolerate = 0.4"), {}) as data:
        assert codes(data, Severity.ERROR) == []


def test_a_second_file_in_another_unit_stops(tmp_path: Path) -> None:
    units = file("u.csv", "transactions", 'customer = "c"\namount = "a"')
    euros = "c,a\n" + "".join(f"c{i},{10 + i % 7}\n" for i in range(40))
    mills = "c,a\n" + "".join(f"c{i},{20_000 + i % 7}\n" for i in range(15))
    with loaded(tmp_path, paid('"a"') + units, {"t.csv": euros, "u.csv": mills}) as data:
        assert [one.file for one in data.problems if one.code == "thousand-fold"] == ["u.csv"]


def test_a_control_total_that_differs_is_an_error(tmp_path: Path) -> None:
    mapping = (
        file("t.csv", "transactions", 'customer = "c"\namount = "a"')
        + "[files.control]\nrows = 2\namount = 30\n"
    )
    with loaded(tmp_path, mapping, {"t.csv": "c,a\nx,10\ny,20\n"}) as data:
        assert codes(data) == ["dominant-account"]
    with loaded(tmp_path, mapping, {"t.csv": "c,a\nx,10\ny,21\nz,1\n"}) as data:
        found = [one for one in data.problems if one.code == "control-total"]
        assert [one.what for one in found] == [
            "The rows should be 2 and is 3.",
            "The total should be 30.0 and is 32.0000.",
        ]


def test_orphans_stop_unless_their_share_is_declared(tmp_path: Path) -> None:
    base = file("c.csv", "customers", 'customer = "id"')
    with loaded(tmp_path, feedback() + base, {**scored(9, 8, 7), "c.csv": "id\nc0\nc1\n"}) as data:
        assert (problem(data, "orphans").row, problem(data, "orphans").is_error) == (4, True)
        assert "write orphans = 0.34 for this file" in problem(data, "orphans").remedy
    with loaded(tmp_path, feedback(more="orphans = 0.34") + base, {}) as data:
        assert problem(data, "orphans").severity is Severity.NOTE
    with loaded(tmp_path, feedback(more="orphans = 0.3") + base, {}) as data:
        assert problem(data, "orphans").is_error
    with loaded(tmp_path, feedback() + base, {"c.csv": "id\nC0\n"}) as data:
        assert (
            problem(data, "orphans").what == "3 of 3 rows of feedback belong to nobody among the customers."
        )
        assert problem(data, "orphans").remedy == "Check that both files write the id alike."


def test_an_answer_of_a_customer_whose_own_row_was_rejected_is_no_orphan(tmp_path: Path) -> None:
    columns = 'customer = "id"\nstarted = "from"\nended = "to"'
    mapping = feedback() + file("c.csv", "customers", columns, more="tolerate = 0.5")
    base = "id,from,to\nc0,2024-01-01,\nc1,2024-01-01,2023-01-01\nc2,2024-01-01,2024-01-01\n"
    with loaded(tmp_path, mapping, {**scored(9, 8, 7), "c.csv": base}) as data:
        assert codes(data) == ["ended-first"]
        assert [(one.row, one.column) for one in data.rejected] == [(3, "to")]
        assert data.engine.query("SELECT COUNT(*) FROM customers") == [(2,)]


def test_customers_who_ended_before_they_started_stop_also_across_two_files(tmp_path: Path) -> None:
    one = file("a.csv", "customers", 'customer = "id"\nstarted = "from"')
    files = {"a.csv": "id,from\nx,2024-01-01\ny,2024-01-01\n", "b.csv": "id,to\nx,2023-01-01\ny,\n"}
    other = file("b.csv", "customers", 'customer = "id"\nended = "to"')
    with loaded(tmp_path, one + other, files) as data:
        assert (problem(data, "ended-first").file, problem(data, "ended-first").is_error) == ("b.csv", True)
    other = file("b.csv", "customers", 'customer = "id"\nended = "to"', more="tolerate = 0.5")
    with loaded(tmp_path, one + other, files) as data:
        assert problem(data, "ended-first").severity is Severity.NOTE
        assert data.engine.query("SELECT customer FROM customers") == [("y",)]


def test_a_rating_that_falls_where_the_score_rises_stops_until_its_direction_is_said(tmp_path: Path) -> None:
    rows = "".join(f"c{i},{i % 11},{5 - i % 11 // 3 + i % 2}\n" for i in range(110))
    files = {"f.csv": f"customer,score,q\n{rows}"}
    with loaded(tmp_path, feedback(columns='ratings.effort = "q"'), files) as data:
        assert (problem(data, "reversed").column, problem(data, "reversed").is_error) == ("q", True)
        assert 'ratings.effort = { column = "q", scale' in problem(data, "reversed").remedy
    for said in ("scale = [1, 6], reversed = true", "reversed = false"):
        with loaded(tmp_path, feedback(columns=f'ratings.effort = {{ column = "q", {said} }}')) as data:
            assert codes(data) == []


def test_ids_that_differ_only_in_form_are_asked_about(tmp_path: Path) -> None:
    with loaded(
        tmp_path, file("c.csv", "customers", 'customer = "id"'), {"c.csv": "id\n007\n7\nx\n"}
    ) as data:
        assert "'007' and '7'" in problem(data, "ids-alike").what


def test_the_same_file_twice_is_an_error(tmp_path: Path) -> None:
    text = scored(9, 8)["f.csv"]
    with loaded(tmp_path, feedback("a.csv") + feedback("b.csv"), {"a.csv": text, "b.csv": text}) as data:
        assert problem(data, "same-file").file == "b.csv"


DAYS = [f"{day:02}/{month:02}/2025" for day in range(1, 5) for month in range(1, 10)]


def dated(*more: str) -> dict[str, str]:
    rows = "".join(f"c{i},{i % 11},{day}\n" for i, day in enumerate([*DAYS, *more]))
    return {"f.csv": f"customer,score,d\n{rows}"}


def answered(said: str) -> str:
    return feedback(columns=f'answered_at = {{ column = "d", format = "%d/%m/%Y"{said} }}')


def test_dates_ahead_long_ago_or_readable_in_two_ways_are_doubted(tmp_path: Path) -> None:
    files = dated("01/01/2031", "01/01/1900")
    with loaded(tmp_path, answered(""), files) as data:
        assert (problem(data, "future").row, problem(data, "future").is_error) == (38, True)
        assert 'range = ["1900-01-01", "2031-01-01"]' in problem(data, "future").remedy
        assert problem(data, "very-old").row == 39
        assert problem(data, "very-old").severity is Severity.QUESTION
        assert problem(data, "day-or-month").is_error
        assert "write day_first = true" in problem(data, "day-or-month").remedy
    said = ', day_first = true, range = ["1900-01-01", "2031-01-01"]'
    with loaded(tmp_path, answered(said), files) as data:
        assert codes(data) == []
    with loaded(tmp_path, answered(', day_first = true, range = ["2020-01-01", 2030-12-31]'), files) as data:
        assert [(one.row, one.text) for one in data.rejected] == [(38, "01/01/2031"), (39, "01/01/1900")]


def test_dates_of_a_comparison_that_could_be_swapped_stop_too(tmp_path: Path) -> None:
    late = '[files.segments]\nlate = { later = ["d", "p"], format = "%d/%m/%Y" }'
    rows = "".join(f"c{i},{i % 11},{day},{day}\n" for i, day in enumerate(DAYS))
    with loaded(tmp_path, feedback(columns=late), {"f.csv": f"customer,score,d,p\n{rows}"}) as data:
        assert problem(data, "day-or-month").column == "d"
    said = late.replace('%Y"', '%Y", day_first = true')
    with loaded(tmp_path, feedback(columns=said)) as data:
        assert codes(data) == []


def test_a_window_that_is_not_over_is_an_error(tmp_path: Path) -> None:
    mapping = file("c.csv", "customers", 'customer = "id"\nended = "left_on"')
    mapping += '[landmark]\ndate = "2026-06-01"\noutcome_months = 12\n'
    with loaded(tmp_path, mapping, {"c.csv": "id,left_on\na,\n"}) as data:
        assert "runs to 2027-05-31, but the data only to 2026-11-22" in problem(data, "window-open").what


def test_a_group_that_the_field_never_holds_is_an_error(tmp_path: Path) -> None:
    mapping = feedback(columns='[files.segments]\nplan = "plan"')
    mapping += (
        '[[comparisons]]\nkey = "k"\ntitle = "T"\nexposure = "plan"\nexposed = "gold"\nagainst = "basic"\n'
    )
    mapping += 'outcome = "score"\n'
    with loaded(tmp_path, mapping, {"f.csv": "customer,score,plan\na,9,basic\nb,3,Gold\n"}) as data:
        assert problem(data, "no-such-group").remedy == "It holds: 'Gold', 'basic'."


def test_a_personal_id_is_not_told(tmp_path: Path) -> None:
    mapping = file("c.csv", "customers", 'customer = "mail"', more='personal = ["mail"]')
    with loaded(tmp_path, mapping, {"c.csv": "mail\na@b.c\na@b.c\n"}) as data:
        assert "a@b.c" not in str(problem(data, "customer-twice"))
