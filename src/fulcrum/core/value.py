"""How every value in the house is made: frozen, slotted, by keyword, and strict about unknown keys."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """A frozen, keyword-only dataclass that refuses unknown keys when it is loaded from the playbook.

    The last point is a note to pydantic, left as a plain attribute so that the core need not import it.
    """
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return made
