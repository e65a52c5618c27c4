"""Companies as typed Parquet tables, with a mapping that reads them as files or as tables of an engine."""

from pathlib import Path

import duckdb

from fulcrum import workflow
from fulcrum.simulation.exports import MAPPING
from fulcrum.simulation.ratings import NOT_APPLICABLE, RATINGS

SIMULATED = ("feedback", "customers", "invoices", "contacts", "repairs")
AWKWARD = ("answers", "people", "orders")


def simulated(folder: Path, customers: int) -> str:
    """Writes the simulated company, its exports once more as typed Parquet; gives the mapping of those."""
    workflow.simulate(folder / "company", customers=customers)
    for name in SIMULATED:
        source = f"read_csv('{folder}/company/data/{name}.csv', nullstr = '', sample_size = -1)"
        typed = ", ".join(f"{sql} AS {column}" for column, sql in _TYPED.get(name, {}).items())
        copy(f"SELECT *{f' REPLACE ({typed})' if typed else ''} FROM {source}", folder / f"{name}.parquet")
    mapping = MAPPING.replace(', format = "%Y-%m-%d"', "").replace(f'["{NOT_APPLICABLE}"]', '["-1"]')
    for name in SIMULATED:
        mapping = mapping.replace(f'path = "{name}.csv"', f"<{name}>")
    return mapping


_TYPED = {
    "feedback": {
        name: f"CAST(replace(CAST({name} AS VARCHAR), '{NOT_APPLICABLE}', '-1') AS SMALLINT)"
        for name in RATINGS
    },
    "customers": {"yearly_fee": "CAST(yearly_fee AS DECIMAL(12,2))"},
    "invoices": {
        "amount": "CAST(amount AS DECIMAL(12,2))",
        "invoiced_on": "CAST(invoiced_on AS TIMESTAMP)",
    },
    "contacts": {"cost": "CAST(cost AS DECIMAL(10,4))"},
}


def awkward(folder: Path) -> str:
    """Text ids in many scripts, weights, broken scores, large accounts, answers at one moment, odd texts."""
    people = (
        "SELECT 'Ünï-' || chr(CAST(19968 + i AS INTEGER)) || '''\\' || i AS \"the \"\"id\"\"\", "
        "CASE i % 4 WHEN 0 THEN 'a''b' WHEN 1 THEN 'c\\d' WHEN 2 THEN '😀 é' END AS plan, "
        "TIMESTAMPTZ '2024-01-15 23:30:00+01' + INTERVAL (i) DAY AS joined, "
        "CASE WHEN i % 5 = 0 THEN DATE '2025-03-31' + CAST(i AS INTEGER) END AS gone, "
        "CASE WHEN i % 11 = 0 THEN DATE '2025-08-01' END AS seen_until, "
        "CAST(0.125 + (i % 7) * 1234.567891 AS DECIMAL(12,6)) AS weight, i % 3 = 0 AS flag "
        "FROM range(300) t(i)"
    )
    answers = (
        "SELECT 'Ünï-' || chr(CAST(19968 + i * 7 % 310 AS INTEGER)) || '''\\' || i * 7 % 310 AS customer, "
        "CAST((i % 17) / 4.0 + 1 AS DOUBLE) AS stars, "
        "CAST(CASE WHEN i % 9 > 0 THEN 1 + (i % 5) END AS TINYINT) AS ease, "
        "CAST(CASE WHEN i % 13 > 0 THEN (i * 37 % 1000) / 10.0 ELSE 99 END AS DECIMAL(6,3)) AS speed, "
        "TIMESTAMP '2025-01-01 00:00:00' + INTERVAL (i // 3) HOUR AS at, "
        "CASE i % 3 WHEN 0 THEN 'Zürich' WHEN 1 THEN 'zurich' ELSE 'Ärger' END AS place "
        "FROM range(900) t(i)"
    )
    orders = (
        "SELECT 'Ünï-' || chr(CAST(19968 + i % 300 AS INTEGER)) || '''\\' || i % 300 AS customer, "
        "DATE '2025-01-01' + CAST(i % 500 AS INTEGER) AS day, CAST(CASE WHEN i % 100 = 7 THEN 7654321.0987 "
        "ELSE CAST((i * 7919 % 100000) AS DECIMAL(16,4)) / 1000 END AS DECIMAL(14,4)) AS paid "
        "FROM range(2000) t(i)"
    )
    copy(people, folder / "people.parquet")
    copy(answers, folder / "answers.parquet")
    copy(orders, folder / "orders.parquet")
    return AWKWARD_MAPPING


