"""Cells from the engine equal what plain Python counts from the rows, whatever the files look like."""

import random
from collections import defaultdict
from datetime import date
from hashlib import md5
from pathlib import Path

import duckdb
import pytest
from folders import NPS, as_dict, codes, feedback, file, loaded, mapped

from fulcrum.core.errors import Severity, WrongUse
from fulcrum.evidence.intake.sources import EngineLimits
from fulcrum.evidence.queries import (
    duration_cells,
    outcome_cells,
    outcome_query,
    score_cells,
    score_query,
)
from fulcrum.evidence.rating_queries import rating_products

Answer = tuple[str, int, str]


def answers(n: int, *, seed: int) -> list[Answer]:
    chance = random.Random(seed)
    return [(f"c{chance.randrange(n // 2)}", chance.randrange(11), chance.choice("abc")) for _ in range(n)]


def as_csv(rows: list[Answer]) -> str:
    return "customer,score,plan\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)


def bucket(customer: str) -> int:
    return int(md5(customer.encode()).hexdigest()[:2], 16) % 64


SEGMENT = '[files.segments]\nplan = "plan"'


def test_cells_equal_a_count_in_plain_python(tmp_path: Path) -> None:
    rows = answers(400, seed=1)
    expected: dict[tuple[object, ...], int] = defaultdict(int)
    for customer, score, plan in rows:
        expected[score, plan, bucket(customer)] += 1
    with loaded(tmp_path, feedback(columns=SEGMENT), {"f.csv": as_csv(rows)}) as data:
        cells = score_cells(data, ("score", "plan", "bucket"))
        assert as_dict(cells) == expected
        assert cells.wy.tolist() == [n * key[0] for key, n in zip(cells.keys, cells.n, strict=True)]
        assert not data.answered_once
        whole = score_cells(data)
        assert (whole.keys, whole.n.tolist()) == (((),), [400])
        assert whole.wyy.tolist() == [sum(score**2 for _, score, _ in rows)]


def test_cells_of_two_files_are_those_of_their_parts_in_any_order_of_rows(tmp_path: Path) -> None:
    rows = answers(300, seed=2)
    by = ("score", "plan", "bucket")
    with loaded(tmp_path, feedback(columns=SEGMENT), {"f.csv": as_csv(rows)}) as data:
        whole = score_cells(data, by)
    parts = {"a.csv": as_csv(rows[200:]), "b.csv": as_csv(rows[:200][::-1])}
    mapping = feedback("a.csv", columns=SEGMENT) + feedback("b.csv", columns=SEGMENT)
    with loaded(tmp_path, mapping, parts) as data:
        assert as_dict(score_cells(data, by)) == as_dict(whole)
        assert score_cells(data, by).wy.tolist() == whole.wy.tolist()


def test_weights_of_the_customers_are_carried_by_every_sum(tmp_path: Path) -> None:
    mapping = feedback(more="orphans = 0.4") + file(
        "c.csv",
        "customers",
        'customer = "id"\n[files.weight]\ncolumn = "kind"\nmap = { big = 2.5 }\notherwise = 1',
    )
    files = {"f.csv": "customer,score\na,4\nb,10\nnobody,0\n", "c.csv": "id,kind\na,big\nb,small\n"}
    with loaded(tmp_path, mapping, files) as data:
        cells = score_cells(data)
        assert (cells.n[0], cells.w[0], cells.ww[0], cells.wy[0], cells.wyy[0]) == (2, 3.5, 7.25, 20, 140)


def parquet(path: Path, select: str) -> None:
    duckdb.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)").fetchall()


PARQUET_ROWS = (
    "SELECT range AS customer_id, CAST(range * 7 % 11 AS TINYINT) AS score, "
    "CAST(range % 3 AS TINYINT) AS segment, "
    "range % 5 = 0 AS churned, CAST(range % 13 AS DOUBLE) / 4 AS revenue FROM range(-50, 950)"
)
WIDE = file(
    "p.parquet",
    "customers",
    'customer = "customer_id"\nscore = { column = "score", scale = [0, 10], kind = "nps" }\n'
    'left = { column = "churned", yes = ["true"] }\nvalue = { column = "revenue", range = [-3, 3] }\n'
    '[files.segments]\nsegment = "segment"',
)


