"""The business case: assumptions to move by hand, every figure following; saved only when said so."""

from typing import Any

from fulcrum.core.findings import Evidence
from fulcrum.records.models import Run
from fulcrum.web.pages import Asked

urlpatterns: list[Any] = []


def case_shown(
    request: Asked, run: Run, evidence: Evidence, key: str, moves: dict[str, float]
) -> dict[str, Any]:
    """What the page of a case shows."""
    return {}
