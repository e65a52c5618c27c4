"""What customers answered: mean score, NPS and histogram; overall, by touchpoint and by segment."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from operator import eq

import numpy as np

from fulcrum.core.findings import Finding
from fulcrum.core.quantities import NPS, SHARE, Result, Unit, score_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.buckets import Grid, grid
from fulcrum.evidence.methods.intervals import Pull
from fulcrum.evidence.methods.refusals import caveats, refused, too_few, too_few_customers
from fulcrum.evidence.methods.sample import Sample, sample_of

_Asked = tuple[str, str, Callable[[float], float], Callable[[Sample, float, str], Result]]
NPS_PULL: Pull = ((-100.0, 0.75), (0.0, 1.5), (100.0, 0.75))


def score_findings(
    cells: Cells,
    bands: Bands,
    rules: EvidenceRules,
    *,
    trace: str,
    split: str = "",
    order: tuple[str, ...] = (),
    once: bool = False,
    cautions: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """Mean score, and NPS where that was the question, of everybody or of each group of `split`.

    `cells` by score, bucket and, if named, `split`, whose groups come in `order`, any others after them by
    name. `once` says that no customer answered twice: then no jackknife is needed. Under 5 answers nothing is
    shown, under 20 counts only.
    """
    asked: list[_Asked] = [("score", "Score", float, _score_of(bands))]
    if bands.kind == "nps":
        asked.append(("nps", "NPS", partial(_nps_points, bands), _nps_of))
    found = []
    for name, answers in _groups(cells, split, order):
        n, group = int(answers.n.sum()), _shown_as(split, name)
        because = too_few(n, rules) or (None if once else too_few_customers(answers.filled, n))
        for family, title, points, shown in asked:
            key = key_of(family, split, name)
            if because is not None:
                found.append(refused(key=key, family=family, title=title, group=group, n=n, because=because))
                continue
            sample = sample_of([points(float(key[0] or 0)) for key in answers.groups], answers, once=once)
            result = shown(sample, rules.confidence.value, trace)
            found.append(
                Finding(
                    key=key,
                    family=family,
                    title=title,
                    group=group,
                    n=n,
                    result=result,
                    caveats=caveats(*cautions),
                )
            )
    return tuple(found)


def pull_of(unit: Unit) -> Pull:
    """The answers that the interval of a score in this unit adds: none where it has no scale."""
    if unit.kind == "nps":
        return NPS_PULL
    return () if unit.scale is None else tuple((end, 0.5) for end in unit.scale)


def histogram(
    cells: Cells, bands: Bands, rules: EvidenceRules, *, trace: str, once: bool = False
) -> tuple[Finding, ...]:
    """The share of answers at each point of the scale, points that nobody chose included."""
    ((_, answers),) = _groups(cells, "")
    n = int(answers.n.sum())
    if too_few(n, rules) or (not once and too_few_customers(answers.filled, n)):
        return ()
    low, high = bands.scale
    return tuple(
        _at_point(point, answers, rules, trace=trace, once=once)
        for point in range(round(low), round(high) + 1)
    )


def key_of(family: str, split: str, group: str) -> str:
    """The stable key of a finding, such as `score.touchpoint.repair visit`."""
    return f"{family}.{split}.{group}" if split else f"{family}.all"


def answered(cells: Cells) -> Cells:
    """Only the cells of those who answered."""
    return cells.where("score", lambda score: score is not None)


def unweighted(cells: Cells) -> Cells:
    """The answers as they came, each counting once: of cells by score, whatever their weights."""
    place, once = cells.by.index("score"), cells.n.astype(np.float64)
    points = np.array([float(key[place] or 0) for key in cells.keys])
    return replace(cells, w=once, ww=once, wy=once * points, wyy=once * points**2)


def _groups(cells: Cells, split: str, order: tuple[str, ...] = ()) -> Iterator[tuple[str, Grid]]:
    given = answered(cells)
    if not split:
        yield "", grid(given, "score")
        return
    places = {name: place for place, name in enumerate(order)}
    for name in sorted(given.values(split), key=lambda name: places.get(str(name), len(places))):
        if name is not None:
            yield str(name), grid(given.where(split, partial(eq, name)), "score")


def _shown_as(split: str, name: str) -> str:
    """A group as it is read: "late: yes"; a touchpoint says what it is by itself."""
    return name if split in ("", "touchpoint") else f"{split}: {name}"


def _at_point(point: int, answers: Grid, rules: EvidenceRules, *, trace: str, once: bool) -> Finding:
    sample = sample_of([float(key[0] == point) for key in answers.groups], answers, once=once)
    n = sum(int(row.sum()) for key, row in zip(answers.groups, answers.n, strict=True) if key[0] == point)
    interval = sample.share_in(rules.confidence.value)
    result = sample.estimate(
        interval, SHARE, method="share of answers, exact-ended Wilson interval", trace=trace
    )
    return Finding(
        key=f"histogram.all.{point}",
        family="histogram",
        title="Answers",
        group=str(point),
        n=n,
        result=result,
    )


def _score_of(bands: Bands) -> Callable[[Sample, float, str], Result]:
    unit = score_unit(*bands.scale)

    def shown(sample: Sample, confidence: float, trace: str) -> Result:
        interval = sample.mean_in(pull_of(unit), confidence)
        return sample.estimate(interval, unit, method="mean, adjusted interval", trace=trace)

    return shown


def _nps_of(sample: Sample, confidence: float, trace: str) -> Result:
    interval = sample.mean_in(NPS_PULL, confidence)
    return sample.estimate(interval, NPS, method="promoters less detractors, adjusted interval", trace=trace)


def _nps_points(bands: Bands, score: float) -> float:
    return {bands.high: 100.0, bands.low: -100.0}.get(bands.of(round(score)), 0.0)
