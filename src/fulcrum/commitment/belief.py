"""Where an executive stands: probabilities over the six levels, from dated acts and in spite of talk."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from fulcrum import __version__
from fulcrum.commitment.asks import evidence_on
from fulcrum.commitment.emission import LEVELS
from fulcrum.commitment.filter import Timeline, end_of, filtered, timeline_of
from fulcrum.core.company import Company, Move
from fulcrum.core.findings import Trace, trace_of
from fulcrum.core.judgement import BehaviourProfile, Belief, WeekOfBelief, Weighed
from fulcrum.core.people import Behaviour, Executive, Level, Observation
from fulcrum.core.playbook import MatrixCell, Step
from fulcrum.core.quantities import LEVELS as LEVELS_UNIT
from fulcrum.core.quantities import Estimate, Grade, Interval, Result, Unknown
from fulcrum.core.rules import BeliefRules, Prior
from fulcrum.core.value import value

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

METHOD = "hidden Markov model over six levels, forward filter in weeks"
STEPS = np.arange(LEVELS, dtype=np.float64)


def belief_of(
    executive: Executive,
    company: Company,
    *,
    as_of: date,
    rules: BeliefRules,
    matrix: tuple[MatrixCell, ...],
    steps: tuple[Step, ...],
) -> Belief:
    """The belief about one executive; the fate of their asks counts as evidence. Their slice is enough."""
    evidence = evidence_on(executive, company, steps, rules)
    return believe(executive, evidence, company.moves, as_of=as_of, rules=rules, matrix=matrix)


def believe(
    executive: Executive,
    observations: Iterable[Observation],
    moves: Iterable[Move],
    *,
    as_of: date,
    rules: BeliefRules,
    matrix: tuple[MatrixCell, ...],
    is_new: bool = False,
) -> Belief:
    """What level an executive is believed to stand at on `as_of`, how sure we are, and what moved it.

    A hidden Markov model in calendar weeks; formulas in `filter` (recursion), `emission` (what an observation
    says and weighs) and `drift` (how levels move by themselves and after moves). The prior is the rules' for
    the sponsor, for somebody `is_new` to the role, or for anybody else. What belongs to others or is dated
    after `as_of` is left out.

    - `level`: the expected level sum_l l b(l); its interval is the credible set, widened to hold it. Unknown
      when nothing was seen for `unknown_after_weeks`, whatever the filter says.
    - `credible`: the shortest run of levels that holds `interval_confidence`; of equal ones the likelier.
    - `moved_most`: for each observation the expected level with it less without it, the largest first.
    - `change`: expected level now less that at the end of the last full week `drop_window_days` ago; None if
      either day is Unknown. It `is_drop` when it fell by more than `drop_levels` and something was seen in
      between: silence alone is stale evidence and no drop.

    Assumptions: observations of one week are independent given the level but for the repeat weights.
    """
    mine = tuple(each for each in observations if each.executive == executive.id)
    timeline = timeline_of(mine, [move for move in moves if move.executive == executive.id], as_of)
    prior = np.array(_prior(rules.prior, executive, is_new=is_new))
    masks, talk_counts = _subsets(timeline)
    beliefs = filtered(timeline, prior / prior.sum(), masks, talk_counts, rules=rules, matrix=matrix)
    trace = belief_trace(executive, timeline.observations, timeline.moves, as_of).id
    return _told(executive, timeline, beliefs, _Asked(as_of=as_of, rules=rules, trace=trace))


def belief_trace(
    executive: Executive, observations: Iterable[Observation], moves: Iterable[Move], as_of: date
) -> Trace:
    """Where a belief comes from: the observations and moves that went into it."""
    seen = [
        f"{each.date} {each.behaviour} {each.anchor:d} {each.source} {each.observer}" for each in observations
    ]
    made = [f"{move.date} {move.lever}" for move in moves]
    parameters = (
        ("executive", executive.id),
        ("as of", str(as_of)),
        ("observations", "; ".join(seen)),
        ("moves", "; ".join(made)),
    )
    return trace_of(files=(), query="", parameters=parameters, method=METHOD, version=__version__)


def credible_run(shares: Floats, confidence: float) -> tuple[Level, Level]:
    """The shortest run of levels that holds `confidence`; of equals the likelier, then the lower."""
    runs = [
        (high - low, -round(float(shares[low : high + 1].sum()), 12), low)
        for low in range(LEVELS)
        for high in range(low, LEVELS)
        if shares[low : high + 1].sum() >= confidence - 1e-12
    ]
    width, _, low = min(runs)
    return Level(low), Level(low + width)


@value
class _Asked:
    as_of: date
    rules: BeliefRules
    trace: str

    @property
    def patience(self) -> timedelta:
        return timedelta(weeks=self.rules.unknown_after_weeks.value)


def _prior(prior: Prior, executive: Executive, *, is_new: bool) -> tuple[float, ...]:
    if executive.is_sponsor:
        return prior.sponsor
    return prior.new if is_new else prior.unknown


def _subsets(timeline: Timeline) -> tuple[Flags, Flags]:
    """All observations; all but each one; those of each behaviour. And where words without deeds count."""
    n = len(timeline.observations)
    of_behaviour = [[each.behaviour is it for each in timeline.observations] for it in Behaviour]
    masks = np.vstack(
        [
            np.ones((1, n), dtype=bool),
            ~np.eye(n, dtype=bool),
            np.array(of_behaviour, dtype=bool).reshape(len(Behaviour), n),
        ]
    )
    talk_counts = np.array([True] * (1 + n) + [False] * len(Behaviour))
    return masks, talk_counts


def _told(executive: Executive, timeline: Timeline, beliefs: Floats, asked: _Asked) -> Belief:
    seen, now = timeline.observations, beliefs[:, -1]
    level = _level(now[0], seen, asked)
    change = None if isinstance(level, Unknown) else _change(timeline, beliefs[0], asked)
    return Belief(
        executive=executive.id,
        as_of=asked.as_of,
        shares=tuple(now[0].tolist()),
        level=level,
        credible=credible_run(now[0], asked.rules.interval_confidence.value),
        last_evidence=seen[-1].date if seen else None,
        observations=len(seen),
        observers=len({each.observer.strip().casefold() for each in seen} - {""}),
        change=change,
        is_drop=_is_drop(change, seen, asked),
        profile=_profile(seen, now[1 + len(seen) :], asked),
        moved_most=_weighed(seen, now[0], now[1 : 1 + len(seen)]),
        history=tuple(
            WeekOfBelief(week_ending=min(end_of(timeline.first_week + at), asked.as_of), shares=tuple(row))
            for at, row in enumerate(beliefs[0].tolist())
        ),
    )


def _level(shares: Floats, seen: tuple[Observation, ...], asked: _Asked) -> Result:
    if not seen:
        return Unknown(reason="No behaviour has been observed yet.", needs="One dated observation.")
    if asked.as_of - seen[-1].date >= asked.patience:
        weeks = round(asked.rules.unknown_after_weeks.value)
        return Unknown(
            reason=f"Nothing was seen for {weeks} weeks or more.",
            needs="One dated observation of a behaviour.",
        )
    confidence = asked.rules.interval_confidence.value
    low, high = credible_run(shares, confidence)
    expected = _expected(shares)
    return Estimate(
        value=expected,
        interval=Interval(low=min(low, expected), high=max(high, expected), confidence=confidence),
        unit=LEVELS_UNIT,
        n=len(seen),
        grade=Grade.RAW,
        method=METHOD,
        trace=asked.trace,
    )


def _expected(shares: Floats) -> float:
    return float(shares @ STEPS)


def _change(timeline: Timeline, weeks: Floats, asked: _Asked) -> float | None:
    then = asked.as_of - timedelta(days=asked.rules.drop_window_days.value)
    last_full = timeline.column(then + timedelta(days=1)) - 1
    before = [each.date for each in timeline.observations if each.date <= then]
    if last_full < 0 or not before or then - before[-1] >= asked.patience:
        return None
    return _expected(weeks[-1]) - _expected(weeks[last_full])


def _is_drop(change: float | None, seen: tuple[Observation, ...], asked: _Asked) -> bool:
    if change is None:
        return False
    window = timedelta(days=asked.rules.drop_window_days.value)
    return change < -asked.rules.drop_levels.value and asked.as_of - seen[-1].date < window


def _profile(seen: tuple[Observation, ...], rows: Floats, asked: _Asked) -> tuple[BehaviourProfile, ...]:
    of = {it: tuple(each for each in seen if each.behaviour is it) for it in Behaviour}
    return tuple(
        BehaviourProfile(
            behaviour=it, level=_level(row, of[it], asked), anchors=tuple(int(each.anchor) for each in of[it])
        )
        for it, row in zip(Behaviour, rows, strict=True)
    )


def _weighed(seen: tuple[Observation, ...], shares: Floats, without: Floats) -> tuple[Weighed, ...]:
    whole = _expected(shares)
    moved = [
        Weighed(observation=each, moved=whole - _expected(row))
        for each, row in zip(reversed(seen), without[::-1], strict=True)
    ]
    return tuple(sorted(moved, key=lambda it: -round(abs(it.moved), 9)))
