"""Comments out of the engine, for the story finder alone: plain values, never logged, with what masks them.

Everything else in this room sees sums. Here the words of customers leave it, with the personal cells of
their own record to be masked by, what is known of the customer (money, leaving) and their journey.
"""
# ruff: noqa: S608 — identifiers are made in `staging`, texts are quoted

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from fulcrum.core.errors import DataProblems, Problem
from fulcrum.core.findings import Trace
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.stories import Comment, Happening
from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import quoted
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping import Mapping as DataMapping
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.mapping_file import NAME as MAPPING_FILE
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.staging import personal_names
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.methods.bands import Bands, bands_for
from fulcrum.evidence.tracing import Tracer

_YEAR = timedelta(days=365)


@value
class OpenComments:
    """The comments of one company while its engine is open, and the means to ask for journeys.

    `names` are personal cells of tables that hold staff too, such as contacts. `trace` is where every figure
    on these comments comes from. None of `comments` where no file has a comment column.
    """

    loaded: Loaded
    problems: tuple[Problem, ...]
    comments: tuple[Comment, ...] | None
    names: tuple[str, ...]
    trace: Trace

    @property
    def bands(self) -> Bands | None:
        """The bands of the score, if the data have one."""
        rule = self.loaded.mapping.score_rule
        if rule is None or rule.kind is None or rule.scale is None:
            return None
        return bands_for(rule.kind, rule.scale)

    def journeys(self, customers: Sequence[str]) -> Mapping[str, tuple[Happening, ...]]:
        """What the data know of these customers, by customer: start, end, events and contacts."""
        if not customers:
            return {}
        wanted = ", ".join(quoted(customer) for customer in customers)
        found: dict[str, list[Happening]] = {}
        for sql in _happenings(self.loaded.mapping):
            rows = self.loaded.engine.query(
                f"SELECT customer, day, what FROM ({sql}) happened WHERE customer IN ({wanted}) "
                "AND day IS NOT NULL ORDER BY customer, day, what"
            )
            for customer, day, what in rows:
                found.setdefault(customer, []).append(Happening(customer=customer, on=day, what=str(what)))
        return {customer: tuple(moments) for customer, moments in found.items()}


@contextmanager
def open_comments(
    data: Path, *, rules: EvidenceRules, as_of: date, version: str
) -> Iterator[OpenComments | None]:
    """The comments of a folder of exports; None where there are none. Raises `DataProblems` on errors."""
    mapping, problems = read_mapping(data)
    if mapping is None:
        if problems:
            raise DataProblems(problems)
        yield None
        return
    loaded = load(data, mapping, rules=rules, as_of=as_of, with_personal=True)
    with loaded.engine:
        loaded.checked()
        query = _query(mapping, as_of)
        tracer = Tracer(
            loaded.files,
            version,
            engine=loaded.engine.name,
            mapping=sha256((data / MAPPING_FILE).read_bytes()).hexdigest(),
        )
        tracer(query, "themes of masked comments; docs/method/stories.md")
        yield OpenComments(
            loaded=loaded,
            problems=problems + loaded.problems,
            comments=_comments(loaded, query) if _gives(mapping, _answers(mapping), "comment") else None,
            names=_names_of_staff(loaded),
            trace=tracer.made[0],
        )


def _comments(loaded: Loaded, query: str) -> tuple[Comment, ...]:
    seen: dict[str, int] = {}
    made = []
    for response, customer, text, score, day, touchpoint, worth, left, *names in loaded.engine.query(query):
        id = response if response is not None else f"{customer}/{day or ''}"
        seen[id] = seen.get(id, 0) + 1
        made.append(
            Comment(
                id=id if seen[id] == 1 else f"{id}/{seen[id]}",
                customer=customer,
                text=text,
                score=None if score is None else float(score),
                answered_on=day,
                touchpoint=touchpoint or "",
                worth=None if worth is None else float(worth),
                has_left=None if left is None else bool(left),
                names=tuple(name for name in names if name),
            )
        )
    return tuple(made)


