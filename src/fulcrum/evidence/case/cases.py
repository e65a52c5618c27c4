"""The case of each initiative that the company states, on the comparison that it names."""

from dataclasses import replace

from fulcrum.core.company import Initiative
from fulcrum.core.findings import Case, Programme
from fulcrum.core.grounds import CaseGrounds, Tried
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.value import value
from fulcrum.evidence.case.basis import Basis, basis_of, worse_side_of
from fulcrum.evidence.case.forward import Drifting, Leaving, drifting_of, leaving_of
from fulcrum.evidence.case.grounds import grounds_of, moves_of, parameters_of, why_not
from fulcrum.evidence.case.joint import only
from fulcrum.evidence.case.one_case import case_on, refused_case
from fulcrum.evidence.case.programme import Stated, compare_cases
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.comparisons import BAND, Compared
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping import Outcome
from fulcrum.evidence.methods.leakage import leak_among
from fulcrum.evidence.queries import outcome_cells, outcome_query, score_cells

METHOD = "closed-form middle case, seeded draws around it"
NOTHING_COMPARED = Unknown(
    reason="No comparison says what the experience is worth.",
    needs="[[comparisons]] in mapping.toml, with spend, stayed or left as outcome.",
)
NOTHING_STATED = Unknown(
    reason="No initiative is stated.",
    needs="[[programme.initiatives]] in company.toml: costs, horizon, customers reached, share moved.",
)


@value
class Cases:
    """The case of each initiative, its grounds, and all beside one another where there are several."""

    each: tuple[Case, ...]
    grounds: tuple[CaseGrounds, ...] = ()
    programme: Programme | None = None


def cases(given: Given, compared: tuple[Compared, ...]) -> Cases:
    """One case per initiative; without an initiative one refused case that says what is at stake."""
    bases = tuple(_basis(given, one) for one in compared)
    initiatives = given.company.initiatives
    if not initiatives:
        at_stake = next((basis.at_stake for basis in bases if why_not(basis) is None), NOTHING_COMPARED)
        none = refused_case("No initiative stated", NOTHING_STATED, at_stake=at_stake)
        return Cases(each=(none,))
    chosen = tuple(_chosen(initiative, bases) for initiative in initiatives)
    made = [_made(given, one, basis) for one, basis in zip(initiatives, chosen, strict=True)]
    stated = tuple(
        Stated(initiative=one, case=case, moves="" if isinstance(basis, Unknown) else moves_of(basis))
        for one, (case, _), basis in zip(initiatives, made, chosen, strict=True)
    )
    return Cases(
        each=tuple(case for case, _ in made),
        grounds=tuple(grounds for _, grounds in made if grounds is not None),
        programme=_programme(given, stated, chosen) if len(stated) > 1 else None,
    )


def _programme(given: Given, stated: tuple[Stated, ...], bases: tuple[Basis | Unknown, ...]) -> Programme:
    budget = given.company.budget
    queries = dict.fromkeys(basis.query for basis in bases if isinstance(basis, Basis) and basis.query)
    trace = given.tracer(
        ";\n".join(queries),
        "best set within the budget, found exactly; payback, one-off cost and chance for the ladder",
        budget="none stated" if budget is None else budget,
        initiatives="; ".join(
            f"{one.case.title} needs {one.needed}, brings {_plain(one.case.upside)}" for one in stated
        ),
    )
    return compare_cases(stated, budget=budget, currency=given.currency, trace=trace)


def _plain(upside: Result) -> str:
    return f"{upside.value:.2f}" if isinstance(upside, Estimate) else "no number"


