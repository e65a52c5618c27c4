"""The story of a read-out: results → checks → effect → decision. Nothing is shown that was not planned."""

from datetime import date
from hashlib import sha256
from math import sqrt
from pathlib import Path

from fulcrum.core.errors import Problem, errors_in
from fulcrum.core.pilots import (
    Arm,
    Assignment,
    Baseline,
    PilotDesign,
    ReadOut,
    Registration,
    frozen_text,
)
from fulcrum.core.quantities import Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import EvidenceRules, PilotRules
from fulcrum.evidence.intake.sources import EngineLimits
from fulcrum.evidence.methods.intervals import around, share_interval, t_critical
from fulcrum.evidence.methods.refusals import too_few
from fulcrum.evidence.methods.regression import expected_regression
from fulcrum.evidence.pilots.baseline import unit_of
from fulcrum.evidence.pilots.cells import PilotCells, paired
from fulcrum.evidence.pilots.checks import checks_of, split_chance
from fulcrum.evidence.pilots.decide import decision_of
from fulcrum.evidence.pilots.effect import capped, effect_of
from fulcrum.evidence.pilots.reading import NOT_ASKED, Effect, Reading, unit_means
from fulcrum.evidence.pilots.registered import changed_since
from fulcrum.evidence.pilots.results import read_results
from fulcrum.evidence.tracing import Tracer

METHOD = "sums by arm, unit and time; the comparison that was planned"
_NOT_READ = Unknown(reason="A check failed.", needs="What the check names, mended.")


def read_out(
    folder: Path,
    design: PilotDesign,
    registration: Registration | None,
    *,
    as_of: date,
    currency: str,
    evidence_rules: EvidenceRules,
    pilot_rules: PilotRules,
    version: str,
    seed: int,
    baseline: Baseline | None = None,
    limits: EngineLimits | None = None,
) -> tuple[ReadOut | None, tuple[Problem, ...]]:
    """What came of the pilot whose design and results lie in `folder`, or every Problem in the way.

    `baseline` is only asked for where there is nothing but before and after, to say what regression to the
    mean is to be expected. The same files, design, rules and seed give the same digits.
    """
    if registration is not None and (changed := changed_since(design, registration)):
        return None, changed
    if as_of < design.starts:
        return None, (_not_started(design),)
    cells, problems = read_results(
        folder,
        design,
        as_of=as_of,
        crossed_at_most=pilot_rules.crossed_at_most.value,
        limits=limits,
    )
    if cells is None or errors_in(problems):
        return None, problems
    tracer = Tracer((cells.file,), version, mapping=sha256(frozen_text(design).encode()).hexdigest())
    reading = Reading(
        design=design,
        cells=cells,
        rules=pilot_rules,
        unit=Unit(kind="points") if design.kind == "share" else unit_of(design, currency),
        trace=tracer(cells.query, METHOD, pilot=design.key, as_of=as_of, seed=seed),
        look="final" if as_of >= design.stops else "early",
        least=int(evidence_rules.counts_only_below.value),
        seed=seed,
    )
    made = _read(reading, registration, baseline, evidence_rules, currency, as_of, tracer)
    return made, problems


def _read(
    reading: Reading,
    registration: Registration | None,
    baseline: Baseline | None,
    rules: EvidenceRules,
    currency: str,
    as_of: date,
    tracer: Tracer,
) -> ReadOut:
    design = reading.design
    checks = checks_of(reading, registration)
    is_sound = all(check.verdict != "failed" for check in checks)
    effect = effect_of(reading) if is_sound else Effect(found=_NOT_READ, plain=_NOT_READ)
    if registration is None:
        effect = capped(effect, Grade.ADJUSTED)
    found = effect.found
    return ReadOut(
        design=design,
        as_of=as_of,
        look=reading.look,
        registration=registration,
        arms=_arms(reading, rules, currency),
        checks=checks,
        effect=found,
        plain=effect.plain,
        pre_trend=effect.pre_trend,
        regression=_regression(reading, baseline),
        decision=decision_of(
            design,
            found,
            checks,
            is_early=reading.look == "early",
            is_registered=registration is not None,
        ),
        grade=found.grade if isinstance(found, Estimate) else Grade.ELSEWHERE,
        split_chance=split_chance(reading),
        looks=effect.looks,
        cautions=(*effect.cautions, *_cautions(reading)),
        files=(reading.cells.file,),
        traces=tracer.made,
    )


