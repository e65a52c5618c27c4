"""The commitment engine against executives whose truth is known: makes `docs/proof_commitment.md`.

    python tests/commitment/commitment_study.py [TEAMS]

Every rule of deciding meets the same teams with the same luck and makes as many moves as the plan made.
"""

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from responding_teams import EVERY, START, WARM_UP, WEEKS, WORLDS, Decide, Lived, World, lived
from rivals import NAIVE, OURS, all_knowing, at_random, nothing
from scipy import stats

from fulcrum.commitment.belief import believe
from fulcrum.core.playbook import Playbook
from fulcrum.playbook.load import load_playbook

PAGE = Path(__file__).parents[2] / "docs" / "proof_commitment.md"
LAST_DAY = START + timedelta(weeks=WARM_UP + WEEKS, days=-1)
DECISIONS = WEEKS // EVERY
USUAL = (3,) * DECISIONS  # moves each time, where no plan says how many
MANY = (99,) * DECISIONS
PLAN, UNLEARNED = "Fulcrum, the plan", "Fulcrum without learning"
BELIEVED = 60  # teams whose beliefs alone are looked at: they cost little


@dataclass(frozen=True)
class Judged:
    """One executive at the end of the year: what was believed, what the ratings say, what is true."""

    shares: tuple[float, ...]
    held: bool
    ratings: tuple[int, ...]
    level: int
    talks: bool

    @property
    def brier(self) -> float:
        """Of the belief: 0 is certain and right, 2 certain and wrong."""
        return float(((np.array(self.shares) - np.eye(6)[self.level]) ** 2).sum())

    @property
    def brier_of_ratings(self) -> float:
        """Of the mean of the last five ratings, rounded."""
        said = int(np.floor(np.mean(self.ratings[-5:]) + 0.5)) if self.ratings else 2
        return float(((np.eye(6)[said] - np.eye(6)[self.level]) ** 2).sum())


@dataclass(frozen=True)
class Span:
    """A mean over teams and its 95 % interval (Student's t)."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_number(self.mean)} ({_number(self.low)} to {_number(self.high)})"


def judged(world: World, playbook: Playbook, *, seed: int) -> list[Judged]:
    """What is believed of one team after a year of moves made at random."""
    year = lived(world, playbook, at_random, USUAL, seed=seed)
    company, found = year.company, []
    for at, one in enumerate(company.executives):
        belief = believe(
            one,
            company.observations,
            company.moves,
            as_of=LAST_DAY,
            rules=playbook.belief,
            matrix=playbook.matrix,
        )
        seen = sorted((n for n in company.observations if n.executive == one.id), key=lambda n: n.date)
        level = int(year.levels[-1][at])
        found.append(
            Judged(
                shares=belief.shares,
                held=belief.credible[0] <= level <= belief.credible[1],
                ratings=tuple(int(n.anchor) for n in seen),
                level=level,
                talks=at < world.talkers,
            )
        )
    return found


def years(world: World, playbook: Playbook, *, seed: int, rules: Mapping[str, Decide]) -> dict[str, Lived]:
    """One team's year by every rule, with `USUAL` moves; the plan makes those that its hours allow."""
    every = {"no move": nothing, "all-knowing": all_knowing, **rules}
    return {
        name: lived(world, playbook, decide, MANY if name == PLAN else USUAL, seed=seed)
        for name, decide in every.items()
    }


def span(numbers: Sequence[float]) -> Span:
    """The mean with its interval."""
    mean, error = float(np.mean(numbers)), float(stats.sem(numbers)) if len(numbers) > 1 else 0.0
    reach = float(stats.t.isf(0.025, max(1, len(numbers) - 1))) * error
    return Span(mean, mean - reach, mean + reach)


def gains(found: Sequence[Mapping[str, Lived]]) -> dict[str, list[float]]:
    """By rule, what each team reached above the same team without a move."""
    return {
        name: [one[name].reached - one["no move"].reached for one in found if name in one]
        for name in found[0]
    }


def belief_table(playbook: Playbook, teams: int) -> str:
    """Brier score, the set of 80 % and talkers, by world."""
    lines = [
        "| world | Brier | of the last five ratings | less than the ratings' | truth in the 80 % set |",
        "|---|---:|---:|---:|---:|",
    ]
    talk = ""
    for world in WORLDS:
        found = [judged(world, playbook, seed=seed) for seed in range(teams)]
        ours = [float(np.mean([one.brier for one in team])) for team in found]
        naive = [float(np.mean([one.brier_of_ratings for one in team])) for team in found]
        held = span([float(np.mean([one.held for one in team])) for team in found])
        less = span([b - a for a, b in zip(ours, naive, strict=True)])
        lines.append(
            f"| {world.name} | {np.mean(ours):.3f} | {np.mean(naive):.3f} | {less} | "
            f"{100 * held.mean:.0f} % ({100 * held.low:.0f} to {min(100.0, 100 * held.high):.0f}) |"
        )
        if world.talkers:
            talk = _talk([one for team in found for one in team if one.talks])
    return "\n".join(lines) + "\n\n" + talk + _calibration(playbook, teams)


def _talk(found: Sequence[Judged]) -> str:
    low = [one for one in found if one.level <= 2]
    above, rated = (
        np.mean([sum(one.shares[3:]) for one in low]),
        np.mean([np.mean(one.ratings[-5:]) > 2.5 for one in low if one.ratings]),
    )
    return (
        f"Of {len(low)} talkers who truly stand at level 2 or below, the belief puts {100 * above:.0f} % "
        f"above level 2 on average; the last five ratings put {100 * rated:.0f} % of them there.\n\n"
    )


