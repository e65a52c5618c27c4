"""What customers did, by the band of score that they had given: stayed, spent, cost to serve.

Those who did not answer are a row of their own: what they did is seen all the same, and they are most.
"""

from functools import partial
from operator import eq

import numpy as np

from fulcrum.core.findings import Finding
from fulcrum.core.quantities import Result, Unit, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.buckets import Grid, grid, without_bucket
from fulcrum.evidence.methods.intervals import lognormal_shape
from fulcrum.evidence.methods.refusals import LINK_REFUSED, NOT_CARRIED, caveats, refused, too_few
from fulcrum.evidence.methods.sample import sample_of_outcome

TOO_SKEWED = 1.0  # expected skewness of a mean amount, beyond which no interval holds what it says


@value
class Measure:
    """What is measured per customer: its place among the findings, its unit, its trace, what to beware of."""

    family: str
    title: str
    unit: Unit
    trace: str
    cautions: tuple[str, ...] = ()


def by_band(cells: Cells, bands: Bands, rules: EvidenceRules, measure: Measure) -> tuple[Finding, ...]:
    """The measure in each band of score, non-respondents as a row of their own.

    `cells` by score (None: did not answer) and bucket, one row per customer of the base; outcome 0 or 1
    where the unit is a share, else an amount, zero included.
    """
    if measure.unit.kind == "money" and not cells.wyy.sum() > 0:
        nothing = Unknown(reason="No amounts fall into the outcome window.", needs="Amounts dated within it.")
        return refused_bands(bands, nothing, measure, word=NOT_CARRIED)
    found: tuple[Finding, ...] = ()
    for band, cases in _by_band(cells, bands):
        place = _Place(key=f"{measure.family}.band.{band}", band=band, title=measure.title)
        if because := too_few(int(cases.n.sum()), rules, what="customers"):
            found += (_refused(place, cases, measure, because),)
        elif measure.unit.kind == "share":
            found += (_share(place, cases, rules, measure),)
        else:
            found += _amounts(place, cases, rules, measure)
    return found


def refused_bands(
    bands: Bands, why: Unknown, measure: Measure, *, word: str = LINK_REFUSED
) -> tuple[Finding, ...]:
    """Every band of a refused link, each holding its place with the refusal."""
    return tuple(
        refused(
            key=f"{measure.family}.band.{band}",
            family=measure.family,
            title=measure.title,
            group=band,
            n=None,
            because=(word, why),
        )
        for band in bands.names
    )


def mean_amount(cases: Grid, rules: EvidenceRules, *, unit: Unit, trace: str) -> Result:
    """The mean amount per customer with an interval that allows for skewness."""
    sample = sample_of_outcome(cases)
    interval = sample.money_in(rules.confidence.value)
    return sample.estimate(interval, unit, method="mean, Hall's interval for skewed amounts", trace=trace)


def too_skewed(cases: Grid) -> tuple[str, Unknown] | None:
    """The refusal where a few customers make the mean: as skewed as a lognormal; or where all are zero."""
    n = int(cases.n.sum())
    mean, square = float(cases.wy.sum() / cases.w.sum()), float(cases.wyy.sum() / cases.w.sum())
    if square == 0:
        return NOT_CARRIED, Unknown(
            reason=f"None of the {n} customers has an amount: how often others would is not known from that.",
            needs="Customers with amounts, or a longer window.",
        )
    if mean == 0:
        return NOT_CARRIED, Unknown(
            reason="Amounts and refunds cancel out to nothing.", needs="Refunds kept apart."
        )
    variation = np.sqrt(max(0.0, square - mean**2)) / abs(mean)
    shape = lognormal_shape(float(variation))
    if shape / np.sqrt(n) <= TOO_SKEWED:
        return None
    needed = int(np.ceil((shape / TOO_SKEWED) ** 2))
    return NOT_CARRIED, Unknown(
        reason=f"Amounts differ too much between customers for a mean of {n} (variation {variation:.1f}).",
        needs=f"About {needed:,} customers, or the largest accounts kept apart.",
    )


def dominant_bucket(cases: Grid, rules: EvidenceRules) -> int | None:
    """The place of the bucket that holds more of the money than one account may, if any does.

    Buckets are 64ths of the customers: one that holds a quarter of the money holds a dominant account.
    """
    sums = np.abs(cases.wy).sum(axis=0)
    largest = int(sums.argmax())
    share = float(sums[largest]) / float(sums.sum()) if sums.sum() > 0 else 0.0
    return largest if share > rules.dominant_account_share.value else None


def dominance(cases: Grid, rules: EvidenceRules) -> str | None:
    """The sentence that belongs beside money that one account dominates."""
    largest = dominant_bucket(cases, rules)
    if largest is None or too_skewed(without_bucket(cases, largest)):
        return None
    share = float(np.abs(cases.wy[:, largest]).sum() / np.abs(cases.wy).sum())
    customers = int(cases.n[:, largest].sum())
    whole = int(cases.n.sum())
    held = f"{customers} of {whole} customers hold {whole_percent(share)} of the money"
    return f"{held}: read it without them too."


@value
class _Place:
    key: str
    band: str
    title: str


def _share(place: _Place, cases: Grid, rules: EvidenceRules, measure: Measure) -> Finding:
    sample = sample_of_outcome(cases)
    interval = sample.share_in(rules.confidence.value)
    method = "share of customers, exact-ended Wilson interval"
    result = sample.estimate(interval, measure.unit, method=method, trace=measure.trace)
    return _shown(place, cases, measure, result)


def _amounts(place: _Place, cases: Grid, rules: EvidenceRules, measure: Measure) -> tuple[Finding, ...]:
    """The mean amount; where one account dominates it, again without the bucket that holds the account."""
    largest = dominant_bucket(cases, rules)
    if largest is None or too_skewed(without_bucket(cases, largest)):
        return (_amount(place, cases, rules, measure),)
    whole = mean_amount(cases, rules, unit=measure.unit, trace=measure.trace)
    without = _Place(
        key=f"{place.key}.without_largest",
        band=place.band,
        title=f"{place.title}, without the largest account",
    )
    return (
        _shown(place, cases, measure, whole, dominance(cases, rules)),
        _amount(without, without_bucket(cases, largest), rules, measure),
    )


def _amount(place: _Place, cases: Grid, rules: EvidenceRules, measure: Measure) -> Finding:
    because = too_few(int(cases.n.sum()), rules, what="customers") or too_skewed(cases)
    if because:
        return _refused(place, cases, measure, because)
    result = mean_amount(cases, rules, unit=measure.unit, trace=measure.trace)
    return _shown(place, cases, measure, result)


def _shown(
    place: _Place, cases: Grid, measure: Measure, result: Result, warning: str | None = None
) -> Finding:
    return Finding(
        key=place.key,
        family=measure.family,
        title=place.title,
        group=place.band,
        n=int(cases.n.sum()),
        result=result,
        caveats=caveats(warning, *measure.cautions),
    )


def _refused(place: _Place, cases: Grid, measure: Measure, because: tuple[str, Unknown]) -> Finding:
    n = int(cases.n.sum())
    return refused(
        key=place.key, family=measure.family, title=place.title, group=place.band, n=n, because=because
    )


def _by_band(cells: Cells, bands: Bands) -> list[tuple[str, Grid]]:
    banded = bands.on(cells)
    present = sorted((str(name) for name in banded.values("band")), key=bands.order)
    return [(name, grid(banded.where("band", partial(eq, name)), "band")) for name in present]
