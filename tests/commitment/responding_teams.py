"""Teams whose true levels, barriers and responses are known, and what a CX team would see of them.

A year of 48 weeks; every six weeks moves are made. Chance is drawn before anything is decided, so that two
ways of deciding meet the same team with the same luck.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from fulcrum.commitment.drift import effects_of, week_of_drift
from fulcrum.commitment.emission import bell
from fulcrum.core.company import ApprovedStory, Company, JourneyShift, Move, Vision, Win
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import (
    Behaviour,
    Executive,
    Goal,
    Level,
    Motivator,
    Observation,
    Reaction,
    Source,
)
from fulcrum.core.playbook import Playbook
from fulcrum.core.rules import BeliefRules

WEEKS, EVERY, WARM_UP = 48, 6, 8
START = date(2025, 1, 6)  # a Monday
DESIRED = Level.LEADING_OWN_AREA
ROLES = ("CEO", "CFO", "COO", "CMO", "CIO", "CHRO")
NOTES_A_WEEK, REACTIONS_A_WEEK, TAGGED_RIGHT = 0.4, 0.12, 0.6
AT_WORK = 13  # weeks in which a move works

Pulled = tuple[str, Lever]
Effects = Mapping[Lever, tuple[float, ...]]


@dataclass(frozen=True)
class World:
    """How executives really respond, and how they are really seen.

    `fit` multiplies the effect of the lever that answers the true barrier; the others are scaled so that an
    average lever keeps its effect. `half_life` is of the level left alone. `bias` is the standard deviation
    of what each of three observers adds to every rating. `talkers` speak two levels above where they stand.
    """

    name: str
    says: str
    effects: Callable[[Playbook], Effects]
    fit: float = 2.0
    half_life: float = 13.0
    bias: float = 0.0
    talkers: int = 0


def as_stated(playbook: Playbook) -> Effects:
    """The matrix of the playbook."""
    return effects_of(playbook.matrix)


def reversed_order(playbook: Playbook) -> Effects:
    """At each level the best lever has the effect of the worst, and so on: the playbook is wrong."""
    stated = effects_of(playbook.matrix)
    found: dict[Lever, list[float]] = {lever: [] for lever in Lever}
    for level in range(6):
        ordered = sorted(Lever, key=lambda lever: stated[lever][level])
        worst_first = sorted(stated[lever][level] for lever in Lever)
        for lever, effect in zip(ordered, reversed(worst_first), strict=True):
            found[lever].append(effect)
    return {lever: tuple(row) for lever, row in found.items()}


def case_moves_all(playbook: Playbook) -> Effects:
    """The business case moves everybody; all else little."""
    stated = effects_of(playbook.matrix)
    return {
        lever: (0.5,) * 6 if lever is Lever.OPPORTUNITIES else tuple(0.4 * x for x in stated[lever])
        for lever in Lever
    }


WORLDS = (
    World("as the playbook says", "effects and barriers as stated", as_stated),
    World("no barriers", "what holds somebody back does not matter", as_stated, fit=1.0),
    World("slow", "left alone, half have left their level after a year", as_stated, half_life=52.0),
    World("volatile", "left alone, half have left their level after five weeks", as_stated, half_life=5.0),
    World("talkers", "half of them speak two levels above where they stand", as_stated, talkers=3),
    World("biased observers", "each observer is lenient or strict by about a level", as_stated, bias=0.8),
    World("contrarians", "at each level the playbook's order of levers is upside down", reversed_order),
    World("the case moves all", "the business case moves everybody, all else little", case_moves_all),
)


@dataclass
class Luck:
    """Everything that chance decides, drawn beforehand."""

    levels: np.ndarray
    barriers: tuple[Barrier, ...]
    steps: np.ndarray
    notes: tuple[tuple[tuple[int, int, float, int, float], ...], ...] = field(default=())
    tags: tuple[tuple[int, int, Barrier], ...] = field(default=())
    bias: np.ndarray = field(default_factory=lambda: np.zeros(3))


@dataclass
class Team:
    """The team as it is on one day: what is known of it, and, for the one who knows all, what is true."""

    company: Company
    playbook: Playbook
    as_of: date
    levels: np.ndarray
    barriers: tuple[Barrier, ...]
    effects: Effects
    world: World
    rng: np.random.Generator

    def true_gain(self, person: int, lever: Lever) -> float:
        """The rise that a lever really brings now; nothing for who stands where they are wanted."""
        level = int(self.levels[person])
        if level >= DESIRED:
            return 0.0
        return self.effects[lever][level] * fit_of(self.world, self.playbook, lever, self.barriers[person])


@dataclass(frozen=True)
class Lived:
    """A year: the true level of each executive in each week, how many moves were made when, and all notes."""

    levels: np.ndarray
    counts: tuple[int, ...]
    company: Company

    @property
    def reached(self) -> float:
        """The mean level over executives and weeks; what lies above the desired level does not count."""
        return float(np.minimum(self.levels, DESIRED).mean())


Decide = Callable[[Team, int], Sequence[Pulled]]


@lru_cache(maxsize=16)
def _rules(rules: BeliefRules, half_life: float) -> BeliefRules:
    return replace(rules, half_life_weeks=replace(rules.half_life_weeks, value=half_life))


def fit_of(world: World, playbook: Playbook, lever: Lever, barrier: Barrier) -> float:
    """How a true barrier scales the effect of a lever."""
    answers = playbook.barrier_of(lever).barrier is barrier
    return world.fit if answers else (6 - world.fit) / 5


def luck(world: World, playbook: Playbook, *, seed: int) -> Luck:
    """One team's luck in one world."""
    rng = np.random.default_rng(seed)
    many, weeks = len(ROLES), WARM_UP + WEEKS
    prior = np.array(playbook.belief.prior.unknown)
    levels = rng.choice(6, size=many, p=prior / prior.sum())
    levels[: world.talkers] = np.minimum(levels[: world.talkers], 2)
    notes = tuple(
        tuple(
            (person, int(rng.integers(5)), float(rng.random()), int(rng.integers(3)), float(rng.normal()))
            for person in range(many)
            for _ in range(rng.poisson(NOTES_A_WEEK))
        )
        for _ in range(weeks)
    )
    barriers = tuple(list(Barrier)[at] for at in rng.integers(6, size=many))
    tags = []
    for week in range(weeks):
        for person in range(many):
            told = barriers[person] if rng.random() < TAGGED_RIGHT else list(Barrier)[rng.integers(6)]
            if rng.random() < REACTIONS_A_WEEK:
                tags.append((week, person, told))
    return Luck(
        levels=levels,
        barriers=barriers,
        steps=rng.random((many, weeks)),
        notes=notes,
        tags=tuple(tags),
        bias=rng.normal(0, world.bias, 3) if world.bias else np.zeros(3),
    )


