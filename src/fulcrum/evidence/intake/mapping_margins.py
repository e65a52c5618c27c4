"""The part of `mapping.toml` on the customer base: fields to weight by, and shares where files lack them."""

from collections.abc import Iterator

from fulcrum.core.errors import Problem
from fulcrum.evidence.intake.mapping import Mapping, MarginSpec
from fulcrum.evidence.intake.strict_toml import Reader

WHOLE = 0.001  # how far declared shares may be from one in sum


def read_margins(margins: tuple[Reader, ...]) -> tuple[MarginSpec, ...]:
    """The margins that the mapping declares."""
    return tuple(_margin(reader) for reader in margins)


def problems_of_margins(mapping: Mapping) -> Iterator[Problem]:
    """Margins of fields that no file gives, or of one field twice."""
    seen: set[str] = set()
    for margin in mapping.margins:
        if margin.field not in mapping.fields:
            yield _problem(margin.field, "is no segment field.", "Declare it under [files.segments].")
        if margin.field in seen:
            yield _problem(margin.field, "is listed twice.", "List it once.")
        seen.add(margin.field)


def _margin(reader: Reader) -> MarginSpec:
    field = reader.text("field", required=True) or ""
    table = reader.table("shares")
    shares: tuple[tuple[str, float], ...] = ()
    if table is not None:
        shares = tuple((name, table.number(name, required=True) or 0.0) for name in table)
        if any(share < 0 for _, share in shares) or abs(sum(share for _, share in shares) - 1) > WHOLE:
            reader.wrong("shares", "do not add up to 1.", "Give every value its share of the customers.")
    reader.finish()
    return MarginSpec(field=field, shares=shares)


def _problem(field: str, what: str, remedy: str) -> Problem:
    return Problem(
        file="mapping.toml",
        column="margins",
        what=f"The margin `{field}` {what}",
        remedy=remedy,
        code="mapping",
    )
