"""The inputs of a case: their middles, how far each may be off, and where each comes from."""

from dataclasses import replace

from fulcrum.core.findings import Assumption
from fulcrum.core.grounds import CaseGrounds
from fulcrum.core.quantities import CUSTOMERS, SHARE, Estimate, Grade, Interval, Unit, money_unit
from fulcrum.core.wording import day
from fulcrum.evidence.case.draws import Bell, Doubts, Triangle
from fulcrum.evidence.case.formula import CaseInputs
from fulcrum.evidence.case.forward import A_YEAR
from fulcrum.evidence.case.tried import moved_assumption, moved_of
from fulcrum.evidence.methods.intervals import normal_critical

STATED = "Stated in company.toml"
STATED_HERE = "Stated here"


def middle_inputs(grounds: CaseGrounds) -> CaseInputs:
    """Every input at its middle."""
    initiative = grounds.initiative
    return CaseInputs(
        reach=float(initiative.reach),
        moved_share=moved_doubt(grounds).mode,
        gain=grounds.gain.value,
        worth=1.0 if grounds.worth is None else grounds.worth.value,
        causal_share=causal_triangle(grounds).mode,
        one_off=float(initiative.one_off),
        running=float(initiative.running),
        horizon_years=initiative.horizon_years,
        discount_rate=grounds.discount_rate,
        worse_off=grounds.worse_off.value,
        drift=grounds.drift,
        leaving=grounds.leaving.value if grounds.leaving else 0.0,
    )


def doubts_of(grounds: CaseGrounds) -> Doubts:
    """How far the inputs may be off: the measured together, the stated by the rules' spread."""
    initiative = grounds.initiative
    return Doubts(
        measured=grounds.errors,
        moved_share=moved_doubt(grounds),
        one_off=spread(float(initiative.one_off), grounds.cost_spread),
        running=spread(float(initiative.running), grounds.cost_spread),
        causal_share=causal_triangle(grounds),
    )


def moved_doubt(grounds: CaseGrounds) -> Triangle | Bell:
    """The share moved: as a pilot measured it, else as it is stated, so much of itself to either side."""
    measured = moved_of(grounds)
    if measured is not None:
        return measured
    return spread(grounds.initiative.moved_share, grounds.moved_share_spread, highest=1.0)


def causal_triangle(grounds: CaseGrounds) -> Triangle:
    """The causal share: the prior of the gap's grade, around the likeliest value if it is stated.

    What is stated of an association does not speak of an effect that a pilot measured itself.
    """
    low, mode, high = grounds.causal_prior
    stated = grounds.initiative.causal_share
    is_measured = grounds.tried is not None and grounds.tried.measures != "moved"
    if stated is None or (is_measured and "causal_share" not in dict(grounds.stated_here)):
        return Triangle(low=low, mode=mode, high=high)
    return Triangle(low=min(low, stated), mode=stated, high=max(high, stated))


def spread(middle: float, by: float, *, highest: float = float("inf")) -> Triangle:
    """A triangle around a stated number, so much of itself to either side."""
    return Triangle(low=middle * (1 - by), mode=middle, high=max(middle, min(highest, middle * (1 + by))))


def assumptions_of(grounds: CaseGrounds) -> tuple[Assumption, ...]:
    """Every input of the case with its range, its grade and where it comes from."""
    found = (*_stated(grounds), *_measured(grounds))
    order = {key: place for place, key in enumerate(_ORDER)}
    here = dict(grounds.stated_here)
    return tuple(
        _by_hand(one, grounds) if one.key in here else one
        for one in sorted(found, key=lambda one: order[one.key])
    )


_ORDER = (
    "reach",
    "moved_share",
    "gain",
    "worth",
    "causal_share",
    "one_off",
    "running",
    "horizon_years",
    "discount_rate",
    "worse_off",
    "leaving",
    "drift",
)
_LEAVING, _DRIFT = "Of those worse off, leave a year", "Growth a year of those worse off"


