"""What customers do without a pilot, from the company's own cells; what is stated fills what they lack."""
# ruff: noqa: S608 — identifiers are made in `relations`, texts are quoted

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from fulcrum.core.errors import Problem
from fulcrum.core.findings import Trace
from fulcrum.core.pilots import Baseline, PilotDesign
from fulcrum.core.quantities import RATIO, SHARE, Estimate, Grade, Interval, Result, Unit, Unknown, money_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import quoted
from fulcrum.evidence.intake.loaded import Expression, Loaded, Relation
from fulcrum.evidence.intake.mapping import Mapping
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.methods.adjust import Paired, correlation_of, slope_of
from fulcrum.evidence.methods.assignment import alikeness_of
from fulcrum.evidence.methods.intervals import around, normal_critical, share_interval
from fulcrum.evidence.tracing import Tracer

_STATED = "stated in the design"
_FEWEST = 30  # customers below which a deviation is a guess


@value
class Known:
    """A baseline with the trace of its numbers, and the Problems of the data that it was to come from."""

    baseline: Baseline
    traces: tuple[Trace, ...] = ()
    problems: tuple[Problem, ...] = ()


def unit_of(design: PilotDesign, currency: str) -> Unit:
    """What the outcome counts: a share, money per customer, or a score."""
    if design.kind == "share":
        return SHARE
    return money_unit(currency, per="customer") if design.kind == "amount" else Unit(kind="score")


def baseline_of(
    design: PilotDesign,
    data: Path | None,
    *,
    currency: str,
    rules: EvidenceRules,
    as_of: date,
    version: str,
) -> Known:
    """The baseline of a design: counted where the company's data carry it, else stated, else Unknown."""
    unit = unit_of(design, currency)
    mapping, problems = (None, ()) if data is None else read_mapping(data)
    source = design.baseline
    if data is None or mapping is None or not (source.outcome or source.field):
        why = _nothing_named() if not (source.outcome or source.field) else _no_data()
        return Known(baseline=_stated(design, unit, why), problems=problems)
    windowed = _over(mapping, design)
    if isinstance(windowed, Unknown):
        return Known(baseline=_stated(design, unit, windowed), problems=problems)
    loaded = load(data, windowed, rules=rules, as_of=as_of)
    with loaded.engine:
        if loaded.errors:
            return Known(baseline=_stated(design, unit, _in_error()), problems=loaded.problems)
        asked = _asked(loaded, design)
        if isinstance(asked, Unknown):
            return Known(baseline=_stated(design, unit, asked))
        query, has_before = asked
        tracer = Tracer(loaded.files, version, engine=loaded.engine.name)
        trace = tracer(query, "mean, deviation, correlation and likeness before the pilot", pilot=design.key)
        found = _counted(design, loaded.engine.query(query), unit, trace, has_before=has_before)
    return Known(baseline=_filled(found, _stated(design, unit, _not_told())), traces=tracer.made)


def stated_baseline(design: PilotDesign, *, currency: str) -> Known:
    """What the design itself states, where nothing was counted."""
    not_yet = Unknown(reason="The company's data were not counted for it yet.", needs="The design, saved.")
    return Known(baseline=_stated(design, unit_of(design, currency), not_yet))


def _over(mapping: Mapping, design: PilotDesign) -> Mapping | Unknown:
    """The same data over a window as long as the pilot's, so that both mean the same."""
    months, landmark = design.window_months, mapping.landmark
    if design.baseline.outcome not in ("spend", "stayed", "left") or landmark is None or months is None:
        return mapping
    if months != int(months):
        return Unknown(
            reason=f"The data are counted in whole months, and the window is {months:g}.",
            needs="`mean` and `deviation` under [baseline].",
        )
    if months > landmark.outcome_months:
        return Unknown(
            reason=f"The data cover {landmark.outcome_months} months after the landmark, not {months:g}.",
            needs="A shorter window, or `mean` and `deviation` under [baseline].",
        )
    before = int(months) if landmark.pre_months else 0
    return replace(mapping, landmark=replace(landmark, outcome_months=int(months), pre_months=before))