def _arms(reading: Reading, rules: EvidenceRules, currency: str) -> tuple[Arm, ...]:
    design, cells = reading.design, reading.cells
    names = [arm for arm in (design.treated, design.others) if arm and cells.assigned(arm)]
    return tuple(
        Arm(
            name=arm,
            assigned=cells.assigned(arm),
            measured=cells.measured(arm),
            pending=cells.assigned(arm) - cells.measured(arm),
            units=len(cells.units(arm)),
            mean=_mean(reading, cells, arm, rules, unit_of(design, currency)),
        )
        for arm in names
    )


def _mean(reading: Reading, cells: PilotCells, arm: str, rules: EvidenceRules, unit: Unit) -> Result:
    """Mean outcome of one side; with units, each unit counts once."""
    measured, confidence = cells.measured(arm), reading.confidence
    if because := too_few(measured, rules, what="customers with an outcome"):
        return because[1]
    of = cells.of(arm)
    if reading.design.results.unit and reading.design.assignment is not Assignment.BY_CUSTOMER:
        y = unit_means(of)[0]
        if len(y) < 2:
            return Unknown(reason="One unit alone has no doubt that could be told.", needs="Two units.")
        middle = float(y.mean())
        interval = around(
            middle, float(y.std(ddof=1)) / sqrt(len(y)), confidence, t_critical(confidence, len(y) - 1)
        )
    else:
        moments = paired(of).outcome
        middle = moments.mean
        interval = (
            share_interval(moments.total, moments.n, confidence)
            if reading.design.kind == "share"
            else around(
                middle, sqrt(moments.variance / moments.n), confidence, t_critical(confidence, moments.n - 1)
            )
        )
    return Estimate(
        value=middle,
        interval=interval,
        unit=unit,
        n=measured,
        grade=Grade.RAW,
        method="mean of the arm",
        trace=reading.trace,
    )


def _regression(reading: Reading, baseline: Baseline | None) -> Result:
    """What the group would move by itself, by how far it was from the mean of all before."""
    if reading.design.assignment is not Assignment.BEFORE_AFTER:
        return NOT_ASKED
    cells = reading.cells.of(reading.design.treated)
    if baseline is None or not cells:
        return Unknown(
            reason="How far the group would come back by itself is not known.",
            needs="A table [baseline] with `mean` and `correlation`, or an outcome of the company's data.",
        )
    after, before, carried = baseline.mean, baseline.before_mean, baseline.carried
    for one in (after, before, carried):
        if isinstance(one, Unknown):
            return Unknown(
                reason="How far the group would come back by itself is not known.", needs=one.needs
            )
    if isinstance(after, Unknown) or isinstance(before, Unknown) or isinstance(carried, Unknown):
        raise TypeError("a baseline that was found to be known is Unknown")
    pair = paired(cells)
    group = float(unit_means(cells)[1].mean()) if reading.design.results.unit else pair.earlier.mean
    number = expected_regression(
        group_before=group, all_before=before.value, all_after=after.value, carried=carried.value
    )
    return Estimate(
        value=number,
        interval=Interval(low=number, high=number, confidence=1.0),
        unit=reading.unit,
        n=reading.n,
        grade=Grade.RAW.weakest(after.grade),
        method="regression to the mean: (1 − carried) × distance from the mean of all",
        trace=reading.trace,
    )


def _cautions(reading: Reading) -> tuple[str, ...]:
    design, said = reading.design, []
    if reading.look == "final" and design.customers is not None and reading.n < 0.9 * design.customers:
        said.append(
            f"{reading.n:,} customers have an outcome of {design.customers:,} planned: it sees less than it "
            "was designed to."
        )
    if design.assignment is Assignment.STEPPED:
        said.append(
            "An effect that grows or fades after the change is shown as its mean over the months seen."
        )
    if reading.cells.crossed:
        said.append("Customers in both arms are set apart, which compares only those who stayed in theirs.")
    return tuple(said)


def _not_started(design: PilotDesign) -> Problem:
    return Problem(
        file=f"{design.key}.toml",
        path="starts",
        what=f"The pilot starts on {design.starts.isoformat()} and has no results to read.",
        remedy="Read it after its start, or say the day with --as-of.",
        code="pilot-not-started",
    )
