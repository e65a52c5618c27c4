"""Data in which a number must not be shown, and their twins in which it must: what tempts, and what is asked.

Refusing everything is a failure as well: each temptation stands beside data that differ in nothing but the
flaw. `small_company` is the twin of most.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from small_company import (
    COMPARISONS,
    CONTACTS,
    CUSTOMERS,
    INITIATIVE,
    INVOICES,
    LANDMARK,
    Data,
    Row,
    comparison,
    csv_of,
    small_company,
)

from fulcrum.core.findings import Evidence
from fulcrum.core.quantities import Estimate, Result, Unknown

Ending = Literal["stopped", "refused", "asked"]
Look = Callable[[Evidence], Result | None]


@dataclass(frozen=True)
class Twins:
    """One temptation and its twin.

    ending  stopped: an error keeps every number back; refused: the number's place says what is needed;
            asked: the number stands as the mapping has it, beside a question to a person
    says    what the refusal, the error or the question must name
    code    of the error or the question
    """

    name: str
    ending: Ending
    flawed: Callable[[], Data]
    says: str
    look: Look = lambda evidence: _of(evidence, "score.all")
    code: str = ""
    sound: Callable[[], Data] = small_company


def _of(evidence: Evidence, key: str) -> Result | None:
    found = evidence.finding(key)
    return None if found is None else found.result


def finding(key: str) -> Look:
    """The result of one finding."""
    return lambda evidence: _of(evidence, key)


def upside(evidence: Evidence) -> Result | None:
    """The upside of the first case."""
    return evidence.cases[0].upside if evidence.cases else None


def prevalence(evidence: Evidence) -> Result | None:
    """How common the first story is."""
    return evidence.stories[0].prevalence if evidence.stories else None


def centre(evidence: Evidence) -> Result | None:
    """The centre of the score's trend, or what its absence means."""
    trend = next((one for one in evidence.trends if one.key == "score"), None)
    if trend is None or trend.centre is None:
        return Unknown(reason="No limits are drawn.", needs="More months.")
    score = _of(evidence, "score.all")
    return score


# ─── bent data ───────────────────────────────────────────────────────────────────────────────────────

BASE = small_company


