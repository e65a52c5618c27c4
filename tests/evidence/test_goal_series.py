"""The series in which goals are stated, counted by hand from small exports."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from folders import AS_OF, file, loaded

from fulcrum.core.company import Company
from fulcrum.core.findings import Trend
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.given import Given
from fulcrum.evidence.series_found import series
from fulcrum.evidence.tracing import Tracer

BASE = file("c.csv", "customers", 'customer = "customer"\nstarted = "started"\nended = "ended"')
CONTACTS = file("k.csv", "contacts", 'customer = "customer"\nat = "at"\ncost = "cost"')
INVOICES = file("i.csv", "transactions", 'customer = "customer"\nat = "at"\namount = "amount"')
# Ten customers from 2024 on; the eleventh starts in February, two leave in March.
CUSTOMERS = "customer,started,ended\n" + "".join(
    f"{i},2024-0{1 + i % 9}-05,{'2025-03-10' if i < 2 else ''}\n" for i in range(10)
)
CUSTOMERS += "10,2025-02-15,\n"
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04")


@contextmanager
def counted(
    folder: Path, rules: EvidenceRules, case_rules: CaseRules, mapping: str, **files: str
) -> Iterator[dict[str, Trend]]:
    held = {f"{name}.csv": text for name, text in files.items()}
    with loaded(folder, mapping, held) as data:
        assert not data.errors, data.errors
        company = Company(name="A company", industry="any", currency="EUR", as_of=AS_OF)
        given = Given(
            loaded=data,
            company=company,
            rules=rules,
            case_rules=case_rules,
            tracer=Tracer(data.files, "test"),
            seed=1,
        )
        yield {one.key: one for one in series(given)}


def happened(per_month: dict[str, int], *, last: int = 28) -> str:
    """Contacts on the first and on the last day of each month, and between."""
    rows = ["customer,at,cost"]
    for month, n in per_month.items():
        end = {"02": 28, "04": 30}.get(month[5:], 31) if month != max(per_month) else last
        days = [1, end] + [15] * (n - 2)
        rows += [f"{2 + i % 8},{month}-{day:02d},{5 + i}" for i, day in enumerate(days)]
    return "\n".join(rows) + "\n"


def test_contacts_and_their_cost_are_told_per_customer_at_a_years_rate(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    contacts = happened({"2025-01": 5, "2025-02": 4, "2025-03": 3, "2025-04": 2}, last=30)
    with counted(tmp_path, rules, case_rules, BASE + CONTACTS, c=CUSTOMERS, k=contacts) as found:
        # ten customers in January, eleven in February and March (those who left were there), nine in April
        assert found["contacts"].at == MONTHS
        assert found["contacts"].values == pytest.approx((12 * 5 / 10, 12 * 4 / 11, 12 * 3 / 11, 12 * 2 / 9))
        assert found["cost"].values[3] == pytest.approx(12 * (5 + 6) / 9)
        assert found["contacts"].trace


def test_a_month_that_is_not_over_is_left_out(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    contacts = happened({"2025-01": 5, "2025-02": 4, "2025-03": 3, "2025-04": 2}, last=20)
    with counted(tmp_path, rules, case_rules, BASE + CONTACTS, c=CUSTOMERS, k=contacts) as found:
        assert found["contacts"].at == MONTHS[:3]


def test_bills_by_the_quarter_are_no_months_money(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    bills = "customer,at,amount\n" + "".join(
        f"2,2025-{m:02d}-{d:02d},9\n" for m in (1, 4, 7) for d in (1, 30)
    )
    with counted(tmp_path, rules, case_rules, BASE + INVOICES, c=CUSTOMERS, i=bills) as found:
        assert "spend" not in found


def test_leaving_is_told_of_those_there_at_the_start_from_the_first_who_left(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    more = CUSTOMERS + "11,2024-02-01,2025-05-02\n"
    with counted(tmp_path, rules, case_rules, BASE, c=more) as found:
        # March: 2 of 12; April: none of 10; May: 1 of 10
        rates = tuple(1 - (1 - share) ** 12 for share in (2 / 12, 0.0, 1 / 10))
        assert found["churn"].at == ("2025-03", "2025-04", "2025-05")
        assert found["churn"].values == pytest.approx(rates)
        assert found["retention"].values == pytest.approx(tuple(1 - rate for rate in rates))
