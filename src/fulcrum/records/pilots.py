"""A pilot's design as it is entered: flat fields to a design, by the rules of its file, and back."""

import json
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from fulcrum.core.errors import errors_in
from fulcrum.core.pilots import PilotDesign
from fulcrum.evidence.pilots.file import design_of
from fulcrum.records.taking import UNFIT, Invalid, is_unfit

TEXTS = (
    "name",
    "question",
    "hypothesis",
    "comparison",
    "outcome",
    "kind",
    "better",
    "measures",
    "treated",
    "others",
    "unit",
    "looks",
)
DAYS = ("starts", "stops")
NUMBERS = (
    "minimum_effect",
    "window_months",
    "treated_share",
    "customers",
    "units",
    "cost",
    "cost_per_customer",
    "customers_a_week",
    "rung",
)
TABLES: dict[str, tuple[str, ...]] = {
    "situation": ("can_assign", "spills", "everybody_gets_it", "has_similar_group"),
    "leads_to": ("scale", "extend", "stop"),
    "baseline": (
        "outcome",
        "field",
        "holds",
        "among",
        "units",
        "mean",
        "deviation",
        "correlation",
        "alike",
        "unit_size",
        "unit_variation",
    ),
    "results": (
        "file",
        "customer",
        "arm",
        "outcome",
        "yes",
        "no",
        "before",
        "earlier",
        "unit",
        "entered",
        "measured",
        "date_format",
        "decimal",
        "delimiter",
    ),
}
_FLAGS = ("spills", "everybody_gets_it", "has_similar_group")
_LISTS = ("among", "yes", "no")
_TABLE_NUMBERS = ("mean", "deviation", "correlation", "alike", "unit_size", "unit_variation")


def entered_design(entered: Mapping[str, str], key: str) -> PilotDesign:
    """The design that was entered, by the rules of its file; raises `Invalid` with every mistake at once."""
    wrong: dict[str, str] = {name: UNFIT for name, text in entered.items() if is_unfit(str(text))}
    lines = [line for name in TEXTS if (line := _text(name, entered.get(name, "")))]
    lines += [f"{name} = {_quoted(text)}" for name in DAYS if (text := entered.get(name, "").strip())]
    for name in NUMBERS:
        _number(name, entered.get(name, ""), name, lines, wrong)
    if ladder := [one.strip() for one in entered.get("ladder", "").splitlines() if one.strip()]:
        lines.append(f"ladder = {json.dumps(ladder, ensure_ascii=False)}")
    for table, names in TABLES.items():
        inner: list[str] = []
        for name in names:
            _of_table(name, str(entered.get(f"{table}_{name}", "")), f"{table}_{name}", inner, wrong)
        lines += [f"[{table}]", *inner] if inner else []
    if wrong:
        raise Invalid(wrong)
    design, problems = design_of("\n".join(lines), key, file="the design")
    if design is None:
        raise Invalid(
            {_field(one.path or one.column or ""): f"{one.what} {one.remedy}" for one in errors_in(problems)}
        )
    return design


def entry_of(design: PilotDesign) -> dict[str, str]:
    """The design as it stands in the fields of a form."""
    found = {
        name: _shown(getattr(design, name)) for name in (*TEXTS, *DAYS, *NUMBERS) if name != "comparison"
    }
    found["comparison"] = design.assignment.value
    found["ladder"] = "\n".join(design.ladder)
    for table, names in TABLES.items():
        held = getattr(design, table)
        found |= {f"{table}_{name}": _shown(getattr(held, name)) for name in names}
    return found


def key_of(name: str, taken: frozenset[str]) -> str:
    """A file name for a pilot of this name that none of the others has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50] or "pilot"
    numbered = (stem, *(f"{stem}_{i}" for i in range(2, len(taken) + 3)))
    return next(one for one in numbered if one not in taken)


def _of_table(name: str, text: str, field: str, lines: list[str], wrong: dict[str, str]) -> None:
    if name in _FLAGS:
        lines += [f"{name} = true"] if text.strip() in ("yes", "true") else []
    elif name in _LISTS:
        words = [one.strip() for one in text.split(",") if one.strip()]
        lines += [f"{name} = {json.dumps(words, ensure_ascii=False)}"] if words else []
    elif name in _TABLE_NUMBERS:
        _number(name, text, field, lines, wrong)
    elif line := _text(name, text):
        lines.append(line)


def _text(name: str, text: str) -> str:
    return f"{name} = {_quoted(text.strip())}" if text.strip() else ""


def _number(name: str, text: str, field: str, lines: list[str], wrong: dict[str, str]) -> None:
    said = text.strip().replace("−", "-")
    if not said:
        return
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > Decimal(10) ** 15:
        wrong[field] = f"“{text[:20]}” is no number. Write it plainly, as in 1200 or 0.08."
        return
    is_whole = number == number.to_integral_value()
    lines.append(f"{name} = {int(number) if is_whole else float(number)!r}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _field(path: str) -> str:
    return path.replace(".", "_")


def _shown(held: Any) -> str:
    if held is True:
        return "yes"
    if held is None or held is False:
        return ""
    if isinstance(held, tuple):
        return ", ".join(held)
    if isinstance(held, float):
        return f"{held:g}" if held == float(f"{held:g}") else repr(held)
    return format(held, "f") if isinstance(held, Decimal) else str(held)
