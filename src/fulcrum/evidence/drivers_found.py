"""Which rated parts of the experience matter: against the score, and against what customers did after it."""

from collections.abc import Iterator
from dataclasses import replace

from fulcrum.core.findings import DriverAnalysis
from fulcrum.core.quantities import POINTS, Estimate, Unit, Unknown, money_unit, score_unit
from fulcrum.evidence.comparisons import cautions_of
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.cross_products import CrossProducts
from fulcrum.evidence.methods.driver_refusals import MISSING_AT_MOST
from fulcrum.evidence.methods.drivers import Outcome, Rated, analyse, refused_analysis
from fulcrum.evidence.methods.refusals import caveats
from fulcrum.evidence.rating_queries import (
    behaviour_products,
    behaviour_query,
    rating_products,
    rating_query,
)

METHOD = "LMG shares on the correlation matrix, jackknife over groups of customers"
_BEHAVIOUR = {"stayed": "staying", "spend": "spend"}


def drivers(given: Given, leaking: Unknown | None) -> tuple[DriverAnalysis, ...]:
    """Every ranking of the ratings: against the score, then against each behaviour that the data tell.

    A rating that does not concern many customers is set apart there, and ranked once more among the answers
    that rate it, where they carry a ranking. `leaking` refuses what was recorded after the fact.
    """
    answers, bands = given.loaded.answers, given.bands
    if answers is None or bands is None or not answers.ratings:
        return ()
    unit = score_unit(*bands.scale)
    score = Outcome(key="score", name="score", title="the score", unit=unit, same_sitting=True)
    trace = given.tracer(rating_query(answers), METHOD)
    ranked = tuple(_analyses(given, rating_products(given.loaded), score, trace))
    return ranked + tuple(_against_behaviour(given, leaking))


def _against_behaviour(given: Given, leaking: Unknown | None) -> Iterator[DriverAnalysis]:
    customers = given.loaded.customers
    told = tuple(name for name in _BEHAVIOUR if given.offers(name))
    if customers is None or not customers.ratings or not told:
        return
    outcomes = [_behaviour(given, name) for name in told]
    if leaking is not None:
        yield from (refused_analysis(_rated(given), outcome, leaking) for outcome in outcomes)
        return
    products = behaviour_products(given.loaded, told)
    trace = given.tracer(behaviour_query(customers, told), METHOD)
    for outcome in outcomes:
        yield from _analyses(given, products, outcome, trace)


def _behaviour(given: Given, name: str) -> Outcome:
    window = "" if given.months is None else f" in the {given.months} months after the landmark"
    unit: Unit = money_unit(given.currency) if name == "spend" else POINTS
    return Outcome(key=name, name=name, title=f"{_BEHAVIOUR[name]}{window}", unit=unit, same_sitting=False)


def _analyses(
    given: Given, products: CrossProducts, outcome: Outcome, trace: str
) -> Iterator[DriverAnalysis]:
    """The ranking of all ratings, then one for each that many answers leave out as not applicable."""
    confidence = given.rules.confidence.value
    rated = _rated(given)
    cautions = () if outcome.same_sitting else cautions_of(given, is_by_band=True, is_by_score=False)
    whole = analyse(products, rated, outcome, confidence=confidence, trace=trace)
    yield replace(whole, caveats=(*whole.caveats, *caveats(*cautions)))
    for driver in rated:
        if not _concerns_few(products.answered(outcome.name), driver.name):
            continue
        among = replace(
            outcome,
            key=f"{outcome.key}.among.{driver.name}",
            title=f"{outcome.title}, among answers that rate “{driver.title}”",
        )
        part = analyse(products.answered(driver.name), rated, among, confidence=confidence, trace=trace)
        if isinstance(part.explained, Estimate):
            yield replace(part, caveats=(*part.caveats, *caveats(*cautions)))


def _concerns_few(products: CrossProducts, name: str) -> bool:
    """Whether a rating is too often without a value for a ranking, mostly because it does not apply."""
    missing, inapplicable = products.unusable(name)
    return inapplicable > missing and missing + inapplicable > MISSING_AT_MOST * products.rows


def _rated(given: Given) -> tuple[Rated, ...]:
    """The ratings with their titles and, where declared, their scales."""
    rules = {rule.name: rule for file in reversed(given.loaded.mapping.files) for rule in file.ratings}
    answers = given.loaded.answers
    names = () if answers is None else tuple(rating.name for rating in answers.ratings)
    return tuple(
        Rated(name=name, title=name.replace("_", " ").capitalize(), scale=rules[name].scale) for name in names
    )