def _made(given: Given, initiative: Initiative, basis: Basis | Unknown) -> tuple[Case, CaseGrounds | None]:
    """The case of one initiative, with its grounds where it holds numbers.

    Refused where the gap is refused, has no outcome window, or has no money; what is at stake stays, in
    customers if need be.
    """
    years = initiative.horizon_years
    if isinstance(basis, Unknown):
        return refused_case(initiative.name, basis, at_stake=basis, horizon_years=years), None
    refusal = why_not(basis)
    if refusal is not None:
        return refused_case(initiative.name, refusal, at_stake=basis.at_stake, horizon_years=years), None
    bare = grounds_of(
        initiative,
        basis,
        given.case_rules,
        currency=given.currency,
        seed=given.seed,
        version=given.tracer.version,
        tried=_tried(given, initiative, basis),
    )
    if unused := given.tried.why_not(initiative.pilot):
        said = f"The pilot “{initiative.pilot}” takes the place of no assumption. {unused}"
        bare = replace(bare, about_gap=(said, *bare.about_gap))
    grounds = replace(bare, trace=given.tracer(basis.query, METHOD, **parameters_of(bare)))
    return case_on(grounds), grounds


def _tried(given: Given, initiative: Initiative, basis: Basis) -> Tried | None:
    """The pilot that the initiative names, where it counts and what it measured can be put into money."""
    tried = given.tried.of(initiative.pilot)
    is_share = tried is not None and tried.measures in ("stayed", "left")
    return None if is_share and isinstance(basis.worth, Unknown) else tried


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


def _basis(given: Given, one: Compared) -> Basis:
    is_by_band = one.asked.exposure == BAND
    by = ("score" if is_by_band else one.asked.exposure, "bucket")
    is_known = one.cells is not None and all(given.has_base_key(name) for name in by)
    amounts = given.amounts_a_year(by) if is_known else None
    money = None if amounts is None else amounts[0]
    if money is not None and is_by_band and given.bands is not None:
        money = given.bands.on(money)
    people, counting = _people(given, one, by) if is_known else (None, "")
    query = ";\n".join(filter(None, (one.query, "" if amounts is None else amounts[1], counting)))
    return basis_of(
        one,
        money,
        given.rules,
        people=people,
        currency=given.currency,
        months=given.months,
        query=query,
        trace=given.tracer(query, "customers worse off, and their money a year", comparison=one.asked.key),
        leaving=_leaving(given, one),
        drifting=_drifting(given) if is_by_band else None,
    )


def _people(given: Given, one: Compared, by: tuple[str, str]) -> tuple[Cells | None, str]:
    """The customers of the base on each side, with the query, where the cells of the gap count answers."""
    if one.asked.outcome != "score":
        return None, ""
    return outcome_cells(given.loaded, "one", by), outcome_query(given.loaded, "one", by)


def _leaving(given: Given, one: Compared) -> Leaving | None:
    """Who of the worse side leaves within a year; None where the data do not tell, or tell too well."""
    event, worse, asked = given.knows_staying, worse_side_of(one), one.asked
    is_by_band = asked.exposure == BAND
    key = "score" if is_by_band else asked.exposure
    if event is None or worse is None or given.months is None or one.cells is None:
        return None
    if not given.has_base_key(key):
        return None
    by = (key, "bucket")
    query = outcome_query(given.loaded, event, by)
    cells = outcome_cells(given.loaded, event, by)
    if is_by_band and given.bands is not None:
        cells = given.bands.on(cells)
    sides = cells.where(asked.exposure, lambda side: side in (asked.exposed, asked.against))
    if leak_among(sides.by_only(asked.exposure), given.rules, is_loss=event is Outcome.LEFT) is not None:
        return None
    trace = given.tracer(query, "share of the worse side who leave within a year", comparison=asked.key)
    theirs = only(sides, asked.exposure, worse)
    return leaving_of(theirs, given.rules, is_loss=event is Outcome.LEFT, months=given.months, trace=trace)


def _drifting(given: Given) -> Drifting | None:
    if given.bands is None or not given.has_key("month"):
        return None
    cells = score_cells(given.loaded, ("month", "score", "bucket"))
    return drifting_of(cells, given.bands, given.rules)
