"""The simulated company's first pilot, in spring: a named person for a complaint; its truth is known.

It was frozen before its start, looked at early without a decision, and scaled at the end of summer.
"""

import csv
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
from fulcrum.simulation.truth import Customers, Flags, Floats

CREDITED, CREDITED_WITH_A_PERSON = 0.30, 0.16  # of complaints, within three months
CREDIT = (5.0, 25.0)  # in euros, every sum between them alike
TRUE_EFFECT = (CREDITED - CREDITED_WITH_A_PERSON) * sum(CREDIT) / 2  # on what is billed in three months
WINDOW = timedelta(days=91)
LAST_ENTRY = date(2026, 5, 22)
REGISTERED_ON = date(2026, 3, 20)
EARLY_LOOK = date(2026, 7, 13)
FINAL_LOOK = date(2026, 8, 24)
SHARE_OF_CUSTOMERS = 0.03  # who complain while customers are taken in

DESIGN = PilotDesign(
    key="named_person",
    name="One person holds the complaint until it is solved",
    question="Is more billed, after credits, in the three months after a complaint?",
    hypothesis="A matter that one person holds is solved once, and is not paid for with a second credit.",
    assignment=Assignment.BY_CUSTOMER,
    outcome="billed after credits within three months",
    kind="amount",
    better="higher",
    measures="spend",
    minimum_effect=2.0,
    window_months=3.0,
    treated="one person",
    others="as before",
    customers=900,
    customers_a_week=115.0,
    starts=date(2026, 3, 30),
    stops=date(2026, 8, 21),
    looks="at any time",
    cost=Decimal("4200"),
    situation=Situation(),
    leads_to=LeadsTo(
        scale="Four people hold as many complaints as they can: 2,500 a year",
        extend="Eight more weeks of complaints with the same two people",
        stop="The two people go back to the common queue",
    ),
    ladder=(
        "Complaints of one spring",
        "A named person for 2,500 complaints a year",
        "A named person for every complaint",
    ),
    rung=1,
    baseline=BaselineSource(mean=145.0, deviation=54.0, correlation=0.99),
    results=ResultsFile(
        file="named_person.csv",
        customer="customer_id",
        arm="arm",
        outcome="billed_after",
        before="billed_before",
        entered="complained_on",
        measured="billed_until",
    ),
)

_ABOUT = (
    "# A pilot of the simulated company; its true effect is "
    f"{TRUE_EFFECT:+.2f} euros on what is billed in three months.\n"
)


def write_named_person(everyone: Customers, folder: Path, *, seed: int, until: date = AS_OF) -> None:
    """Write the pilot: its design, frozen before the start, and what was measured `until` then."""
    folder.mkdir(parents=True, exist_ok=True)
    frozen = registration_of(DESIGN, on=REGISTERED_ON)
    (folder / f"{DESIGN.key}.toml").write_text(_ABOUT + design_text(DESIGN), encoding="utf-8")
    (folder / f"{DESIGN.key}{REGISTERED}").write_text(registration_text(frozen), encoding="utf-8")
    if until >= DESIGN.starts + WINDOW:
        _write_results(everyone, folder / DESIGN.results.file, np.random.default_rng((seed, 4)), until)


def results_as_they_stood(folder: Path, into: Path, *, on: date) -> None:
    """Write the results of `folder` as they were on an earlier day: with what was measured by then."""
    with (folder / DESIGN.results.file).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    measured = header.index(DESIGN.results.measured)
    known = [row for row in rows if row[measured] <= on.isoformat()]
    write_table(into / DESIGN.results.file, header, known)


def _write_results(everyone: Customers, path: Path, chance: np.random.Generator, until: date) -> None:
    """Three months' bills before and after, of customers who are here all year; what is credited is known."""
    present: Flags = (everyone.left_before == 0) & (everyone.tenure >= 0) & everyone.stayed
    who = chance.permutation(np.flatnonzero(present))[: max(40, int(present.sum() * SHARE_OF_CUSTOMERS))]
    has_person = chance.random(len(who)) < DESIGN.treated_share
    chance_of_credit = np.where(has_person, CREDITED_WITH_A_PERSON, CREDITED)
    credit = chance.uniform(*CREDIT, len(who)) * (chance.random(len(who)) < chance_of_credit)
    billed: Floats = 3 * everyone.fee[who] * everyone.spend_factor[who]
    last = (LAST_ENTRY - DESIGN.starts).days
    entered = [DESIGN.starts + timedelta(days=int(day)) for day in chance.integers(0, last + 1, len(who))]
    rows = zip(everyone.id[who], has_person, entered, billed, credit, strict=True)
    write_table(
        path,
        ("customer_id", "arm", "complained_on", "billed_until", "billed_before", "billed_after"),
        (
            (
                id,
                DESIGN.treated if held else DESIGN.others,
                day,
                day + WINDOW,
                f"{before:.2f}",
                f"{before - less:.2f}",
            )
            for id, held, day, before, less in rows
            if day + WINDOW <= until
        ),
    )
