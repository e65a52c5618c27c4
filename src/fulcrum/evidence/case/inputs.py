"""The inputs of a case: their middles, how far each may be off, and where each comes from."""

from fulcrum.core.company import Initiative
from fulcrum.core.findings import Assumption
from fulcrum.core.playbook import CaseRules
from fulcrum.core.quantities import (
    CUSTOMERS,
    RATIO,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Unit,
    Unknown,
    money_unit,
)
from fulcrum.evidence.case.basis import Basis
from fulcrum.evidence.case.draws import Doubts, Triangle
from fulcrum.evidence.case.formula import CaseInputs
from fulcrum.evidence.case.forward import A_YEAR
from fulcrum.evidence.case.joint import joint
from fulcrum.evidence.methods.intervals import normal_critical
from fulcrum.evidence.methods.trend import Drift


def middle_inputs(initiative: Initiative, basis: Basis, rules: CaseRules) -> CaseInputs:
    """Every input at its middle. Raises if the basis carries no case (`case.why_not` says so beforehand)."""
    gain, worth, worse_off = basis.gain, worth_of(basis), basis.worse_off
    if gain is None or worth is None or isinstance(worse_off, Unknown):
        raise ValueError(f"the basis {basis.comparison.key} carries no case")
    return CaseInputs(
        reach=float(initiative.reach),
        moved_share=initiative.moved_share,
        gain=gain.value,
        worth=worth.value,
        causal_share=causal_triangle(initiative, gain.grade, rules).mode,
        one_off=float(initiative.one_off),
        running=float(initiative.running),
        horizon_years=initiative.horizon_years,
        discount_rate=rules.discount_rate.value,
        worse_off=worse_off.value,
        drift=basis.drift.a_year if basis.drift else 0.0,
        leaving=basis.leaving.value if basis.leaving else 0.0,
    )


def doubts_of(initiative: Initiative, basis: Basis, rules: CaseRules) -> Doubts:
    """How far the inputs may be off: measured ones by their intervals and together, stated ones by the rules'
    spread."""
    gain, worth = basis.gain, worth_of(basis)
    if gain is None or worth is None:
        raise ValueError(f"the basis {basis.comparison.key} carries no case")
    errors = {"gain": _error(gain), "worth": _error(worth)}
    if basis.leaving is not None:
        errors["leaving"] = _error(basis.leaving)
    if basis.drift is not None:
        errors["drift"] = basis.drift.error
    if isinstance(basis.worse_off, Estimate) and basis.worse_off.interval.confidence < 1:
        errors["worse_off"] = _error(basis.worse_off)
    return Doubts(
        measured=joint(errors, basis.replicates),
        moved_share=spread(initiative.moved_share, rules.moved_share_spread.value, highest=1.0),
        one_off=spread(float(initiative.one_off), rules.cost_spread.value),
        running=spread(float(initiative.running), rules.cost_spread.value),
        causal_share=causal_triangle(initiative, gain.grade, rules),
    )


def worth_of(basis: Basis) -> Estimate | None:
    """What one unit of the gap is worth a year: 1 where the gap is money, else the money of a customer."""
    if basis.asked.is_share:
        return None if isinstance(basis.worth, Unknown) else basis.worth
    exact = Interval(low=1.0, high=1.0, confidence=1.0)
    trace = "" if isinstance(basis.gap, Unknown) else basis.gap.trace
    return Estimate(
        value=1.0, interval=exact, unit=RATIO, n=None, grade=Grade.RAW, method="money already", trace=trace
    )


def causal_triangle(initiative: Initiative, grade: Grade, rules: CaseRules) -> Triangle:
    """The causal share: the prior of the gap's grade, around the likeliest value if the company states it."""
    prior = next(prior for prior in rules.causal_share if prior.grade == grade.value)
    if initiative.causal_share is None:
        return Triangle(low=prior.low, mode=prior.mode, high=prior.high)
    stated = initiative.causal_share
    return Triangle(low=min(prior.low, stated), mode=stated, high=max(prior.high, stated))


