"""The usual choices of a mapping as a form; `mapping_said.py` makes a mapping of the answers."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from fulcrum.core.value import value
from fulcrum.evidence.intake.mapping import CANONICAL, Canonical, Sort, Table
from fulcrum.evidence.intake.mapping_write import mapping_text
from fulcrum.web.forms.evidence import TABLES

KEEP = "__as_written__"  # a rule that is more than one column, and stays
SCALES = (
    ("0 10 nps", "0 to 10, recommend (NPS)"),
    ("1 5 csat", "1 to 5, satisfaction"),
    ("1 5 stars", "1 to 5 stars"),
    ("1 7 ces", "1 to 7, ease (CES)"),
    ("0 100 csat", "0 to 100, satisfaction"),
)
FORMATS = (
    ("", "2026-11-22 (ISO), with or without a time"),
    ("%Y-%m-%d", "2026-11-22"),
    ("%Y-%m-%d %H:%M:%S", "2026-11-22 14:05:09"),
    ("%Y-%m-%d %H:%M", "2026-11-22 14:05"),
    ("%d.%m.%Y", "22.11.2026"),
    ("%d.%m.%Y %H:%M", "22.11.2026 14:05"),
    ("%d/%m/%Y", "22/11/2026, day first"),
    ("%d/%m/%Y %H:%M", "22/11/2026 14:05, day first"),
    ("%m/%d/%Y", "11/22/2026, month first"),
    ("%m/%d/%Y %H:%M", "11/22/2026 14:05, month first"),
    ("%m/%d/%Y %H:%M:%S", "11/22/2026 14:05:09, month first"),
)
NUMBERS = (
    (". ", "1234.56"),
    (".,", "1,234.56"),
    (",.", "1.234,56"),
    (", ", "1234,56"),
)
_NAMES = {
    "customer": "Customer (an id)",
    "score": "Score",
    "answered_at": "When they answered",
    "experience_ended_at": "When the experience was over",
    "touchpoint": "Touchpoint",
    "comment": "Comment",
    "response": "Id of the answer",
    "started": "When they became a customer",
    "ended": "When they left",
    "observed_until": "Seen until",
    "value": "Worth a year",
    "left": "Whether they left",
    "amount": "Amount",
    "at": "When",
    "cost": "Cost",
    "channel": "Channel",
    "reason": "Reason",
    "event": "What happened",
}


@value
class Choice:
    """One option of a select."""

    key: str
    words: str
    is_chosen: bool


@value
class ColumnAsked:
    """One canonical column: which column of the file it is, and how it is read."""

    field: str
    label: str
    is_required: bool
    columns: tuple[Choice, ...]
    formats: tuple[Choice, ...] = ()
    scales: tuple[Choice, ...] = ()
    is_reversed: bool = False
    yes: str | None = None


@value
class FileAsked:
    """One export: which table it is, its columns, how its numbers stand, and what names people."""

    place: int
    path: str
    tables: tuple[Choice, ...]
    columns: tuple[ColumnAsked, ...]
    numbers: tuple[Choice, ...]
    segments: tuple[Choice, ...]
    ratings: tuple[Choice, ...]
    personal: tuple[Choice, ...]
    is_known: bool
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@value
class Beginning:
    """The header of an export and its first rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@value
class MappingAsked:
    """The whole form."""

    currency: str
    files: tuple[FileAsked, ...]
    landmark: Mapping[str, str]


