"""Laws that hold from CSV file to finding, whatever the rows: tried by hypothesis on small companies."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_company import (
    CUSTOMERS,
    INVOICES,
    LANDMARK,
    Data,
    Row,
    comparison,
    csv_of,
    gathered,
)

from fulcrum.core.errors import errors_in
from fulcrum.core.findings import Evidence
from fulcrum.core.quantities import Estimate

ANSWERS = """
[[files]]
path = "answers.csv"
table = "feedback"
[files.columns]
customer = "id"
answered_at = "answered"
score = { column = "score", scale = [0, 10], kind = "nps" }
touchpoint = "touchpoint"
"""
Figures = dict[str, tuple[float, float, float]]
few = settings(max_examples=6, deadline=None)
more = settings(max_examples=8, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def answers(seed: int, n: int = 120) -> Data:
    """Nothing but dated answers at three touchpoints, some by the same customer."""
    chance = Random(seed)
    rows = tuple(
        {
            "id": str(chance.randrange(80)),
            "answered": f"2025-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
            "score": str(chance.randrange(11)),
            "touchpoint": chance.choice(("repair", "delivery", "bill")),
        }
        for _ in range(n)
    )
    return Data(tables={"answers": rows}, blocks=(ANSWERS,))


def company(seed: int, n: int = 90) -> Data:
    """Customers with answers and invoices in and before the window, and their gap of spend."""
    chance, rows = Random(seed), {"customers": [], "answers": [], "invoices": []}
    for at in range(n):
        rows["customers"].append(
            {
                "id": str(at),
                "started": "2022-01-01",
                "ended": "2026-02-01" if chance.random() < 0.25 else "",
                "late": "yes" if at % 2 else "no",
                "line": chance.choice(("fibre", "copper")),
            }
        )
        if chance.random() < 0.8:
            rows["answers"].append(
                {"id": str(at), "answered": "2025-06-01", "score": str(chance.randrange(11))}
            )
        for day in ("2025-03-01", "2025-12-01", "2026-01-15"):
            cents = chance.randrange(2_000, 20_000)
            rows["invoices"].append({"id": str(at), "at": day, "amount": f"{cents // 100}.{cents % 100:02d}"})
    blocks = (CUSTOMERS, ANSWERS.replace('touchpoint = "touchpoint"\n', ""), INVOICES, LANDMARK)
    return Data(
        tables={name: tuple(part) for name, part in rows.items()},
        blocks=(*blocks, comparison("late_spend", "spend")),
    )


def evidence(data: Data) -> Evidence:
    """The evidence of data without errors."""
    with TemporaryDirectory() as folder:
        found, problems = gathered(data, Path(folder))
    assert not errors_in(problems), [str(one) for one in problems]
    return found


def figures(of: Evidence) -> Figures:
    """Every number of the findings by its key, with its interval."""
    return {
        one.key: (one.result.value, one.result.interval.low, one.result.interval.high)
        for one in of.findings
        if isinstance(one.result, Estimate)
    }


def shuffled(data: Data, seed: int) -> Data:
    """The same rows in another order."""
    chance = Random(seed)
    for name in data.tables:
        data = data.rows(name, lambda rows: chance.sample(rows, len(rows)))
    return data


@more
@given(seeds, seeds)
def test_the_order_of_rows_changes_no_digit(seed: int, order: int) -> None:
    data = answers(seed)
    assert figures(evidence(shuffled(data, order))) == figures(evidence(data))


@pytest.mark.slow
@few
@given(seeds, seeds)
def test_the_order_of_rows_changes_no_digit_of_a_whole_company(seed: int, order: int) -> None:
    data = company(seed)
    assert figures(evidence(shuffled(data, order))) == figures(evidence(data))


@pytest.mark.slow
@more
@given(seeds, st.integers(1, 119))
def test_a_file_split_in_two_gives_the_same_digits(seed: int, at: int) -> None:
    whole = answers(seed)
    rows = whole.tables["answers"]
    split = replace(
        whole,
        tables={"answers": rows[:at]},
        blocks=(ANSWERS, ANSWERS.replace("answers.csv", "more.csv")),
        texts={"more.csv": csv_of(rows[at:])},
    )
    assert figures(evidence(split)) == figures(evidence(whole))


@more
@given(seeds)
def test_the_same_file_twice_is_refused_and_says_which(seed: int) -> None:
    once = answers(seed)
    twice = replace(
        once,
        blocks=(ANSWERS, ANSWERS.replace("answers.csv", "copy.csv")),
        texts={"copy.csv": csv_of(once.tables["answers"])},
    )
    with TemporaryDirectory() as folder:
        found, problems = gathered(twice, Path(folder))
    assert [one.file for one in errors_in(problems)] == ["copy.csv"]
    assert found.findings == ()


@more
@given(seeds, st.text("abcdefgh ,;\"'=+äé", min_size=0, max_size=12))
def test_a_column_that_nobody_mapped_changes_no_digit(seed: int, text: str) -> None:
    data = answers(seed)
    wider = data.each("answers", lambda at, row: {"remark": text if at % 3 else "", "=SUM(A1)": str(at)})
    assert figures(evidence(wider)) == figures(evidence(data))


@pytest.mark.slow
@more
@given(seeds)
def test_the_columns_in_another_order_change_no_digit(seed: int) -> None:
    data = answers(seed)
    turned = data.rows("answers", lambda rows: [dict(reversed(list(row.items()))) for row in rows])
    assert figures(evidence(turned)) == figures(evidence(data))


@more
@given(seeds)
def test_segments_add_up_to_the_total(seed: int) -> None:
    found = evidence(answers(seed))
    for family in ("score", "nps"):
        parts = [one for one in found.findings if one.key.startswith(f"{family}.touchpoint.")]
        whole = found.finding(f"{family}.all")
        assert whole is not None
        assert isinstance(whole.result, Estimate)
        assert sum(one.n or 0 for one in parts) == whole.n
        if all(isinstance(one.result, Estimate) for one in parts):
            total = sum((one.n or 0) * _value(one.result) for one in parts)
            assert total == pytest.approx((whole.n or 0) * whole.result.value, rel=1e-12, abs=1e-9)
    points = [one for one in found.findings if one.family == "histogram"]
    assert sum(_value(one.result) for one in points) == pytest.approx(1, abs=1e-12)
    assert sum(one.n or 0 for one in points) == 120


def _value(of: object) -> float:
    assert isinstance(of, Estimate), of
    return of.value


def _money(change: Callable[[Row], Row]) -> Callable[[Data], Data]:
    return lambda data: data.each("invoices", lambda at, row: change(row))


@pytest.mark.slow
@few
@given(seeds)
def test_a_thousand_times_the_money_is_exactly_a_thousand_times_every_amount(seed: int) -> None:
    data = company(seed)
    thousand = _money(lambda row: {"amount": _thousandfold(row["amount"])})(data)
    one, other = evidence(data), evidence(thousand)
    assert [found.key for found in one.findings] == [found.key for found in other.findings]
    kinds = {found.key: _unit(found.result) for found in one.findings}
    small, large = figures(one), figures(other)
    assert any(kinds[key] == "money" for key in small)
    for key, numbers in small.items():
        factor = 1000 if kinds[key] == "money" else 1
        assert large[key] == pytest.approx([factor * number for number in numbers], rel=1e-12, abs=1e-9), key


def _thousandfold(amount: str) -> str:
    return f"{round(100 * float(amount)) * 10}.00"


def _unit(of: object) -> str:
    return of.unit.kind if isinstance(of, Estimate) else ""


@pytest.mark.slow
@few
@given(seeds)
def test_a_refund_on_the_same_day_takes_its_invoice_back(seed: int) -> None:
    refunds = 'amount = { column = "amount", range = [-200, 200] }'
    data = company(seed).saying('amount = "amount"', refunds)
    row = data.tables["invoices"][1]
    back = data.rows("invoices", lambda rows: [*rows, row, {**row, "amount": f"-{row['amount']}"}])
    assert figures(evidence(back)) == figures(evidence(data))


@pytest.mark.slow
@few
@given(seeds)
def test_ids_written_anew_one_to_one_move_no_value(seed: int) -> None:
    data = company(seed)
    renamed = data
    for name in data.tables:
        renamed = renamed.each(name, lambda at, row: {"id": str(64 * int(row["id"]) + int(row["id"]) % 64)})
    one, other = figures(evidence(data)), figures(evidence(renamed))
    assert one.keys() == other.keys()
    for key, (value, _, _) in one.items():
        assert other[key][0] == pytest.approx(value, rel=1e-12, abs=1e-12), key
