"""Answers given before the experience was over, side by side: whether setting them apart chooses the gap."""

from functools import partial
from operator import eq

from fulcrum.core.rules import EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.comparable import Asked


@value
class Side:
    """One side of a comparison: its answers, and how many of them came before the experience was over."""

    name: str
    answers: int
    early: int

    @property
    def share(self) -> float:
        """The part of its answers that is set apart."""
        return self.early / self.answers if self.answers else 0.0


@value
class SetApart:
    """What setting early answers apart takes from either side; `more` is the side that loses more of its own.

    Early answers are set apart because they judge what was not over yet. Where that takes much of one side
    and little of the other it is a choice of its own: a late delivery is answered before it arrives, by those
    whom the delay itself moved to answer, and dropping them drops the effect that is looked for.
    """

    more: Side
    less: Side

    def is_uneven(self, rules: EvidenceRules) -> bool:
        """Whether one side loses so much more than the other that the gap is fragile."""
        least, times = rules.early_share_at_most.value, rules.early_share_times.value
        return self.more.share > least and self.more.share > times * self.less.share

    def is_a_selection(self, rules: EvidenceRules) -> bool:
        """Whether most of one side is gone, so that no adjustment makes the rest comparable."""
        return self.is_uneven(rules) and self.more.share > rules.early_share_selects.value

    @property
    def said(self) -> str:
        """The counts by side."""
        more, less = self.more, self.less
        return (
            f"{more.early:,} of {more.answers:,} answers of “{more.name}” were given before the experience "
            f"was over and are set apart, but {less.early:,} of {less.answers:,} of “{less.name}”"
        )


def set_apart(cells: Cells, asked: Asked) -> SetApart:
    """The early answers of both sides. `cells` by the exposure and `early` (yes, no, or not known)."""
    sides = [_side(cells, asked, name) for name in (asked.exposed, asked.against)]
    less, more = sorted(sides, key=lambda side: side.share)
    return SetApart(more=more, less=less)


def _side(cells: Cells, asked: Asked, name: str) -> Side:
    theirs = cells.where(asked.exposure, partial(eq, name))
    early = theirs.where("early", partial(eq, "yes"))
    return Side(name=name, answers=int(theirs.n.sum()), early=int(early.n.sum()))
