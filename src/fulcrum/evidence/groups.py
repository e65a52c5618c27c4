"""What customers did, by the band of score that they had given: stayed, spent, cost to serve.

Those who did not answer are a row of their own: what they did is seen all the same, and they are most.
"""

from functools import partial
from operator import eq

import numpy as np

from fulcrum.core.findings import Finding
from fulcrum.core.playbook import EvidenceRules
from fulcrum.core.quantities import SHARE, Result, Unit, Unknown
from fulcrum.evidence.bands import Bands
from fulcrum.evidence.buckets import Grid, grid
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.refusals import LINK_REFUSED, NOT_CARRIED, caveats, refused, too_few
from fulcrum.evidence.sample import sample_of_outcome

TOO_SKEWED = 1.5  # expected skewness of a mean amount, from which its interval covers less than 93 %


def shares_by_band(
    cells: Cells, bands: Bands, rules: EvidenceRules, *, family: str, title: str, trace: str
) -> tuple[Finding, ...]:
    """The share of customers with the event (such as having stayed) in each band, Wilson intervals.

    `cells` by score and bucket, one row per customer of the base, outcome 0 or 1; score None did not answer.
    """
    found = []
    for band, cases in _by_band(cells, bands):
        key, n = f"{family}.band.{band}", int(cases.n.sum())
        if because := too_few(n, rules, what="customers"):
            found.append(refused(key=key, family=family, title=title, group=band, n=n, because=because))
            continue
        sample = sample_of_outcome(cases)
        interval = sample.share_in(rules.confidence.value)
        result = sample.estimate(interval, SHARE, method="share of customers, Wilson interval", trace=trace)
        found.append(Finding(key=key, family=family, title=title, group=band, n=n, result=result))
    return tuple(found)


def money_by_band(
    cells: Cells, bands: Bands, rules: EvidenceRules, *, family: str, title: str, unit: Unit, trace: str
) -> tuple[Finding, ...]:
    """The mean amount per customer in each band, and again without the account that dominates it.

    `cells` by score and bucket, one row per customer of the base, outcome an amount (zero included).
    Refused where amounts differ so much that no interval holds with this many customers.
    """
    found: list[Finding] = []
    for band, cases in _by_band(cells, bands):
        key, n = f"{family}.band.{band}", int(cases.n.sum())
        because = too_few(n, rules, what="customers") or too_skewed(cases)
        if because:
            found.append(refused(key=key, family=family, title=title, group=band, n=n, because=because))
            continue
        largest = dominant_bucket(cases, rules)
        result = mean_amount(cases, rules, unit=unit, trace=trace)
        found.append(
            Finding(
                key=key,
                family=family,
                title=title,
                group=band,
                n=n,
                result=result,
                caveats=caveats(dominance(cases, rules)),
            )
        )
        if largest is not None:
            found.append(_without(cases, largest, rules, found[-1], unit=unit, trace=trace))
    return tuple(found)


def refused_bands(bands: Bands, why: Unknown, *, family: str, title: str) -> tuple[Finding, ...]:
    """Every band of a refused link, each holding its place with the refusal."""
    return tuple(
        refused(
            key=f"{family}.band.{band}",
            family=family,
            title=title,
            group=band,
            n=None,
            because=(LINK_REFUSED, why),
        )
        for band in bands.names
    )


def mean_amount(cases: Grid, rules: EvidenceRules, *, unit: Unit, trace: str) -> Result:
    """The mean amount per customer with an interval that allows for skewness."""
    sample = sample_of_outcome(cases)
    interval = sample.money_in(skew_of_mean(cases), rules.confidence.value)
    return sample.estimate(interval, unit, method="mean, Hall's interval for skewed amounts", trace=trace)


def skew_of_mean(cases: Grid) -> float:
    """Skewness of the mean, from the spread of the bucket totals around what their size would give."""
    weights, sums = cases.w.sum(axis=0), cases.wy.sum(axis=0)
    kept = weights > 0
    apart = sums[kept] - weights[kept] * sums.sum() / weights.sum()
    second = float((apart**2).sum())
    return float((apart**3).sum()) / second**1.5 if second > 0 else 0.0


def too_skewed(cases: Grid) -> tuple[str, Unknown] | None:
    """The refusal where a few customers make the mean: as skewed as a lognormal."""
    n = int(cases.n.sum())
    mean, square = float(cases.wy.sum() / cases.w.sum()), float(cases.wyy.sum() / cases.w.sum())
    if mean == 0:
        return None
    variation = np.sqrt(max(0.0, square - mean**2)) / abs(mean)
    shape = 3 * variation + variation**3
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
    if largest is None:
        return None
    share = float(np.abs(cases.wy[:, largest]).sum() / np.abs(cases.wy).sum())
    customers = int(cases.n[:, largest].sum())
    whole = int(cases.n.sum())
    return f"{customers} of {whole} customers hold {share:.0%} of the money: read it without them too."


def _without(
    cases: Grid, largest: int, rules: EvidenceRules, whole: Finding, *, unit: Unit, trace: str
) -> Finding:
    kept = np.arange(cases.n.shape[1]) != largest
    rest = Grid(
        groups=cases.groups, **{name: getattr(cases, name)[:, kept] for name in ("n", "w", "ww", "wy", "wyy")}
    )
    n = int(rest.n.sum())
    key, title = f"{whole.key}.without_largest", f"{whole.title}, without the largest account's group"
    because = too_few(n, rules, what="customers") or too_skewed(rest)
    if because:
        return refused(key=key, family=whole.family, title=title, group=whole.group, n=n, because=because)
    result = mean_amount(rest, rules, unit=unit, trace=trace)
    return Finding(key=key, family=whole.family, title=title, group=whole.group, n=n, result=result)


def _by_band(cells: Cells, bands: Bands) -> list[tuple[str, Grid]]:
    banded = bands.on(cells)
    present = sorted((str(name) for name in banded.values("band")), key=bands.order)
    return [(name, grid(banded.where("band", partial(eq, name)), "band")) for name in present]
