"""What customers of the simulated company rate besides the score: six parts of the experience, 1 to 5.

Five are parts of what a customer felt, with the strengths in `Causes.aspects_on_mood`; the sixth is whether
the repair held, which concerns only those who had one.
"""

import numpy as np

from fulcrum.simulation.truth import ASPECTS, Customers, Floats, Whole

RATINGS = (*ASPECTS, "repair_held")
NOT_APPLICABLE = "n/a"
NOBODY_CALLED = 0.08  # share of answers for which “reached a person” does not apply
LEFT_OPEN = 0.03  # share of each rating that is not given


def ratings_of(
    all_: Customers, who: Whole, ease_noise: Floats, chance: np.random.Generator
) -> list[tuple[str, ...]]:
    """The ratings of each answer in the order of `RATINGS`, as the survey tool writes them.

    A person who is kind to one question is a little kinder to all, whatever they felt.
    """
    kind = chance.normal(0, 0.25, (len(who), 1))
    noise = chance.normal(0, 0.5, (len(who), len(RATINGS)))
    noise[:, ASPECTS.index("ease")] = ease_noise * 0.7
    felt = 3.5 + 0.85 * all_.aspects[who]
    felt[:, ASPECTS.index("line_speed")] -= 0.5 * (all_.line[who] == 2)
    held = 4.3 - 2.3 * all_.is_repeated[who, np.newaxis]
    points = np.clip(np.round(np.hstack([felt, held]) + kind + noise), 1, 5).astype(int)
    written = points.astype(str).astype(object)
    written[chance.random(len(who)) < NOBODY_CALLED, ASPECTS.index("reached_a_person")] = NOT_APPLICABLE
    written[~all_.is_repaired[who], -1] = NOT_APPLICABLE
    written[(chance.random(written.shape) < LEFT_OPEN) & (written != NOT_APPLICABLE)] = ""
    return [tuple(row) for row in written]