def lived(world: World, playbook: Playbook, decide: Decide, counts: Sequence[int], *, seed: int) -> Lived:
    """The year of a team when somebody decides so, with as many moves each time as `counts` allows."""
    drawn, effects = luck(world, playbook, seed=seed), world.effects(playbook)
    rules = _rules(playbook.belief, world.half_life)
    company, levels = at_hand(playbook), drawn.levels.copy()
    rng, path, made, many = np.random.default_rng([seed, 1]), [], list[Move](), list[int]()
    for week in range(WARM_UP + WEEKS):
        monday = START + timedelta(weeks=week)
        at, is_time = divmod(week - WARM_UP, EVERY)
        if week >= WARM_UP and is_time == 0:
            company = as_known(company, monday)
            team = Team(company, playbook, monday, levels.copy(), drawn.barriers, effects, world, rng)
            pulled = decide(team, counts[at])
            many.append(len(pulled))
            for number, (who, lever) in enumerate(pulled):
                made.append(Move(id=f"{week}-{number}", executive=who, lever=lever, date=monday))
            company = replace(company, moves=tuple(made))
        levels = np.array(
            [
                _next(person, levels[person], week, made, drawn, effects, world, playbook, rules)
                for person in range(len(ROLES))
            ]
        )
        company = replace(
            company,
            observations=company.observations + _noted(week, levels, drawn, world, playbook),
            reactions=company.reactions
            + tuple(
                Reaction(executive=f"e{person}", date=monday + timedelta(days=2), barrier=told)
                for when, person, told in drawn.tags
                if when == week
            ),
        )
        if week >= WARM_UP:
            path.append(levels)
    return Lived(levels=np.array(path), counts=tuple(many), company=company)


