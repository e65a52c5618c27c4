"""The approved vision as the workspace keeps it: plain data in one column."""

from typing import Any

from fulcrum.core.company import JourneyShift, Vision


def vision_of(kept: dict[str, Any] | None) -> Vision | None:
    """The vision that the column holds, if one was approved."""
    if kept is None:
        return None
    return Vision(
        statement=kept["statement"],
        journeys=tuple(JourneyShift(**one) for one in kept["journeys"]),
        meaning=tuple((who, what) for who, what in kept["meaning"]),
        not_doing=tuple(kept["not_doing"]),
    )


def kept_vision(vision: Vision | None) -> dict[str, Any] | None:
    """The same as plain data."""
    if vision is None:
        return None
    return {
        "statement": vision.statement,
        "journeys": [{"journey": one.journey, "from_": one.from_, "to": one.to} for one in vision.journeys],
        "meaning": [list(pair) for pair in vision.meaning],
        "not_doing": list(vision.not_doing),
    }
