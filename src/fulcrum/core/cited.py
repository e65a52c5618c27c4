"""Where what we say comes from."""

from typing import Literal

from fulcrum.core.value import value


@value
class Cited:
    """Where a claim comes from. `seen` says how: the original, a retelling of it, or our own reasoning."""

    title: str
    url: str = ""
    year: int | None = None
    seen: Literal["original", "retelling", "own reasoning"] = "original"
