"""What one more point of score goes with, in staying and in spend, and whether it ever goes the other way."""

from collections.abc import Iterator
from math import exp, isfinite

from fulcrum.core.findings import Finding
from fulcrum.core.quantities import (
    RATIO,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Unit,
    Unknown,
    money_unit,
)
from fulcrum.core.value import value
from fulcrum.evidence.comparisons import cautions_of
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.buckets import Grid, grid
from fulcrum.evidence.methods.dose import (
    Fit,
    Points,
    binomial_fit,
    chance_of_falls,
    is_straight,
    largest_fall,
    linear_fit,
    not_fitted,
    points_of,
    too_few_behind,
)
from fulcrum.evidence.methods.intervals import wilson
from fulcrum.evidence.methods.refusals import (
    LINK_REFUSED,
    NOT_CARRIED,
    caveats,
    refused,
)
from fulcrum.evidence.queries import outcome_cells, outcome_query

FAMILY = "dose"
PER = "point of score"
DRAWS = 4_000
_TITLES = {"stayed": "Stayed", "spend": "Spend"}


@value
class _Relation:
    """One outcome against the score: its cases by score and bucket, and its trace."""

    given: Given
    outcome: str
    cases: Grid
    trace: str

    @property
    def is_share(self) -> bool:
        return self.outcome == "stayed"

    @property
    def n(self) -> int:
        return int(self.cases.n.sum())

    @property
    def unit(self) -> Unit:
        return Unit(kind="points", per=PER) if self.is_share else money_unit(self.given.currency, per=PER)


def doses(given: Given, leaking: Unknown | None) -> tuple[Finding, ...]:
    """Per point of score: the share who stayed and their odds, the spend, and whether that ever falls.

    Customers who gave a score before the landmark. An association as it stands, grade D.
    """
    if given.bands is None or not given.has_base_key("score"):
        return ()
    return tuple(
        finding
        for outcome in _TITLES
        if given.offers(outcome)
        for finding in _of_outcome(given, outcome, leaking)
    )


def _of_outcome(given: Given, outcome: str, leaking: Unknown | None) -> Iterator[Finding]:
    by = ("score", "bucket")
    cells = outcome_cells(given.loaded, outcome, by).where("score", lambda score: score is not None)
    trace = given.tracer(
        outcome_query(given.loaded, outcome, by), "fits per point of score", draws=DRAWS, seed=given.seed
    )
    relation = _Relation(given=given, outcome=outcome, cases=grid(cells, "score"), trace=trace)
    because = (
        (LINK_REFUSED, leaking)
        if leaking is not None
        else not_fitted(relation.cases, given.rules, is_share=relation.is_share)
    )
    if because is not None:
        key, title = f"dose.{outcome}.per_point", f"{_TITLES[outcome]}, per point of score"
        yield refused(key=key, family=FAMILY, title=title, group="", n=relation.n, because=because)
        return
    points = points_of(relation.cases, is_share=relation.is_share)
    falls = chance_of_falls(points, seed=given.seed, draws=DRAWS)
    yield _per_point(relation, points, falls)
    if relation.is_share:
        yield _odds(relation)
    yield _falls(relation, falls)


def _per_point(relation: _Relation, points: Points, falls: tuple[int, int]) -> Finding:
    key, title = f"dose.{relation.outcome}.per_point", f"{_TITLES[relation.outcome]}, per point of score"
    because = too_few_behind(relation.cases, relation.given.rules) if relation.is_share else None
    if because is not None:
        return refused(key=key, family=FAMILY, title=title, group="", n=relation.n, because=because)
    fit, confidence = linear_fit(relation.cases), relation.given.rules.confidence.value
    cautions = cautions_of(relation.given, is_by_band=True, is_by_score=False)
    straight = None if is_straight(points, confidence) else "The steps are uneven: a line is their average."
    return Finding(
        key=key,
        family=FAMILY,
        title=title,
        n=relation.n,
        result=_slope(relation, fit, relation.unit, "straight line through all customers"),
        caveats=caveats(_course(points, falls, confidence), straight, *cautions),
    )


def _odds(relation: _Relation) -> Finding:
    fit = binomial_fit(relation.cases)
    key, title = "dose.stayed.odds", "Odds of having stayed, per point of score"
    if not (isfinite(fit.slope) and isfinite(fit.doubt.error)):
        nothing = Unknown(reason="No slope fits best.", needs="More customers at each score.")
        return refused(
            key=key, family=FAMILY, title=title, group="", n=relation.n, because=(NOT_CARRIED, nothing)
        )
    result = _slope(relation, fit, RATIO, "odds ratio, grouped-binomial fit", is_log=True)
    return Finding(key=key, family=FAMILY, title=title, n=relation.n, result=result)


def _falls(relation: _Relation, falls: tuple[int, int]) -> Finding:
    as_large, draws = falls
    interval = wilson(as_large, draws, relation.given.rules.confidence.value)
    return Finding(
        key=f"dose.{relation.outcome}.falls",
        family=FAMILY,
        title=f"{_TITLES[relation.outcome]}: chance of such falls, were it never falling with the score",
        n=relation.n,
        result=Estimate(
            value=as_large / draws,
            interval=interval,
            unit=SHARE,
            n=relation.n,
            grade=Grade.RAW,
            method=f"isotonic check, {draws:,} simulated relations",
            trace=relation.trace,
        ),
    )


def _course(points: Points, falls: tuple[int, int], confidence: float) -> str:
    as_large, draws = falls
    if as_large / draws > 1 - confidence:
        return "It rises with the score throughout, within doubt."
    low, high = largest_fall(points)
    return f"It does not rise throughout: between {low:g} and {high:g} it falls by more than chance."


def _slope(relation: _Relation, fit: Fit, unit: Unit, method: str, *, is_log: bool = False) -> Estimate:
    confidence = relation.given.rules.confidence.value
    held = fit.interval(confidence)
    ends = (fit.slope, held.low, held.high)
    value_, low, high = map(exp, ends) if is_log else ends
    return Estimate(
        value=value_,
        interval=Interval(low=low, high=high, confidence=confidence),
        unit=unit,
        n=relation.n,
        grade=Grade.RAW,
        method=f"{method}; jackknife over {fit.doubt.freedom + 1} groups of customers",
        trace=relation.trace,
    )
