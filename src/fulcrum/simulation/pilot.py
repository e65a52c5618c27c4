"""The simulated company's pilot: visits planned with the last visit's notes; its truth is known."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from fulcrum.core.pilot_text import REGISTERED, design_text, registration_text
from fulcrum.core.pilots import (
    Assignment,
    BaselineSource,
    LeadsTo,
    PilotDesign,
    ResultsFile,
    Situation,
    registration_of,
)
from fulcrum.simulation.executives import AS_OF
from fulcrum.simulation.exports import write_table
from fulcrum.simulation.truth import Customers, Flags

TRUE_EFFECT = -0.11  # on the share of repairs that are repeated within 14 days
BEFORE = 0.38
WINDOW = timedelta(days=14)
REGISTERED_ON = date(2026, 8, 31)
SHARE_OF_CUSTOMERS = 0.04  # who have a repair while the pilot runs

DESIGN = PilotDesign(
    key="first_contact_repair",
    name="Notes of the last visit go with the engineer",
    question="Are fewer repairs repeated within 14 days?",
    hypothesis="An engineer who reads what was tried before mends the cause and not the symptom.",
    assignment=Assignment.BY_CUSTOMER,
    outcome="repeated within 14 days",
    kind="share",
    better="lower",
    measures="moved",
    minimum_effect=-0.08,
    window_months=0.5,
    treated="notes",
    others="as before",
    customers=1200,
    customers_a_week=110.0,
    starts=date(2026, 9, 7),
    stops=date(2026, 12, 4),
    looks="at the end",
    cost=Decimal("11150"),
    situation=Situation(),
    leads_to=LeadsTo(
        scale="Notes go with every engineer of the northern depots from January",
        extend="Eight more weeks with the same two planners",
        stop="The planners go back; the notes stay in the office",
    ),
    ladder=("Repairs of one autumn", "The northern depots", "Every depot"),
    rung=1,
    baseline=BaselineSource(field="repair", holds="repeated", among=("repeated", "held")),
    results=ResultsFile(
        file="first_contact_repair.csv",
        customer="customer_id",
        arm="arm",
        outcome="repeated",
        yes=("yes",),
        no=("no",),
        entered="visited_on",
        measured="looked_at_on",
    ),
)

_ABOUT = f"# A pilot of the simulated company; its true effect is {TRUE_EFFECT:+.2f} on the share repeated.\n"


def write_pilot(everyone: Customers, folder: Path, *, seed: int, until: date = AS_OF) -> None:
    """Write the pilot: its design, frozen before the start, and what was seen of its customers `until` then.

    Of every two repaired customers one is drawn for the new way. Whoever was visited less than 14 days before
    `until` is not in the results yet; from the stop on they are whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frozen = registration_of(DESIGN, on=REGISTERED_ON)
    (folder / f"{DESIGN.key}.toml").write_text(_ABOUT + design_text(DESIGN), encoding="utf-8")
    (folder / f"{DESIGN.key}{REGISTERED}").write_text(registration_text(frozen), encoding="utf-8")
    if until >= DESIGN.starts + WINDOW:
        _write_results(everyone, folder / DESIGN.results.file, np.random.default_rng(seed + 2), until)


def _write_results(everyone: Customers, path: Path, chance: np.random.Generator, until: date) -> None:
    present: Flags = (everyone.left_before == 0) & everyone.stayed
    repaired = chance.permutation(everyone.id[present])[: max(40, int(present.sum() * SHARE_OF_CUSTOMERS))]
    is_new = chance.random(len(repaired)) < 0.5
    is_repeated = chance.random(len(repaired)) < BEFORE + TRUE_EFFECT * is_new
    last = (DESIGN.stops - WINDOW - DESIGN.starts).days
    visited = [
        DESIGN.starts + timedelta(days=int(day)) for day in chance.integers(0, last + 1, len(repaired))
    ]
    rows = zip(repaired, is_new, visited, is_repeated, strict=True)
    write_table(
        path,
        ("customer_id", "arm", "visited_on", "looked_at_on", "repeated"),
        (
            (id, "notes" if new else "as before", day, day + WINDOW, "yes" if again else "no")
            for id, new, day, again in rows
            if day + WINDOW <= until
        ),
    )
