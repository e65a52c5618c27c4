"""What wants to be done about an executive, and since when. Private to the CX team."""

from datetime import date
from enum import StrEnum

from fulcrum.core.value import value


class NudgeKind(StrEnum):
    """Why somebody is reminded, the most pressing first."""

    COMMITMENT_FELL = "commitment fell"
    SPONSOR_LEFT = "sponsor left"
    STRATEGY_CHANGED = "strategy changed"
    ASK_LAPSES = "ask lapses"
    ASK_SLIPS = "ask slips"
    ASK_DUE = "ask due"
    EVIDENCE_AGES = "evidence ages"
    WHAT_DID_YOU_SEE = "what did you see"

    @property
    def label(self) -> str:
        """A heading over nudges of this kind, for the CX team."""
        return {
            "commitment fell": "Commitment fell",
            "sponsor left": "The pitch is to be renewed",
            "strategy changed": "Goals are to be linked again",
            "ask lapses": "Asks that lapse",
            "ask slips": "Asks past their day",
            "ask due": "Asks due within a week",
            "evidence ages": "Evidence that ages",
            "what did you see": "What did you see?",
        }[self.value]


@value
class Nudge:
    """One thing to do: about whom, since when, what, and why.

    `executive` is an id, or empty where it concerns the whole team. `since` is the day on which it began to
    be so, None where no day can be named; with kind, executive and `subject` it names the occasion, so that
    each is told once. `subject` is the ask's step or the move's id. `by` is the day that was agreed.
    """

    kind: NudgeKind
    executive: str
    what: str
    why: str
    since: date | None
    by: date | None = None
    subject: str = ""


@value
class Stand:
    """As much of a belief as the cadence needs: the last evidence, and since when the level has fallen."""

    executive: str
    last_evidence: date | None
    fell_since: date | None = None
