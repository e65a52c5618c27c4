"""How often every displayed interval holds the truth: the verdict on each situation, and `docs/proof.md`.

Run by `make proof`. The table is made whole by this file and never edited by hand.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from no_effect import PLANTED, WORLDS, alarms, planted, recovered
from pilot_table import pilots_section
from situations import all_situations, share_coverage
from trials import Held, Situation

PAGE = Path(__file__).parents[2] / "docs" / "proof.md"
LOW, HIGH, CONSERVATIVE = 0.94, 0.97, 0.99
HOLDS = {0.95: (LOW, HIGH), 0.80: (0.78, 0.85)}  # by what the interval promises
OFTEN = 0.5  # an interval that is shown in more than half of the trials counts as displayed there
MISSED_AT_MOST = {0.95: 0.05, 0.80: 0.20}  # of all trials, where it is refused in most


def verdict(held: Held, *, errors: float = 2.0) -> str:
    """In a word: holds, holds more (conservative), refused, FALLS SHORT. Within so many standard errors."""
    slack = errors * held.error
    low, high = HOLDS[held.confidence]
    if held.shown <= OFTEN:
        return "refused" if held.missed <= MISSED_AT_MOST[held.confidence] + slack else "FALLS SHORT"
    if held.covered < low - slack:
        return "FALLS SHORT"
    return "holds" if held.covered <= high + slack else "holds more"


def tried(situations: Sequence[Situation]) -> list[tuple[Situation, Held]]:
    """Every situation with what became of it."""
    return [(situation, situation.held()) for situation in situations]


def page(found: Sequence[tuple[Situation, Held]]) -> str:
    """The page as Markdown."""
    kinds: dict[str, list[tuple[Situation, Held]]] = {}
    for one in found:
        kinds.setdefault(one[0].kind, []).append(one)
    tables = [_table(kind, rows) for kind, rows in kinds.items()]
    unseen = _alarms() + _recovery() + pilots_section() + _lattice()
    return _OPENING + _summary(kinds) + unseen + "\n".join(tables)


def _summary(kinds: dict[str, list[tuple[Situation, Held]]]) -> str:
    lines = [
        "| interval | situations | least covered | most covered | refused in |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind, rows in kinds.items():
        shown = [held.covered for _, held in rows if held.shown > OFTEN]
        away = sum(held.shown <= OFTEN for _, held in rows)
        lines.append(f"| {kind} | {len(rows)} | {min(shown):.3f} | {max(shown):.3f} | {away} |")
    return "## In short\n\n" + "\n".join(lines) + "\n\n"


def _alarms() -> str:
    lines = ["| gap | outcome | false alarms of 20,000 | upwards | downwards |", "|---|---|---:|---:|---:|"]
    for name, (asked, world) in WORLDS.items():
        for kind in ("crude gap", "adjusted gap"):
            found = alarms(kind, asked, world, 20_000, seed=2026)
            up, down = ((found == side).mean() for side in (1, -1))
            lines.append(f"| {kind} | {name} | {abs(found).mean():.4f} | {up:.4f} | {down:.4f} |")
    return (
        "## False alarms where nothing differs\n\nTwo halves of one company, 5 % promised; the standard "
        "error of 20,000 comparisons is 0.0015. Seed 2026.\n\n" + "\n".join(lines) + "\n\n"
    )


def _recovery() -> str:
    lines = ["| world | what is compared | bias, in standard errors | covered |", "|---|---|---:|---:|"]
    for name, (world, truth) in PLANTED.items():
        bias = planted(world, truth, 10_000, seed=17)
        lines.append(f"| planted {name} | adjusted gap, 10,000 draws | {signed(bias)} | – |")
    for target, words in (("exposed", "those who suffered it"), ("base", "the whole base")):
        found = recovered(2_000, 20_000, to=target)
        lines.append(
            f"| simulated company, effect on staying {signed(found.effect)} "
            f"| gap for {words}, 2,000 companies | {signed(found.bias)} | {found.held:.3f} |"
        )
    return (
        "## Planted effects come back\n\nThe truth of the simulated company is the effect on customers whose "
        "repair was repeated; a gap for the whole base answers another question, and differs where the "
        "effect differs between strata.\n\n" + "\n".join(lines) + "\n\n"
    )


def signed(number: float) -> str:
    """A number with its sign, to three digits."""
    return f"{number:+.3f}".replace("-", "−")


def _lattice() -> str:
    lines = ["| customers | least, any share from 0.1 to 50 % | mean |", "|---:|---:|---:|"]
    for n in (20, 30, 60, 150, 1000):
        below, above = share_coverage(np.linspace(0.001, 0.5, 999), n)
        covered = 1 - below - above
        lines.append(f"| {n:,} | {covered.min():.3f} | {covered.mean():.3f} |")
    return (
        "## Shares, point by point\n\nEvents are whole, so the coverage of any interval of a share jumps as "
        "the true share moves. The tables below give its mean within a quarter of the stated share; this one "
        "the worst single point, worked out exactly.\n\n" + "\n".join(lines) + "\n\n"
    )


def _table(kind: str, rows: list[tuple[Situation, Held]]) -> str:
    lines = [
        f"## {kind[0].upper()}{kind[1:]}\n",
        "| situation | trials | shown | covered | truth below | truth above | verdict | seed |",
        "|---|---:|---:|---:|---:|---:|---|---:|",
    ]
    for situation, held in rows:
        trials = "exact" if held.trials is None else f"{held.trials:,}"
        seed = "–" if held.trials is None else str(situation.seed)
        covered = f"{held.covered:.3f}" if held.shown else "–"
        sides = (held.below / held.shown, held.above / held.shown) if held.shown else (0.0, 0.0)
        lines.append(
            f"| {situation.name} | {trials} | {held.shown:.2f} | {covered} | {sides[0]:.3f} | {sides[1]:.3f} "
            f"| {verdict(held)} | {seed} |"
        )
    return "\n".join(lines) + "\n"


_OPENING = """# How often the intervals hold the truth