def _calibration(playbook: Playbook, teams: int) -> str:
    """Of all that was believed with so much probability, how much was true; where the model holds."""
    pairs = [
        (share, level == one.level)
        for seed in range(teams)
        for one in judged(WORLDS[0], playbook, seed=seed)
        for level, share in enumerate(one.shares)
    ]
    lines = ["| believed with | how often | true |", "|---|---:|---:|"]
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        inside = [(share, is_true) for share, is_true in pairs if low <= share < high]
        if inside:
            mean, true = (100 * np.mean([one[at] for one in inside]) for at in (0, 1))
            lines.append(f"| {mean:.0f} % on average | {len(inside):,} | {true:.0f} % |")
    return "Where the model holds, level by level:\n\n" + "\n".join(lines) + "\n\n"


def page(teams: int) -> str:
    """The page as Markdown; worlds are tried side by side."""
    playbook = load_playbook()
    with ProcessPoolExecutor(2) as pool:
        tried = pool.map(_world, WORLDS, [teams] * len(WORLDS))
        belief = belief_table(playbook, BELIEVED)
        found = list(tried)
    return (
        _OPENING.format(teams=BELIEVED, playbook=playbook.version)
        + belief
        + _BETWEEN.format(teams=teams, some=2 * teams // 5, few=teams // 5)
        + decision_tables(found)
    )


def decision_tables(found: Sequence[tuple[dict[str, list[float]], float]]) -> str:
    """Gain and regret of every rule, by world, and where a naive one wins."""
    rows = [_decisions(world, gained, moves) for world, (gained, moves) in zip(WORLDS, found, strict=True)]
    wins = [won for world, (gained, _) in zip(WORLDS, found, strict=True) for won in _won(world, gained)]
    listed = "\n".join(f"- {one}" for one in wins) or "- Nowhere in these worlds."
    return "\n".join(rows) + f"\n## Where a naive rule wins\n\n{listed}\n"


def _world(world: World, teams: int) -> tuple[dict[str, list[float]], float]:
    """What each rule gained with each team of one world, and how many moves the plan made.

    What takes longest is tried with the first teams alone: the plan with a fifth, learning with two.
    """
    playbook, found = load_playbook(), []
    for seed in range(teams):
        rules = {**OURS, **NAIVE}
        left_out = {PLAN: seed >= teams // 5, UNLEARNED: seed >= 2 * teams // 5}
        asked = {name: decide for name, decide in rules.items() if not left_out.get(name, False)}
        found.append(years(world, playbook, seed=1000 + seed, rules=asked))
    gained = gains(found)
    print(world.name, {name: round(float(np.mean(x)), 3) for name, x in gained.items()}, file=sys.stderr)
    return gained, float(np.mean([sum(one[PLAN].counts) for one in found if PLAN in one]))


def _decisions(world: World, gained: Mapping[str, Sequence[float]], moves: float) -> str:
    best = gained["all-knowing"]
    lines = [
        f"### {world.name[0].upper()}{world.name[1:]}: {world.says}\n",
        "| rule | gain over no move | regret against the all-knowing | lever by lever gains more by |",
        "|---|---:|---:|---:|",
    ]
    for name in ("all-knowing", *OURS, *NAIVE):
        regret = span([b - x for b, x in zip(best, gained[name], strict=False)])
        more = span([a - x for a, x in zip(gained["Fulcrum, lever by lever"], gained[name], strict=False)])
        own = "–" if name in ("Fulcrum, lever by lever", "all-knowing") else str(more)
        lines.append(
            f"| {name} | {span(gained[name])} | {'–' if name == 'all-knowing' else regret} | {own} |"
        )
    return "\n".join(lines) + f"\n\nThe plan made {moves:.1f} moves a year, every other rule {sum(USUAL)}.\n"


def _won(world: World, gained: Mapping[str, Sequence[float]]) -> list[str]:
    found = []
    for ours in ("Fulcrum, lever by lever", PLAN):
        for name in NAIVE:
            less = span([x - a for a, x in zip(gained[ours], gained[name], strict=False)])
            if less.mean > 0:
                sure = "**beyond doubt**" if less.low > 0 else "not beyond doubt"
                found.append(f"{world.name}: “{name}” gains more than “{ours}” by {less}, {sure}.")
    return found


def _number(x: float) -> str:
    return f"{x:.3f}".replace("-", "−")


_OPENING = """# The commitment engine where the truth is known

Made by `python tests/commitment/commitment_study.py`; not edited by hand. Playbook {playbook}.

Simulated teams of six executives over a year: their true levels, what holds them back and how they respond
are known, and differ from what the engine assumes in all worlds but the first. Intervals are 95 %, over
teams. It proves that the arithmetic finds what is there to be found. It does not prove that real executives
respond as in any of these worlds: no lever was ever tried on executives in an experiment.

## Belief

After a year in which moves were made at random. Brier score: 0 is certain and right, 2 certain and wrong.
{teams} teams in each world.

"""
_BETWEEN = """## Levers and the plan

Every six weeks three moves are made; the plan makes as many as its hours allow. All material is at hand,
nobody listens to anybody in particular, and everybody's desired level is 4. Gain: mean level over
executives and weeks (counted up to the desired level) less that of the same team, with the same luck,
without any move. Regret: what the one who knows levels, barriers and responses gains more; they take what
truly adds most at the moment and do not look ahead. {teams} teams in each world; without learning the
first {some}, the plan the first {few}: compare these two by regret and by the last column, which are of
the same teams.

"""


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    PAGE.write_text(page(asked), encoding="utf-8")