def spread(middle: float, by: float, *, highest: float = float("inf")) -> Triangle:
    """A triangle around a stated number, so much of itself to either side."""
    return Triangle(low=middle * (1 - by), mode=middle, high=max(middle, min(highest, middle * (1 + by))))


def assumptions_of(
    initiative: Initiative, basis: Basis, rules: CaseRules, *, currency: str, trace: str
) -> tuple[Assumption, ...]:
    """Every input of the case with its range, its grade and where it comes from."""
    middle, doubts = middle_inputs(initiative, basis, rules), doubts_of(initiative, basis, rules)
    confidence = rules.confidence.value
    a_year = money_unit(currency, per="year")

    def stated(
        key: str, name: str, unit: Unit, of: Triangle, source: str, grade: Grade = Grade.ELSEWHERE
    ) -> Assumption:
        result = Estimate(
            value=of.mode,
            interval=of.interval(confidence),
            unit=unit,
            n=None,
            grade=grade,
            method="triangle of lowest, likeliest and highest",
            trace=trace,
        )
        return Assumption(key=key, name=name, result=result, source=source, is_stated=True)

    def measured(key: str, name: str, result: Estimate, source: str) -> Assumption:
        return Assumption(key=key, name=name, result=result, source=source, is_stated=False)

    company = "Stated in company.toml"
    reach = float(initiative.reach)
    gain, worth, worse_off = basis.gain, worth_of(basis), basis.worse_off
    found = [
        stated("reach", "Customers reached", CUSTOMERS, Triangle(low=reach, mode=reach, high=reach), company),
        stated("moved_share", "Share moved", SHARE, doubts.moved_share, f"{company}; not measured here"),
    ]
    if gain is not None:
        found.append(measured("gain", "Gain of one moved customer", gain, basis.comparison.title))
    if basis.asked.is_share and worth is not None:
        found.append(measured("worth", "Worth of one customer", worth, f"Customers with “{basis.worse}”"))
    grade = gain.grade if gain else Grade.ELSEWHERE
    prior = f"Prior for grade {grade.value}" if initiative.causal_share is None else company
    found += [
        stated("causal_share", "Causal share", SHARE, doubts.causal_share, prior, grade),
        stated("one_off", "One-off cost", money_unit(currency), doubts.one_off, company),
        stated("running", "Running cost", a_year, doubts.running, company),
        stated("horizon_years", "Horizon", Unit(kind="years"), _fixed(float(middle.horizon_years)), company),
        stated("discount_rate", "Discount rate", SHARE, _fixed(middle.discount_rate), "Playbook"),
    ]
    if not isinstance(worse_off, Unknown):
        found.append(
            measured("worse_off", "Customers worse off now", worse_off, f"Customers with “{basis.worse}”")
        )
    none, unknown = _fixed(0.0), "Not measured here: none is assumed"
    leaving, drift = "Of those worse off, leave a year", "Growth a year of those worse off"
    if basis.leaving is None:
        found.append(stated("leaving", leaving, A_YEAR, none, unknown))
    else:
        found.append(measured("leaving", leaving, basis.leaving, f"Customers with “{basis.worse}”"))
    if basis.drift is None:
        found.append(stated("drift", drift, A_YEAR, none, unknown))
    else:
        source = f"{basis.drift.months} months of answers"
        found.append(measured("drift", drift, _drift(basis.drift, trace), source))
    return tuple(found)


def _drift(of: Drift, trace: str) -> Estimate:
    half = of.error * normal_critical(0.95)
    return Estimate(
        value=of.a_year,
        interval=Interval(low=of.a_year - half, high=of.a_year + half, confidence=0.95),
        unit=A_YEAR,
        n=None,
        grade=Grade.RAW,
        method="straight line through the monthly shares of the low band",
        trace=trace,
    )


def _fixed(middle: float) -> Triangle:
    return Triangle(low=middle, mode=middle, high=middle)


def _error(of: Estimate) -> float:
    if of.interval.confidence == 1.0:
        return 0.0
    return (of.interval.high - of.interval.low) / 2 / normal_critical(of.interval.confidence)