Made by `make proof` (`tests/proof/coverage_table.py`); not edited by hand. Every situation is a world whose
truth is known. Its sums are handed to the product's own methods, which refuse or show an interval of 95 %.
The case shows 80 %, and is tried at both.

- **covered**: of the intervals shown, the share that held the truth; **truth below** and **truth above** are
  the two ways to miss.
- **holds**: 0.94 to 0.97; at 80 %, 0.78 to 0.85. **holds more**: above that: wider than need be.
- **refused**: a number is shown in at most half of the trials, and shown and missed in at most 5 of 100 of
  all trials (20 at 80 %). Those few that are shown there may cover less, because only unusually tame samples
  pass.
- **FALLS SHORT**: neither. Within two standard errors of the number of trials (0.004 at 3,000, 0.008 at 700).

Where it holds more, the reason is one of three. Events are whole, so that an interval of few cannot end where
it likes (shares, retention). A sample that crowds at one end of its scale, or whose amounts are skewed, could
also come from customers of whom a few are quite unlike the others, and must hold there too (scores, spend).
And no number passes its own end: a share needed cannot exceed 1, nor a payback the horizon, and an interval
that reaches the end holds every truth beyond it (break-evens, payback, drivers without a share).

In the case, what nobody measures (causal share, share moved, costs) is drawn from the very triangles by which
the case doubts it: covered is a share over draws of the company and of these together. It does not say that a
prior is right.

What this proves is that the arithmetic keeps its promise where its assumptions hold: that customers are drawn
alike, and that within a stratum nothing else differs. It does not prove that they hold in a company.

"""


if __name__ == "__main__":
    results = tried(all_situations())
    PAGE.write_text(page(results), encoding="utf-8")
    short = [situation.name for situation, held in results if verdict(held) == "FALLS SHORT"]
    print(f"{len(results)} situations; {len(short)} fall short: {', '.join(short) or 'none'}")
    sys.exit(bool(short))
