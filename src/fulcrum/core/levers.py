"""The six levers, the barrier that each one answers, and what is at hand to pull it."""

from enum import StrEnum

from fulcrum.core.value import value


class Lever(StrEnum):
    """One of the six ways to raise commitment; this order breaks ties."""

    VISION = "vision"
    OPPORTUNITIES = "opportunities"
    EMPATHY = "empathy"
    MOTIVATORS = "motivators"
    FIRST_STEPS = "first_steps"
    CONFIDENCE = "confidence"

    @property
    def label(self) -> str:
        """The lever's full name."""
        return {
            "vision": "Vision clarity",
            "opportunities": "Compelling opportunities",
            "empathy": "Emotional empathy",
            "motivators": "Intrinsic motivators",
            "first_steps": "First steps",
            "confidence": "Ongoing confidence",
        }[self.value]


class Barrier(StrEnum):
    """What keeps an executive where they are; one for each lever, in the levers' order."""

    NO_PICTURE = "no picture"
    NOT_WORTH_IT = "not worth it against other bets"
    JUST_A_NUMBER = "just a number to me"
    NOTHING_IN_IT = "nothing in it for me"
    TELL_ME_WHAT = "tell me what to do"
    IS_IT_SAFE = "is it working and safe"


class Readiness(StrEnum):
    """Whether a lever can be pulled now."""

    READY = "ready"
    THIN = "thin"
    MISSING = "missing"


@value
class Availability:
    """What is at hand for one lever and one executive: computed from the folder, never ticked."""

    lever: Lever
    readiness: Readiness
    at_hand: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@value
class CaseAtHand:
    """As much of the business case as the choice of a lever needs to know."""

    is_computed: bool
    is_fresh: bool
    why_not: str = ""
    has_own_share_moved: bool = False
