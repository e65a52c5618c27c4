"""The room of the ribbons: a window of time across, the six levels up."""

from collections.abc import Sequence

from fulcrum.core.judgement import Belief, WeekOfBelief
from fulcrum.core.value import value
from fulcrum.web.drawings.weeks import Window, window_of

FULL = 46.0  # px: the thickness of certainty, so that two ribbons never touch


@value
class Plot:
    """The size of the drawing, its window of time, and where each level lies."""

    window: Window
    width: float
    top: float
    row: float
    is_narrow: bool

    def y(self, level: float) -> float:
        """The height of a level, or of a place between two."""
        return self.top + self.row * (5 - level)

    def x(self, week: WeekOfBelief) -> float:
        """The place of a week's end, held within the window."""
        return self.window.axis.held(week.week_ending.toordinal())

    @property
    def beam(self) -> float:
        """Where what was believed ends and what was done begins."""
        return self.y(0) + 24


def plot_of(belief: Belief, ahead: Sequence[WeekOfBelief], *, is_narrow: bool) -> Plot:
    """A year back on a wide screen, half a year on a phone."""
    if is_narrow:
        window = window_of(belief, ahead, weeks_back=23.5, left=0, right=356)
        return Plot(window=window, width=358, top=50, row=62, is_narrow=True)
    window = window_of(belief, ahead, weeks_back=45, left=142, right=858)
    return Plot(window=window, width=860, top=42, row=48, is_narrow=False)