def _next(
    person: int,
    level: int,
    week: int,
    made: Sequence[Move],
    drawn: Luck,
    effects: Effects,
    world: World,
    playbook: Playbook,
    rules: BeliefRules,
) -> int:
    working = {
        move.lever
        for move in made
        if move.executive == f"e{person}" and 0 < week - (move.date - START).days // 7 <= AT_WORK
    }
    pushes = [
        tuple(x * fit_of(world, playbook, lever, drawn.barriers[person]) / AT_WORK for x in effects[lever])
        for lever in sorted(working)
    ]
    push = tuple(max(0.0, *at) + min(0.0, *at) for at in zip(*pushes, strict=True)) if pushes else (0.0,) * 6
    row = np.cumsum(week_of_drift(rules, tuple(round(x, 9) for x in push))[level])
    return int(min(5, np.searchsorted(row, drawn.steps[person, week])))


def _noted(
    week: int, levels: np.ndarray, drawn: Luck, world: World, playbook: Playbook
) -> tuple[Observation, ...]:
    found = []
    for number, (person, which, chance, observer, error) in enumerate(drawn.notes[week]):
        talks = person < world.talkers and number % 4 != 0
        level = min(5, int(levels[person]) + 2) if talks else int(levels[person])
        if world.bias:
            anchor = int(np.clip(np.rint(level + drawn.bias[observer] + 0.9 * error), 0, 5))
        else:
            row = np.cumsum(bell(playbook.belief.emission_sd.value)[level])
            anchor = int(min(5, np.searchsorted(row, chance)))
        found.append(
            Observation(
                executive=f"e{person}",
                date=START + timedelta(weeks=week, days=1 + which),
                behaviour=Behaviour.COMMUNICATION if talks else list(Behaviour)[which],
                anchor=Level(anchor),
                source=Source.OWN_WORDS if talks else Source.SEEN,
                observer=f"observer {observer}",
            )
        )
    return tuple(found)


def at_hand(playbook: Playbook) -> Company:
    """Six executives, and everything that any lever needs."""
    people = tuple(
        Executive(id=f"e{at}", name=f"Executive {at}", role=role, desired_level=DESIRED)
        for at, role in enumerate(ROLES)
    )
    return Company(
        name="Simulated",
        industry="utilities",
        currency="EUR",
        as_of=START,
        is_simulated=True,
        hours_per_week=2,
        executives=people,
        goals=tuple(Goal(executive=one.id, goal="Cost to serve") for one in people),
        motivators=tuple(Motivator(executive=one.id, motivator="security") for one in people),
        vision=Vision(
            statement="A customer's fault is solved at the first visit",
            journeys=(JourneyShift(journey="repair", from_="two visits", to="one"),),
            meaning=tuple((one.id, "Fewer credits for customers") for one in people),
            approved_by="the chief executive",
            approved_on=START,
        ),
    )


def as_known(company: Company, monday: date) -> Company:
    """The company on a Monday: with a fresh story for all, and a win since the last report."""
    story = ApprovedStory(
        id="s1", quote="…", touchpoint="", score=2, approved_by="Jo", approved_on=monday, area=""
    )
    win = Win(date=monday, win="Fewer repeat visits", value="12000")
    return replace(company, as_of=monday, stories=(story,), wins=(win,))
