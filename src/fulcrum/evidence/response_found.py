"""Who answered and who is silent: how many, how they behave, and what the answers can say of everybody."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from operator import eq

from fulcrum.core.findings import Caveat, Finding
from fulcrum.core.quantities import (
    NPS,
    POINTS,
    RATIO,
    SHARE,
    Estimate,
    Interval,
    Result,
    Unit,
    Unknown,
    counted,
    money_unit,
    score_unit,
)
from fulcrum.evidence.base_margins import chosen_margins
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.loaded import Base
from fulcrum.evidence.methods.bands import NO_ANSWER, Bands
from fulcrum.evidence.methods.buckets import grid
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.gap import compare
from fulcrum.evidence.methods.groups import Measure, mean_amount, too_skewed
from fulcrum.evidence.methods.leakage import leak_among
from fulcrum.evidence.methods.raking import rake, raked_mean, what_weights_cannot_mend
from fulcrum.evidence.methods.refusals import LINK_REFUSED, NOT_CARRIED, caveats, refused, too_few
from fulcrum.evidence.methods.sample import sample_of, sample_of_outcome
from fulcrum.evidence.methods.score import pull_of
from fulcrum.evidence.methods.silent import bounds, silent_mean_at
from fulcrum.evidence.queries import outcome_cells, outcome_query, score_cells, score_query

FAMILY = "response"
ANSWERED = "Answered"
_BEHAVIOUR = {"stayed": "Stayed", "spend": "Spend"}


def response(given: Given) -> tuple[Finding, ...]:
    """The response rate, both sides' behaviour, the score weighted to the base, and the bounds of silence."""
    bands, base = given.bands, given.loaded.base
    if bands is None or given.loaded.answers is None:
        return ()
    if base is None or not base.answered or not given.has_base_key("score"):
        return tuple(_of_everybody(given, bands, None))
    trace = given.tracer(outcome_query(given.loaded, "one", ("score",)), "share of customers who answered")
    held = _share_who_answered(given, base, trace)
    rate = Finding(
        key="response.rate",
        family=FAMILY,
        title="Customers who answered" + (" before the landmark" if base.window is not None else ""),
        n=base.customers,
        result=held,
    )
    if base.answered >= base.customers:
        return (rate,)
    return (rate, *_behaviour(given), *_of_everybody(given, bands, held.value))


def _share_who_answered(given: Given, base: Base, trace: str) -> Estimate:
    """The share of the base who answered: counted, or estimated where customers carry sampling weights."""
    if given.loaded.customers is None or given.loaded.customers.weight is None:
        share = base.answered / base.customers
        return counted(share, SHARE, n=base.customers, trace=trace, method="counted in the customer base")
    cells = outcome_cells(given.loaded, "one", ("score", "bucket")).rekeyed("score", _side)
    cases = grid(cells, "score")
    sample = sample_of([float(side == ANSWERED) for (side,) in cases.groups], cases, once=True)
    interval = sample.share_in(given.rules.confidence.value)
    return sample.estimate(
        interval, SHARE, method="weighted share of customers, exact-ended Wilson interval", trace=trace
    )


def _behaviour(given: Given) -> Iterator[Finding]:
    """What those who answered did, what the silent did, and the gap between them."""
    for outcome, title in _BEHAVIOUR.items():
        if not given.offers(outcome):
            continue
        by = ("score", "bucket")
        query = outcome_query(given.loaded, outcome, by)
        trace = given.tracer(query, f"{title}: those who answered and those who did not")
        cells = outcome_cells(given.loaded, outcome, by).rekeyed("score", _side)
        is_share = outcome == "stayed"
        unit = SHARE if is_share else money_unit(given.currency, per="customer")
        measure = Measure(family=FAMILY, title=title, unit=unit, trace=trace)
        leak = leak_among(cells.by_only("score"), given.rules) if is_share else None
        for side in (ANSWERED, NO_ANSWER):
            yield _of_side(given, cells, side, outcome, measure, leak)
        if leak is None:
            yield _gap(given, cells, outcome, measure)


def _of_side(
    given: Given, cells: Cells, side: str, outcome: str, measure: Measure, leak: Unknown | None
) -> Finding:
    cases = grid(cells.where("score", partial(eq, side)), "score")
    n = int(cases.n.sum())
    key = f"response.{outcome}.{'answered' if side == ANSWERED else 'silent'}"
    because = too_few(n, given.rules, what="customers")
    if leak is not None:
        because = LINK_REFUSED, leak
    elif measure.unit.kind == "money" and because is None:
        because = too_skewed(cases)
    if because is not None:
        return refused(key=key, family=FAMILY, title=measure.title, group=side, n=n, because=because)
    result: Result
    if measure.unit.kind == "money":
        result = mean_amount(cases, given.rules, unit=measure.unit, trace=measure.trace)
    else:
        sample = sample_of_outcome(cases)
        interval = sample.share_in(given.rules.confidence.value)
        result = sample.estimate(
            interval,
            SHARE,
            method="share of customers, exact-ended Wilson interval",
            trace=measure.trace,
        )
    return Finding(key=key, family=FAMILY, title=measure.title, group=side, n=n, result=result)


