"""What the settings ask: the facts of a workspace, its members, a name typed to be sure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from fulcrum.records.models import Executive, Role
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Choices, Field

ROLES: Choices = (
    (Role.OWNER.value, "Owner: everything, members and data too"),
    (Role.EDITOR.value, "Editor: writes what the team keeps"),
    (Role.FINANCE.value, "Finance reviewer: reads, and states assumptions of the case"),
    (Role.VIEWER.value, "Viewer: reads"),
)
ROLE = Field(name="role", label="Role", kind="choice", choices=ROLES)
NEW_MEMBER = (
    Field(name="email", label="E-mail address", kind="email", is_required=True),
    Field(name="name", label="Name", hint="As colleagues know them."),
    ROLE,
)
FACTS = (
    Field(name="name", label="Name of the company", is_required=True),
    Field(name="industry", label="Industry", hint="Arguments and examples are chosen by it."),
    Field(name="currency", label="Currency", is_required=True, hint="Three letters: EUR, USD, GBP."),
    Field(name="hours_per_week", label="Hours a week that the team has", kind="number"),
    Field(name="budget", label="Budget", kind="number", hint="In the currency above; empty means unknown."),
    Field(name="contact", label="Whom to ask about a figure", hint="Stands at the foot of every brief."),
    Field(name="as_of", label="Look from this day", kind="date", hint="Empty means today."),
)


def member_fields(executives: Iterable[Executive]) -> tuple[Field, ...]:
    """What is asked of one member."""
    people = tuple((str(one.pk), f"{one.name}, {one.role}") for one in executives)
    hint = "Their own file closes to them, whatever their role."
    return (
        ROLE,
        Field(
            name="executive",
            label="They are this executive",
            kind="choice",
            choices=(("", "None of them"), *people),
            hint=hint,
        ),
    )


def facts_of(entered: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered as values; raises `Invalid` with every mistake."""
    wrong: dict[str, str] = {}
    found: dict[str, Any] = {name: entered[name].strip() for name in ("name", "industry", "contact")}
    found["currency"] = entered["currency"].strip().upper()
    for name in ("hours_per_week", "budget"):
        found[name] = _number(name, entered[name].strip(), wrong)
    found["as_of"] = _day(entered["as_of"].strip(), wrong)
    if wrong:
        raise Invalid(wrong)
    if found["hours_per_week"] is not None:
        found["hours_per_week"] = float(found["hours_per_week"])
    return found


def sure(name: str, of: str) -> Field:
    """A name that must be typed as it stands."""
    return Field(name=name, label=f"Type “{of}” to be sure", is_required=True)


def _number(name: str, said: str, wrong: dict[str, str]) -> Decimal | None:
    if not said:
        return None
    try:
        found = Decimal(said.replace(" ", "").replace(",", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        wrong[name] = "This is no number that can be used. Write it like 12500 or 12500.50."
        return None
    return found


def _day(said: str, wrong: dict[str, str]) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        wrong["as_of"] = "This is no day. Write it like 2026-11-22."
        return None
