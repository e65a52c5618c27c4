"""Data in which a number must not be shown, and their twins in which it must: what tempts, and what is asked.

Refusing everything is a failure as well: each temptation stands beside data that differ in nothing but the
flaw. `small_company` is the twin of most.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from small_company import Data, small_company

from fulcrum.core.findings import Evidence
from fulcrum.core.quantities import Estimate, Result, Unknown

Ending = Literal["stopped", "refused"]
Look = Callable[[Evidence], Result | None]


@dataclass(frozen=True)
class Twins:
    """One temptation and its twin.

    ending  stopped: an error keeps every number back; refused: the number's place says what is needed
    says    what the refusal or the error must name
    code    of the error
    """

    name: str
    ending: Ending
    flawed: Callable[[], Data]
    says: str
    look: Look = lambda evidence: _of(evidence, "score.all")
    code: str = ""
    sound: Callable[[], Data] = small_company


def _of(evidence: Evidence, key: str) -> Result | None:
    found = evidence.finding(key)
    return None if found is None else found.result


def finding(key: str) -> Look:
    """The result of one finding."""
    return lambda evidence: _of(evidence, key)


def upside(evidence: Evidence) -> Result | None:
    """The upside of the first case."""
    return evidence.cases[0].upside if evidence.cases else None


def prevalence(evidence: Evidence) -> Result | None:
    """How common the first story is."""
    return evidence.stories[0].prevalence if evidence.stories else None


def centre(evidence: Evidence) -> Result | None:
    """The centre of the score's trend, or what its absence means."""
    trend = next((one for one in evidence.trends if one.key == "score"), None)
    if trend is None or trend.centre is None:
        return Unknown(reason="No limits are drawn.", needs="More months.")
    score = _of(evidence, "score.all")
    return score


def is_shown(result: Result | None) -> bool:
    """Whether there is a number."""
    return isinstance(result, Estimate)
