"""The alarm for a link that is too good to be true: a band in which everybody, or nobody, left."""

from fulcrum.core.quantities import Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import NO_ANSWER, Bands

BY_CHANCE = 0.01  # a pure band less likely than this, were its customers like all others, is no accident


def leak_in(cells: Cells, bands: Bands, rules: EvidenceRules, *, is_loss: bool = False) -> Unknown | None:
    """Why the link between score and event is refused, or None where it may be shown.

    `cells` by score (and anything else), one row per customer, event 0 or 1. A band of more than
    `rules.leak_cell_above` customers who all share one outcome leaks, unless that is likely by chance at
    the rate of the other bands (a band of 40 in which nobody left is no surprise where 1 % leave). `is_loss`
    says whether the event is having left, or having stayed.
    """
    banded = bands.on(cells).where("band", lambda band: band != NO_ANSWER).by_only("band")
    return leak_among(banded, rules, is_loss=is_loss)


def leak_among(banded: Cells, rules: EvidenceRules, *, is_loss: bool = False) -> Unknown | None:
    """The same alarm for any groups: `banded` by one key, such as the two sides of a comparison."""
    for place, key in enumerate(banded.keys):
        n, events = int(banded.n[place]), float(banded.wy[place])
        is_pure = events <= 0 or events >= float(banded.w[place])
        if n > rules.leak_cell_above.value and is_pure and _chance_of(banded, place) < BY_CHANCE:
            did = "left" if (events > 0) == is_loss else "stayed"
            return Unknown(
                reason=f"All {n:,} customers in “{key[0]}” {did}: what they are grouped by was probably "
                "recorded after it, or made from it.",
                needs="A score or field from before the outcome window, and a date on both.",
            )
    return None


def _chance_of(banded: Cells, place: int) -> float:
    """How likely the pure band would be at the rate of the others (one event and one non-event added)."""
    others_n = float(banded.n.sum() - banded.n[place])
    others_w, others_events = banded.w.sum() - banded.w[place], banded.wy.sum() - banded.wy[place]
    rate = (others_events / others_w * others_n + 1) / (others_n + 2) if others_n else 0.5
    same = rate if banded.wy[place] > 0 else 1 - rate
    return float(same ** int(banded.n[place]))
