"""The series in which goals are stated: NPS, and leavers, staying, spend, contacts and their cost a year."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from fulcrum.core.findings import Trend
from fulcrum.core.quantities import NPS, SHARE, Unit, money_unit
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.trend import value_trends
from fulcrum.evidence.queries import monthly_cells, presence_cells, score_cells, score_query
from fulcrum.evidence.trends_found import settings_of

MONTHS = 12
SPARE_DAYS = 3  # a month counts as whole if what happened in it reaches within so many days of its ends
_BY_SCORE = ("month", "score")


def series(given: Given) -> tuple[Trend, ...]:
    """Per month, the latest way of measuring first; a flow is told at the rate of a year.

    Contacts, cost and spend: the month's sum over the customers who were there in it, times 12; not told
    where some month has none, as with bills by the quarter. Leaving: 1 - (1 - leavers of the month /
    customers there at its start) ** 12, from the landmark on, where there is one, and from the first customer
    who left: an export may hold only those who stayed. Months that are not whole are left out.
    """
    return (*_nps(given), *_leaving(given), *_flows(given))


def _nps(given: Given) -> Iterator[Trend]:
    bands = given.bands
    if bands is None or bands.kind != "nps" or not given.has_key("month"):
        return
    cells = score_cells(given.loaded, _BY_SCORE)
    enough = given.rules.counts_only_below.value
    counts: dict[int, dict[str, float]] = {}
    for (month, score), w, n in zip(cells.keys, cells.w, cells.n, strict=True):
        if month is not None and score is not None:
            held = counts.setdefault(int(month), {"n": 0.0})
            held["n"] += float(n)
            held[bands.of(score)] = held.get(bands.of(score), 0.0) + float(w)
    values = {
        month: 100 * (held.get(bands.high, 0.0) - held.get(bands.low, 0.0)) / _weight(held)
        for month, held in counts.items()
        if held["n"] >= enough
    }
    trace = given.tracer(score_query(given.loaded, _BY_SCORE), "NPS per month")
    yield from value_trends(
        values, key="nps", title="NPS per month", unit=NPS, settings=settings_of(given), trace=trace
    )


def _weight(held: Mapping[str, float]) -> float:
    return sum(w for name, w in held.items() if name != "n")


@value
class _There:
    """How many customers there were: at the start of a month, and in any part of it."""

    cells: Cells
    query: str

    def at_start(self, month: int) -> float:
        return self._count(lambda started, ended: started < month and (ended is None or ended >= month))

    def within(self, month: int) -> float:
        return self._count(lambda started, ended: started <= month and (ended is None or ended >= month))

    def left_in(self, month: int) -> float:
        return self._count(lambda started, ended: started < month and ended == month)

    def _count(self, is_so: Callable[[int, int | None], bool]) -> float:
        return float(
            sum(
                n
                for (started, ended), n in zip(self.cells.keys, self.cells.n, strict=True)
                if is_so(int(started or 0), None if ended is None else int(ended))
            )
        )


def _there(given: Given) -> _There | None:
    if given.loaded.monthly.presence is None:
        return None
    cells, query = presence_cells(given.loaded)
    return _There(cells=cells, query=query)


def _leaving(given: Given) -> Iterator[Trend]:
    there = _there(given)
    if there is None:
        return
    landmark = given.loaded.mapping.landmark
    since = 0 if landmark is None else landmark.day.year * 100 + landmark.day.month
    ended = sorted({int(end) for _, end in there.cells.keys if end is not None and int(end) >= since})
    if len(ended) < 2:
        return
    months = [month for month in _from_to(ended[0], ended[-1]) if there.at_start(month)]
    left = {month: 1 - (1 - there.left_in(month) / there.at_start(month)) ** MONTHS for month in months}
    trace = given.tracer(
        there.query, "customers who left in a month of those there at its start, a year's rate"
    )
    yield from value_trends(
        left, key="churn", title="Customers who leave, at a year’s rate", unit=SHARE, trace=trace
    )
    stayed = {month: 1 - share for month, share in left.items()}
    yield from value_trends(
        stayed, key="retention", title="Customers who stay, at a year’s rate", unit=SHARE, trace=trace
    )


def _flows(given: Given) -> Iterator[Trend]:
    there, loaded = _there(given), given.loaded
    if there is None:
        return
    per = money_unit(given.currency, per="customer")
    asked = (
        (
            "contacts",
            "contacts",
            "one",
            "Contacts per customer, at a year’s rate",
            Unit(kind="count", per="customer"),
        ),
        ("cost", "contacts", "cost", "Cost of contacts per customer, at a year’s rate", per),
        ("spend", "transactions", "amount", "Spend per customer, at a year’s rate", per),
    )
    for key, table, outcome, title, unit in asked:
        relation = getattr(loaded.monthly, table)
        if relation is None or relation.outcome(outcome) is None:
            continue
        cells, query = monthly_cells(loaded, table, outcome)
        sums = _whole_months(cells)
        if not sums or len(sums) < len(list(_from_to(min(sums), max(sums)))):
            continue  # a bill every quarter is no month's money
        held = {month: there.within(month) for month in sums}
        values = {month: MONTHS * total / held[month] for month, total in sums.items() if held[month]}
        trace = given.tracer(
            f"{query}; {there.query}", f"{title}: the month’s sum times 12 over customers there"
        )
        yield from value_trends(values, key=key, title=title, unit=unit, trace=trace)


def _whole_months(cells: Cells) -> dict[int, float]:
    """The sum of each month that what happened covers to its ends; sums are money or counts."""
    dated = [
        (int(m), int(d), y) for (m, d), y in zip(cells.keys, cells.wy, strict=True) if m is not None and d
    ]
    if not dated:
        return {}
    first, last = min((m, d) for m, d, _ in dated), max((m, d) for m, d, _ in dated)
    sums: dict[int, float] = {}
    for month, _, total in dated:
        sums[month] = sums.get(month, 0.0) + float(total)
    length = monthrange(last[0] // 100, last[0] % 100)[1]
    if first[1] > 1 + SPARE_DAYS:
        sums.pop(first[0], None)
    if last[1] < length - SPARE_DAYS:
        sums.pop(last[0], None)
    return {month: float(np.round(total, 9)) for month, total in sorted(sums.items())}


def _from_to(first: int, last: int) -> Iterator[int]:
    for number in range(first // 100 * 12 + first % 100 - 1, last // 100 * 12 + last % 100):
        yield number // 12 * 100 + number % 12 + 1
