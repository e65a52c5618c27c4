"""Amounts to the last digit on every database; SQLite would keep them as binary fractions."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Text = models.Field[Any, Any]
else:
    _Text = models.TextField


class ExactDecimal(_Text):
    """A `Decimal` kept as its digits. Sums are formed by us, never by the database."""

    def get_prep_value(self, value: Any) -> Any:
        """What is stored."""
        return None if value is None else str(value)

    def from_db_value(self, value: str | None, *_: object) -> Decimal | None:
        """What is read."""
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Any:
        """What a form or a fixture gives."""
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))
