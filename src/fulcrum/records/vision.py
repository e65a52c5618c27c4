"""The vision as the workspace keeps it: plain data in one column."""

from datetime import date
from typing import Any

from fulcrum.core.company import JourneyShift, Vision


def vision_of(kept: dict[str, Any] | None) -> Vision | None:
    """The vision that the column holds, if one was written."""
    if kept is None:
        return None
    return Vision(
        statement=kept["statement"],
        journeys=tuple(JourneyShift(**one | {"by": _day(one.get("by"))}) for one in kept["journeys"]),
        meaning=tuple((who, what) for who, what in kept["meaning"]),
        not_doing=tuple(kept["not_doing"]),
        approved_by=kept.get("approved_by", ""),
        approved_on=_day(kept.get("approved_on")),
    )


def kept_vision(vision: Vision | None) -> dict[str, Any] | None:
    """The same as plain data."""
    if vision is None:
        return None
    return {
        "statement": vision.statement,
        "journeys": [
            {
                "journey": one.journey,
                "from_": one.from_,
                "to": one.to,
                "measure": one.measure,
                "by": _said(one.by),
            }
            for one in vision.journeys
        ],
        "meaning": [list(pair) for pair in vision.meaning],
        "not_doing": list(vision.not_doing),
        "approved_by": vision.approved_by,
        "approved_on": _said(vision.approved_on),
    }


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _said(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
