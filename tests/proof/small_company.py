"""A small company's exports, which tests bend: customers, answers, invoices, contacts, and their mapping."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random

from fulcrum.core.company import ApprovedStory, Company, Initiative
from fulcrum.core.errors import Problem
from fulcrum.core.findings import Evidence
from fulcrum.core.playbook import Playbook
from fulcrum.evidence.engine import gather
from fulcrum.playbook.load import load_playbook

Row = dict[str, str]
AS_OF = date(2026, 11, 16)
STORY = ApprovedStory(
    id="cold-line",
    quote="Three visits, and it is still dead.",
    touchpoint="repair",
    score=2,
    approved_by="The customer",
    approved_on=date(2026, 5, 1),
)
INITIATIVE = Initiative(
    name="First visit repair",
    one_off=Decimal(10_000),
    running=Decimal(2_000),
    horizon_years=3,
    reach=100,
    moved_share=0.3,
    comparison="late_spend",
)
COMPANY = Company(
    name="A company", industry="any", currency="EUR", as_of=AS_OF, initiatives=(INITIATIVE,), stories=(STORY,)
)

CUSTOMERS = """
[[files]]
path = "customers.csv"
table = "customers"
[files.columns]
customer = "id"
started = "started"
ended = "ended"
[files.segments]
late = "late"
line = "line"
"""
ANSWERS = """
[[files]]
path = "answers.csv"
table = "feedback"
[files.columns]
customer = "id"
answered_at = "answered"
score = { column = "score", scale = [0, 10], kind = "nps" }
touchpoint = "touchpoint"
response = "response"
"""
INVOICES = """
[[files]]
path = "invoices.csv"
table = "transactions"
[files.columns]
customer = "id"
at = "at"
amount = "amount"
"""
CONTACTS = """
[[files]]
path = "contacts.csv"
table = "contacts"
[files.columns]
customer = "id"
at = "at"
cost = "cost"
"""
LANDMARK = """
[landmark]
date = "2025-11-01"
outcome_months = 12
pre_months = 12
"""


def comparison(key: str, outcome: str, *, exposure: str = "late", more: str = 'adjust = ["line"]') -> str:
    """A [[comparisons]] block of late against on-time customers, or of the bands."""
    sides = 'exposed = "yes"\nagainst = "no"' if exposure != "band" else 'exposed = "high"\nagainst = "low"'
    return (
        f'\n[[comparisons]]\nkey = "{key}"\ntitle = "Late against on time"\nexposure = "{exposure}"\n'
        f'{sides}\noutcome = "{outcome}"\n{more}\n'
    )


COMPARISONS = (
    comparison("late_left", "left") + comparison("late_spend", "spend") + comparison("late_score", "score")
)


@dataclass(frozen=True)
class Data:
    """A mapping, the rows of each file, and the company that they belong to."""

    tables: Mapping[str, tuple[Row, ...]]
    blocks: tuple[str, ...] = (CUSTOMERS, ANSWERS, INVOICES, CONTACTS, LANDMARK, COMPARISONS)
    company: Company = COMPANY
    texts: Mapping[str, str] = field(default_factory=dict)  # files written as they stand

    def having(self, block: str, instead: str) -> "Data":
        """The same data with one block of the mapping exchanged."""
        if block not in self.blocks:
            raise ValueError("no such block")
        return replace(self, blocks=tuple(instead if one == block else one for one in self.blocks))

    def saying(self, old: str, new: str) -> "Data":
        """The same data with one piece of the mapping's text exchanged."""
        if not any(old in block for block in self.blocks):
            raise ValueError(f"the mapping says nothing of {old}")
        return replace(self, blocks=tuple(block.replace(old, new) for block in self.blocks))

    def rows(self, name: str, change: Callable[[tuple[Row, ...]], object]) -> "Data":
        """The same data with the rows of one table changed."""
        made = tuple(change(self.tables[name]))  # type: ignore[arg-type]
        return replace(self, tables={**self.tables, name: made})

    def each(self, name: str, change: Callable[[int, Row], Row]) -> "Data":
        """The same data with each row of a table changed; `change` answers with the new cells."""
        return self.rows(name, lambda rows: [{**row, **change(at, row)} for at, row in enumerate(rows)])

    def one(self, name: str, at: int, **cells: str) -> "Data":
        """The same data with some cells of one row changed."""
        return self.each(name, lambda place, row: cells if place == at else {})

    def written(self, folder: Path) -> Path:
        """The folder with the mapping and every file."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mapping.toml").write_text('currency = "EUR"\n' + "".join(self.blocks), encoding="utf-8")
        for name, rows in self.tables.items():
            (folder / f"{name}.csv").write_text(csv_of(rows), encoding="utf-8", newline="")
        for name, text in self.texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return folder


def csv_of(rows: tuple[Row, ...]) -> str:
    """The rows as a CSV file with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@lru_cache(maxsize=1)
def shipped() -> Playbook:
    """The shipped playbook."""
    return load_playbook()


def gathered(data: Data | Path, folder: Path | None = None) -> tuple[Evidence, tuple[Problem, ...]]:
    """The evidence of these data by the shipped rules, and the problems on the way."""
    company = data.company if isinstance(data, Data) else COMPANY
    if isinstance(data, Data):
        if folder is None:
            raise ValueError("data in memory need a folder to be written to")
        data = data.written(folder)
    return gather(
        data,
        company,
        evidence_rules=shipped().evidence,
        case_rules=shipped().case,
        version="proof",
        seed=20_261_116,
    )


@lru_cache(maxsize=8)
def small_company(customers: int = 300) -> Data:
    """Customers of two lines, some of whose orders came late, with answers, invoices and contacts.

    Late customers leave more, spend less and score lower; nothing else is odd.
    """
    chance = Random(11)
    made: dict[str, list[Row]] = {"customers": [], "answers": [], "invoices": [], "contacts": []}
    for at in range(customers):
        name, late, line = str(1000 + at), chance.random() < 0.4, chance.choice(("fibre", "copper"))
        leaves = chance.random() < 0.10 + 0.15 * late + 0.05 * (line == "copper")
        ended = date(2025, 12, 1) + timedelta(days=chance.randrange(300)) if leaves else None
        made["customers"].append(
            {
                "id": name,
                "started": str(date(2021, 1, 1) + timedelta(days=chance.randrange(1200))),
                "ended": str(ended) if ended else "",
                "late": "yes" if late else "no",
                "line": line,
            }
        )
        if chance.random() < 0.8:
            made["answers"].append(_answer(chance, name, late, len(made["answers"])))
        for month in range(0, 24, 4):
            day = date(2024 + (month + 10) // 12, (month + 10) % 12 + 1, 10)
            if ended is None or day < ended:
                amount = 120 + 60 * chance.random() - 16 * late
                made["invoices"].append({"id": name, "at": str(day), "amount": f"{amount:.2f}"})
        for _ in range(chance.randrange(3)):
            day = date(2026, 1, 5) + timedelta(days=chance.randrange(200))
            made["contacts"].append({"id": name, "at": str(day), "cost": f"{4 + 5 * chance.random():.2f}"})
    return Data(tables={name: tuple(rows) for name, rows in made.items()})


def _answer(chance: Random, name: str, late: bool, at: int) -> Row:
    score = min(10, max(0, round(chance.gauss(8.2 - 2.2 * late, 2.2))))
    return {
        "id": name,
        "answered": str(date(2024, 12, 1) + timedelta(days=chance.randrange(330))),
        "score": str(score) if at else "0",
        "touchpoint": "repair" if late or chance.random() < 0.2 else "delivery",
        "response": f"r{at}",
    }
