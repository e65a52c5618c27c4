"""The causes in the simulated company, in one place, and what follows from them.

A repair visit that does not hold lowers satisfaction and makes customers leave and spend less. Old lines
cause more repeated repairs *and* more leaving by themselves: whoever compares without adjusting sees too
much. Who answers the survey depends on how satisfied they are: whoever looks at answers only sees too little.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fulcrum.core.value import value

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

LANDMARK = date(2025, 11, 1)
OUTCOME_MONTHS = 12
SEGMENTS = ("household", "home office", "small business")
LINES = ("fibre", "cable", "copper")
ASPECTS = ("reached_a_person", "ease", "bill_as_expected", "line_speed", "price")
DEPOTS = ("North", "East", "South", "West")


@value
class Causes:
    """The strengths of the causes. `repeat` and `repair` act on the log-odds of staying.

    `aspects_on_mood` is the correlation of each of `ASPECTS` with a customer's mood; they are independent of
    one another, so that their squares are the shares of the mood that each explains.
    """

    repeat_on_staying: float = -0.70
    repair_on_staying: float = -0.10
    copper_on_staying: float = -1.05
    cable_on_staying: float = -0.35
    tenure_on_staying: float = 0.35
    repeat_on_spend: float = -0.06
    repeat_on_score: float = -2.1
    satisfaction_on_staying: float = 0.18
    satisfaction_on_answering: float = 0.12
    mood_deviation: float = 1.9
    aspects_on_mood: tuple[float, ...] = (0.62, 0.48, 0.36, 0.26, 0.12)


@value
class Truth:
    """What a perfect engine would find, among customers whose repair was repeated.

    `stay_effect` in points (share), `spend_effect` in money per customer over the outcome year: mean
    difference between what happened and what would have happened had the repair held.
    """

    stay_effect: float
    spend_effect: float
    customers: int
    repaired: int
    repeated: int


@dataclass(frozen=True)
class Customers:
    """One entry per customer in every array; months count from the landmark."""

    id: Whole
    segment: Whole
    line: Whole
    depot: Whole
    tenure: Whole  # months at the landmark; negative if they joined after it
    fee: Floats  # a month
    is_repaired: Flags
    is_repeated: Flags
    satisfaction: Floats
    aspects: Floats  # by customer and aspect
    stayed: Flags
    left_after: Whole  # whole months after the landmark that were paid; 12 if they stayed
    spend_factor: Floats
    left_before: Whole  # months before the landmark at which they left; 0 if they were there


def imagine(customers: int, causes: Causes, *, seed: int) -> tuple[Customers, Truth]:
    """Customers drawn from the causes, and the truth of them: both potential outcomes share one chance."""
    chance = np.random.default_rng(seed)
    depot = chance.integers(0, len(DEPOTS), customers)
    line = _choose(chance, np.array([[0.50, 0.30, 0.20], [0.40, 0.32, 0.28]])[(depot >= 2).astype(int)])
    segment = _choose(chance, np.tile([0.62, 0.23, 0.15], (customers, 1)))
    tenure = np.minimum(3 + chance.exponential(40, customers), 140).astype(np.int64)
    fee = np.round(np.array([38.0, 52.0, 89.0])[segment] * np.exp(chance.normal(0, 0.12, customers)), 2)
    is_repaired = chance.random(customers) < 0.14 + 0.16 * (line == 2) + 0.06 * (line == 1)
    odds_of_repeat = 0.16 + 0.34 * (line == 2) + 0.08 * (line == 1) + np.array([0, 0.02, 0.06, 0.12])[depot]
    is_repeated = is_repaired & (chance.random(customers) < odds_of_repeat)
    mood = chance.normal(0, causes.mood_deviation, customers)
    satisfaction = (
        7.9
        + causes.repeat_on_score * is_repeated
        - 0.3 * is_repaired
        - 0.5 * (line == 2)
        + 0.3 * (segment == 2)
    ) + mood

    luck = chance.random(customers)
    held = _log_odds(causes, line, segment, tenure, is_repaired, mood)
    stayed_if_held = luck < logistic(held)
    stayed = luck < logistic(held + causes.repeat_on_staying * is_repeated)
    month = chance.integers(1, OUTCOME_MONTHS, customers)
    months, months_if_held = np.where(stayed, 12, month), np.where(stayed_if_held, 12, month)
    spend_factor = 1 + causes.repeat_on_spend * is_repeated
    lost_spend = fee * (months * spend_factor - months_if_held)

    joined_later = chance.random(customers) < 0.07
    left_earlier = ~joined_later & (chance.random(customers) < 0.05) & (tenure > 12)
    in_base = ~joined_later & ~left_earlier
    exposed = is_repeated & in_base
    everyone = Customers(
        id=100_000 + chance.permutation(customers),
        segment=segment,
        line=line,
        depot=depot,
        tenure=np.where(joined_later, -chance.integers(1, OUTCOME_MONTHS, customers), tenure),
        fee=fee,
        is_repaired=is_repaired & in_base,
        is_repeated=exposed,
        satisfaction=satisfaction,
        aspects=_aspects(mood, causes, np.random.default_rng((seed, len(ASPECTS)))),
        stayed=stayed | joined_later,
        left_after=np.where(joined_later, OUTCOME_MONTHS, months),
        spend_factor=spend_factor,
        left_before=np.where(left_earlier, chance.integers(1, 11, customers), 0),
    )
    return everyone, Truth(
        stay_effect=float(stayed[exposed].mean() - stayed_if_held[exposed].mean()),
        spend_effect=float(lost_spend[exposed].mean()),
        customers=int(in_base.sum()),
        repaired=int(everyone.is_repaired.sum()),
        repeated=int(exposed.sum()),
    )


def _aspects(mood: Floats, causes: Causes, chance: np.random.Generator) -> Floats:
    """What made up each customer's mood, (customers, aspects), each with mean 0 and deviation 1.

    Drawn given the mood: mood / its deviation = strengths x aspects + the rest, all of them normal.
    """
    strengths = np.array(causes.aspects_on_mood)
    rest = np.sqrt(1 - (strengths**2).sum())
    free = chance.normal(0, 1, (len(mood), len(strengths)))
    made = free @ strengths + rest * chance.normal(0, 1, len(mood))
    return np.asarray(free + strengths * (mood / causes.mood_deviation - made)[:, np.newaxis])


def _log_odds(
    causes: Causes, line: Whole, segment: Whole, tenure: Whole, is_repaired: Flags, mood: Floats
) -> Floats:
    return np.asarray(
        1.75
        + causes.tenure_on_staying * np.log1p(tenure / 12)
        + causes.copper_on_staying * (line == 2)
        + causes.cable_on_staying * (line == 1)
        + 0.25 * (segment == 2)
        + causes.repair_on_staying * is_repaired
        + causes.satisfaction_on_staying * mood
    )


def logistic(x: Floats) -> Floats:
    """The probability with log-odds `x`."""
    return np.asarray(1 / (1 + np.exp(-x)))


def _choose(chance: np.random.Generator, shares: Floats) -> Whole:
    """One option per row, with that row's shares."""
    drawn = chance.random((len(shares), 1))
    return np.asarray((drawn > shares.cumsum(axis=1)).sum(axis=1), dtype=np.int64)
