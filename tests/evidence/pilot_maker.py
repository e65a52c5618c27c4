"""Pilots for tests: a design, its results as rows, and the read-out of both."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fulcrum.core.errors import Problem
from fulcrum.core.pilots import (
    Assignment,
    Baseline,
    PilotDesign,
    ReadOut,
    Registration,
    ResultsFile,
    registration_of,
)
from fulcrum.core.playbook import Playbook
from fulcrum.evidence.pilots.read_out import read_out
from fulcrum.playbook.load import load_playbook

START, STOP, AFTER = date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 8)

SHARE = PilotDesign(
    key="call_back",
    name="Call back within the hour",
    question="Do fewer leave?",
    assignment=Assignment.BY_CUSTOMER,
    outcome="left within three months",
    kind="share",
    better="lower",
    minimum_effect=-0.05,
    starts=START,
    stops=STOP,
    treated="new",
    others="old",
    customers=800,
    cost=Decimal("900"),
    results=ResultsFile(
        file="call_back.csv", customer="id", arm="arm", outcome="left", yes=("yes",), no=("no",)
    ),
)
AMOUNT = replace(
    SHARE,
    kind="amount",
    better="higher",
    minimum_effect=4.0,
    outcome="spend",
    results=ResultsFile(file="call_back.csv", customer="id", arm="arm", outcome="spend"),
)


def columns(design: PilotDesign, **named: str) -> PilotDesign:
    """The design with further columns of its results named."""
    return replace(design, results=replace(design.results, **named))


def write_results(folder: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the results as their design names them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "call_back.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(rows)


def of_shares(new: tuple[int, int], old: tuple[int, int]) -> list[tuple[Any, ...]]:
    """Rows of two sides, each so many with the outcome of so many."""
    sides = (("new", *new), ("old", *old))
    return [(f"{arm}{i}", arm, "yes" if i < events else "no") for arm, events, n in sides for i in range(n)]


@cache
def rules() -> Playbook:
    """The playbook's own rules."""
    return load_playbook(None)


def frozen(design: PilotDesign) -> Registration:
    """The design, registered the day before its start."""
    return registration_of(design, on=date(2026, 3, 1))


def read(
    folder: Path,
    design: PilotDesign,
    *,
    as_of: date = AFTER,
    registration: Registration | str | None = "frozen",
    baseline: Baseline | None = None,
) -> tuple[ReadOut | None, tuple[Problem, ...]]:
    """The read-out of the results in `folder`; registered as it is, unless said otherwise."""
    made = frozen(design) if registration == "frozen" else registration
    assert not isinstance(made, str)
    return read_out(
        folder,
        design,
        made,
        as_of=as_of,
        currency="EUR",
        evidence_rules=rules().evidence,
        pilot_rules=rules().pilot,
        version="test",
        seed=1,
        baseline=baseline,
    )


def read_well(folder: Path, design: PilotDesign, **how: Any) -> ReadOut:
    """The read-out, where nothing stands in the way."""
    found, problems = read(folder, design, **how)
    assert found is not None, [str(one) for one in problems]
    return found