def bad(folder: Path) -> str:
    """Tables with one mistake of each kind that must be found before a number is shown."""
    answers = (
        "SELECT 'r' || i % 40 AS id, CASE WHEN i < 4 THEN NULL ELSE i % 30 END AS customer, "
        "CAST(CASE WHEN i % 20 = 3 THEN 99 ELSE i % 11 END AS SMALLINT) AS nps, "
        "DATE '2025-01-01' + CAST(i AS INTEGER) * 20 AS day FROM range(60) t(i)"
    )
    people = "SELECT i % 19 AS customer, DATE '2024-01-01' AS since FROM range(20) t(i)"
    orders = (
        "SELECT i AS customer, "
        "CAST(CASE i WHEN 1 THEN -5 WHEN 2 THEN 900000 ELSE 10 END AS DECIMAL(10,2)) AS paid, "
        "CASE WHEN i = 3 THEN 'USD' ELSE 'EUR' END AS code FROM range(40) t(i)"
    )
    for name, query in {"answers": answers, "people": people, "orders": orders}.items():
        copy(query, folder / f"{name}.parquet")
    return BAD_MAPPING


def marketplace(exports: Path, folder: Path) -> str:
    """Real orders, answers and items, each order a customer; cancelled ones stand for themselves only."""

    def read(name: str) -> str:
        return f"read_csv('{exports}/olist_{name}_dataset.csv', sample_size = -1)"

    copy(
        "SELECT review_id, order_id, CAST(review_score AS TINYINT) AS stars, review_answer_timestamp AS at "
        f"FROM {read('order_reviews')} WHERE review_id NOT IN (SELECT review_id FROM "
        f"{read('order_reviews')} GROUP BY 1 HAVING COUNT(*) > 1)",
        folder / "answers.parquet",
    )
    copy(
        "SELECT order_id, order_status, order_purchase_timestamp AS bought, order_delivered_customer_date AS "
        f"came, order_estimated_delivery_date AS promised FROM {read('orders')}",
        folder / "people.parquet",
    )
    copy(
        "SELECT order_id, shipping_limit_date AS at, CAST(price AS DECIMAL(10,2)) AS price "
        f"FROM {read('order_items')}",
        folder / "orders.parquet",
    )
    return MARKETPLACE_MAPPING


def copy(query: str, to: Path) -> None:
    duckdb.execute(f"COPY ({query}) TO '{to}' (FORMAT parquet)").fetchall()


AWKWARD_MAPPING = """
currency = "EUR"
[[files]]
<answers>
table = "feedback"
missing = ["99"]
orphans = 0.05
[files.columns]
customer = "customer"
score = { column = "stars", scale = [1, 5], kind = "stars", reversed = true }
answered_at = "at"
touchpoint = "place"
ratings.ease = { column = "ease", scale = [1, 5] }
ratings.speed = "speed"
[[files]]
<people>
table = "customers"
[files.columns]
customer = 'the "id"'
started = "joined"
ended = "gone"
observed_until = "seen_until"
[files.segments]
plan = "plan"
late = { later = ["gone", "joined"] }
[files.weight]
column = "weight"
[[files]]
<orders>
table = "transactions"
[files.columns]
customer = "customer"
at = "day"
amount = { column = "paid", range = [0, 8000000] }
[landmark]
date = "2025-02-28"
outcome_months = 7
pre_months = 1
"""

BAD_MAPPING = """
currency = "EUR"
[[files]]
<answers>
table = "feedback"
[files.columns]
customer = "customer"
response = "id"
score = { column = "nps", scale = [0, 10], kind = "nps" }
answered_at = "day"
[[files]]
<people>
table = "customers"
[files.columns]
customer = "customer"
started = "since"
[[files]]
<orders>
table = "transactions"
[files.columns]
customer = "customer"
amount = { column = "paid", currency = "code" }
[files.control]
rows = 41
amount = 1
[landmark]
date = "2026-10-01"
outcome_months = 12
"""

MARKETPLACE_MAPPING = """
currency = "BRL"
[[files]]
<answers>
table = "feedback"
[files.columns]
customer = "order_id"
response = "review_id"
score = { column = "stars", scale = [1, 5], kind = "stars" }
answered_at = "at"
[[files]]
<people>
table = "customers"
[files.columns]
customer = "order_id"
started = "bought"
experience_ended_at = "came"
[files.segments]
status = "order_status"
late = { later = ["came", "promised"] }
[files.weight]
column = "order_status"
map = { delivered = 18.654 }
otherwise = 1
[[files]]
<orders>
table = "transactions"
[files.columns]
customer = "order_id"
at = "at"
amount = "price"
[landmark]
date = "2018-09-30"
outcome_months = 1
pre_months = 24
"""