def test_a_parquet_of_customers_with_their_answers_is_scanned_where_it_lies(tmp_path: Path) -> None:
    parquet(tmp_path / "p.parquet", PARQUET_ROWS)
    (tmp_path / "mapping.toml").write_text(f'currency = "EUR"\n{WIDE}', encoding="utf-8")
    expected: dict[tuple[object, ...], list[float]] = defaultdict(lambda: [0, 0, 0])
    for i in range(-50, 950):
        cell = expected[
            (i * 7 % 11) if i >= 0 else -(-i * 7 % 11), i % 3 if i >= 0 else -(-i % 3), abs(i) % 64
        ]
        cell[0] += 1
        cell[1] += i % 5 == 0
        cell[2] += (i % 13 if i >= 0 else -(-i % 13)) / 4
    with loaded(tmp_path) as data:
        assert codes(data, Severity.ERROR) == ["off-scale"]
        assert data.rejected[0].row == 2
    parquet(tmp_path / "p.parquet", f"SELECT * FROM ({PARQUET_ROWS}) WHERE score >= 0")
    expected = {key: cell for key, cell in expected.items() if key[0] >= 0}  # type: ignore[operator]
    with loaded(tmp_path) as data:
        by = ("score", "segment", "bucket")
        assert as_dict(outcome_cells(data, "left", by), "wy") == {
            key: cell[1] for key, cell in expected.items()
        }
        spend = outcome_cells(data, "spend", by)
        assert as_dict(spend) == {key: cell[0] for key, cell in expected.items()}
        assert as_dict(spend, "wy") == pytest.approx({key: cell[2] for key, cell in expected.items()})
        assert as_dict(score_cells(data, by)) == as_dict(spend)
        kinds = data.engine.query("SELECT table_name, table_type FROM information_schema.tables")
        assert {kind for _, kind in kinds} == {"VIEW"}
        assert data.answered_once


def test_text_and_parquet_of_one_table_give_the_same_cells(tmp_path: Path) -> None:
    rows = answers(200, seed=3)
    (tmp_path / "f.csv").write_text(as_csv(rows), encoding="utf-8")
    parquet(tmp_path / "f.parquet", f"SELECT * FROM read_csv('{tmp_path}/f.csv', all_varchar = true)")
    by = ("score", "plan", "bucket")
    with loaded(tmp_path, feedback("f.csv", columns=SEGMENT), {}) as data:
        from_text = as_dict(score_cells(data, by))
    with loaded(tmp_path, feedback("f.parquet", columns=SEGMENT), {}) as data:
        assert as_dict(score_cells(data, by)) == from_text


def test_text_and_parquet_stack_in_one_table(tmp_path: Path) -> None:
    rows = answers(60, seed=6)
    parquet(
        tmp_path / "p.parquet",
        "SELECT 'x' || range AS customer, range % 11 AS score, 'a' AS plan FROM range(22)",
    )
    mapping = feedback("f.csv", columns=SEGMENT) + feedback("p.parquet", columns=SEGMENT)
    with loaded(tmp_path, mapping, {"f.csv": as_csv(rows)}) as data:
        assert score_cells(data, ("score", "plan")).n.sum() == 82


LANDMARK = '[landmark]\ndate = "2025-01-01"\noutcome_months = 12\npre_months = 12\n'
CUSTOMERS = file(
    "c.csv", "customers", 'customer = "id"\nstarted = "start"\nended = "end"\nobserved_until = "seen"'
)
TRANSACTIONS = file("t.csv", "transactions", 'customer = "id"\nat = "day"\namount = "amount"')
DATED = feedback(columns='answered_at = "day"')
FILES = {
    "c.csv": "id,start,end,seen\n"
    "stays,2023-01-01,,\n"
    "leaves,2023-01-01,2025-03-15,\n"
    "leaves later,2023-01-01,2026-02-01,\n"
    "gone,2023-01-01,2024-06-01,\n"
    "new,2025-02-01,,\n"
    "lost sight of,2023-01-01,,2025-06-30\n"
    "silent,2023-01-01,2025-12-31,\n",
    "f.csv": "customer,score,day\n"
    "stays,3,2024-01-01\n"
    "stays,9,2024-12-31\n"
    "stays,0,2025-01-01\n"
    "leaves,2,2024-05-05\n"
    "leaves later,10,2025-07-01\n",
    "t.csv": "id,day,amount\n"
    "stays,2024-01-01,100\n"
    "stays,2024-12-31,20.50\n"
    "stays,2025-01-01,7\n"
    "stays,2025-12-31,0.01\n"
    "stays,2026-01-01,1000\n"
    "silent,2023-12-31,5\n",
}


def test_the_score_comes_before_the_landmark_and_the_outcome_from_it_on(tmp_path: Path) -> None:
    with loaded(tmp_path, DATED + CUSTOMERS + TRANSACTIONS + LANDMARK, FILES) as data:
        assert codes(data, Severity.ERROR) == []
        left = outcome_cells(data, "left", ("score",))
        assert as_dict(left) == {(2,): 1, (9,): 1, (None,): 2}
        assert as_dict(left, "wy") == {(2,): 1, (9,): 0, (None,): 1}
        assert as_dict(outcome_cells(data, "stayed", ("score",)), "wy") == {(2,): 0, (9,): 1, (None,): 1}
        assert as_dict(outcome_cells(data, "spend", ("score",)), "wy") == {(2,): 0, (9,): 7.01, (None,): 0}
        assert as_dict(outcome_cells(data, "prior_spend"), "wy") == {(): 120.5}
        assert set(outcome_cells(data, "left", ("prior_spend",)).values("prior_spend")) == {"any", "none"}


