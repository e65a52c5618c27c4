"""Score bands: which answers count as high, middle and low, by kind of question and scale."""

from collections.abc import Callable
from dataclasses import replace

from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells, Key

NO_ANSWER = "Did not answer"


@value
class Bands:
    """The bands of one question. `names` run from high to low; non-respondents are a band of their own."""

    names: tuple[str, str, str]
    limits: tuple[float, float]  # the lowest high score, the lowest middle score
    kind: str
    scale: tuple[float, float]

    @property
    def high(self) -> str:
        """The best band: promoters, where the question is the NPS question."""
        return self.names[0]

    @property
    def low(self) -> str:
        """The worst band: detractors, where the question is the NPS question."""
        return self.names[2]

    def of(self, score: Key) -> str:
        """The band of one score; None is a customer who did not answer."""
        if score is None:
            return NO_ANSWER
        return self.names[0 if float(score) >= self.limits[0] else 1 if float(score) >= self.limits[1] else 2]

    def on(self, cells: Cells) -> Cells:
        """The same cells, keyed by `band` in place of `score`."""
        banded = cells.rekeyed("score", self.of)
        return replace(banded, by=tuple("band" if name == "score" else name for name in banded.by))

    @property
    def order(self) -> Callable[[str], int]:
        """Sorts bands from high to low, non-respondents last."""
        places = {name: place for place, name in enumerate((*self.names, NO_ANSWER))}
        return lambda name: places.get(name, len(places))


def bands_for(kind: str, scale: tuple[float, float]) -> Bands:
    """The bands of a question.

    NPS: 9 to 10, 7 to 8 and 0 to 6. Other kinds: the top and the bottom quarter of the scale, so that 1 to 5
    gives 4 to 5, 3, and 1 to 2, and 1 to 7 gives 6 to 7, 3 to 5, and 1 to 2.
    """
    low, high = scale
    if kind == "nps":
        limits = (9.0, 7.0)
    else:
        whole = list(range(round(low), round(high) + 1))
        top = min(point for point in whole if (point - low) / (high - low) >= 0.75)
        bottom = max(point for point in whole if (point - low) / (high - low) <= 0.25)
        limits = (float(top), float(bottom + 1))
    names = (_span(limits[0], high), _span(limits[1], limits[0] - 1), _span(low, limits[1] - 1))
    return Bands(names=names, limits=limits, kind=kind, scale=scale)


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low >= high else f"{low:g} to {high:g}"
