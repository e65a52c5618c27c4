"""Initiatives: what the team wants to do, stated for the case; finance may state assumptions too."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.models import Initiative

MOVABLE = ("reach", "moved_share", "causal_share", "one_off", "running", "horizon_years")


def state_assumptions(
    actor: Actor, initiative: Initiative, *, seen_version: int, stated: Mapping[str, float]
) -> None:
    """State assumptions of one initiative anew; all else of it stays."""
    columns: dict[str, Any] = {name: _kept(name, number) for name, number in stated.items()}
    said = f"Stated for {initiative.name}: {', '.join(sorted(columns))}."
    with deed(actor, Act.ASSUME, "initiative.assume", said):
        change(initiative, seen_version, **columns)


def _kept(name: str, number: float) -> Any:
    if name == "reach":
        return round(number)
    return Decimal(repr(number)) if name in ("one_off", "running") else number
