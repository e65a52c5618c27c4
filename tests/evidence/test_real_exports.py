"""Real exports, mapped as an analyst would map them, give the figures that independent work on them gave."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from folders import AS_OF, RULES, as_dict, codes

from fulcrum.core.errors import Severity
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.queries import outcome_cells, score_cells

pytestmark = pytest.mark.shared_data

OLIST = """
currency = "BRL"

[[files]]
path = "olist_order_reviews_dataset.csv"
table = "feedback"
[files.columns]
customer = "order_id"
answered_at = { column = "review_answer_timestamp", format = "%Y-%m-%d %H:%M:%S" }
score = { column = "review_score", scale = [1, 5], kind = "stars" }
comment = "review_comment_message"

[[files]]
path = "olist_orders_dataset.csv"
table = "customers"
[files.columns]
customer = "order_id"
started = { column = "order_purchase_timestamp", format = "%Y-%m-%d %H:%M:%S" }
experience_ended_at = { column = "order_delivered_customer_date", format = "%Y-%m-%d %H:%M:%S" }
[files.segments]
status = "order_status"
[files.segments.late]
later = ["order_delivered_customer_date", "order_estimated_delivery_date"]
format = "%Y-%m-%d %H:%M:%S"
[files.segments.state]
column = "customer_id"
lookup = { path = "olist_customers_dataset.csv", key = "customer_id", take = "customer_state" }
[files.weight]
column = "order_status"
map = { delivered = 18.654 }
otherwise = 1

[[files]]
path = "olist_order_payments_dataset.csv"
table = "transactions"
[files.columns]
customer = "order_id"
amount = "payment_value"
"""

TELCO = """
currency = "USD"

[[files]]
path = "Telco_customer_churn_services.xlsx"
table = "customers"
keep = { column = "Internet Service", in = ["Yes"] }
[files.columns]
customer = "Customer ID"
value = "Total Revenue"
[files.segments]
support = "Premium Tech Support"
contract = "Contract"
internet = "Internet Type"
tenure = { column = "Tenure in Months", cut = [7, 13, 25, 49] }

[[files]]
path = "Telco_customer_churn_status.xlsx"
table = "customers"
[files.columns]
customer = "Customer ID"
left = { column = "Churn Label", yes = ["Yes"] }
score = { column = "Satisfaction Score", scale = [1, 5], kind = "csat" }

[[files]]
path = "Telco_customer_churn_demographics.xlsx"
table = "customers"
[files.columns]
customer = "Customer ID"
[files.segments]
senior = "Senior Citizen"

[[files]]
path = "Telco_customer_churn_location.xlsx"
table = "customers"
[files.columns]
customer = "Customer ID"
[files.segments.area]
column = "Zip Code"
lookup = { path = "Telco_customer_churn_population.xlsx", key = "Zip Code", take = "Population" }
cut = [20000, 50000]

[[comparisons]]
key = "support"
title = "With against without premium support"
exposure = "support"
exposed = "Yes"
against = "No"
outcome = "left"
adjust = ["contract", "internet", "tenure"]
"""

CHANNELS = 'currency = "USD"\n' + "".join(
    f"""
