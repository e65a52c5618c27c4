"""How long customers stay, by band of score and by what is compared: curves, months, and money."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from operator import eq

import numpy as np

from fulcrum.core.findings import Finding, RetentionCurve
from fulcrum.core.quantities import MONTHS, Estimate, Result, Unknown, money_unit
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.comparisons import BAND, Compared, cautions_of
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.buckets import grid
from fulcrum.evidence.methods.combined import difference, in_money
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare
from fulcrum.evidence.methods.groups import Measure, mean_amount, refused_bands, too_skewed
from fulcrum.evidence.methods.refusals import LINK_REFUSED, NOT_ADJUSTED, NOT_CARRIED, caveats, refused
from fulcrum.evidence.methods.survival import LifeTable, life_table, months_within, retention_curve
from fulcrum.evidence.queries import duration_cells, duration_query

FAMILY = "months"
WEIGHTED = Unknown(
    reason="Customers carry sampling weights, for which the doubt of a curve is not known.",
    needs="A customer base without weights.",
)
CENSORED = Unknown(
    reason="Some customers were lost sight of within the window.",
    needs="Customers who are in view for the whole window, to hold other things equal.",
)
NOT_BESIDE = Unknown(
    reason="A field to adjust by is not told of each customer's stay.",
    needs="Fields of the customers' files.",
)
_CRUDE = "Crude: nothing else is held equal."
_REVENUE = "Months times revenue a month, costs not taken off."


@value
class Stays:
    """The curves, and the findings on months within the window."""

    curves: tuple[RetentionCurve, ...] = ()
    findings: tuple[Finding, ...] = ()


def stays(given: Given, compared: tuple[Compared, ...], leaking: Unknown | None) -> Stays:
    """Kaplan-Meier from the landmark on, by band of score and for both sides of each comparison.

    Beside each curve the months that a customer stays within the window (restricted mean), the difference of
    the two sides crude and adjusted, and what that is in money where a yearly value is known.
    """
    months = given.months
    if months is None or given.loaded.durations is None:
        return Stays()
    if given.loaded.durations.weight is not None:
        return Stays(findings=(_refusal("months.all", "Months as a customer", WEIGHTED),))
    parts = [_by_band(given, months, leaking)]
    seen: set[tuple[str, str, str]] = set()
    for one in compared:
        sides = one.asked.exposure, one.asked.exposed, one.asked.against
        if one.cells is not None and one.asked.outcome != "score" and sides not in seen:
            seen.add(sides)
            parts.append(_compared(given, months, one.asked))
    return Stays(
        curves=tuple(curve for part in parts for curve in part.curves),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _by_band(given: Given, months: int, leaking: Unknown | None) -> Stays:
    bands = given.bands
    if bands is None or not given.has_base_key("score"):
        return Stays()
    trace = given.tracer(duration_query(given.loaded, ("score",)), "Kaplan-Meier by band of score")
    if leaking is not None:
        measure = Measure(family=FAMILY, title=_within(months), unit=MONTHS, trace=trace)
        return Stays(findings=refused_bands(bands, leaking, measure, word=LINK_REFUSED))
    cells = bands.on(duration_cells(given.loaded, ("score",)))
    cautions = cautions_of(given, is_by_band=True, is_by_score=False)
    names = sorted((str(name) for name in cells.values(BAND)), key=bands.order)
    return _sides(given, months, cells, BAND, tuple(names), trace, cautions)


def _compared(given: Given, months: int, asked: Asked) -> Stays:
    """Both sides of one comparison, and their difference."""
    key = "score" if asked.exposure == BAND else asked.exposure
    durations = given.loaded.durations
    if durations is None or durations.key(key) is None:
        return Stays()
    wanted = tuple(name for name in asked.adjust if durations.key(name) is not None)
    by = (key, *wanted, "bucket")
    trace = given.tracer(
        duration_query(given.loaded, by), "months within the window, both sides", comparison=asked.key
    )
    cells = duration_cells(given.loaded, by)
    if asked.exposure == BAND and given.bands is not None:
        cells = given.bands.on(cells)
    names = (asked.exposed, asked.against)
    both = _sides(given, months, cells, asked.exposure, names, trace, ())
    one, other = (finding.result for finding in both.findings)
    crude = _of_gap(f"months.crude.{asked.key}", asked, "crude", difference(one, other, trace=trace), _CRUDE)
    adjusted = _adjusted(given, cells, asked, months, trace, is_whole=wanted == asked.adjust)
    best = adjusted if isinstance(adjusted.result, Estimate) else crude
    found = (*both.findings, crude, adjusted, *_money(given, asked, best, trace))
    if asked.exposure == BAND:
        return Stays(findings=found[2:])
    return Stays(curves=both.curves, findings=found)


def _sides(
    given: Given,
    months: int,
    cells: Cells,
    exposure: str,
    names: tuple[str, ...],
    trace: str,
    cautions: tuple[str, ...],
) -> Stays:
    """Each group's curve, and its months within the window."""
    curves, findings = [], []
    for name in names:
        table = table_of(cells.where(exposure, partial(eq, name)), months)
        key = f"{exposure}.{name}"
        curve = retention_curve(
            table, given.rules, key=f"curve.{key}", title=f"Still there: {exposure} {name}", trace=trace
        )
        if isinstance(curve, RetentionCurve):
            curves.append(curve)
        result = months_within(table, months, given.rules, trace=trace)
        findings.append(_found(f"months.{key}", _within(months), name, result, table.n, cautions))
    return Stays(curves=tuple(curves), findings=tuple(findings))