def _gap(given: Given, cells: Cells, outcome: str, measure: Measure) -> Finding:
    is_share = measure.unit.kind == "share"
    asked = Asked(
        key=f"response_{outcome}",
        title=f"{measure.title}: answered less silent",
        exposure="score",
        exposed=ANSWERED,
        against=NO_ANSWER,
        outcome=outcome,
        adjust=(),
        unit=POINTS if is_share else measure.unit,
        is_share=is_share,
    )
    crude = compare(cells, asked, given.rules, trace=measure.trace).crude
    return replace(
        crude,
        key=f"response.{outcome}.gap",
        family=FAMILY,
        title=asked.title,
        group="",
        caveats=_alike(crude),
    )


def _alike(gap: Finding) -> tuple[Caveat, ...]:
    if not isinstance(gap.result, Estimate):
        return ()
    if gap.result.is_signed:
        return caveats(
            "Those who answer are not like those who do not: a score of answers is of answers only."
        )
    return caveats("In this they cannot be told apart; in what they feel they still may differ.")


def _of_everybody(given: Given, bands: Bands, share: float | None) -> Iterator[Finding]:
    """The score of those who answered, the same weighted to the base, and how far silence could move it."""
    chosen = chosen_margins(given, share)
    if chosen is None:
        return
    fields = tuple(margin.field for margin in chosen.margins)
    by = (*fields, "score", "bucket")
    if share is None:
        cells, query = score_cells(given.loaded, by), score_query(given.loaded, by)
    else:
        cells = outcome_cells(given.loaded, "one", by)
        query = outcome_query(given.loaded, "one", by)
    cells = cells.where("score", lambda score: score is not None)
    trace = given.tracer(query, "score weighted to the customer base by raking")
    said = (*caveats(*chosen.apart), what_weights_cannot_mend(fields, share)) if fields else ()
    for name, title, unit, scored in _scores(cells, bands):
        plain, n = _plain(scored, unit, given, trace, share), int(scored.n.sum())
        yield _shown(f"response.{name}.answered", f"{title} of those who answered", plain, n)
        if fields:
            raked = raked_mean(scored, chosen.margins, unit, given.rules, trace=trace)
            yield _shown(f"response.{name}.raked", f"{title}, weighted to the base", raked, n, said)
        if name == "score" and share is not None:
            yield from _silence(plain, bands, share, n)
    raked_cells = rake(cells, chosen.margins) if fields else None
    if raked_cells is not None and not isinstance(raked_cells, Unknown):
        n = int(cells.n.sum())
        effect = counted(
            raked_cells.design_effect, RATIO, n=n, trace=trace, method="Kish's design effect of the weights"
        )
        yield _shown("response.design_effect", "What the weights cost: design effect", effect, n)


def _scores(cells: Cells, bands: Bands) -> Iterator[tuple[str, str, Unit, Cells]]:
    """The mean score, and the NPS where that was the question, as outcomes on the same cells."""
    place = cells.by.index("score")
    points = [float(key[place] or 0) for key in cells.keys]
    yield "score", "Score", score_unit(*bands.scale), _with_outcome(cells, points)
    if bands.kind == "nps":
        worth = {bands.high: 100.0, bands.low: -100.0}
        yield "nps", "NPS", NPS, _with_outcome(cells, [worth.get(bands.of(round(x)), 0.0) for x in points])


def _with_outcome(cells: Cells, points: list[float]) -> Cells:
    return replace(cells, wy=cells.w * points, wyy=cells.w * [x * x for x in points])


def _plain(scored: Cells, unit: Unit, given: Given, trace: str, share: float | None) -> Result:
    """The mean without weights: each customer's last answer, or each answer where the base is not known."""
    cases = grid(scored, "score")
    if because := too_few(int(cases.n.sum()), given.rules):
        return because[1]
    sample = sample_of_outcome(cases, once=share is not None or given.loaded.answered_once)
    interval = sample.mean_in(pull_of(unit), given.rules.confidence.value)
    method = "mean of each customer's last answer" if share is not None else "mean of answers"
    return sample.estimate(interval, unit, method=method, trace=trace)


def _silence(seen: Result, bands: Bands, share: float, n: int) -> Iterator[Finding]:
    """The score of all if everybody silent felt worst, or best; and what would turn the conclusion."""
    bottom, top = bands.scale
    held = bounds(seen, response=share, scale=bands.scale)
    if isinstance(seen, Unknown) or isinstance(held, Unknown):
        return
    for key, title, at in (("lowest", "worst", bottom), ("highest", "best", top)):
        middle, *ends = (
            min(top, max(bottom, share * x + (1 - share) * at))
            for x in (seen.value, seen.interval.low, seen.interval.high)
        )
        bound = replace(
            seen,
            value=middle,
            interval=Interval(low=ends[0], high=ends[1], confidence=seen.interval.confidence),
            method=f"bound without assumptions (Manski): all who are silent at {at:g}",
        )
        yield _shown(
            f"response.score.{key}", f"Score of all, if every silent customer felt {title}", bound, n
        )
    threshold = bands.limits[1]
    if seen.value > threshold:
        needed = silent_mean_at(seen, response=share, threshold=threshold, scale=bands.scale)
        title = f"Score of the silent at which all together stand at {threshold:g}"
        yield _shown("response.score.turning", title, needed, n)


def _shown(key: str, title: str, result: Result, n: int, said: tuple[Caveat, ...] = ()) -> Finding:
    if isinstance(result, Unknown):
        return refused(key=key, family=FAMILY, title=title, group="", n=n, because=(NOT_CARRIED, result))
    return Finding(key=key, family=FAMILY, title=title, n=n, result=result, caveats=said)


def _side(score: object) -> str:
    return NO_ANSWER if score is None else ANSWERED
