"""The simulated company's pilot: visits planned with the last visit's notes; its truth is known."""

from datetime import timedelta
from pathlib import Path

import numpy as np

from fulcrum.simulation.executives import AS_OF
from fulcrum.simulation.exports import write_table
from fulcrum.simulation.truth import Customers, Flags

TRUE_EFFECT = -0.11  # on the share of repairs that are repeated within 14 days
BEFORE = 0.38

PLAN = f"""\
# A pilot of the simulated company; its true effect is {TRUE_EFFECT:+.2f} on the share of repeated repairs.
name = "Notes of the last visit go with the engineer"
question = "Are fewer repairs repeated within 14 days?"
comparison = "random by customer"
outcome = "repeated within 14 days"
better = "lower"
minimum_effect = -0.08
cost = 11150
started = "2026-09-07"
stops = "2026-12-04"
results = "first_contact_repair.csv"
"""


def write_pilot(everyone: Customers, folder: Path, *, seed: int) -> None:
    """Write the pilot's plan and its results so far: one row per repaired customer, half in each arm."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed + 2)
    (folder / "first_contact_repair.toml").write_text(PLAN, encoding="utf-8")
    present: Flags = (everyone.left_before == 0) & everyone.stayed
    repaired = chance.permutation(everyone.id[present])[: max(40, int(present.sum() * 0.03))]
    is_new = chance.random(len(repaired)) < 0.5
    is_repeated = chance.random(len(repaired)) < BEFORE + TRUE_EFFECT * is_new
    days = chance.integers(20, 70, len(repaired))
    write_table(
        folder / "first_contact_repair.csv",
        ("customer_id", "arm", "visited_on", "repeated"),
        (
            (id, "notes" if new else "as before", AS_OF - timedelta(days=int(day)), "yes" if again else "no")
            for id, new, again, day in zip(repaired, is_new, is_repeated, days, strict=True)
        ),
    )
