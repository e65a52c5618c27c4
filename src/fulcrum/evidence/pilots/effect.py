"""The difference that a pilot made, by the comparison that was planned for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from fulcrum.core.pilots import Assignment, Look
from fulcrum.core.quantities import Estimate, Grade, Interval, Unknown
from fulcrum.evidence.methods.adjust import adjusted_difference
from fulcrum.evidence.methods.clustered import units_apart, units_apart_adjusted
from fulcrum.evidence.methods.moments import Contrast, difference
from fulcrum.evidence.methods.sequential import sequence_interval, too_early
from fulcrum.evidence.pilots.cells import outcome_moments, paired
from fulcrum.evidence.pilots.over_time import before_after, similar, stepped
from fulcrum.evidence.pilots.reading import Effect, Reading, too_few_units, unit_means


def effect_of(reading: Reading) -> Effect:
    """The effect by the planned comparison; Unknown where it cannot be read, with what is needed."""
    match reading.design.assignment:
        case Assignment.BY_CUSTOMER:
            return _by_customer(reading)
        case Assignment.BY_UNIT:
            return _at_the_end(reading, _by_unit)
        case Assignment.STEPPED:
            return _at_the_end(reading, stepped)
        case Assignment.SIMILAR:
            return _at_the_end(reading, similar)
        case Assignment.BEFORE_AFTER:
            return _at_the_end(reading, before_after)


def _at_the_end(reading: Reading, read: Callable[[Reading], Effect]) -> Effect:
    """Comparisons whose interval holds at one look only, at the planned end."""
    if reading.look == "final":
        return read(reading)
    early = Unknown(
        reason="It is read once, at its end: an early look at few units, or at changes, tells wins from "
        "chance too seldom.",
        needs=f"The outcomes until {reading.design.stops.isoformat()}.",
    )
    return Effect(found=early, plain=early)


def _by_customer(reading: Reading) -> Effect:
    treated, others = reading.sides()
    one, other = outcome_moments(treated), outcome_moments(others)
    early = too_early(one, other, least=reading.least, is_share=reading.design.kind == "share")
    if early is not None:
        return Effect(found=early, plain=early)
    plain = _shown(reading, difference(one, other), "difference of means")
    looks = _looks(reading)
    if not _is_adjustable(reading):
        return Effect(found=plain, plain=plain, looks=looks, cautions=_unadjusted(reading))
    adjusted = adjusted_difference(paired(treated), paired(others))
    how = "difference of means, adjusted for the time before (CUPED)"
    return Effect(found=_shown(reading, adjusted, how), plain=plain, looks=looks)


def _is_adjustable(reading: Reading) -> bool:
    arms = (reading.design.treated, reading.design.others)
    return bool(reading.design.results.before) and reading.cells.knows_before(*arms)


def _unadjusted(reading: Reading) -> tuple[str, ...]:
    if not reading.design.results.before:
        return ()
    return ("What customers did before is missing for some: the difference is not adjusted for it.",)


def _shown(reading: Reading, of: Contrast, method: str, grade: Grade = Grade.RANDOMISED) -> Estimate:
    if reading.is_sequential:
        return reading.shown(of.value, _sequence(reading, of), f"{method}; confidence sequence", grade)
    return reading.shown(of.value, of.interval(reading.confidence), f"{method}; read once", grade)


def _sequence(reading: Reading, of: Contrast) -> Interval:
    planned = reading.design.customers or reading.rules.tuned_for.value
    return sequence_interval(of, tuned_for=planned, false_alarms=reading.rules.false_alarms.value)


def _looks(reading: Reading) -> tuple[Look, ...]:
    """The difference as it stood after each week, where outcomes have days."""
    treated, others = reading.sides()
    weeks = sorted({cell.at for cell in (*treated, *others) if cell.at is not None})
    if any(cell.at is None for cell in (*treated, *others)):
        return ()
    found = []
    for week in weeks:
        sides = [
            [cell for cell in side if cell.at is not None and cell.at <= week] for side in (treated, others)
        ]
        if not all(sides):
            continue
        one, other = (paired(side) for side in sides)
        if too_early(
            one.outcome, other.outcome, least=reading.least, is_share=reading.design.kind == "share"
        ):
            continue
        apart = (
            adjusted_difference(one, other)
            if _is_adjustable(reading)
            else difference(one.outcome, other.outcome)
        )
        found.append(
            Look(
                until=min(
                    reading.design.starts + timedelta(days=7 * week + 6), reading.cells.last or date.max
                ),
                customers=int(apart.n),
                value=apart.value,
                interval=_sequence(reading, apart),
            )
        )
    return tuple(found)


def _by_unit(reading: Reading) -> Effect:
    treated, others = reading.sides()
    if (few := too_few_units(reading)) is not None:
        return Effect(found=few, plain=few)
    (y1, x1, _), (y0, x0, _) = unit_means(treated), unit_means(others)
    plain = units_apart(y1, y0)
    shown = reading.shown(
        plain.value, plain.interval(reading.confidence), "difference of units' means", Grade.RANDOMISED
    )
    if not _is_adjustable(reading):
        return Effect(found=shown, plain=shown, cautions=_unadjusted(reading))
    adjusted = units_apart_adjusted(y1, y0, x1, x0)
    how = "difference of units' means, adjusted for the time before"
    found = reading.shown(adjusted.value, adjusted.interval(reading.confidence), how, Grade.RANDOMISED)
    return Effect(found=found, plain=shown)


def capped(effect: Effect, grade: Grade) -> Effect:
    """The effect with no better a grade than this."""
    found = effect.found
    if isinstance(found, Unknown):
        return effect
    plain = effect.plain
    if isinstance(plain, Estimate):
        plain = replace(plain, grade=plain.grade.weakest(grade))
    return replace(effect, found=replace(found, grade=found.grade.weakest(grade)), plain=plain)
