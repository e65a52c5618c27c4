"""Typing by a declared rule: the exact value, a reason, or a question; never a guess."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulcrum.reading.days import day, moment
from fulcrum.reading.formats import NumberFormat, date_format, mixed_shares, number_format
from fulcrum.reading.typed import Unread, number, percent, share, whole, yes_no

NARROW, NO_BREAK, MINUS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", "12"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("(500)", "-500"),
        ("500-", "-500"),
        (f"{MINUS}5", "-5"),
        ("1 234", "1234"),
        (f"1{NARROW}234{NARROW}567.5", "1234567.5"),
        (f"1{NO_BREAK}234", "1234"),
        ("1E5", "100000"),
        ("1e-3", "0.001"),
        (".5", "0.5"),
        ("9" * 40, "9" * 40),
        ("9007199254740993", "9007199254740993"),
        ("0.1234567890123456789012345678901234567", "0.1234567890123456789012345678901234567"),
    ],
)
def test_a_number_is_exact(text: str, expected: str) -> None:
    assert number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234,56", "1234.56"), ("-1.234.567,8", "-1234567.8"), ("12,5", "12.5"), ("1.234", "1234")],
)
def test_a_declared_format_is_followed(text: str, expected: str) -> None:
    assert number(text, decimal=",", thousands=".") == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "inf",
        "-Infinity",
        "1e400",
        "1e99999",
        "9" * 41,
        "9" * 5_000,
        "\u0663",
        "0x10",
        "1_000",
        "x",
        "",
        "-",
        "12.5.3",
    ],
)
def test_what_is_no_quantity_has_a_reason(text: str) -> None:
    found = number(text)
    assert isinstance(found, Unread)
    assert found.reason
    assert not found.is_question


@pytest.mark.parametrize("text", ["1,234", "€1,200", "1.2k", "1,2 Mio", "45%", "1'234", "12 EUR"])
def test_a_number_with_two_readings_is_a_question(text: str) -> None:
    found = number(text)
    assert isinstance(found, Unread)
    assert found.is_question


def test_a_number_against_its_declared_format_is_refused_and_not_reread() -> None:
    found = number("12.34", decimal=",", thousands=".")
    assert isinstance(found, Unread)
    assert not found.is_question


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15))
def test_every_plain_decimal_comes_back_in_either_convention(amount: Decimal) -> None:
    text = f"{amount:f}"
    assert number(text) == amount
    german = f"{amount:,.4f}".translate(str.maketrans({",": ".", ".": ","}))
    assert number(german, decimal=",", thousands=".") == amount


def test_whole_numbers_shares_and_words() -> None:
    assert whole("5.0") == 5
    assert isinstance(whole("5.5"), Unread)
    assert share("45 %") == share("0.45") == percent("45") == Decimal("0.45")
    assert isinstance(share("-1"), Unread)
    asked = share("45")
    assert isinstance(asked, Unread)
    assert asked.is_question
    assert yes_no("Yes") is True
    assert yes_no("F", yes=("T",), no=("F",)) is False
    assert isinstance(yes_no("perhaps"), Unread)


def test_a_column_that_mixes_signed_and_unsigned_percentages_is_asked() -> None:
    assert mixed_shares(["45%", "12 %", ""]) is None
    assert mixed_shares(["0.45", "0.12"]) is None
    assert mixed_shares(["45%", "0.45"]) is not None


def test_an_iso_day_is_certain() -> None:
    assert day("2026-03-09") == date(2026, 3, 9)
    assert moment("2026-03-09T10:30:00Z") == datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
    assert day("2026-03-09 23:59:59") == date(2026, 3, 9)


@pytest.mark.parametrize("text", ["03/04/2026", "13/04/2026", "3.4.26", "45123", "1735689600"])
def test_a_day_that_is_not_iso_is_a_question(text: str) -> None:
    found = day(text)
    assert isinstance(found, Unread)
    assert found.is_question


@pytest.mark.parametrize("text", ["2026-02-30", "0000-00-00", "99999-01-01", "Q3-25", "soon", ""])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    found = day(text)
    assert isinstance(found, Unread)
    assert not found.is_question


def test_a_declared_date_format_is_followed_strictly() -> None:
    assert day("04/03/2026", format="%d/%m/%Y") == date(2026, 3, 4)
    assert day("4 Mar 2026", format="%d %b %Y") == date(2026, 3, 4)
    assert moment("2026-03-04 10:11:12", format="%Y-%m-%d %H:%M:%S") == datetime(2026, 3, 4, 10, 11, 12)  # noqa: DTZ001
    assert isinstance(day("30/02/2026", format="%d/%m/%Y"), Unread)
    assert isinstance(day("2026-03-04", format="%d/%m/%Y"), Unread)


def test_a_column_settles_its_own_date_format_or_is_asked() -> None:
    assert date_format(["2026-03-04", ""]) is None
    assert date_format(["03/04/2026", "13/04/2026"]) == "%d/%m/%Y"
    assert date_format(["03.04.2026", "04.13.2026"]) == "%m.%d.%Y"
    for texts in (
        ["03/04/2026"],
        ["3/4/26", "13/4/26"],
        ["2026-03-04", "03/04/2026"],
        ["1/2/2026", "1.2.2026"],
    ):
        found = date_format(texts)
        assert isinstance(found, Unread)
        assert found.is_question
    mixed = date_format(["13/04/2026", "04/13/2026"])
    assert isinstance(mixed, Unread)
    assert not mixed.is_question


def test_a_column_settles_its_own_number_format_or_is_asked() -> None:
    assert number_format(["1", "2"]) == NumberFormat(decimal=".")
    assert number_format(["1.234,5", "3"]) == NumberFormat(decimal=",", thousands=".")
    assert number_format(["1,234.5"]) == NumberFormat(decimal=".", thousands=",")
    assert number_format(["1.234.567"]) == NumberFormat(decimal=",", thousands=".")
    assert number_format(["0.123"]) == NumberFormat(decimal=".")
    assert isinstance(number_format(["1,234", "5"]), Unread)
    assert isinstance(number_format(["12.5", "12,5"]), Unread)
