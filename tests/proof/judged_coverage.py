"""When a situation counts as held: the interval covers what it says, or it is mostly not shown."""

from coverage_table import CONSERVATIVE, MISSED_AT_MOST, OFTEN, verdict
from trials import Situation

# The mean of 20 to 60 scores that crowd at one end: half an answer is added at the far end as well.
WIDER_STILL = {("mean score", "crowded at the top, n 20"), ("mean score", "crowded at the top, n 60")}
CAPPED = ("break-even", "payback")  # a share cannot pass 1, nor a time the horizon: what lies there is held
CASES = ("upside", "inaction", "break-even", "payback", "chance of a gain")
PART = 0.15  # of the trials of docs/proof.md


def judged(situation: Situation, part: float = PART) -> None:
    """Fails unless the situation is held or refused, with room for the doubt of the trials.

    Among hundreds of situations a short part looks bad by chance now and then: such a one is tried whole.
    """
    held = situation.held(part)
    if verdict(held, errors=3.3) == "FALLS SHORT":
        held = situation.held()
    assert verdict(held, errors=3.3) != "FALLS SHORT", held
    is_wider = (situation.kind, situation.name) in WIDER_STILL or situation.kind.startswith(CAPPED)
    if held.shown > OFTEN and not is_wider:
        assert held.covered <= CONSERVATIVE + 1.5 * held.error, held
    if held.shown <= OFTEN:
        assert held.missed <= MISSED_AT_MOST[held.confidence] + 3.3 * held.error