def _asked(loaded: Loaded, design: PilotDesign) -> tuple[str, bool] | Unknown:
    """The query of the baseline, and whether it knows what customers did before."""
    source = design.baseline
    relation = loaded.answers if source.outcome == "score" else loaded.customers
    if relation is None:
        return _not_told()
    if relation.weight is not None:
        return Unknown(
            reason="The sample was drawn unevenly.", needs="The baseline, stated under [baseline]."
        )
    y = relation.outcome(source.outcome) if source.outcome else _flag(relation, design)
    if y is None:
        return _not_told()
    x = relation.outcome("prior_spend") if source.outcome == "spend" else None
    units = relation.key(source.units) if source.units else None
    if source.units and units is None:
        return Unknown(
            reason=f"The data have no field “{source.units}” of units.", needs="One of the segment fields."
        )
    return _sql(relation, y, x, units), x is not None


def _flag(relation: Relation, design: PilotDesign) -> Expression | None:
    """Whether a customer's field holds the value that counts; those without a value are not counted."""
    field = relation.key(design.baseline.field)
    if field is None:
        return None
    among = ", ".join(map(quoted, design.baseline.among))
    others = f"{field.sql} IN ({among})" if among else f"{field.sql} IS NOT NULL"
    sql = f"CASE WHEN {field.sql} = {quoted(design.baseline.holds)} THEN 1 WHEN {others} THEN 0 END"
    return Expression(name="holds", sql=sql, joined=field.joined, may_lack=True, is_whole=True, is_flag=True)


def _sql(relation: Relation, y: Expression, x: Expression | None, units: Expression | None) -> str:
    parts = [part for part in (y, x, units) if part is not None]
    source = relation.joined if any(part.joined for part in parts) else relation.source
    outcome, earlier = ("0" if part is None else f"CAST({part.sql} AS DECIMAL(19,4))" for part in (y, x))
    products = ((outcome, outcome), (earlier, earlier), (earlier, outcome))
    sums = [f"SUM({one})" for one in (outcome, earlier)]
    sums += [f"SUM({one} * CAST({other} AS DECIMAL(18,4)))" for one, other in products]
    known = " AND ".join(f"{part.sql} IS NOT NULL" for part in parts)
    unit = "NULL" if units is None else units.sql
    return (
        f"SELECT {unit} AS unit, COUNT(*), {', '.join(sums)} FROM {source} WHERE {known} "
        "GROUP BY 1 ORDER BY 1"
    )


def _counted(
    design: PilotDesign, rows: Sequence[tuple[Any, ...]], unit: Unit, trace: str, *, has_before: bool
) -> Baseline:
    units = [
        Paired(
            n=float(n),
            total=float(y),
            squares=float(yy),
            before=float(x),
            before_squares=float(xx),
            products=float(xy),
        )
        for _, n, y, x, yy, xx, xy in rows
        if n
    ]
    whole = _together(units)
    if whole.n < _FEWEST:
        few = Unknown(reason=f"Only {whole.n:g} customers have this outcome.", needs=f"At least {_FEWEST}.")
        return _stated(design, unit, few)
    n, deviation = int(whole.n), sqrt(whole.outcome.variance)

    def shown(number: float, of: Unit, half: float = 0.0, grade: Grade = Grade.RAW) -> Estimate:
        interval = around(number, half, 0.95, normal_critical(0.95))
        return Estimate(
            value=number, interval=interval, unit=of, n=n, grade=grade, method="sums by unit", trace=trace
        )

    mean = shown(whole.outcome.mean, unit, deviation / sqrt(n))
    if design.kind == "share":
        mean = replace(mean, interval=share_interval(whole.total, whole.n, 0.95))
    r = correlation_of(whole) if has_before else 0.0
    several = [one for one in units if one.n >= 2]
    alike: Result = Unknown(reason="No units are named.", needs="`units` under [baseline].")
    size, variation, change = None, 0.0, alike
    if design.baseline.units and len(several) >= 2:
        found = alikeness_of([one.outcome for one in several])
        alike, size, variation = shown(found.alike, RATIO), found.size, found.variation
        if has_before:
            moved = np.array([one.outcome.mean - one.earlier.mean for one in several])
            change = shown(float(moved.std(ddof=1)), unit)
    elif design.baseline.units:
        alike = Unknown(reason="The data hold fewer than two units.", needs="`alike` under [baseline].")
    return Baseline(
        mean=mean,
        deviation=shown(deviation, unit, deviation / sqrt(2 * n)),
        correlation=shown(r, RATIO, (1 - r * r) / sqrt(n)) if has_before else _no_before(),
        alike=alike,
        unit_size=size,
        unit_variation=variation,
        unit_change=change,
        before_mean=shown(whole.earlier.mean, unit) if has_before else _no_before(),
        carried=shown(_carried(design, whole, several), RATIO) if has_before else _no_before(),
        source=f"{n:,} customers of the company's own data",
    )


