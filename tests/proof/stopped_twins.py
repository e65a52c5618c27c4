"""Temptations that stop every number, or ask a person, each with its twin."""

from bent_data import (
    BASE,
    control,
    currency_by_row,
    dates,
    dotted,
    same_file,
    scores,
    slashed_within_twelve,
    total,
    twice_answered,
)
from small_company import COMPARISONS, INVOICES
from twins import Twins

STOPPED = (
    # money that may not be added
    Twins(
        "a file in dollars",
        "stopped",
        lambda: BASE().having(
            INVOICES, INVOICES.replace("[files.columns]", 'currency = "USD"\n[files.columns]')
        ),
        "dated rate",
        code="currency",
    ),
    Twins(
        "one row in pounds",
        "stopped",
        lambda: currency_by_row("GBP"),
        "dated rate",
        code="currency",
        sound=lambda: currency_by_row("EUR"),
    ),
    Twins(
        "a control total that differs by a cent",
        "stopped",
        lambda: control(total(1)),
        "Export the file anew",
        code="control-total",
        sound=lambda: control(total(0)),
    ),
    Twins(
        "a row fewer than was sent",
        "stopped",
        lambda: control("rows = 9999"),
        "Export the file anew",
        code="control-total",
    ),
    Twins(
        "an amount with a comma that nobody declared",
        "stopped",
        lambda: BASE().one("invoices", 3, amount="1,234"),
        "thousands",
    ),
    Twins("an amount with its sign", "stopped", lambda: BASE().one("invoices", 3, amount="€ 120"), "number"),
    # keys that multiply
    Twins(
        "a customer twice: the join would multiply their money",
        "stopped",
        lambda: BASE().rows("customers", lambda rows: [*rows, rows[0]]),
        "one row per customer",
        code="customer-twice",
    ),
    Twins(
        "one response with two scores",
        "stopped",
        lambda: twice_answered("3" if BASE().tables["answers"][5]["score"] != "3" else "4"),
        "one row per response id",
        code="response-twice",
        sound=lambda: twice_answered(BASE().tables["answers"][5]["score"]),
    ),
    Twins(
        "the same file under two names",
        "stopped",
        lambda: same_file(True),
        "List one of them",
        code="same-file",
        sound=lambda: same_file(False),
    ),
    Twins(
        "a group that does not exist",
        "stopped",
        lambda: BASE().having(COMPARISONS, COMPARISONS.replace('exposed = "yes"', 'exposed = "Yes"')),
        "It holds: 'no', 'yes'",
        code="no-such-group",
    ),
    # scores that are something else
    Twins("an eleven on a scale to ten", "stopped", lambda: BASE().one("answers", 9, score="11"), "scale"),
    Twins("a score and a half", "stopped", lambda: BASE().one("answers", 9, score="7.5"), "whole"),
    Twins(
        "an NPS that was computed before",
        "stopped",
        lambda: scores(lambda at, score: -100 + 100 * (at % 3)),
        "each person's own answer",
        code="computed-nps",
    ),
    Twins(
        "one to five taken for NPS",
        "stopped",
        lambda: scores(lambda at, score: 1 + score // 2 if score < 10 else 5),
        'kind = "csat"',
        code="five-point-nps",
    ),
    Twins(
        "don't know, coded 99",
        "stopped",
        lambda: scores(lambda at, score: 99 if at % 9 == 0 else score),
        'missing = ["99"]',
        code="dont-know",
    ),
    # time that cannot be
    Twins(
        "a thirtieth of February", "stopped", lambda: BASE().one("answers", 4, answered="2025-02-30"), "date"
    ),
    Twins(
        "two forms of date in one column",
        "stopped",
        lambda: dates("%d.%m.%Y", lambda at, day: dotted(day) if at % 2 else day),
        "format",
        sound=lambda: dates("%d.%m.%Y", lambda at, day: dotted(day)),
    ),
    Twins(
        "a window that is not over",
        "stopped",
        lambda: BASE().saying("2025-11-01", "2026-05-01"),
        "earlier landmark",
        code="window-open",
    ),
    # a person must decide
    Twins(
        "a reversed scale that nobody declared",
        "asked",
        lambda: scores(lambda at, score: 10 - score if at % 2 else 0),
        "reversed = true",
        code="reversed",
    ),
    Twins(
        "negative revenue",
        "asked",
        lambda: BASE().one("invoices", 7, amount="-80.00"),
        "refunds",
        code="negative",
    ),
    Twins(
        "revenue a thousand-fold",
        "asked",
        lambda: BASE().one("invoices", 7, amount="290000.00"),
        "thousands",
        code="thousand-fold",
    ),
    Twins(
        "an answer from the future",
        "asked",
        lambda: BASE().one("answers", 7, answered="2031-01-01"),
        "order of day and month",
        code="future",
    ),
    Twins(
        "day and month that could be swapped",
        "asked",
        lambda: dates("%d/%m/%Y", slashed_within_twelve),
        "Check that the dates",
        code="day-or-month",
        sound=lambda: dates("%d/%m/%Y", lambda at, day: dotted(day).replace(".", "/")),
    ),
    Twins(
        "invoices of nobody",
        "asked",
        lambda: BASE().each("invoices", lambda at, row: {"id": f"x{row['id']}"}),
        "write the id alike",
        code="orphans",
    ),
    Twins(
        "customers who left before they came",
        "asked",
        lambda: BASE().one("customers", 3, started="2024-01-01", ended="2023-01-01"),
        "Check both columns",
        code="ended-first",
    ),
)
