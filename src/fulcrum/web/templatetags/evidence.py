"""Blocks of a brief, drawings and grades inside a page, in the words and marks of the documents."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fulcrum.briefing import drawings
from fulcrum.briefing.html_blocks import block_to_html
from fulcrum.core import wording
from fulcrum.core.brief import Block
from fulcrum.core.quantities import Grade, Money
from fulcrum.core.shown import Drawing
from fulcrum.web.drawings.marks import on_both

register = template.Library()
register.filter("worded_period", wording.period)
register.filter("tidy_id", wording.tidy_id)
register.filter("said_fully", wording.say_fully)


@register.filter
def block(one: Block) -> SafeString:
    """A block of a brief as it stands in the document; its texts are escaped there."""
    return mark_safe(block_to_html(one))  # noqa: S308


@register.filter
def drawn(drawing: Drawing) -> SafeString:
    """A drawing, with its own form for phones where it has one; its texts are escaped there."""
    if not drawings.has_narrow(drawing):
        return mark_safe(drawings.draw(drawing))  # noqa: S308
    wide, narrow = drawings.draw(drawing), drawings.draw(drawing, is_narrow=True)
    return mark_safe(f'<div class="wide-only">{wide}</div><div class="phone-only">{narrow}</div>')  # noqa: S308


@register.filter
def svg(made: str) -> SafeString:
    """An SVG that `web.drawings` made, which escapes what it is told."""
    return mark_safe(made)  # noqa: S308


@register.filter
def svg_on_both(wide: str, narrow: str) -> SafeString:
    """A drawing for a wide screen and one for a phone, both made by `web.drawings`."""
    return mark_safe(on_both(wide, narrow))  # noqa: S308


@register.filter
def graded(grade: Grade) -> SafeString:
    """The letter of an evidence grade in its square."""
    square = '<span class="grade g{0}" title="{1}"><span class="vh">grade </span>{0}</span>'
    return format_html(square, grade.value, grade.meaning)


@register.filter
def counted(number: int) -> str:
    """A whole number with thousands."""
    return wording.count(number)


@register.filter
def in_money(amount: Decimal, currency: str) -> str:
    """An exact amount in a currency."""
    return wording.money(Money(amount=amount, currency=currency))
