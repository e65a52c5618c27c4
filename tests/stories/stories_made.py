"""Comments for tests, with planted themes, and what the story finder is asked with."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import comb

import numpy as np

from fulcrum.core.quantities import Interval
from fulcrum.core.stories import Comment, FoundStories
from fulcrum.evidence.methods.intervals import pulled_mean, share_interval, t_critical
from fulcrum.playbook.load import load_playbook
from fulcrum.simulation.voices import FIRST_NAMES, SURNAMES, TOUCHPOINTS, say
from fulcrum.stories.find import find_stories
from fulcrum.stories.prevalence import Asked, Doubt


def _mean(values: Sequence[float], n: float, scale: tuple[float, float]) -> Interval:
    middle, square = float(np.mean(values)), float(np.mean(np.square(values)))
    pull = ((scale[0], 0.5), (scale[1], 0.5))
    return pulled_mean(middle, square, n, pull, 0.95, t_critical(0.95, n - 1))


ASKED = Asked(
    rules=load_playbook().story,
    doubt=Doubt(share=lambda events, n: share_interval(events, n, 0.95), mean=_mean),
    scale=(0.0, 10.0),
    currency="EUR",
    trace="0" * 8,
)


def planted(n: int, *, seed: int = 5) -> tuple[list[Comment], dict[str, str]]:
    """`n` comments of simulated customers, and the touchpoint that each was made for, by its id."""
    chance = np.random.default_rng(seed)
    made, truth = [], {}
    for i in range(n):
        touchpoint = TOUCHPOINTS[int(chance.choice(5, p=[0.25, 0.25, 0.2, 0.15, 0.15]))]
        score = int(chance.choice([2, 4, 7, 10]))
        said = say(touchpoint, score, chance=chance)
        made.append(
            Comment(
                id=f"R{i:05d}",
                customer=f"C{i // 2 if i % 9 == 0 else n + i}",
                text=said.text,
                score=float(score),
                answered_on=date(2026, 1, 1) + timedelta(days=int(chance.integers(200))),
                touchpoint=touchpoint,
                worth=500.0,
                has_left=bool(chance.random() < 0.2),
                names=(FIRST_NAMES[i % 10], SURNAMES[i % 8]),
            )
        )
        truth[made[-1].id] = touchpoint
    return made, truth


def themes_of(
    comments: Sequence[Comment],
    *,
    praise_from: float | None = 9.0,
    approved: Mapping[str, str] | None = None,
) -> FoundStories:
    """What the story finder makes of these comments, without journeys."""
    return find_stories(
        comments,
        asked=ASKED,
        praise_from=praise_from,
        journeys=lambda customers: {},
        approved=approved,
        seed=20_261_116,
    )


def rand_index(one: Sequence[object], other: Sequence[object]) -> float:
    """The adjusted Rand index of two groupings (Hubert & Arabie 1985): 1 is the same, 0 is chance."""
    both = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    a, b = (sum(comb(n, 2) for n in Counter(some).values()) for some in (one, other))
    expected = a * b / comb(len(one), 2)
    return (both - expected) / ((a + b) / 2 - expected)
