"""What `docs/proof.md` says of pilots: false alarms, early looks, power kept, and what recovers by itself."""

from math import sqrt

import numpy as np
from pilot_trials import CLUSTERED, EARLY, FIXED, Trial, ever_seen, promised, recovering, sides_seen


def pilots_section(*, trials: int = 20_000) -> str:
    """The section as Markdown; fewer trials where each of them takes long."""
    return (
        "## Pilots\n\nDrawn customer by customer or unit by unit, added up to cells, read by the product: "
        "the comparison that was planned, its adjustment, its interval.\n\n"
        + _alarms(trials)
        + _early(trials // 2)
        + _power(trials // 4)
        + _recovery(trials // 20)
    )


def _times(trial: Trial, trials: int) -> int:
    return trials // 20 if "stepped" in trial.name else trials // 2 if trial.design.unit else trials


def _alarms(trials: int) -> str:
    lines = [
        "| pilot without effect, read once | pilots | false alarms | upwards | downwards | ± |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for trial in (*FIXED, *CLUSTERED):
        times = _times(trial, trials)
        found = sides_seen(trial, times, effect=0.0, seed=2026)
        up, down = ((found == side).mean() for side in (1, -1))
        noise = sqrt(0.05 * 0.95 / times)
        lines.append(
            f"| {trial.name} | {times:,} | {np.abs(found).mean():.4f} | {up:.4f} | {down:.4f} | {noise:.4f} |"
        )
    return (
        "### False alarms\n\n5 % are promised. ± is the standard error of the number of pilots. "
        "Seed 2026.\n\n" + "\n".join(lines) + "\n\n"
    )


def _early(trials: int) -> str:
    lines = [
        "| pilot without effect, looked at every week | pilots | alarmed at any look |",
        "|---|---:|---:|",
    ]
    for trial in EARLY:
        found = ever_seen(trial, trials, effect=0.0, seed=31)
        lines.append(f"| {trial.name} | {trials:,} | {found:.4f} |")
    return (
        "### Early looks\n\nAt most 5 % are promised over all looks together. Seed 31.\n\n"
        + "\n".join(lines)
        + "\n\n"
    )


def _power(trials: int) -> str:
    lines = [
        "| design, of the size that its plan asks for | pilots | promised | seen |",
        "|---|---:|---:|---:|",
    ]
    for trial, effect, power in promised():
        times = trials // 5 if "stepped" in trial.name else trials
        found = sides_seen(trial, times, effect=effect, seed=41)
        lines.append(f"| {trial.name} | {times:,} | {power:.3f} | {(found == np.sign(effect)).mean():.3f} |")
    return (
        "### Power\n\nEach has exactly its minimum effect. Seed 41; the standard error at 5,000 pilots is "
        "0.006, at 1,000 0.013.\n\n" + "\n".join(lines) + "\n\n"
    )


def _recovery(trials: int) -> str:
    called, scaled, apart = recovering(trials, seed=5)
    return (
        "### What recovers by itself\n\nThe worst fifth of 2,000 customers, to whom nothing is done, in "
        f"{trials:,} companies. The change from before to after is told from zero in {100 * called:.1f} % of "
        f"them; it has grade D, and the decision is to scale in {100 * scaled:.1f} %. The regression to the "
        f"mean that is printed beside it misses the change by {abs(apart):.4f} of a deviation on average.\n\n"
    )


if __name__ == "__main__":
    print(pilots_section())
