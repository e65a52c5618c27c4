"""Values as plain data for JSON: the one shape that every command, page and file gives a figure."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from fulcrum.core.quantities import Estimate, Unit, Unknown

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def to_plain(thing: Any) -> Plain:
    """`thing` as JSON-ready data. An Estimate and an Unknown have a shape of their own (`docs/method.md`)."""
    match thing:
        case Estimate():
            return _estimate(thing)
        case Unknown():
            return {"unknown": thing.reason, "needs": thing.needs}
        case Unit() | Decimal() | date():
            return str(thing)
        case Enum():
            return to_plain(thing.value)
        case None | bool() | int() | float() | str():
            return thing
        case Mapping():
            return {str(key): to_plain(item) for key, item in thing.items()}
        case tuple() | list() | frozenset() | set():
            return [to_plain(item) for item in thing]
        case _ if is_dataclass(thing):
            return {field.name: to_plain(getattr(thing, field.name)) for field in fields(thing)}
        case _:
            raise TypeError(f"{type(thing).__name__} has no plain form")


def _estimate(estimate: Estimate) -> Plain:
    return {
        "value": estimate.value,
        "low": estimate.interval.low,
        "high": estimate.interval.high,
        "confidence": estimate.interval.confidence,
        "unit": str(estimate.unit),
        "n": estimate.n,
        "grade": estimate.grade.value,
        "method": estimate.method,
        "trace": estimate.trace,
    }