def read_text(text: str) -> dict[str, Any] | None:
    """The content of a mapping; None where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


_SHAPES: dict[str, Any] = {
    "path": str,
    "table": str,
    "decimal": str,
    "thousands": str,
    "format": str,
    "kind": str,
    "columns": dict,
    "segments": dict,
    "ratings": dict,
}


def fits_the_form(content: Mapping[str, Any]) -> bool:
    """Whether the form can show it; what it cannot show stands as text, and the check says what is wrong."""
    files = content.get("files", [])
    if not isinstance(files, list) or not all(isinstance(one, dict) and _fits(one) for one in files):
        return False
    rules = [rule for one in files for rule in as_table(one.get("columns")).values()]
    return all(isinstance(rule, str) or (isinstance(rule, dict) and _fits(rule)) for rule in rules)


def _fits(entry: Mapping[str, Any]) -> bool:
    if any(not isinstance(entry[key], kind) for key, kind in _SHAPES.items() if key in entry):
        return False
    texts = [entry.get("personal", []), entry.get("yes", [])]
    ends = entry.get("scale", [])
    are_texts = all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in texts)
    return are_texts and isinstance(ends, list) and all(isinstance(end, int | float) for end in ends)


def form_of(content: Mapping[str, Any], exports: Mapping[str, Beginning], currency: str) -> MappingAsked:
    """The form as the mapping stands; an export that feeds several tables is asked about its first."""
    entries = first_entries(content)
    files = tuple(
        _file_asked(place, path, entries.get(path, {}), begins)
        for place, (path, begins) in enumerate(exports.items())
    )
    landmark = content.get("landmark")
    held = landmark if isinstance(landmark, Mapping) else {}
    names = ("date", "outcome_months", "pre_months")
    return MappingAsked(
        currency=str(content.get("currency", currency)),
        files=files,
        landmark={name: str(held.get(name, "")) for name in names},
    )


def entries(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files of a mapping, as they are written."""
    found = content.get("files", [])
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def first_entries(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Each export with the first table that it feeds."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in entries(content):
        found.setdefault(str(one.get("path")), one)
    return found


def _file_asked(place: int, path: str, entry: Mapping[str, Any], begins: Beginning) -> FileAsked:
    header = begins.header
    known = str(entry.get("table", ""))
    table = Table(known) if known in list(Table) else None
    rules = as_table(entry.get("columns"))
    sign = f"{entry.get('decimal', '.')}{entry.get('thousands', ' ')}"
    numbers = NUMBERS if sign in dict(NUMBERS) else (*NUMBERS, (sign, f"as written: {sign}"))
    tables = (("", "Not used"), *((one.value, words) for one, words in TABLES.items()))
    return FileAsked(
        place=place,
        path=path,
        tables=_choices(tables, known),
        columns=()
        if table is None
        else tuple(_column_asked(place, one, rules.get(one.name), header) for one in CANONICAL[table]),
        numbers=_choices(numbers, sign),
        segments=_many(header, _columns_of(entry.get("segments"))),
        ratings=_many(header, _columns_of(rules.get("ratings"))) if table is Table.FEEDBACK else (),
        personal=_many(header, set(entry.get("personal", ()))),
        is_known=table is not None,
        header=header,
        rows=begins.rows,
    )


def _column_asked(place: int, one: Canonical, rule: Any, header: tuple[str, ...]) -> ColumnAsked:
    of = as_table(rule)
    column = rule if isinstance(rule, str) else of.get("column")
    options = [("", "none"), *((name, name) for name in header)]
    if rule is not None and column not in header:
        options.append((KEEP, f"as written: {mapping_text({'is': rule}).removeprefix('is = ').strip()}"))
        column = KEEP
    formats = FORMATS if of.get("format", "") in dict(FORMATS) else (*FORMATS, (of["format"], of["format"]))
    scale = of.get("scale") if isinstance(of.get("scale"), list) else []
    said = " ".join([*(f"{end:g}" for end in scale or ()), str(of.get("kind", ""))]).strip()
    scales = SCALES if not said or said in dict(SCALES) else (*SCALES, (said, f"as written: {said}"))
    return ColumnAsked(
        field=f"f{place}.{one.name}",
        label=_NAMES[one.name],
        is_required=one.is_required,
        columns=_choices(options, str(column or "")),
        formats=_choices(formats, str(of.get("format", ""))) if one.sort is Sort.DATE else (),
        scales=_choices(scales, said or SCALES[0][0]) if one.sort is Sort.SCORE else (),
        is_reversed=bool(of.get("reversed", False)),
        yes=", ".join(of.get("yes", ("Yes",))) if one.sort is Sort.FLAG else None,
    )


def _columns_of(rules: Any) -> set[str]:
    return {column for rule in as_table(rules).values() if (column := column_of(rule)) is not None}


def column_of(rule: Any) -> str | None:
    """The one column that a rule names, if it names one."""
    if isinstance(rule, str):
        return rule
    found = as_table(rule).get("column")
    return found if isinstance(found, str) else None


def as_table(held: Any) -> Mapping[str, Any]:
    """What holds keys; nothing where it holds none."""
    return held if isinstance(held, Mapping) else {}


def _choices(options: Sequence[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, words=words, is_chosen=key == chosen) for key, words in options)


def _many(header: Sequence[str], chosen: set[str]) -> tuple[Choice, ...]:
    return tuple(Choice(key=name, words=name, is_chosen=name in chosen) for name in header)
