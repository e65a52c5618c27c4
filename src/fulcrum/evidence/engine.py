"""The story of evidence: load → said → did → answered → dose → compare → stays → case → trends → drivers.

`gather` is the whole path. Each step takes what is `Given` and answers with findings or refusals; the rows
stay in the engine, only cells leave it.
"""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from fulcrum.core.company import Company
from fulcrum.core.errors import Problem
from fulcrum.core.findings import Evidence, Finding, StoryInNumbers
from fulcrum.core.quantities import SHARE, Unknown, money_unit
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.case.cases import cases
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.comparisons import Compared, cautions_of, comparisons, leak, who_answered
from fulcrum.evidence.dose_found import doses
from fulcrum.evidence.drivers_found import drivers
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping_file import NAME as MAPPING_FILE
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.groups import Measure, by_band, refused_bands
from fulcrum.evidence.methods.score import histogram, score_findings, unweighted
from fulcrum.evidence.missing import missing
from fulcrum.evidence.pilots.tried import TriedHere
from fulcrum.evidence.queries import outcome_cells, outcome_query, score_cells, score_query
from fulcrum.evidence.response_found import response
from fulcrum.evidence.retention_found import stays
from fulcrum.evidence.series_found import series
from fulcrum.evidence.stories_in_numbers import story_in_numbers
from fulcrum.evidence.tracing import Tracer
from fulcrum.evidence.trends_found import trends

DRAWN_UNEVENLY = "The sample was drawn unevenly: unweighted, it speaks for the answers alone."
NO_DATA = Unknown(
    reason="There are no customers' data.", needs="Exports in data/, explained by mapping.toml."
)


def gather(
    data: Path,
    company: Company,
    *,
    evidence_rules: EvidenceRules,
    case_rules: CaseRules,
    version: str,
    seed: int,
    as_of: date | None = None,
    tried: TriedHere | None = None,
) -> tuple[Evidence, tuple[Problem, ...]]:
    """Everything that the customers' data carry, and what they do not, with every Problem of the files.

    The same data, rules, version and seed give the same digits. `tried` are the pilots that cases rest on.
    With an error among the Problems, the Evidence holds nothing but the account of the files.
    """
    mapping, problems = read_mapping(data)
    if mapping is None:
        return Evidence(findings=(), missing=(NO_DATA,)), problems
    loaded = load(data, mapping, rules=evidence_rules, as_of=as_of or company.as_of)
    problems += loaded.problems
    with loaded.engine:
        if loaded.errors:
            return Evidence(findings=(), files=loaded.files), problems
        given = Given(
            loaded=loaded,
            company=company,
            rules=evidence_rules,
            case_rules=case_rules,
            tracer=Tracer(
                loaded.files,
                version,
                engine=loaded.engine.name,
                mapping=sha256((data / MAPPING_FILE).read_bytes()).hexdigest(),
            ),
            seed=seed,
            tried=tried or TriedHere(),
        )
        return _evidence(given), problems


def _evidence(given: Given) -> Evidence:
    leaking = leak(given)
    compared = comparisons(given, leaking)
    stayed = stays(given, compared, leaking)
    made = cases(given, compared)
    return Evidence(
        findings=(
            *what_they_said(given),
            *what_they_did(given, leaking),
            *response(given),
            *doses(given, leaking),
            *_gaps(compared),
            *stayed.findings,
        ),
        comparisons=tuple(one.comparison for one in compared),
        cases=made.each,
        grounds=made.grounds,
        programme=made.programme,
        trends=trends(given),
        series=series(given),
        stories=stories(given),
        drivers=drivers(given, leaking),
        curves=stayed.curves,
        files=(*given.loaded.files, *given.tried.files),
        traces=(*given.tracer.made, *given.tried.traces),
        missing=missing(given),
        outcome_until=_window_end(given),
    )