def test_who_was_set_apart_is_counted(tmp_path: Path) -> None:
    with loaded(tmp_path, DATED + CUSTOMERS + TRANSACTIONS + LANDMARK, FILES) as data:
        base, order = data.base, data.time_order
        assert base is not None
        assert order is not None
        assert (base.customers, base.answered, base.censored, base.not_yet, base.gone) == (5, 2, 1, 1, 1)
        assert base.window == (date(2025, 1, 1), date(2026, 1, 1))
        assert (order.answers, order.late, order.used) == (5, 2, 2)


def test_durations_keep_those_who_were_lost_sight_of(tmp_path: Path) -> None:
    with loaded(tmp_path, DATED + CUSTOMERS + TRANSACTIONS + LANDMARK, FILES) as data:
        assert as_dict(duration_cells(data)) == {(2, 1): 1, (5, 0): 1, (11, 1): 1, (12, 0): 2}


def test_answers_before_the_experience_was_over_are_a_key_of_their_own(tmp_path: Path) -> None:
    mapping = feedback(columns='answered_at = "day"') + file(
        "c.csv", "customers", 'customer = "id"\nexperience_ended_at = "got"'
    )
    files = {
        "f.csv": "customer,score,day\na,1,2025-01-01\nb,9,2025-01-03\nc,5,2025-01-01\n",
        "c.csv": "id,got\na,2025-01-02\nb,2025-01-02\nc,\n",
    }
    with loaded(tmp_path, mapping, files) as data:
        assert as_dict(score_cells(data, ("early",))) == {("no",): 1, ("yes",): 1, (None,): 1}
        assert data.time_order is not None
        assert data.time_order.early == 1


def test_a_key_or_outcome_that_the_data_do_not_offer_is_named(tmp_path: Path) -> None:
    with loaded(tmp_path, feedback(), {"f.csv": "customer,score\na,9\n"}) as data:
        with pytest.raises(WrongUse, match="offer no `plan`; they offer score, bucket"):
            score_cells(data, ("plan",))
        with pytest.raises(WrongUse, match="no customer base"):
            outcome_cells(data, "left")


def test_the_query_behind_cells_holds_no_quantile_and_no_header(tmp_path: Path) -> None:
    rows = as_csv(answers(50, seed=4))
    with loaded(tmp_path, feedback(columns=SEGMENT), {"f.csv": rows}) as data:
        assert score_query(data, ("score", "plan")) == (
            "SELECT f.score AS k0, f.s0 AS k1, COUNT(*) AS n FROM feedback f GROUP BY 1, 2"
        )
        with pytest.raises(WrongUse):
            outcome_query(data, "left")


def test_cross_products_of_ratings_equal_those_of_the_rows(tmp_path: Path) -> None:
    mapping = feedback(columns='ratings.ease = "q1"\nratings.price = { column = "q2", scale = [1, 5] }')
    text = "customer,score,q1,q2\na,9,5,4\nb,3,1,\nc,7,,2\nd,10,4,5\n"
    with loaded(tmp_path, mapping, {"f.csv": text}) as data:
        found = rating_products(data)
    assert found.names == ("ease", "price", "score")
    assert found.rows == 4
    assert found.unusable("ease") == (1, 0)
    complete = found.complete("ease", "price", "score")
    assert complete.cases == 2
    assert complete.total.products.tolist() == [[41, 40, 85], [40, 41, 86], [85, 86, 181]]
    assert mapped(tmp_path).files[0].ratings[1].scale == (1, 5)


@pytest.mark.slow
def test_sums_are_the_same_to_the_last_digit_on_any_number_of_threads(tmp_path: Path) -> None:
    select = (
        "SELECT range AS id, CAST(range % 11 AS TINYINT) AS score, "
        "round(hash(range) % 1000003 / 977.0, 2) AS value, "
        "CASE WHEN range % 3 = 0 THEN 'a' ELSE 'b' END AS kind FROM range(400000)"
    )
    parquet(tmp_path / "p.parquet", select)
    mapping = file(
        "p.parquet",
        "customers",
        f'customer = "id"\nscore = {NPS}\nvalue = "value"\n'
        '[files.weight]\ncolumn = "kind"\nmap = { a = 1.7, b = 0.3 }',
    )
    sums = []
    for threads in (1, 4):
        with loaded(tmp_path, mapping, {}, limits=EngineLimits(threads=threads)) as data:
            cells = outcome_cells(data, "spend", ("score",))
            sums.append([getattr(cells, name).tolist() for name in ("w", "ww", "wy", "wyy")])
    assert sums[0] == sums[1]
