"""A design as the text of its file: it reads back as the same design."""

from decimal import Decimal
from typing import Any

from fulcrum.core.pilots import PilotDesign
from fulcrum.evidence.intake.mapping_write import mapping_text

_NAMED = {"assignment": "comparison"}


def design_text(design: PilotDesign) -> str:
    """The text of `pilots/NAME.toml`; what is at its default is left out."""
    content: dict[str, Any] = {}
    for name in design.__dataclass_fields__:
        held = getattr(design, name)
        if name != "key" and not _is_empty(held):
            content[_NAMED.get(name, name)] = _plain(held)
    return mapping_text({name: held for name, held in content.items() if held != {}})


def _plain(held: Any) -> Any:
    if hasattr(held, "__dataclass_fields__"):
        inner = {name: getattr(held, name) for name in held.__dataclass_fields__}
        return {name: _plain(one) for name, one in inner.items() if not _is_empty(one)}
    if isinstance(held, tuple):
        return list(held)
    if isinstance(held, Decimal):
        return int(held) if held == held.to_integral_value() else float(held)
    if isinstance(held, float) and held.is_integer():
        return int(held)
    return str(held) if isinstance(held, str) else held


def _is_empty(held: Any) -> bool:
    return held is None or held is False or held in ("", ())