[[files]]
path = "nps_{channel}.csv"
table = "feedback"
[files.columns]
customer = "user_id"
answered_at = {{ column = "response_date", format = "%Y-%m-%d" }}
score = {{ column = "nps_rating", scale = [0, 10], kind = "nps" }}
touchpoint = {{ value = "{channel}" }}
"""
    for channel in ("web", "email", "mobile")
)


@contextmanager
def read(folder: Path, beside: Path, mapping: str) -> Iterator[Loaded]:
    for file in beside.iterdir():
        (folder / file.name).symlink_to(file)
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    made, problems = read_mapping(folder)
    assert made is not None, [str(problem) for problem in problems]
    data = load(folder, made, rules=RULES, as_of=AS_OF)
    with data.engine:
        assert codes(data, Severity.ERROR) == []
        yield data


def test_a_sample_drawn_by_outcome_is_weighed_back(shared_data: Path, tmp_path: Path) -> None:
    with read(tmp_path, shared_data / "olist", OLIST) as data:
        cells = score_cells(data, ("score",))
        raw = sum(key[0] * n for key, n in zip(cells.keys, cells.n, strict=True)) / cells.n.sum()
        weighed = cells.wy.sum() / cells.w.sum()
        assert (cells.n.sum(), data.base and data.base.customers) == (8225, 8135)
        assert (raw, weighed) == pytest.approx((3.2716, 4.0671), abs=1e-4)
        shares = {key[0]: w / cells.w.sum() for key, w in zip(cells.keys, cells.w, strict=True)}
        assert (shares[5], shares[1]) == pytest.approx((0.572, 0.121), abs=0.003)
        money = [total for total in data.totals if total.total]
        assert [(one.column, one.total) for one in money] == [("payment_value", "1428602.8100")]


def test_late_parcels_and_hasty_answers_are_told_apart(shared_data: Path, tmp_path: Path) -> None:
    with read(tmp_path, shared_data / "olist", OLIST) as data:
        late = score_cells(data, ("late", "score")).by_only("late")
        means = {key[0]: wy / w for key, wy, w in zip(late.keys, late.wy, late.w, strict=True)}
        assert means["no"] - means["yes"] == pytest.approx(1.78, abs=0.005)
        early = as_dict(score_cells(data, ("late", "early")))
        assert (early["yes", "yes"], early["yes", "no"]) == (251, 168)
        assert len(score_cells(data, ("state",)).values("state")) == 27


@pytest.mark.slow
def test_five_workbooks_of_customers_give_the_confounded_gap_and_the_leak(
    shared_data: Path, tmp_path: Path
) -> None:
    with read(tmp_path, shared_data / "telco_extended", TELCO) as data:
        assert dict(data.files[0].skipped_because) == {"Internet Service is not Yes": 1526}
        crude = outcome_cells(data, "left", ("support",))
        rates = {key[0]: y / n for key, y, n in zip(crude.keys, crude.wy, crude.n, strict=True)}
        assert rates["Yes"] - rates["No"] == pytest.approx(-0.2647, abs=1e-4)
        gap, strata, rows = standardised(data)
        assert (gap, strata, rows) == (pytest.approx(-0.0746, abs=1e-4), 43, 5494)
        leak = outcome_cells(data, "left", ("score",))
        assert as_dict(leak, "wy")[2,] == as_dict(leak)[2,] == 486
        assert as_dict(leak, "wy")[5,] == 0


def standardised(data: Loaded) -> tuple[float, int, int]:
    cells = outcome_cells(data, "left", ("contract", "internet", "tenure", "support"))
    n, y = as_dict(cells), as_dict(cells, "wy")
    strata = [s for s in {key[:3] for key in n} if (*s, "Yes") in n and (*s, "No") in n]
    size = {s: n[(*s, "Yes")] + n[(*s, "No")] for s in strata}
    gaps = {s: y[(*s, "Yes")] / n[(*s, "Yes")] - y[(*s, "No")] / n[(*s, "No")] for s in strata}
    total = sum(size.values())
    return sum(size[s] * gaps[s] for s in strata) / total, len(strata), int(total)


def test_three_files_of_one_question_stack_by_channel(shared_data: Path, tmp_path: Path) -> None:
    with read(tmp_path, shared_data / "nps_by_channel", CHANNELS) as data:
        cells = score_cells(data, ("touchpoint", "score"))
        found = {}
        for channel in cells.values("touchpoint"):
            own = cells.where("touchpoint", lambda key, channel=channel: key == channel)
            promoters = own.where("score", lambda score: score >= 9).n.sum()
            detractors = own.where("score", lambda score: score <= 6).n.sum()
            found[channel] = round(100 * float(promoters - detractors) / float(own.n.sum()), 1)
        assert found == {"web": 22.1, "email": 18.6, "mobile": -14.7}