def _carried(design: PilotDesign, whole: Paired, units: list[Paired]) -> float:
    """The slope of after on before: between units where whole units are looked at, else between customers."""
    if not design.baseline.units or len(units) < 3:
        return slope_of(whole)
    before = np.array([one.earlier.mean for one in units])
    after = np.array([one.outcome.mean for one in units])
    return float(np.cov(before, after)[0, 1] / before.var(ddof=1)) if before.var() > 0 else 0.0


def _together(units: Sequence[Paired]) -> Paired:
    return Paired(
        **{
            name: float(sum(getattr(one, name) for one in units))
            for name in ("n", "total", "squares", "before", "before_squares", "products")
        }
    )


def _stated(design: PilotDesign, unit: Unit, why: Unknown) -> Baseline:
    source = design.baseline
    needs = "`{}` under [baseline], or the outcome there that the company's data tell."

    def shown(number: float | None, of: Unit, name: str) -> Result:
        if number is None:
            return Unknown(reason=why.reason, needs=needs.format(name))
        exact = Interval(low=number, high=number, confidence=0.95)
        return Estimate(
            value=number, interval=exact, unit=of, n=None, grade=Grade.ELSEWHERE, method=_STATED, trace=""
        )

    deviation = source.deviation
    if design.kind == "share" and source.mean is not None and 0 < source.mean < 1:
        deviation = sqrt(source.mean * (1 - source.mean))
    return Baseline(
        mean=shown(source.mean, unit, "mean"),
        deviation=shown(deviation, unit, "deviation"),
        correlation=shown(source.correlation, RATIO, "correlation"),
        alike=shown(source.alike, RATIO, "alike"),
        unit_size=source.unit_size,
        unit_variation=source.unit_variation or 0.0,
        before_mean=shown(source.mean, unit, "mean"),
        carried=shown(source.correlation, RATIO, "correlation"),
        source=_STATED if source.mean is not None else "",
    )


def _filled(found: Baseline, stated: Baseline) -> Baseline:
    """The counted baseline, with what it lacks taken from what is stated."""
    lacking = {
        name: getattr(stated, name)
        for name in ("mean", "deviation", "correlation", "alike", "before_mean", "carried")
        if isinstance(getattr(found, name), Unknown) and isinstance(getattr(stated, name), Estimate)
    }
    filled = replace(found, **lacking)
    return filled if filled.unit_size is not None else replace(filled, unit_size=stated.unit_size)


def _nothing_named() -> Unknown:
    return Unknown(reason="What customers do without the pilot is not said.", needs="A table [baseline].")


def _no_data() -> Unknown:
    return Unknown(reason="There are no customers' data to tell it.", needs="Exports in data/.")


def _in_error() -> Unknown:
    return Unknown(reason="The customers' data hold mistakes.", needs="`fulcrum check DIR` names them.")


def _not_told() -> Unknown:
    return Unknown(reason="The company's data do not tell it.", needs="`mean` under [baseline].")


def _no_before() -> Unknown:
    return Unknown(
        reason="The data do not tell what the same customers did before.",
        needs="`pre_months` under [landmark], or `correlation` under [baseline].",
    )
