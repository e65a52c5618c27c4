"""The case of each initiative that the company states, on the comparison that it names."""

from fulcrum.core.company import Initiative
from fulcrum.core.findings import Case
from fulcrum.core.quantities import Unknown
from fulcrum.evidence.case.basis import Basis, basis_of
from fulcrum.evidence.case.one_case import case_of, refused_case, why_not
from fulcrum.evidence.comparisons import BAND, Compared
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.trend import Drift, drift_of
from fulcrum.evidence.queries import score_cells

NOTHING_COMPARED = Unknown(
    reason="No comparison says what the experience is worth.",
    needs="[[comparisons]] in mapping.toml, with spend, stayed or left as outcome.",
)
NOTHING_STATED = Unknown(
    reason="No initiative is stated.",
    needs="[[programme.initiatives]] in company.toml: costs, horizon, customers reached, share moved.",
)


def cases(given: Given, compared: tuple[Compared, ...]) -> tuple[Case, ...]:
    """One case per initiative; without an initiative one refused case that says what is at stake."""
    bases = tuple(_basis(given, one) for one in compared)
    if not given.company.initiatives:
        at_stake = next((basis.at_stake for basis in bases if why_not(basis) is None), NOTHING_COMPARED)
        return (refused_case("No initiative stated", NOTHING_STATED, at_stake=at_stake),)
    return tuple(_case(given, initiative, bases) for initiative in given.company.initiatives)


def _case(given: Given, initiative: Initiative, bases: tuple[Basis, ...]) -> Case:
    basis = _chosen(initiative, bases)
    if isinstance(basis, Unknown):
        return refused_case(initiative.name, basis, at_stake=basis, horizon_years=initiative.horizon_years)
    trace = given.tracer(
        basis.query,
        "closed-form middle case, seeded draws around it",
        comparison=basis.comparison.key,
        initiative=initiative,
        seed=given.seed,
        **_rules(given),
    )
    return case_of(initiative, basis, given.case_rules, currency=given.currency, seed=given.seed, trace=trace)


def _chosen(initiative: Initiative, bases: tuple[Basis, ...]) -> Basis | Unknown:
    """The comparison that the initiative names, else the first that carries a case, else the first."""
    if not bases:
        return NOTHING_COMPARED
    if not initiative.comparison:
        return next((basis for basis in bases if why_not(basis) is None), bases[0])
    named = (basis for basis in bases if basis.comparison.key == initiative.comparison)
    missing = Unknown(
        reason=f"The initiative rests on a comparison “{initiative.comparison}” that does not exist.",
        needs=f"One of: {', '.join(basis.comparison.key for basis in bases)}.",
    )
    return next(named, missing)


def _rules(given: Given) -> dict[str, object]:
    names = ("moved_share_spread", "cost_spread", "discount_rate", "draws")
    return {name: getattr(given.case_rules, name).value for name in names}


def _basis(given: Given, one: Compared) -> Basis:
    is_by_band = one.asked.exposure == BAND
    by = ("score" if is_by_band else one.asked.exposure, "bucket")
    is_known = one.cells is not None and all(given.has_base_key(name) for name in by)
    amounts = given.amounts_a_year(by) if is_known else None
    money = None if amounts is None else amounts[0]
    if money is not None and is_by_band and given.bands is not None:
        money = given.bands.on(money)
    query = one.query if amounts is None else f"{one.query};\n{amounts[1]}"
    return basis_of(
        one,
        money,
        given.rules,
        currency=given.currency,
        months=given.months,
        query=query,
        trace=given.tracer(query, "customers worse off, and their money a year", comparison=one.asked.key),
        drift=_drift(given) if is_by_band else None,
    )


def _drift(given: Given) -> Drift | None:
    if given.bands is None or not given.has_key("month"):
        return None
    return drift_of(score_cells(given.loaded, ("month", "score")), given.bands, given.rules)
