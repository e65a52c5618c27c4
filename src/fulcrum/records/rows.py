"""How a core value becomes a row and a row becomes a value: by field name, with three exceptions.

A value's `id` is the row's `key`; an executive is named by their key; `listener` is whose file it is.
"""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from django.db import models as django

from fulcrum.core import company, people
from fulcrum.records import models

T = TypeVar("T")
_COLUMN = {"id": "key", "listener": "executive"}
_PEOPLE = frozenset({"executive", "listener", "listened_to"})

# The tables of a company in the order in which they can be written: field of `Company`, value, model.
OF_FILES: tuple[tuple[str, type[Any], type[Any]], ...] = (
    ("influence", people.Influence, models.Influence),
    ("observations", people.Observation, models.Observation),
    ("reactions", people.Reaction, models.Reaction),
    ("motivators", people.Motivator, models.Motivator),
    ("asks", company.Ask, models.Ask),
    ("moves", company.Move, models.Move),
)
OF_EXECUTIVES: tuple[tuple[str, type[Any], type[Any]], ...] = (("goals", people.Goal, models.Goal),)
OF_PROGRAMME: tuple[tuple[str, type[Any], type[Any]], ...] = (
    ("initiatives", company.Initiative, models.Initiative),
    ("stories", company.ApprovedStory, models.Story),
    ("wins", company.Win, models.Win),
    ("risks", company.Risk, models.Risk),
    ("spend", company.Spend, models.Spend),
    ("promises", company.Promise, models.Promise),
    ("decisions", company.Decision, models.Decision),
    ("mechanisms", company.MechanismRecord, models.Mechanism),
    ("context", company.OutsideMover, models.OutsideMover),
    ("pulse_rounds", company.PulseRound, models.PulseRound),
    ("pulses", company.PulseAnswer, models.PulseAnswer),
)


def value_of(row: django.Model, kind: type[T]) -> T:
    """The value that a row holds. Fetch related executives with the row."""
    found: dict[str, Any] = {}
    for name, enum in _shape(cast(Any, kind)):
        held = getattr(row, _COLUMN.get(name, name))
        found[name] = held.key if name in _PEOPLE else held if enum is None or held is None else enum(held)
    return kind(**found)


def columns_of(item: Any, executives: Mapping[str, "models.Executive"]) -> dict[str, Any]:
    """The columns of the row that holds `item`, its executives looked up by key."""
    found: dict[str, Any] = {}
    for field in fields(item):
        held = getattr(item, field.name)
        if field.name in _PEOPLE:
            held = executives[held]
        found[_COLUMN.get(field.name, field.name)] = held.value if isinstance(held, Enum) else held
    return found


@cache
def _shape(kind: Any) -> tuple[tuple[str, type[Enum] | None], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _enum_in(hints[field.name])) for field in fields(kind))


def _enum_in(hint: Any) -> type[Enum] | None:
    """The words that a field takes, whether it may be empty or not."""
    kinds = (hint, *get_args(hint))
    return next((one for one in kinds if isinstance(one, type) and issubclass(one, Enum)), None)
