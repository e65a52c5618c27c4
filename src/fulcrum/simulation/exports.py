"""The simulated company's exports, as its systems would write them, and the mapping that explains them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from fulcrum.simulation.ratings import NOT_APPLICABLE, RATINGS, ratings_of
from fulcrum.simulation.truth import (
    DEPOTS,
    LANDMARK,
    LINES,
    OUTCOME_MONTHS,
    SEGMENTS,
    Customers,
    Floats,
    Whole,
    logistic,
)
from fulcrum.simulation.voices import FIRST_NAMES, SURNAMES, TOUCHPOINTS, say

REPAIRED_BETTER_FROM = 10  # months after the landmark: from then on the pilot depots' visits hold more often

BILLS = ("three pages", "one page")  # sent by chance, and in truth nobody stays or goes for it
BILL_SEED = 2
VOICES_SEED = 3  # of what customers write: a chance of its own, so that no figure moves with their words


def write_exports(everyone: Customers, folder: Path, *, seed: int) -> None:
    """Write customers, feedback, invoices, contacts and repair events, and `mapping.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed + 1)
    write_table(folder / "customers.csv", _CUSTOMER_HEADER, _customer_rows(everyone))
    write_table(folder / "feedback.csv", _FEEDBACK_HEADER, _feedback_rows(everyone, chance))
    write_table(
        folder / "invoices.csv", ("customer_id", "invoiced_on", "amount"), _invoice_rows(everyone, chance)
    )
    write_table(
        folder / "contacts.csv",
        ("customer_id", "contacted_on", "channel", "reason", "cost"),
        _contact_rows(everyone, chance),
    )
    write_table(
        folder / "repairs.csv", ("customer_id", "visited_on", "event"), _repair_rows(everyone, chance)
    )
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one export as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


_CUSTOMER_HEADER = (
    "customer_id",
    "first_name",
    "last_name",
    "customer_type",
    "line",
    "depot",
    "joined_on",
    "left_on",
    "months_with_us",
    "repair_2025",
    "bill",
    "yearly_fee",
)
_FEEDBACK_HEADER = (
    "response_id",
    "customer_id",
    "answered_on",
    "touchpoint",
    "recommend",
    *RATINGS,
    "comment",
)


def _customer_rows(all_: Customers) -> Iterable[Sequence[object]]:
    pages = np.random.default_rng(BILL_SEED).integers(0, len(BILLS), len(all_.id))
    for i, id in enumerate(all_.id):
        state = "repeated" if all_.is_repeated[i] else "held" if all_.is_repaired[i] else "none"
        yield (
            id,
            FIRST_NAMES[id % len(FIRST_NAMES)],
            SURNAMES[id % len(SURNAMES)],
            SEGMENTS[all_.segment[i]],
            LINES[all_.line[i]],
            DEPOTS[all_.depot[i]],
            _month(-int(all_.tenure[i])),
            _left_on(all_, i),
            max(int(all_.tenure[i]), 0),
            state,
            BILLS[pages[i]],
            f"{all_.fee[i] * 12:.2f}",
        )


def _left_on(all_: Customers, i: int) -> str:
    if all_.left_before[i]:
        return str(_month(-int(all_.left_before[i])))
    return "" if all_.stayed[i] else str(_month(int(all_.left_after[i])))


def _feedback_rows(all_: Customers, chance: np.random.Generator) -> Iterable[Sequence[object]]:
    answers = chance.random(len(all_.id)) < logistic(-1.7 + 0.12 * (all_.satisfaction - 7))
    who = np.repeat(np.flatnonzero(answers), 1 + chance.poisson(0.4, int(answers.sum())))
    months = chance.integers(-6, OUTCOME_MONTHS, len(who))
    touch = _touchpoints(all_, who, chance)
    scores = _scores(all_, who, months, touch, chance)
    ease_noise = chance.normal(0, 0.7, len(who))
    comments = chance.random(len(who)) < 0.45
    turns = chance.integers(0, 10_000, len(who))
    rated = ratings_of(all_, who, ease_noise, chance.spawn(1)[0])
    words = np.random.default_rng(VOICES_SEED)
    moved_home = 0
    for k, i in enumerate(who):
        if not _is_customer(all_, int(i), int(months[k])):
            continue
        name = TOUCHPOINTS[touch[k]]
        if name == "moving home":
            moved_home += 1
            if moved_home > 13:  # too few answers for a score: the demo shows a refusal
                continue
        answered = _month(int(months[k])) + timedelta(days=int(turns[k]) % 28)
        comment = say(name, int(scores[k]), chance=words).text if comments[k] else ""
        yield (f"R{k:06d}", all_.id[i], answered, name, scores[k], *rated[k], comment)


def _touchpoints(all_: Customers, who: Whole, chance: np.random.Generator) -> Whole:
    repair = all_.is_repaired[who] & (chance.random(len(who)) < 0.7)
    other = chance.choice([1, 2, 3, 4, 5], len(who), p=[0.33, 0.17, 0.31, 0.175, 0.015])
    return np.where(repair, 0, other)


def _scores(all_: Customers, who: Whole, months: Whole, touch: Whole, chance: np.random.Generator) -> Whole:
    at_touchpoint = np.array([0.0, -0.6, -0.7, 0.5, 0.7, 0.0])[touch]
    better = 1.1 * ((touch == 0) & (months >= REPAIRED_BETTER_FROM))
    felt = all_.satisfaction[who] + at_touchpoint + better + chance.normal(0, 0.8, len(who))
    return np.asarray(np.clip(np.round(felt), 0, 10), dtype=np.int64)


def _invoice_rows(all_: Customers, chance: np.random.Generator) -> Iterable[Sequence[object]]:
    for quarter in range(-4, 4):
        month = quarter * 3
        paid = _months_paid(all_, month)
        noise = np.exp(chance.normal(0, 0.03, len(all_.id)))
        factor = all_.spend_factor if month >= 0 else np.ones(len(all_.id))
        amount = np.round(all_.fee * paid * noise * factor, 2)
        for i in np.flatnonzero(paid > 0):
            yield all_.id[i], _month(month) + timedelta(days=14), f"{amount[i]:.2f}"


def _months_paid(all_: Customers, month: int) -> Floats:
    """How many of the three months from `month` each customer was there."""
    joined = -all_.tenure
    until = np.where(all_.left_before > 0, -all_.left_before, np.where(all_.stayed, 99, all_.left_after))
    return np.asarray(np.clip(np.minimum(until, month + 3) - np.maximum(joined, month), 0, 3), dtype=float)


def _contact_rows(all_: Customers, chance: np.random.Generator) -> Iterable[Sequence[object]]:
    often = 1.0 + 1.2 * all_.is_repaired + 2.6 * all_.is_repeated
    for i, many in enumerate(chance.poisson(often)):
        for month in chance.integers(-12, OUTCOME_MONTHS, many):
            if not _is_customer(all_, i, int(month)):
                continue
            day = _month(int(month)) + timedelta(days=int(chance.integers(0, 28)))
            channel = ("phone", "chat", "e-mail")[int(chance.integers(0, 3))]
            reason = "fault" if all_.is_repaired[i] else ("bill", "plan", "other")[int(chance.integers(0, 3))]
            yield all_.id[i], day, channel, reason, f"{chance.uniform(4.5, 9.5):.2f}"


def _repair_rows(all_: Customers, chance: np.random.Generator) -> Iterable[Sequence[object]]:
    for i in np.flatnonzero(all_.is_repaired):
        day = _month(-12) + timedelta(days=int(chance.integers(0, 170)))
        yield all_.id[i], day, "repair visit"
        if all_.is_repeated[i]:
            yield all_.id[i], day + timedelta(days=int(chance.integers(2, 15))), "repeat visit"


def _is_customer(all_: Customers, i: int, month: int) -> bool:
    joined = -int(all_.tenure[i])
    if all_.left_before[i]:
        return joined <= month < -int(all_.left_before[i])
    return joined <= month < (99 if all_.stayed[i] else int(all_.left_after[i]))


def _month(months_after_landmark: int) -> date:
    whole = LANDMARK.year * 12 + LANDMARK.month - 1 + months_after_landmark
    return date(whole // 12, whole % 12 + 1, 1)


_RATING_LINES = "\n".join(
    f'ratings.{name} = {{ column = "{name}", scale = [1, 5], not_applicable = ["{NOT_APPLICABLE}"] }}'
    for name in RATINGS
)
MAPPING = f"""\
# What each export of the simulated company means. Every figure of the demo starts here.
currency = "EUR"

[[files]]
path = "feedback.csv"
table = "feedback"
[files.columns]
customer = "customer_id"
response = "response_id"
answered_at = {{ column = "answered_on", format = "%Y-%m-%d" }}
score = {{ column = "recommend", scale = [0, 10], kind = "nps" }}
touchpoint = "touchpoint"
comment = "comment"
{_RATING_LINES}

[[files]]
path = "customers.csv"
table = "customers"
personal = ["first_name", "last_name"]
[files.columns]
customer = "customer_id"
started = {{ column = "joined_on", format = "%Y-%m-%d" }}
ended = {{ column = "left_on", format = "%Y-%m-%d" }}
value = "yearly_fee"
[files.segments]
customer_type = "customer_type"
line = "line"
depot = "depot"
repair = "repair_2025"
bill = "bill"
tenure = {{ column = "months_with_us", cut = [6, 12, 24, 48] }}

[[files]]
path = "invoices.csv"
table = "transactions"
[files.columns]
customer = "customer_id"
at = {{ column = "invoiced_on", format = "%Y-%m-%d" }}
amount = "amount"

[[files]]
path = "contacts.csv"
table = "contacts"
[files.columns]
customer = "customer_id"
at = {{ column = "contacted_on", format = "%Y-%m-%d" }}
channel = "channel"
reason = "reason"
cost = "cost"

[[files]]
path = "repairs.csv"
table = "events"
[files.columns]
customer = "customer_id"
at = {{ column = "visited_on", format = "%Y-%m-%d" }}
event = "event"

[landmark]
date = "{LANDMARK}"
outcome_months = {OUTCOME_MONTHS}
pre_months = 12

[[comparisons]]
key = "repair_spend"
title = "Repair repeated against repair held"
exposure = "repair"
exposed = "repeated"
against = "held"
outcome = "spend"
adjust = ["customer_type", "line", "tenure"]

[[comparisons]]
key = "repair_stayed"
title = "Repair repeated against repair held"
exposure = "repair"
exposed = "repeated"
against = "held"
outcome = "stayed"
adjust = ["customer_type", "line", "tenure"]

[[comparisons]]
key = "bill_stayed"
title = "Bill of one page against three"
exposure = "bill"
exposed = "one page"
against = "three pages"
outcome = "stayed"
adjust = ["customer_type", "line", "tenure"]

[[comparisons]]
key = "score_stayed"
title = "High score against low"
exposure = "band"
exposed = "promoters"
against = "detractors"
outcome = "stayed"
adjust = ["customer_type", "line", "tenure"]
"""
