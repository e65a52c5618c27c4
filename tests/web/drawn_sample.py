"""Beliefs made by hand, so that a drawing can be checked against numbers that everybody can work out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

from fulcrum.core.judgement import BarrierBelief, BehaviourProfile, Belief, LeverOption, WeekOfBelief
from fulcrum.core.levers import Availability, Barrier, Lever, Readiness
from fulcrum.core.people import Behaviour, Level, Observation, Source
from fulcrum.core.quantities import LEVELS, SHARE, Estimate, Grade, Interval, Unit, Unknown

TODAY = date(2026, 11, 16)
SHARES = (0.0, 0.01, 0.14, 0.65, 0.19, 0.01)  # balances at 3.05
THEN = (0.02, 0.14, 0.53, 0.27, 0.04, 0.0)
NOT_SEEN = Unknown(reason="Nothing was seen for 26 weeks or more.", needs="One dated observation.")


def estimate(
    at: float, low: float, high: float, *, unit: Unit = LEVELS, grade: Grade = Grade.RAW
) -> Estimate:
    ends = Interval(low=low, high=high, confidence=0.8)
    return Estimate(value=at, interval=ends, unit=unit, n=14, grade=grade, method="by hand", trace="0")


def belief(*, shares: Sequence[float] = SHARES, weeks: int = 50, then: Sequence[float] = THEN) -> Belief:
    """A belief that stood at `then` until twelve weeks ago, and at `shares` since."""
    balance = sum(level * share for level, share in enumerate(shares))
    turn = TODAY - timedelta(weeks=12)
    ends = [TODAY - timedelta(days=1 + 7 * k) for k in reversed(range(weeks - 1))] + [TODAY]
    history = (WeekOfBelief(week_ending=day, shares=tuple(shares if day > turn else then)) for day in ends)
    return Belief(
        executive="coo",
        as_of=TODAY,
        shares=tuple(shares),
        level=estimate(balance, 3, 4),
        credible=(Level.PARTICIPATING, Level.LEADING_OWN_AREA),
        last_evidence=date(2026, 11, 12),
        observations=14,
        observers=4,
        change=0.9,
        is_drop=False,
        profile=profile(),
        moved_most=(),
        history=tuple(history),
    )


def unknown(**changes: object) -> Belief:
    made = replace(belief(), level=NOT_SEEN, change=None, last_evidence=date(2026, 4, 1))
    return replace(made, **changes)  # type: ignore[arg-type]


def profile() -> tuple[BehaviourProfile, ...]:
    levels = (estimate(2.9, 2.2, 3.6), estimate(2.4, 1.1, 3.7), estimate(2.8, 2.2, 3.4), NOT_SEEN, NOT_SEEN)
    anchors: tuple[tuple[int, ...], ...] = ((2, 3), (2, 3), (1, 3, 3), (2, 2), ())
    return tuple(
        BehaviourProfile(behaviour=one, level=level, anchors=seen)
        for one, level, seen in zip(Behaviour, levels, anchors, strict=True)
    )


def seen(
    day: date, anchor: int, source: Source = Source.SEEN, *, by: str = "", of: str = "coo"
) -> Observation:
    return Observation(
        executive=of, date=day, behaviour=Behaviour.MODEL, anchor=Level(anchor), source=source, observer=by
    )


def barrier() -> BarrierBelief:
    values = (0.06, 0.41, 0.07, 0.10, 0.22, 0.14)
    shares = (
        (one, estimate(at, at / 2, at * 1.5, unit=SHARE, grade=Grade.ELSEWHERE))
        for one, at in zip(Barrier, values, strict=True)
    )
    return BarrierBelief(executive="coo", shares=tuple(shares), reactions=3)


def option(lever: Lever, gain: Estimate, readiness: Readiness = Readiness.READY) -> LeverOption:
    at_hand = Availability(lever=lever, readiness=readiness)
    return LeverOption(lever=lever, gain=gain, availability=at_hand, reasons=())


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # our own text


def classes(svg: str) -> list[str]:
    return [name for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()]


def of_class(svg: str, name: str) -> list[ElementTree.Element]:
    return [each for each in root_of(svg).iter() if name in (each.get("class") or "").split()]


def points_of(element: ElementTree.Element) -> list[tuple[float, float]]:
    """The places that a path goes through."""
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", element.get("d") or "")]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def said(svg: str) -> str:
    """The sentence of a drawing, its hard spaces as plain ones."""
    return (root_of(svg).get("aria-label") or "").replace("\u00a0", " ")
