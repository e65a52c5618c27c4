"""Two sides of whole units (branches, teams): each unit is one case, however many customers it has."""

from math import sqrt

import numpy as np

from fulcrum.evidence.cells import Floats
from fulcrum.evidence.methods.moments import Contrast, Moments, difference


def units_apart(treated: Floats, others: Floats) -> Contrast:
    """Mean of the treated units' means less that of the others', each unit counting once.

    error² = s1²/k1 + s0²/k0 between units, with the degrees of freedom of Welch 1947: exact for units of
    normal means and equal spread, whatever the customers within them do (A. Donner and N. Klar 2000, ch. 6).
    It says what the average unit gains; where large units gain otherwise than small ones, the average
    customer gains otherwise too. Two units on either side at least.
    """
    return difference(moments_of(treated), moments_of(others))


def units_apart_adjusted(
    treated: Floats, others: Floats, treated_before: Floats, others_before: Floats
) -> Contrast:
    """The same less what the units differed by before: analysis of covariance on the units' means.

    y = a + τ arm + θ x by least squares; error² = s² (1/k1 + 1/k0 + (x̄1 − x̄0)² / Sxx), s² and Sxx within
    sides, on k1 + k0 − 3 degrees of freedom (R. Fisher 1932): that θ is estimated is in the error, as it must
    be with few units. Assumes one spread on both sides; nothing varied before: the plain difference.
    """
    k1, k0 = len(treated), len(others)
    y = np.concatenate([treated - treated.mean(), others - others.mean()])
    x = np.concatenate([treated_before - treated_before.mean(), others_before - others_before.mean()])
    within = float(x @ x)
    if within <= 1e-12 * max(1.0, float(treated_before @ treated_before)) or k1 + k0 < 5:
        return units_apart(treated, others)
    slope = float(x @ y) / within
    apart = float(treated_before.mean() - others_before.mean())
    freedom = k1 + k0 - 3
    left = y - slope * x
    variance = float(left @ left) / freedom
    return Contrast(
        value=float(treated.mean() - others.mean()) - slope * apart,
        error=sqrt(variance * (1 / k1 + 1 / k0 + apart**2 / within)),
        freedom=freedom,
        n=k1 + k0,
    )


def moments_of(means: Floats) -> Moments:
    """Units' means as sums, each unit one case."""
    centred = means - means.mean()
    return Moments(
        n=len(means),
        total=float(means.sum()),
        squares=float(centred @ centred) + float(means.sum()) ** 2 / len(means),
    )
