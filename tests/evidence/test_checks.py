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


def test_negative_and_thousandfold_amounts_are_asked_about_with_their_row(tmp_path: Path) -> None:
    mapping = file("t.csv", "transactions", 'customer = "c"\namount = "a"')
    with loaded(tmp_path, mapping, {"t.csv": "c,a\nx,10\ny,11\nz,-9\nv,10\nw,50000\n"}) as data:
        assert (problem(data, "negative").row, problem(data, "thousand-fold").row) == (4, 6)
        assert problem(data, "dominant-account").severity is Severity.NOTE
        assert codes(data, Severity.ERROR) == []


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


def test_orphans_are_counted_and_asked_about_where_they_are_the_most(tmp_path: Path) -> None:
    mapping = feedback() + file("c.csv", "customers", 'customer = "id"')
    with loaded(tmp_path, mapping, {**scored(9, 8, 7), "c.csv": "id\nc0\nc1\n"}) as data:
        assert problem(data, "orphans").severity is Severity.NOTE
    with loaded(tmp_path, mapping, {**scored(9, 8, 7), "c.csv": "id\nC0\n"}) as data:
        assert (
            problem(data, "orphans").what == "3 of 3 rows of feedback belong to nobody among the customers."
        )
        assert problem(data, "orphans").severity is Severity.QUESTION


def test_ids_that_differ_only_in_form_are_asked_about(tmp_path: Path) -> None:
    with loaded(
        tmp_path, file("c.csv", "customers", 'customer = "id"'), {"c.csv": "id\n007\n7\nx\n"}
    ) as data:
        assert "'007' and '7'" in problem(data, "ids-alike").what


def test_the_same_file_twice_is_an_error(tmp_path: Path) -> None:
    text = scored(9, 8)["f.csv"]
    with loaded(tmp_path, feedback("a.csv") + feedback("b.csv"), {"a.csv": text, "b.csv": text}) as data:
        assert problem(data, "same-file").file == "b.csv"


def test_dates_ahead_long_ago_or_readable_in_two_ways_are_asked_about(tmp_path: Path) -> None:
    mapping = feedback(columns='answered_at = { column = "d", format = "%d/%m/%Y" }')
    days = [f"{day:02}/{month:02}/2025" for day in range(1, 5) for month in range(1, 10)]
    rows = "".join(f"c{i},{i % 11},{day}\n" for i, day in enumerate([*days, "01/01/2031", "01/01/1900"]))
    with loaded(tmp_path, mapping, {"f.csv": f"customer,score,d\n{rows}"}) as data:
        assert problem(data, "future").row == 38
        assert problem(data, "very-old").row == 39
        assert problem(data, "day-or-month").severity is Severity.QUESTION


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