def answers_only(scores: list[int], *, each: int = 1) -> Data:
    """Nothing but answers, `each` of every customer."""
    rows = tuple({"id": str(at // each), "score": str(score)} for at, score in enumerate(scores))
    block = (
        '[[files]]\npath = "answers.csv"\ntable = "feedback"\n[files.columns]\ncustomer = "id"\n'
        'score = { column = "score", scale = [0, 10], kind = "nps" }\n'
    )
    return Data(tables={"answers": rows}, blocks=(block,))


def _mixed(n: int) -> list[int]:
    chance = Random(5)
    return [0, 10, *(chance.randrange(11) for _ in range(n - 2))]


def _scores(change: Callable[[int, int], object]) -> Data:
    return BASE().each("answers", lambda at, row: {"score": str(change(at, int(row["score"])))})


def _currency_by_row(other: str) -> Data:
    data = BASE().each("invoices", lambda at, row: {"currency": "EUR" if at else other})
    return data.saying('amount = "amount"', 'amount = { column = "amount", currency = "currency" }')


def _late_ids(data: Data) -> list[str]:
    return [row["id"] for row in data.tables["customers"] if row["late"] == "yes"]


def _few_late(late: int) -> Data:
    data = BASE()
    kept = set(_late_ids(data)[:late])
    return data.each("customers", lambda at, row: {"late": "yes" if row["id"] in kept else "no"})


def _split_lines(share: float) -> Data:
    """Late customers are on copper and the others on fibre, but for a share on the other line."""
    chance = Random(3)

    def line(row: Row) -> str:
        own, other = ("copper", "fibre") if row["late"] == "yes" else ("fibre", "copper")
        return other if chance.random() < share else own

    return BASE().each("customers", lambda at, row: {"line": line(row)})


def _fine_lines(sorts: int) -> Data:
    return BASE().each("customers", lambda at, row: {"line": f"line {at % sorts}"})


def _leaving(who: Callable[[Row], bool | None]) -> Data:
    """Who leaves is decided anew; None leaves it as it is."""

    def ended(row: Row) -> str:
        decided = who(row)
        return row["ended"] if decided is None else "2026-03-01" if decided else ""

    return BASE().each("customers", lambda at, row: {"ended": ended(row)})


def _low_scorers(data: Data) -> set[str]:
    return {row["id"] for row in data.tables["answers"] if int(row["score"]) <= 6}


def _leaking_score() -> Data:
    low = _low_scorers(BASE())
    return _leaving(lambda row: row["id"] in low)


def _amounts(change: Callable[[int, str], float]) -> Data:
    return BASE().each("invoices", lambda at, row: {"amount": f"{change(at, row['id']):.2f}"})


def _skewed(sigma: float) -> Data:
    chance, size = Random(8), {}
    return _amounts(lambda at, who: 100 * size.setdefault(who, chance.lognormvariate(0, sigma)))


def _without(*blocks: str) -> Data:
    data = BASE()
    return replace(data, blocks=tuple(block for block in data.blocks if block not in blocks))


def _initiative(comparison: str) -> Data:
    data = BASE()
    named = replace(INITIATIVE, comparison=comparison)
    return replace(data, company=replace(data.company, initiatives=(named,)))


def _story_at(touchpoint: str, answers: int) -> Data:
    data = BASE().each("answers", lambda at, row: {"touchpoint": touchpoint if at < answers else "repair"})
    stories = (replace(data.company.stories[0], touchpoint=touchpoint),)
    return replace(data, company=replace(data.company, stories=stories))


def _months(count: int) -> Data:
    return BASE().each("answers", lambda at, row: {"answered": f"2025-{1 + at % count:02d}-10"})


def _twice_answered(score: str) -> Data:
    return BASE().rows("answers", lambda rows: [*rows, {**rows[5], "score": score}])


def _same_file(copy: bool) -> Data:
    data = BASE()
    rows = data.tables["contacts"]
    second = rows if copy else tuple({**row, "cost": f"{float(row['cost']) + 1:.2f}"} for row in rows)
    block = CONTACTS.replace("contacts.csv", "more.csv")
    return replace(data, blocks=(*data.blocks, block), texts={"more.csv": csv_of(second)})


def _control(what: str) -> Data:
    return BASE().saying('amount = "amount"', f'amount = "amount"\n[files.control]\n{what}')


def _total(off: int) -> str:
    cents = sum(round(100 * float(row["amount"])) for row in BASE().tables["invoices"]) + off
    return f"amount = {cents // 100}.{cents % 100:02d}"


def _dates(form: str, change: Callable[[int, str], str]) -> Data:
    data = BASE().saying(
        'answered_at = "answered"', f'answered_at = {{ column = "answered", format = "{form}" }}'
    )
    return data.each("answers", lambda at, row: {"answered": change(at, row["answered"])})


def _dotted(day: str) -> str:
    return f"{day[8:10]}.{day[5:7]}.{day[:4]}"


def _slashed_within_twelve(at: int, day: str) -> str:
    return f"{1 + at % 12:02d}/{1 + at % 9:02d}/2025"


def _sample(weighted: bool) -> Data:
    """All who left and a tenth of those who stayed."""
    data = _leaving(lambda row: int(row["id"]) % 2 == 0)
    weight = '[files.weight]\ncolumn = "sort"\nmap = { stayed = 10 }\notherwise = 1\n'
    data = data.each("customers", lambda at, row: {"sort": "left" if row["ended"] else "stayed"})
    return data.having(CUSTOMERS, CUSTOMERS + weight) if weighted else data


def _dominated(times: float) -> Data:
    """One customer's every invoice so many times the usual."""
    return _amounts(lambda at, who: 100 * (times if who == "1007" else 1) + at % 7)


PAIRS = (
    # too little
    Twins(
        "four answers",
        "refused",
        lambda: answers_only(_mixed(4)),
        "At least 20",
        sound=lambda: answers_only(_mixed(40)),
    ),
    Twins(
        "nineteen answers",
        "refused",
        lambda: answers_only(_mixed(19)),
        "1 more",
        sound=lambda: answers_only(_mixed(20)),
    ),
    Twins(
        "an NPS of nineteen answers",
        "refused",
        lambda: answers_only(_mixed(19)),
        "1 more",
        finding("nps.all"),
        sound=lambda: answers_only(_mixed(20)),
    ),
    Twins(
        "sixty answers of three customers",
        "refused",
        lambda: answers_only(_mixed(60), each=20),
        "at least 8 customers",
        sound=lambda: answers_only(_mixed(60), each=2),
    ),
    Twins(
        "nineteen late customers",
        "refused",
        lambda: _few_late(19),
        "At least 20 cases",
        finding("gap.crude.late_left"),
        sound=lambda: _few_late(40),
    ),
    Twins(
        "an adjusted gap of nineteen late customers",
        "refused",
        lambda: _few_late(19),
        "At least 20 cases",
        finding("gap.adjusted.late_spend"),
        sound=lambda: _few_late(90),
    ),
    Twins(
        "a story of four answers",
        "refused",
        lambda: _story_at("moving", 4),
        "At least 20",
        prevalence,
        sound=lambda: _story_at("moving", 60),
    ),
    Twins(
        "a trend of seven months",
        "refused",
        lambda: _months(7),
        "More months",
        centre,
        sound=lambda: _months(9),
    ),
    Twins(
        "hardly anybody left",
        "refused",
        lambda: _leaving(lambda row: int(row["id"]) in (1001, 1002)),
        "with and without the outcome",
        finding("gap.crude.late_left"),
    ),
    # a link that is too good, or none
    Twins(
        "a score made after leaving",
        "refused",
        _leaking_score,
        "before the outcome window",
        finding("retention.band.0 to 6"),
    ),
    Twins(
        "spend by a score made after leaving",
        "refused",
        _leaking_score,
        "before the outcome window",
        finding("spend.band.9 to 10"),
    ),
    Twins(
        "a field made from leaving",
        "refused",
        lambda: _leaving(lambda row: row["late"] == "yes"),
        "before the outcome window",
        finding("gap.crude.late_left"),
    ),
    Twins(
        "groups that hardly overlap",
        "refused",
        lambda: _split_lines(0.04),
        "coarser fields",
        finding("gap.adjusted.late_left"),
        sound=lambda: _split_lines(0.3),
    ),
    Twins(
        "strata of a handful each",
        "refused",
        lambda: _fine_lines(60),
        "coarser fields",
        finding("gap.adjusted.late_spend"),
        sound=lambda: _fine_lines(4),
    ),
    Twins(
        "nothing to adjust for",
        "refused",
        lambda: BASE().having(COMPARISONS, comparison("late_left", "left", more="")),
        "`adjust`",
        finding("gap.adjusted.late_left"),
    ),
    # money that carries no mean
    Twins(
        "a few accounts make the mean",
        "refused",
        lambda: _skewed(2.2),
        "largest accounts kept apart",
        finding("spend.band.7 to 8"),
        sound=lambda: _skewed(0.6),
    ),
    Twins(
        "a gap of a few accounts",
        "refused",
        lambda: _skewed(2.2),
        "largest accounts kept apart",
        finding("gap.crude.late_spend"),
        sound=lambda: _skewed(0.6),
    ),
    Twins(
        "no invoice in the window",
        "refused",
        lambda: BASE().each("invoices", lambda at, row: {"at": "2025-05-10"}),
        "dated within it",
        finding("spend.band.9 to 10"),
    ),
    # a case without its feet
    Twins("before and after without a window", "refused", lambda: _without(LANDMARK), "[landmark]", upside),
    Twins(
        "a case on a comparison of scores",
        "refused",
        lambda: _initiative("late_score"),
        "spend, stayed or left",
        upside,
    ),
    Twins(
        "a case on a comparison that does not exist",
        "refused",
        lambda: _initiative("lateness"),
        "late_left",
        upside,
    ),
    Twins(
        "a case without an initiative",
        "refused",
        lambda: replace(BASE(), company=replace(BASE().company, initiatives=())),
        "[[programme.initiatives]]",
        upside,
    ),
    Twins("a case without a comparison", "refused", lambda: _without(COMPARISONS), "[[comparisons]]", upside),
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
        lambda: _currency_by_row("GBP"),
        "dated rate",
        code="currency",
        sound=lambda: _currency_by_row("EUR"),
    ),
    Twins(
        "a control total that differs by a cent",
        "stopped",
        lambda: _control(_total(1)),
        "Export the file anew",
        code="control-total",
        sound=lambda: _control(_total(0)),
    ),
    Twins(
        "a row fewer than was sent",
        "stopped",
        lambda: _control("rows = 9999"),
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
        lambda: _twice_answered("3" if BASE().tables["answers"][5]["score"] != "3" else "4"),
        "one row per response id",
        code="response-twice",
        sound=lambda: _twice_answered(BASE().tables["answers"][5]["score"]),
    ),
    Twins(
        "the same file under two names",
        "stopped",
        lambda: _same_file(True),
        "List one of them",
        code="same-file",
        sound=lambda: _same_file(False),
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
        lambda: _scores(lambda at, score: -100 + 100 * (at % 3)),
        "each person's own answer",
        code="computed-nps",
    ),
    Twins(
        "one to five taken for NPS",
        "stopped",
        lambda: _scores(lambda at, score: 1 + score // 2 if score < 10 else 5),
        'kind = "csat"',
        code="five-point-nps",
    ),
    Twins(
        "don't know, coded 99",
        "stopped",
        lambda: _scores(lambda at, score: 99 if at % 9 == 0 else score),
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
        lambda: _dates("%d.%m.%Y", lambda at, day: _dotted(day) if at % 2 else day),
        "format",
        sound=lambda: _dates("%d.%m.%Y", lambda at, day: _dotted(day)),
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
        lambda: _scores(lambda at, score: 10 - score if at % 2 else 0),
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
        lambda: _dates("%d/%m/%Y", _slashed_within_twelve),
        "Check that the dates",
        code="day-or-month",
        sound=lambda: _dates("%d/%m/%Y", lambda at, day: _dotted(day).replace(".", "/")),
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
DOMINATED, EVEN = (lambda: _dominated(120)), (lambda: _dominated(1))
UNWEIGHTED, WEIGHTED = (lambda: _sample(False)), (lambda: _sample(True))


def is_shown(result: Result | None) -> bool:
    """Whether there is a number."""
    return isinstance(result, Estimate)