def _window_end(given: Given) -> date | None:
    landmark = given.loaded.mapping.landmark
    if landmark is None:
        return None
    months = landmark.day.year * 12 + landmark.day.month - 1 + landmark.outcome_months
    return date(months // 12, months % 12 + 1, min(landmark.day.day, 28))


def what_they_said(given: Given) -> tuple[Finding, ...]:
    """Scores overall, by touchpoint and by each segment field, and the histogram."""
    bands = given.bands
    if bands is None or given.loaded.answers is None:
        return ()
    found: tuple[Finding, ...] = ()
    once = given.loaded.answered_once
    for split in (
        "",
        *(name for name in ("touchpoint", *given.loaded.mapping.fields) if given.has_key(name)),
    ):
        by = ("score", split, "bucket") if split else ("score", "bucket")
        cells = score_cells(given.loaded, by)
        trace = given.tracer(score_query(given.loaded, by), "mean score and NPS on cells")
        cautions = () if split else who_answered(given)
        found += score_findings(
            cells,
            bands,
            given.rules,
            trace=trace,
            split=split,
            order=given.loaded.mapping.bands_of(split),
            once=once,
            cautions=cautions,
        )
        if not split:
            found += as_they_came(given, cells, bands)
            found += histogram(cells, bands, given.rules, trace=trace, once=once)
    return found


def as_they_came(given: Given, cells: Cells, bands: Bands) -> tuple[Finding, ...]:
    """Beside a weighted score the plain one of the sample; none where no weights are declared."""
    if given.loaded.answers is None or given.loaded.answers.weight is None:
        return ()
    trace = given.tracer(score_query(given.loaded, cells.by), "mean score and NPS on cells, unweighted")
    once = given.loaded.answered_once
    plain = score_findings(
        unweighted(cells), bands, given.rules, trace=trace, once=once, cautions=(DRAWN_UNEVENLY,)
    )
    return tuple(replace(one, key=f"{one.key}.unweighted", title=f"{one.title}, unweighted") for one in plain)


def what_they_did(given: Given, leaking: Unknown | None) -> tuple[Finding, ...]:
    """Retention, spend and cost to serve by band of score, non-respondents as a row of their own."""
    bands = given.bands
    if bands is None or not given.has_base_key("score"):
        return ()
    found: tuple[Finding, ...] = ()
    per = money_unit(given.currency, per="customer")
    cautions = cautions_of(given, is_by_band=True, is_by_score=False)
    for outcome, family, title in _BEHAVIOUR:
        if not given.offers(outcome):
            continue
        by = ("score", "bucket")
        trace = given.tracer(outcome_query(given.loaded, outcome, by), f"{title} by band of score")
        unit = SHARE if family == "retention" else per
        measure = Measure(family=family, title=title, unit=unit, trace=trace, cautions=cautions)
        if leaking is not None:
            found += refused_bands(bands, leaking, measure)
        else:
            found += by_band(outcome_cells(given.loaded, outcome, by), bands, given.rules, measure)
    return found


def stories(given: Given) -> tuple[StoryInNumbers, ...]:
    """How common each approved story is; not where its score or touchpoint is not in the data."""
    has_touchpoint = given.has_key("touchpoint")
    told = [
        (one, one.score)
        for one in given.company.stories
        if one.score is not None and (has_touchpoint or not one.touchpoint)
    ]
    if given.bands is None or not told:
        return ()
    by = ("touchpoint", "score", "bucket") if has_touchpoint else ("score", "bucket")
    cells = score_cells(given.loaded, by)
    counted = given.tracer(score_query(given.loaded, by), "share of answers like an approved story")
    amounts, money = None, ""
    can_be_weighed = given.has_base_key("touchpoint") if has_touchpoint else given.has_base_key("score")
    if can_be_weighed and (found := given.amounts_a_year(by)):
        amounts = found[0]
        money = given.tracer(found[1], "money a year of customers with such an answer")
    return tuple(
        story_in_numbers(
            story,
            score,
            cells,
            amounts,
            given.bands,
            given.rules,
            currency=given.currency,
            once=given.loaded.answered_once,
            traces=(counted, money),
        )
        for story, score in told
    )


def _gaps(compared: tuple[Compared, ...]) -> tuple[Finding, ...]:
    return tuple(
        finding
        for one in compared
        for finding in (one.comparison.crude, one.comparison.adjusted, *one.beside)
    )


_BEHAVIOUR = (
    ("stayed", "retention", "Stayed"),
    ("spend", "spend", "Spend"),
    ("cost", "cost_to_serve", "Cost to serve"),
)