def _query(mapping: DataMapping, as_of: date) -> str:
    """Every answer with words, in an order that does not depend on the engine."""
    answers, wide = _answers(mapping), not mapping.of(Table.FEEDBACK)
    has_customers = bool(mapping.of(Table.CUSTOMERS))
    picked = {
        "response": "CAST(f.response AS VARCHAR)" if _gives(mapping, answers, "response") else "NULL",
        "customer": "CAST(f.customer AS VARCHAR)",
        "comment": "f.comment" if _gives(mapping, answers, "comment") else "NULL",
        "score": "f.score",
        "day": "CAST(f.answered_at AS DATE)" if _gives(mapping, answers, "answered_at") else "NULL",
        "touchpoint": "f.touchpoint" if _gives(mapping, answers, "touchpoint") else "NULL",
        "worth": _worth(mapping),
        "has_left": _has_left(mapping, as_of) if has_customers else "NULL",
    }
    personal = [] if wide else [f"f.{name}" for name in _personal(mapping, Table.FEEDBACK)]
    personal += [f"c.{name}" for name in _personal(mapping, Table.CUSTOMERS)] if has_customers else []
    columns = ", ".join([*(f"{sql} AS {name}" for name, sql in picked.items()), *personal])
    joins = " LEFT JOIN customers c ON c.customer = f.customer" if has_customers else ""
    if picked["worth"] == "t.spent":
        joins += f" LEFT JOIN {_spent(as_of)} t ON t.customer = f.customer"
    words = f" WHERE {picked['comment']} IS NOT NULL AND {picked['comment']} <> ''"
    return f"SELECT {columns} FROM feedback f{joins}{words} ORDER BY 2, 5, 1, 3"


def _answers(mapping: DataMapping) -> Table:
    return Table.FEEDBACK if mapping.of(Table.FEEDBACK) else Table.CUSTOMERS


def _gives(mapping: DataMapping, table: Table, name: str) -> bool:
    return any(file.rule(name) is not None for file in mapping.of(table))


def _personal(mapping: DataMapping, table: Table) -> tuple[str, ...]:
    """The personal columns inside the engine; a warehouse's tables bring none along."""
    return tuple(
        name
        for i, file in enumerate(mapping.files)
        if file.table is table and file.connection is None
        for name in personal_names(file, f"file{i}")
    )


def _worth(mapping: DataMapping) -> str:
    """Money a year: the stated value, else what was spent in the year up to the day of the report."""
    if _gives(mapping, Table.CUSTOMERS, "value"):
        return "c.worth"
    return "t.spent" if _gives(mapping, Table.TRANSACTIONS, "at") else "NULL"


def _spent(as_of: date) -> str:
    return (
        "(SELECT customer, CAST(SUM(amount) AS DECIMAL(18,4)) AS spent FROM transactions "
        f"WHERE happened_at >= DATE '{as_of - _YEAR}' AND happened_at <= DATE '{as_of}' GROUP BY customer)"
    )


def _has_left(mapping: DataMapping, as_of: date) -> str:
    if _gives(mapping, Table.CUSTOMERS, "left"):
        return "c.did_leave"
    if not _gives(mapping, Table.CUSTOMERS, "ended"):
        return "NULL"
    return f"CASE WHEN c.customer IS NULL THEN NULL WHEN c.ended <= DATE '{as_of}' THEN 1 ELSE 0 END"


def _names_of_staff(loaded: Loaded) -> tuple[str, ...]:
    """The personal cells of tables that name others than the customer, each once."""
    names: set[str] = set()
    for table in (Table.TRANSACTIONS, Table.CONTACTS, Table.EVENTS):
        for column in _personal(loaded.mapping, table):
            rows = loaded.engine.query(
                f"SELECT DISTINCT {column} FROM {table.value} WHERE {column} IS NOT NULL"
            )
            names.update(str(cell) for (cell,) in rows)
    return tuple(sorted(names))


def _happenings(mapping: DataMapping) -> Iterator[str]:
    customer = "CAST(customer AS VARCHAR) AS customer"
    for name, what in (("started", "became a customer"), ("ended", "left")):
        if _gives(mapping, Table.CUSTOMERS, name):
            yield f"SELECT {customer}, CAST({name} AS DATE) AS day, '{what}' AS what FROM customers"
    if mapping.of(Table.EVENTS):
        yield f"SELECT {customer}, CAST(happened_at AS DATE) AS day, happened AS what FROM events"
    if mapping.of(Table.CONTACTS):
        given = [name for name in ("channel", "reason") if _gives(mapping, Table.CONTACTS, name)]
        told = " || ', ' || ".join(f"coalesce({name}, '')" for name in given) or "''"
        words = f"'contact: ' || {told}" if given else "'contact'"
        yield f"SELECT {customer}, CAST(happened_at AS DATE) AS day, {words} AS what FROM contacts"
