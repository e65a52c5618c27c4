"""Parcels, some of them late, and what their customers answered: drawn unevenly, and partly too early."""

from pathlib import Path

from folders import written

ANSWERS = """
[[files]]
path = "answers.csv"
table = "feedback"
[files.columns]
customer = "parcel"
score = { column = "stars", scale = [1, 5], kind = "stars" }
answered_at = "answered"

[[files]]
path = "parcels.csv"
table = "customers"
[files.columns]
customer = "parcel"
experience_ended_at = "arrived"
VALUE
[files.segments]
late = { later = ["arrived", "promised"] }
region = "region"
age = { column = "age", cut = [7, 13, 25] }
WEIGHT
[[comparisons]]
key = "late"
title = "Late against on time"
exposure = "late"
exposed = "yes"
against = "no"
outcome = "score"
adjust = ["region"]
"""
WEIGHT = """
[files.weight]
column = "kind"
map = { delivered = 10 }
otherwise = 1
"""


def deliveries(
    folder: Path,
    *,
    late_early: int = 0,
    early_in_time: int = 0,
    weight: str = "",
    value: bool = False,
    unanswered: int = 0,
) -> Path:
    """200 late parcels and 800 in time; so many of either were judged before they came.

    Late parcels get 2 or 3 stars when they have come, and 1 before; those in time 4 or 5, and 4 before.
    """
    answers, parcels = ["parcel,stars,answered"], ["parcel,arrived,promised,region,age,kind,worth"]
    for i in range(1000):
        is_late = i < 200
        nth = i if is_late else i - 200
        is_early = nth < (late_early if is_late else early_in_time)
        arrived, promised = ("2026-03-20", "2026-03-10") if is_late else ("2026-03-09", "2026-03-10")
        stars = (1 if is_late else 4) if is_early else (2 if is_late else 4) + i % 2
        if i < 1000 - unanswered:
            answers.append(f"p{i},{stars},{'2026-03-05' if is_early else '2026-03-25'}")
        kind = "delivered" if i % 5 else "returned"
        parcels.append(
            f"p{i},{arrived},{promised},{'north' if i % 3 else 'south'},{i % 30},{kind},{20 + i % 9}"
        )
    mapping = ANSWERS.replace("WEIGHT", weight).replace("VALUE", 'value = "worth"' if value else "")
    files = {"answers.csv": "\n".join(answers) + "\n", "parcels.csv": "\n".join(parcels) + "\n"}
    return written(folder, mapping, files)
