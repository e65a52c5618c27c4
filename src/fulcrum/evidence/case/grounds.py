"""What a case stands on, taken out of the measured basis: from here on no data are needed."""

from collections.abc import Mapping
from itertools import combinations

from fulcrum.core.company import Initiative
from fulcrum.core.grounds import CaseGrounds, Tried
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.rules import CaseRules
from fulcrum.evidence.case.basis import Basis
from fulcrum.evidence.case.cautions import about_gap
from fulcrum.evidence.case.inputs import causal_triangle
from fulcrum.evidence.case.joint import Replicates, joint
from fulcrum.evidence.case.tried import gain_of
from fulcrum.evidence.methods.intervals import normal_critical


def case_key(title: str) -> str:
    """The stable key of an initiative's case, such as `case.first-contact-repair`."""
    return f"case.{'-'.join(title.lower().split())}"


def why_not(basis: Basis) -> Unknown | None:
    """Why this basis carries no case in money, or None where it does."""
    if isinstance(basis.gap, Unknown):
        return basis.gap
    if basis.asked.outcome == "score":
        return Unknown(
            reason="The comparison is of scores, and a score is no money.",
            needs="A comparison whose outcome is spend, stayed or left.",
        )
    if basis.months is None:
        return Unknown(
            reason="The outcome has no window, so a loss a year cannot be told.",
            needs="[landmark] with date and outcome_months in mapping.toml, and dates in the data.",
        )
    if basis.asked.is_share and isinstance(basis.worth, Unknown):
        return basis.worth
    return basis.worse_off if isinstance(basis.worse_off, Unknown) else None


def grounds_of(
    initiative: Initiative,
    basis: Basis,
    rules: CaseRules,
    *,
    currency: str,
    seed: int,
    version: str = "",
    trace: str = "",
    tried: Tried | None = None,
) -> CaseGrounds:
    """The grounds of one initiative's case. Raises if the basis carries none (`why_not` says so).

    A pilot that measured the outcome itself takes the place of the gap, with its own grade; one that measured
    the share moved takes the place of what is stated of it.
    """
    measured = None if tried is None else gain_of(tried)
    gain, worse_off = measured or basis.gain, basis.worse_off
    if gain is None or isinstance(worse_off, Unknown) or why_not(basis) is not None:
        raise ValueError(f"the basis {basis.comparison.key} carries no case")
    is_share = basis.asked.is_share if measured is None else measured.unit.kind != "money"
    worth = basis.worth if is_share and isinstance(basis.worth, Estimate) else None
    prior = next(prior for prior in rules.causal_share if prior.grade == gain.grade.value)
    return CaseGrounds(
        case=case_key(initiative.name),
        initiative=initiative,
        comparison=basis.comparison.key,
        title=basis.comparison.title,
        worse=basis.worse,
        gain=gain,
        worth=worth,
        worse_off=worse_off,
        at_stake=basis.at_stake,
        leaving=basis.leaving,
        drift=basis.drift.a_year if basis.drift else 0.0,
        drift_months=basis.drift.months if basis.drift else None,
        errors=joint(_errors(basis, gain, worth), _of_data(basis, measured)),
        grade=gain.grade,
        causal_prior=(prior.low, prior.mode, prior.high),
        moved_share_spread=rules.moved_share_spread.value,
        cost_spread=rules.cost_spread.value,
        discount_rate=rules.discount_rate.value,
        draws=int(rules.draws.value),
        confidence=rules.confidence.value,
        about_gap=about_gap(basis) if measured is None else (),
        about_data=basis.cautions,
        moves=moves_of(basis),
        currency=currency,
        seed=seed,
        trace=trace,
        version=version,
        tried=tried,
    )


def _of_data(basis: Basis, measured: Estimate | None) -> Mapping[str, Replicates]:
    """What errs together: what comes of the same customers, which a pilot's do not."""
    if measured is None:
        return basis.replicates
    return {name: held for name, held in basis.replicates.items() if name != "gain"}


def moves_of(basis: Basis) -> str:
    """Whom an initiative on this basis moves: the two sides, whatever is measured of them."""
    asked = basis.asked
    return f"{asked.exposure}: {' and '.join(sorted((asked.exposed, asked.against)))}"


def parameters_of(grounds: CaseGrounds) -> dict[str, object]:
    """What the trace of the case names beside its query: the stated, the judged, what errs together."""
    return {**_as_stated(grounds), **_as_judged(grounds), **_correlations(grounds), "seed": grounds.seed}


def _as_stated(grounds: CaseGrounds) -> dict[str, object]:
    """What the company states, each by its name in company.toml."""
    initiative, tried = grounds.initiative, grounds.tried
    piloted = {} if tried is None else {"pilot": f"{tried.pilot}, trace {tried.effect.trace}"}
    return {
        **piloted,
        "initiative": initiative.name,
        "comparison": grounds.comparison,
        "one_off": initiative.one_off,
        "running": initiative.running,
        "horizon_years": initiative.horizon_years,
        "reach": initiative.reach,
        "moved_share": initiative.moved_share,
    }


def _as_judged(grounds: CaseGrounds) -> dict[str, object]:
    """The constants of judgement that the case uses."""
    names = ("moved_share_spread", "cost_spread", "discount_rate", "draws", "confidence")
    said: dict[str, object] = {name: f"{getattr(grounds, name):g}" for name in names}
    prior = causal_triangle(grounds)
    said["causal_share"] = f"{prior.low:g} to {prior.high:g}, likeliest {prior.mode:g}"
    return said


def _correlations(grounds: CaseGrounds) -> dict[str, object]:
    """How the measured inputs err together, for every pair that does."""
    together = grounds.errors
    return {
        f"correlation_{one}_{other}": f"{together.between(one, other):.3f}"
        for one, other in combinations(together.names, 2)
        if together.between(one, other) != 0
    }


def _errors(basis: Basis, gain: Estimate, worth: Estimate | None) -> dict[str, float]:
    """The standard error of each measured input; a worth that is money already has none."""
    errors = {"gain": _error(gain), "worth": 0.0 if worth is None else _error(worth)}
    if basis.leaving is not None:
        errors["leaving"] = _error(basis.leaving)
    if basis.drift is not None:
        errors["drift"] = basis.drift.error
    if isinstance(basis.worse_off, Estimate) and basis.worse_off.interval.confidence < 1:
        errors["worse_off"] = _error(basis.worse_off)
    return errors


def _error(of: Estimate) -> float:
    if of.interval.confidence == 1.0:
        return 0.0
    return (of.interval.high - of.interval.low) / 2 / normal_critical(of.interval.confidence)
