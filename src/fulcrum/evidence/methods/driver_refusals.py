"""Which drivers can be ranked, and why not where they cannot."""

import numpy as np

from fulcrum.core.quantities import Unknown
from fulcrum.core.value import value
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.methods.buckets import FEWEST_BUCKETS
from fulcrum.evidence.methods.cross_products import Complete, CrossProducts
from fulcrum.evidence.methods.replicated import Replicated

MISSING_AT_MOST = 0.20  # of a driver's ratings; beyond it, those who rated are another population
COMPLETE_AT_LEAST = 0.50  # of the answers; listwise deletion of more leaves the few who rate everything
CASES_AT_LEAST = 50  # plus 8 per driver (Green 1991, Multivariate Behavioral Research 26)
CASES_PER_DRIVER = 8
EXPLAINED_AT_LEAST = 0.03  # R², surely; below it an interval of a share covers 80 to 90 % (docs/proof.md)
SINGULAR = 1e-8  # smallest eigenvalue of the correlations below which one driver is made of the others


@value
class Chosen:
    """The drivers that go into a ranking, those set apart with the reason, and the complete answers.

    `because` refuses the whole ranking. `rows` counts the answers that hold the outcome.
    """

    names: tuple[str, ...]
    apart: tuple[tuple[str, Unknown], ...]
    complete: Complete
    rows: int
    because: Unknown | None


def choose(products: CrossProducts, drivers: tuple[str, ...], outcome: str) -> Chosen:
    """The drivers that can be ranked against the outcome, or why none can."""
    base = products.answered(outcome)
    lacking = tuple((name, why) for name in drivers if (why := _too_often_missing(base, name)))
    kept = tuple(name for name in drivers if name not in dict(lacking))
    complete = base.complete(*kept, outcome)
    constant = tuple((name, _CONSTANT) for name in _constant(complete) if name != outcome)
    names = tuple(name for name in kept if name not in dict(constant))
    if constant:
        complete = base.complete(*names, outcome)
    because = _too_few(names, complete, base.rows) or _flat(complete, outcome) or _collinear(names, complete)
    return Chosen(names=names, apart=lacking + constant, complete=complete, rows=base.rows, because=because)


def unexplained(slopes: Replicated, explained: Replicated, confidence: float) -> Unknown | None:
    """The refusal where the drivers together explain what chance would, or too little to share out."""
    if slopes.chance_of_nothing() > 1 - confidence:
        return Unknown(
            reason="What the drivers explain together cannot be told from chance.",
            needs="More answers, or drivers that are closer to the outcome.",
        )
    if explained.share_interval(confidence).low < EXPLAINED_AT_LEAST:
        return Unknown(
            reason=f"The drivers together may explain less than {whole_percent(EXPLAINED_AT_LEAST)} of the "
            "outcome: too little for its parts to be told.",
            needs="More answers, or drivers that are closer to the outcome.",
        )
    return None


_CONSTANT = Unknown(reason="Every complete answer gives it the same rating.", needs="Ratings that differ.")


def _too_often_missing(base: CrossProducts, name: str) -> Unknown | None:
    missing, inapplicable = base.unusable(name)
    if missing + inapplicable <= MISSING_AT_MOST * base.rows:
        return None
    return Unknown(
        reason=f"{whole_percent((missing + inapplicable) / base.rows)} of {base.rows} answers do not rate it "
        f"({missing} left open, {inapplicable} not applicable).",
        needs=f"A rating from at least {whole_percent(1 - MISSING_AT_MOST)}, "
        "or a ranking among those whom it concerns.",
    )


def _constant(complete: Complete) -> tuple[str, ...]:
    if not complete.cases:
        return ()
    return tuple(name for name, flat in zip(complete.names, complete.total.is_constant, strict=True) if flat)


def _too_few(names: tuple[str, ...], complete: Complete, rows: int) -> Unknown | None:
    needed = CASES_AT_LEAST + CASES_PER_DRIVER * len(names)
    buckets = max(FEWEST_BUCKETS, 2 * len(names))
    if len(names) < 2:
        return Unknown(
            reason="Fewer than two drivers can be ranked.", needs="Ratings of at least two drivers."
        )
    if complete.cases < needed or complete.effective < needed:
        worth = "" if complete.effective >= complete.cases else f", worth {complete.effective:.0f} unweighted"
        return Unknown(
            reason=f"{complete.cases} answers rate all {len(names)} drivers{worth}: too few to rank them.",
            needs=f"At least {needed} complete answers ({CASES_AT_LEAST} and {CASES_PER_DRIVER} per driver).",
        )
    if complete.cases < COMPLETE_AT_LEAST * rows:
        return Unknown(
            reason=f"Only {complete.cases} of {rows} answers rate all {len(names)} drivers.",
            needs="Fewer drivers at once, or a questionnaire in which most people rate all of them.",
        )
    if len(complete.buckets) < buckets:
        return Unknown(
            reason=f"The answers come from {len(complete.buckets)} customers or groups of customers.",
            needs=f"Answers from at least {buckets}, so that the doubt between customers can be judged.",
        )
    return None


def _flat(complete: Complete, outcome: str) -> Unknown | None:
    if outcome not in _constant(complete):
        return None
    return Unknown(reason="The outcome is the same in every complete answer.", needs="Outcomes that differ.")


def _collinear(names: tuple[str, ...], complete: Complete) -> Unknown | None:
    """The refusal where one driver can be computed from others, in all answers or without one bucket."""
    without = complete.without_each
    stays = np.atleast_1d(without.is_constant.any(axis=0))
    if stays.any():
        stuck = [name for name, flat in zip(complete.names, stays.tolist(), strict=True) if flat]
        return Unknown(
            reason=f"{_listed(stuck)} varies only within one group of customers.",
            needs="Variation among more customers.",
        )
    size, axes = np.linalg.eigh(complete.total.correlation[:-1, :-1])
    if size[0] > SINGULAR and np.linalg.eigvalsh(without.correlation[:, :-1, :-1]).min() > SINGULAR:
        return None
    bound = [name for name, part in zip(names, axes[:, 0], strict=True) if abs(part) > 0.1]
    return Unknown(
        reason=f"{_listed(bound)} can be computed from one another, so that no share can be told apart.",
        needs="One of them left out.",
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
