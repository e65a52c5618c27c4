"""The account of rows always adds up, and control totals notice any change."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulcrum.reading.account import Rejected, RowAccount, Skipped, changed_totals, control_totals


def test_an_account_that_does_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="add up"):
        RowAccount(rows_in=3, accepted=3, skipped=(Skipped(rule="blank row", rows=1),))


def test_a_row_rejected_twice_counts_once_with_its_first_reason() -> None:
    account = RowAccount(rows_in=5, accepted=5)
    once = account.less_rejected(
        [Rejected(row=3, reason="first"), Rejected(row=3, reason="second"), Rejected(row=4, reason="other")]
    )
    again = once.less_rejected([Rejected(row=4, reason="late")])
    assert [(r.row, r.reason) for r in again.rejected] == [(3, "first"), (4, "other")]
    assert again.accepted == 3


@given(rows=st.integers(0, 50), bad=st.sets(st.integers(2, 40)), skipped=st.integers(0, 5))
def test_every_step_keeps_the_account_balanced(rows: int, bad: set[int], skipped: int) -> None:
    total = rows + len(bad) + skipped
    account = RowAccount(rows_in=total, accepted=total)
    account = account.less_rejected(Rejected(row=row, reason="bad") for row in bad).less_skipped(
        "test", skipped
    )
    assert account.rows_in == account.accepted + len(account.rejected) + account.rows_skipped
    assert account.accepted == rows


def test_the_sum_is_exact_beyond_28_digits() -> None:
    texts = ["1" + "0" * 40, "0." + "0" * 20 + "1", "", "NA"]
    totals = control_totals(texts)
    assert totals.total == Decimal("1" + "0" * 40 + "." + "0" * 20 + "1")
    assert (totals.filled, totals.numbers) == (3, 2)


def test_texts_and_their_numbers_have_the_same_totals() -> None:
    assert control_totals(["1.5", "-2", "7"]) == control_totals([Decimal("1.5"), Decimal(-2), Decimal(7)])


def test_a_changed_cell_is_noticed() -> None:
    before, after = control_totals(["1", "2", ""]), control_totals(["1", "20", ""])
    said = changed_totals(before, after, file="f.csv", column="revenue")
    assert {problem.what.split(" changed")[0] for problem in said} == {"The largest number", "The sum"}
    assert changed_totals(before, before, file="f.csv", column="revenue") == ()
