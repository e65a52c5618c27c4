"""The small company with one flaw, and its twins: each function bends one thing."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from small_company import (
    CONTACTS,
    CUSTOMERS,
    INITIATIVE,
    Data,
    Row,
    csv_of,
    small_company,
)

BASE = small_company


def answers_only(scores: list[int], *, each: int = 1) -> Data:
    """Nothing but answers, `each` of every customer."""
    rows = tuple({"id": str(at // each), "score": str(score)} for at, score in enumerate(scores))
    block = (
        '[[files]]\npath = "answers.csv"\ntable = "feedback"\n[files.columns]\ncustomer = "id"\n'
        'score = { column = "score", scale = [0, 10], kind = "nps" }\n'
    )
    return Data(tables={"answers": rows}, blocks=(block,))


def mixed(n: int) -> list[int]:
    chance = Random(5)
    return [0, 10, *(chance.randrange(11) for _ in range(n - 2))]


def scores(change: Callable[[int, int], object]) -> Data:
    return BASE().each("answers", lambda at, row: {"score": str(change(at, int(row["score"])))})


def currency_by_row(other: str) -> Data:
    data = BASE().each("invoices", lambda at, row: {"currency": "EUR" if at else other})
    return data.saying('amount = "amount"', 'amount = { column = "amount", currency = "currency" }')


def late_ids(data: Data) -> list[str]:
    return [row["id"] for row in data.tables["customers"] if row["late"] == "yes"]


def few_late(late: int) -> Data:
    data = BASE()
    kept = set(late_ids(data)[:late])
    return data.each("customers", lambda at, row: {"late": "yes" if row["id"] in kept else "no"})


def split_lines(share: float) -> Data:
    """Late customers are on copper and the others on fibre, but for a share on the other line."""
    chance = Random(3)

    def line(row: Row) -> str:
        own, other = ("copper", "fibre") if row["late"] == "yes" else ("fibre", "copper")
        return other if chance.random() < share else own

    return BASE().each("customers", lambda at, row: {"line": line(row)})


def fine_lines(sorts: int) -> Data:
    return BASE().each("customers", lambda at, row: {"line": f"line {at % sorts}"})


def leaving(who: Callable[[Row], bool | None]) -> Data:
    """Who leaves is decided anew; None leaves it as it is."""

    def ended(row: Row) -> str:
        decided = who(row)
        return row["ended"] if decided is None else "2026-03-01" if decided else ""

    return BASE().each("customers", lambda at, row: {"ended": ended(row)})


def low_scorers(data: Data) -> set[str]:
    return {row["id"] for row in data.tables["answers"] if int(row["score"]) <= 6}


def leaking_score() -> Data:
    low = low_scorers(BASE())
    return leaving(lambda row: row["id"] in low)


def amounts(change: Callable[[int, str], float]) -> Data:
    return BASE().each("invoices", lambda at, row: {"amount": f"{change(at, row['id']):.2f}"})


def skewed(sigma: float) -> Data:
    chance, size = Random(8), {}
    return amounts(lambda at, who: 100 * size.setdefault(who, chance.lognormvariate(0, sigma)))


def without(*blocks: str) -> Data:
    data = BASE()
    return replace(data, blocks=tuple(block for block in data.blocks if block not in blocks))


def initiative(comparison: str) -> Data:
    data = BASE()
    named = replace(INITIATIVE, comparison=comparison)
    return replace(data, company=replace(data.company, initiatives=(named,)))


def story_at(touchpoint: str, answers: int) -> Data:
    data = BASE().each("answers", lambda at, row: {"touchpoint": touchpoint if at < answers else "repair"})
    stories = (replace(data.company.stories[0], touchpoint=touchpoint),)
    return replace(data, company=replace(data.company, stories=stories))


def months(count: int) -> Data:
    return BASE().each("answers", lambda at, row: {"answered": f"2025-{1 + at % count:02d}-10"})


def twice_answered(score: str) -> Data:
    return BASE().rows("answers", lambda rows: [*rows, {**rows[5], "score": score}])


def same_file(copy: bool) -> Data:
    data = BASE()
    rows = data.tables["contacts"]
    second = rows if copy else tuple({**row, "cost": f"{float(row['cost']) + 1:.2f}"} for row in rows)
    block = CONTACTS.replace("contacts.csv", "more.csv")
    return replace(data, blocks=(*data.blocks, block), texts={"more.csv": csv_of(second)})


def control(what: str) -> Data:
    return BASE().saying('amount = "amount"', f'amount = "amount"\n[files.control]\n{what}')


def total(off: int) -> str:
    cents = sum(round(100 * float(row["amount"])) for row in BASE().tables["invoices"]) + off
    return f"amount = {cents // 100}.{cents % 100:02d}"


def dates(form: str, change: Callable[[int, str], str]) -> Data:
    data = BASE().saying(
        'answered_at = "answered"', f'answered_at = {{ column = "answered", format = "{form}" }}'
    )
    return data.each("answers", lambda at, row: {"answered": change(at, row["answered"])})


def dotted(day: str) -> str:
    return f"{day[8:10]}.{day[5:7]}.{day[:4]}"


def slashed_within_twelve(at: int, day: str) -> str:
    return f"{1 + at % 12:02d}/{1 + at % 9:02d}/2025"


def sample(weighted: bool) -> Data:
    """All who left and a tenth of those who stayed."""
    data = leaving(lambda row: int(row["id"]) % 2 == 0)
    weight = '[files.weight]\ncolumn = "sort"\nmap = { stayed = 10 }\notherwise = 1\n'
    data = data.each("customers", lambda at, row: {"sort": "left" if row["ended"] else "stayed"})
    return data.having(CUSTOMERS, CUSTOMERS + weight) if weighted else data


def dominated(times: float) -> Data:
    """One customer's every invoice so many times the usual."""
    return amounts(lambda at, who: 100 * (times if who == "1007" else 1) + at % 7)


def upside_down() -> Data:
    """Half of the answers are the lowest score, and the others lean to it."""
    return scores(lambda at, score: 10 - score if at % 2 else 0)


def rated(rule: str) -> Data:
    """The small company with a rating of effort that rises where the score falls."""
    data = BASE().each("answers", lambda at, row: {"effort": str(max(0, 10 - int(row["score"]) - at % 2))})
    return data.saying('touchpoint = "touchpoint"', f'touchpoint = "touchpoint"\nratings.effort = {rule}')


def paid(amount: str) -> Data:
    return BASE().one("invoices", 7, amount=amount)


def declared_amounts(data: Data, limits: str) -> Data:
    return data.saying('amount = "amount"', f'amount = {{ column = "amount", range = {limits} }}')


def declared_days(data: Data) -> Data:
    said = 'answered_at = { column = "answered", range = ["2024-01-01", "2031-01-01"] }'
    return data.saying('answered_at = "answered"', said)


def strangers(every: int) -> Data:
    """One invoice in so many is of somebody who is not among the customers."""
    return BASE().each("invoices", lambda at, row: {} if at % every else {"id": f"x{row['id']}"})


def left_first() -> Data:
    return BASE().one("customers", 3, started="2024-01-01", ended="2023-01-01")