def _stated(grounds: CaseGrounds) -> list[Assumption]:
    initiative, doubts = grounds.initiative, doubts_of(grounds)

    def stated(
        key: str,
        name: str,
        unit: Unit,
        of: Triangle | Bell,
        source: str = STATED,
        grade: Grade = Grade.ELSEWHERE,
    ) -> Assumption:
        result = Estimate(
            value=of.mode,
            interval=of.interval(grounds.confidence),
            unit=unit,
            n=None,
            grade=grade,
            method="triangle of lowest, likeliest and highest",
            trace=grounds.trace,
        )
        return Assumption(key=key, name=name, result=result, source=source, is_stated=True)

    money, grade = money_unit(grounds.currency), grounds.grade
    is_prior = initiative.causal_share is None or causal_triangle(grounds).mode == grounds.causal_prior[1]
    prior = f"Prior for grade {grade.value}" if is_prior else STATED
    rate, tried = _fixed(grounds.discount_rate), grounds.tried
    moved = None if tried is None or moved_of(grounds) is None else moved_assumption(grounds, tried)
    found = [
        stated("reach", "Customers reached", CUSTOMERS, _fixed(float(initiative.reach))),
        moved
        if moved is not None
        else stated("moved_share", "Share moved", SHARE, doubts.moved_share, f"{STATED}; not measured here"),
        stated("causal_share", "Causal share", SHARE, doubts.causal_share, prior, grade),
        stated("one_off", "One-off cost", money, doubts.one_off),
        stated("running", "Running cost", money_unit(grounds.currency, per="year"), doubts.running),
        stated("horizon_years", "Horizon", Unit(kind="years"), _fixed(initiative.horizon_years)),
        stated("discount_rate", "Discount rate", SHARE, rate, "Playbook"),
    ]
    unknown = "Not measured here: none is assumed"
    if grounds.leaving is None:
        found.append(stated("leaving", _LEAVING, A_YEAR, _fixed(0.0), unknown))
    if grounds.drift_months is None:
        found.append(stated("drift", _DRIFT, A_YEAR, _fixed(grounds.drift), unknown))
    return found


def _measured(grounds: CaseGrounds) -> list[Assumption]:
    theirs = f"Customers with “{grounds.worse}”"
    found: list[tuple[str, str, Estimate, str]] = [
        ("gain", *_gain_named(grounds)),
        ("worse_off", "Customers worse off now", grounds.worse_off, theirs),
    ]
    if grounds.worth is not None:
        found.append(("worth", "Worth of one customer", grounds.worth, theirs))
    if grounds.leaving is not None:
        found.append(("leaving", _LEAVING, grounds.leaving, theirs))
    if grounds.drift_months is not None:
        found.append(("drift", _DRIFT, _drift(grounds), f"{grounds.drift_months} months of answers"))
    return [
        Assumption(key=key, name=name, result=result, source=source, is_stated=False)
        for key, name, result, source in found
    ]


def _gain_named(grounds: CaseGrounds) -> tuple[str, Estimate, str]:
    """The gain under its name: of one customer moved, or, as a pilot measured it, of one reached."""
    tried = grounds.tried
    if tried is None or tried.measures == "moved":
        return "Gain of one moved customer", grounds.gain, grounds.title
    return "Gain of one customer reached", grounds.gain, f"Pilot “{tried.name}”, read on {day(tried.read_on)}"


def _drift(grounds: CaseGrounds) -> Estimate:
    half = grounds.errors.error("drift") * normal_critical(0.95)
    return Estimate(
        value=grounds.drift,
        interval=Interval(low=grounds.drift - half, high=grounds.drift + half, confidence=0.95),
        unit=A_YEAR,
        n=None,
        grade=Grade.RAW,
        method="straight line through the monthly shares of the low band",
        trace=grounds.trace,
    )


def _by_hand(one: Assumption, grounds: CaseGrounds) -> Assumption:
    """An assumption that somebody moved: its number is theirs, however it was come by before."""
    method = "stated here; the range is as wide as before" if not one.is_stated else one.result.method
    result = replace(one.result, n=None, grade=Grade.ELSEWHERE, method=method, trace=grounds.trace)
    return replace(one, result=result, source=STATED_HERE, is_stated=True)


def _fixed(middle: float) -> Triangle:
    return Triangle(low=middle, mode=middle, high=middle)
