"""The usual choices of a mapping as a form, and the mapping that its answers make.

Whatever the form does not speak of (weights, lookups, comparisons, control totals) stays as it is written.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fulcrum.core.value import value
from fulcrum.evidence.intake.mapping import CANONICAL, Canonical, Sort, Table
from fulcrum.evidence.intake.mapping_write import mapping_text
from fulcrum.records.taking import Invalid
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


def form_of(content: Mapping[str, Any], exports: Mapping[str, Beginning], currency: str) -> MappingAsked:
    """The form as the mapping stands; an export that feeds several tables is asked about its first."""
    entries = _first_entries(content)
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


def merged(
    content: Mapping[str, Any], exports: Mapping[str, Beginning], given: Mapping[str, list[str]]
) -> dict[str, Any]:
    """The mapping that the answers make of `content`; raises `Invalid` for what cannot be read."""
    made = dict(content)
    made["currency"] = _one(given, "currency").strip().upper()
    entries, places = _first_entries(content), {path: place for place, path in enumerate(exports)}
    kept = []
    for one in _entries(content):
        path = str(one.get("path"))
        if path not in places or one is not entries[path]:
            kept.append(dict(one))
        elif (table := _one(given, f"f{places[path]}.table")) in list(Table):
            kept.append(_file_made(places[path], path, Table(table), one, given))
    for path, place in places.items():
        if path not in entries and (table := _one(given, f"f{place}.table")) in list(Table):
            kept.append(_file_made(place, path, Table(table), {}, given))
    made["files"] = kept
    landmark = _landmark_made(content, given)
    made.pop("landmark", None)
    if landmark:
        made["landmark"] = landmark
    return made


def connected(text: str, entered: Mapping[str, Any]) -> str:
    """The mapping with one more table of a warehouse; its columns are said afterwards."""
    content = read_text(text)
    if content is None:
        raise Invalid({"name": "The draft is no valid TOML. Mend it first."})
    name = re.sub(r"\W+", "_", str(entered["name"])).strip("_")
    if not name or not str(entered["relation"]).strip():
        raise Invalid({"relation": "A name and a table are needed."})
    connection: dict[str, Any] = {"engine": entered["engine"]}
    if entered["engine"] == "postgres":
        connection["dsn_from_env"] = str(entered["variable"]).strip()
    content.setdefault("connections", {})[name] = connection
    table = Table(entered["table"])
    columns = {one.name: one.name for one in CANONICAL[table] if one.is_required}
    entry = {"connection": name, "relation": str(entered["relation"]).strip(), "table": table.value}
    rules: dict[str, Any] = {
        key: {"column": key, "scale": [0, 10], "kind": "nps"} if key == "score" else key for key in columns
    }
    content.setdefault("files", []).append({**entry, "columns": rules})
    return mapping_text(content)


def _entries(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = content.get("files", [])
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _first_entries(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for one in _entries(content):
        found.setdefault(str(one.get("path")), one)
    return found


def _file_asked(place: int, path: str, entry: Mapping[str, Any], begins: Beginning) -> FileAsked:
    header = begins.header
    known = str(entry.get("table", ""))
    table = Table(known) if known in list(Table) else None
    rules = _mapping(entry.get("columns"))
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
    of = _mapping(rule)
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


def _file_made(
    place: int, path: str, table: Table, entry: Mapping[str, Any], given: Mapping[str, list[str]]
) -> dict[str, Any]:
    made = {**entry, "path": path, "table": table.value}
    signs = _one(given, f"f{place}.numbers") or ". "
    for key, sign, usual in (("decimal", signs[:1], "."), ("thousands", signs[1:2], " ")):
        made.pop(key, None)
        if sign != usual:
            made[key] = sign
    made.pop("personal", None)
    if personal := given.get(f"f{place}.personal"):
        made["personal"] = personal
    rules = _mapping(entry.get("columns"))
    columns: dict[str, Any] = {}
    for one in CANONICAL[table]:
        rule = _rule_made(one, rules.get(one.name), f"f{place}.{one.name}", given)
        if rule is not None:
            columns[one.name] = rule
    if ratings := _named(rules.get("ratings"), given.get(f"f{place}.ratings", [])):
        columns["ratings"] = ratings
    made["columns"] = columns
    made.pop("segments", None)
    if segments := _named(entry.get("segments"), given.get(f"f{place}.segments", [])):
        made["segments"] = segments
    return made


def _rule_made(one: Canonical, before: Any, field: str, given: Mapping[str, list[str]]) -> Any:
    column = _one(given, field)
    if column == KEEP:
        return before
    if not column:
        return None
    made = {**_mapping(before), "column": column}
    if one.sort is Sort.DATE:
        made.pop("format", None)
        if form := _one(given, f"{field}.format"):
            made["format"] = form
    if one.sort is Sort.SCORE:
        low, high, kind = (_one(given, f"{field}.scale") or SCALES[0][0]).split()
        made |= {"scale": [_plain(low), _plain(high)], "kind": kind}
        made.pop("reversed", None)
        if _one(given, f"{field}.reversed"):
            made["reversed"] = True
    if one.sort is Sort.FLAG:
        made["yes"] = [text.strip() for text in _one(given, f"{field}.yes").split(",") if text.strip()]
    return column if set(made) == {"column"} else made


def _named(before: Any, chosen: Sequence[str]) -> dict[str, Any]:
    """Rules under names: those that are kept as written, then one for each newly chosen column."""
    held = _mapping(before)
    kept = {name: rule for name, rule in held.items() if _column_of(rule) in (None, *chosen)}
    known = {_column_of(rule) for rule in kept.values()}
    for column in chosen:
        if column not in known:
            name = re.sub(r"\W+", "_", column.strip()).strip("_").lower() or "field"
            kept[name] = column
    return kept


def _landmark_made(content: Mapping[str, Any], given: Mapping[str, list[str]]) -> dict[str, Any]:
    day = _one(given, "landmark.date").strip()
    if not day:
        return {}
    made = dict(_mapping(content.get("landmark")))
    try:
        made["date"] = date.fromisoformat(day).isoformat()
        for name in ("outcome_months", "pre_months"):
            made[name] = int(_one(given, f"landmark.{name}") or 0)
    except ValueError:
        raise Invalid({"landmark": "The landmark needs a day as in 2025-10-01 and whole months."}) from None
    return made


def _columns_of(rules: Any) -> set[str]:
    return {column for rule in _mapping(rules).values() if (column := _column_of(rule)) is not None}


def _column_of(rule: Any) -> str | None:
    if isinstance(rule, str):
        return rule
    found = _mapping(rule).get("column")
    return found if isinstance(found, str) else None


def _mapping(held: Any) -> Mapping[str, Any]:
    return held if isinstance(held, Mapping) else {}


def _choices(options: Sequence[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, words=words, is_chosen=key == chosen) for key, words in options)


def _many(header: Sequence[str], chosen: set[str]) -> tuple[Choice, ...]:
    return tuple(Choice(key=name, words=name, is_chosen=name in chosen) for name in header)


def _one(given: Mapping[str, list[str]], name: str) -> str:
    return (given.get(name) or [""])[-1]


def _plain(number: str) -> int | float:
    return int(number) if number.lstrip("-").isdigit() else float(number)
