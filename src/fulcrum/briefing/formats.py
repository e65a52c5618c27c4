"""The formats of a brief by name; a renderer is imported when it is used, so that one missing stops none."""

from collections.abc import Callable
from importlib import import_module

from fulcrum.core.brief import Brief
from fulcrum.core.value import value


@value
class Format:
    """One way to give a brief out: file extension, media type, and what makes its bytes."""

    name: str
    extension: str
    media_type: str

    def render(self, brief: Brief) -> bytes:
        """`brief` as one file of this format; the same bytes from the same brief."""
        made: Callable[[Brief], bytes] = getattr(
            import_module(f"fulcrum.briefing.to_{self.name}"), f"to_{self.name}"
        )
        return made(brief)


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: dict[str, Format] = {
    name: Format(name=name, extension=name, media_type=media_type)
    for name, media_type in (
        ("html", "text/html; charset=utf-8"),
        ("pdf", "application/pdf"),
        ("pptx", f"{_OFFICE}.presentationml.presentation"),
        ("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    )
}
