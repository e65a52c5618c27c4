"""The mapping that the answers to the form make.

Whatever the form does not speak of (weights, lookups, comparisons, control totals) stays as it is written.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fulcrum.evidence.intake.mapping import CANONICAL, Canonical, Sort, Table
from fulcrum.evidence.intake.mapping_write import mapping_text
from fulcrum.records.taking import UNFIT, Invalid, is_unfit
from fulcrum.web.layout.mapping import (
    KEEP,
    SCALES,
    Beginning,
    as_table,
    column_of,
    entries,
    first_entries,
    read_text,
)

_ENGINES = ("postgres", "spark")
_NUMBER = r"-?\d{1,9}(?:\.\d{1,9})?(?:e\+\d\d)?"


def merged(
    content: Mapping[str, Any], exports: Mapping[str, Beginning], given: Mapping[str, list[str]]
) -> dict[str, Any]:
    """The mapping that the answers make of `content`; raises `Invalid` for what cannot be read."""
    made = dict(content)
    made["currency"] = _one(given, "currency").strip().upper()
    known, places = first_entries(content), {path: place for place, path in enumerate(exports)}
    kept = []
    for one in entries(content):
        path = str(one.get("path"))
        if path not in places or one is not known[path]:
            kept.append(dict(one))
        elif (table := _one(given, f"f{places[path]}.table")) in list(Table):
            kept.append(_file_made(places[path], path, Table(table), one, given))
    for path, place in places.items():
        if path not in known and (table := _one(given, f"f{place}.table")) in list(Table):
            kept.append(_file_made(place, path, Table(table), {}, given))
    made["files"] = kept
    landmark = _landmark_made(content, given)
    made.pop("landmark", None)
    if landmark:
        made["landmark"] = landmark
    return made


def connected(text: str, entered: Mapping[str, Any]) -> str:
    """The mapping with one more table of a warehouse; its columns are said afterwards."""
    if unfit := {key: UNFIT for key, said in entered.items() if is_unfit(str(said))}:
        raise Invalid(unfit)
    content = read_text(text)
    if content is None:
        raise Invalid({"name": "The draft is no valid TOML. Mend it first."})
    name = re.sub(r"\W+", "_", str(entered["name"])).strip("_")
    if not name or not str(entered["relation"]).strip():
        raise Invalid({"relation": "A name and a table are needed."})
    if entered["engine"] not in _ENGINES or entered["table"] not in list(Table):
        raise Invalid({"table": "Choose where the table lies and what it holds from the lists."})
    connection: dict[str, Any] = {"engine": entered["engine"]}
    if entered["engine"] == "postgres":
        connection["dsn_from_env"] = str(entered["variable"]).strip()
    content["connections"] = {**as_table(content.get("connections")), name: connection}
    table = Table(entered["table"])
    columns = {one.name: one.name for one in CANONICAL[table] if one.is_required}
    entry = {"connection": name, "relation": str(entered["relation"]).strip(), "table": table.value}
    rules: dict[str, Any] = {
        key: {"column": key, "scale": [0, 10], "kind": "nps"} if key == "score" else key for key in columns
    }
    content["files"] = [*entries(content), {**entry, "columns": rules}]
    return mapping_text(content)


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
    rules = as_table(entry.get("columns"))
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
    made = {**as_table(before), "column": column}
    if one.sort is Sort.DATE:
        made.pop("format", None)
        if form := _one(given, f"{field}.format"):
            made["format"] = form
    if one.sort is Sort.SCORE:
        made |= _scale_made(_one(given, f"{field}.scale") or SCALES[0][0])
        made.pop("reversed", None)
        if _one(given, f"{field}.reversed"):
            made["reversed"] = True
    if one.sort is Sort.FLAG:
        made["yes"] = [text.strip() for text in _one(given, f"{field}.yes").split(",") if text.strip()]
    return column if set(made) == {"column"} else made


def _named(before: Any, chosen: Sequence[str]) -> dict[str, Any]:
    """Rules under names: those that are kept as written, then one for each newly chosen column."""
    held = as_table(before)
    kept = {name: rule for name, rule in held.items() if column_of(rule) in (None, *chosen)}
    known = {column_of(rule) for rule in kept.values()}
    for column in chosen:
        if column not in known:
            name = re.sub(r"\W+", "_", column.strip()).strip("_").lower() or "field"
            kept[name] = column
    return kept


def _landmark_made(content: Mapping[str, Any], given: Mapping[str, list[str]]) -> dict[str, Any]:
    day = _one(given, "landmark.date").strip()
    if not day:
        return {}
    made = dict(as_table(content.get("landmark")))
    try:
        made["date"] = date.fromisoformat(day).isoformat()
        for name in ("outcome_months", "pre_months"):
            made[name] = int(_one(given, f"landmark.{name}") or 0)
    except ValueError:
        raise Invalid({"landmark": "The landmark needs a day as in 2025-10-01 and whole months."}) from None
    return made


def _one(given: Mapping[str, list[str]], name: str) -> str:
    return (given.get(name) or [""])[-1]


def _scale_made(said: str) -> dict[str, Any]:
    found = re.fullmatch(rf"({_NUMBER}) ({_NUMBER})(?: (\w+))?", said, re.ASCII)
    if found is None:
        raise Invalid({"scale": "The scale needs its lowest and its highest number. Choose one of the list."})
    made: dict[str, Any] = {"scale": [_plain(found[1]), _plain(found[2])]}
    return made | {"kind": found[3]} if found[3] else made


def _plain(number: str) -> int | float:
    return float(number) if "." in number or "e" in number else int(number)
