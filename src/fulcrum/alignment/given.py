"""What every measure of a round is given, and how a figure is made of it or refused."""

from collections.abc import Sequence

from fulcrum.alignment.intervals import Ends, exact_share, mean_of
from fulcrum.alignment.rounds import Round, Sheet
from fulcrum.core import wording
from fulcrum.core.quantities import POINTS, SHARE, Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import AlignmentRules
from fulcrum.core.value import value


@value
class Given:
    """One round with the rules, the seed of chance and the trace of its figures."""

    round: Round
    rules: AlignmentRules
    trace: str
    seed: int

    @property
    def confidence(self) -> float:
        """How often the intervals hold the truth."""
        return self.rules.confidence.value

    def too_few(self, sheets: Sequence[Sheet]) -> Unknown | None:
        """The refusal, unless enough colleagues of the chief executive are among `sheets`."""
        needed = int(self.rules.answers_at_least.value)
        there = sum(sheet.respondent != self.round.chief for sheet in sheets)
        if there >= needed:
            return None
        besides = "" if self.round.chief is None else " besides the chief executive"
        who = wording.many(there, "person", "people") if there else "Nobody"
        return Unknown(
            reason=f"{who} answered this{besides}; fewer than {needed} are shown to nobody.",
            needs=f"{needed - there} more answers, so that nobody's own can be worked out.",
        )

    def estimate(self, figure: float, ends: Ends, unit: Unit, *, n: int, method: str) -> Estimate:
        """A figure with its interval; the ends never leave the figure outside."""
        low, high = min(ends[0], figure), max(ends[1], figure)
        return Estimate(
            value=figure,
            interval=Interval(low=low, high=high, confidence=self.confidence),
            unit=unit,
            n=n,
            grade=Grade.RAW,
            method=method,
            trace=self.trace,
        )

    def share(self, events: int, n: int) -> Estimate:
        """A share of people with its exact interval."""
        ends = exact_share(events, n, self.confidence)
        return self.estimate(events / n, ends, SHARE, n=n, method="share of answers, exact interval")

    def less(self, one: float, share: Result) -> Result:
        """`one` (0 or 1) less a share, in points."""
        if isinstance(share, Unknown):
            return share
        ends = one - share.interval.high, one - share.interval.low
        method = "own answer less the colleagues' share, exact interval"
        return self.estimate(one - share.value, ends, POINTS, n=share.n or 0, method=method)

    def mean(self, values: Sequence[int], unit: Unit) -> Estimate:
        """The mean of whole-number answers on a scale, with Student's interval held within the scale."""
        low, high = mean_of(values, self.confidence, step=1)
        floor, ceiling = unit.scale or (low, high)
        ends = max(low, floor), min(high, ceiling)
        method = "mean of whole-number answers, Student's interval"
        return self.estimate(sum(values) / len(values), ends, unit, n=len(values), method=method)