def table_of(cells: Cells, months: int) -> LifeTable:
    """The life table of `cells` by month and left: whoever left after m whole months left in month m + 1.

    Whoever was last seen after m whole months, still there, counts as at risk in month m + 1; those who were
    there to the end of the window, in its last month.
    """
    held = cells.by_only("month", "left")
    counts = {0: [0] * months, 1: [0] * months}
    for (month, left), n in zip(held.keys, held.n, strict=True):
        counts[int(left or 0)][min(int(month or 0), months - 1)] += int(n)
    return life_table(counts[1], counts[0])


def _adjusted(
    given: Given, cells: Cells, asked: Asked, months: int, trace: str, *, is_whole: bool
) -> Finding:
    """The difference with the adjusted fields held equal: whole months are then an outcome like any other."""
    base = given.loaded.base
    key, title = f"months.adjusted.{asked.key}", _title(asked)
    why = None if is_whole else NOT_BESIDE
    why = CENSORED if base is not None and base.censored else why
    if why is not None:
        return _refusal(key, title, why, group="adjusted", word=NOT_ADJUSTED)
    counted = _with_months(cells, months).by_only(asked.exposure, *asked.adjust, "bucket")
    on_months = replace(asked, outcome="months", unit=MONTHS, is_share=False, is_loss=False)
    found = compare(counted, on_months, given.rules, trace=trace).adjusted
    return replace(found, key=key, family=FAMILY, title=title)


def _with_months(cells: Cells, months: int) -> Cells:
    """The cells with the months stayed within the window as their outcome; the month of leaving counts."""
    at, left = cells.by.index("month"), cells.by.index("left")
    stayed = np.array([min(int(key[at] or 0) + int(key[left] or 0), months) for key in cells.keys])
    return replace(cells, wy=cells.w * stayed, wyy=cells.w * stayed**2)


def _money(given: Given, asked: Asked, gap: Finding, trace: str) -> Iterator[Finding]:
    """The difference in money, at the mean revenue a month of the customers compared."""
    key = "score" if asked.exposure == BAND else asked.exposure
    amounts = given.amounts_a_year((key, "bucket")) if given.has_base_key(key) else None
    if amounts is None:
        return
    yearly = given.bands.on(amounts[0]) if asked.exposure == BAND and given.bands else amounts[0]
    both = yearly.where(asked.exposure, lambda side: side in (asked.exposed, asked.against))
    cases = grid(replace(both, wy=both.wy / 12, wyy=both.wyy / 144), asked.exposure)
    worth = given.tracer(amounts[1], "mean revenue a month of the customers compared")
    title = f"{asked.title}: months in money"
    if because := too_skewed(cases):
        yield _refusal(f"months.money.{asked.key}", title, because[1], word=because[0])
        return
    monthly = mean_amount(cases, given.rules, unit=money_unit(given.currency, per="month"), trace=worth)
    result = in_money(gap.result, monthly, trace=trace)
    n = int(cases.n.sum())
    yield _found(f"months.money.{asked.key}", title, "", result, n, (_REVENUE,))


def _of_gap(key: str, asked: Asked, group: str, result: Result, caution: str) -> Finding:
    n = result.n if isinstance(result, Estimate) else None
    return _found(key, _title(asked), group, result, n, (caution,))


def _found(
    key: str, title: str, group: str, result: Result, n: int | None, cautions: tuple[str, ...]
) -> Finding:
    if isinstance(result, Unknown):
        return _refusal(key, title, result, group=group, n=n)
    return Finding(
        key=key, family=FAMILY, title=title, group=group, n=n, result=result, caveats=caveats(*cautions)
    )


def _refusal(
    key: str, title: str, why: Unknown, *, group: str = "", n: int | None = None, word: str = NOT_CARRIED
) -> Finding:
    return refused(key=key, family=FAMILY, title=title, group=group, n=n, because=(word, why))


def _within(months: int) -> str:
    return f"Months as a customer within {months}"


def _title(asked: Asked) -> str:
    return f"{asked.title}: months"
