"""Words and drawings for templates; every figure is worded by `core.wording`, nowhere else."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from fulcrum.core.wording import day, day_and_month
from fulcrum.web.drawings.keys import ladder_key, sightings_key

register = template.Library()
register.filter("day", day)
register.filter("day_and_month", day_and_month)


@register.simple_tag
def drawing_key(which: str) -> SafeString:
    """The key of a drawing: each mark and what it means."""
    items = {"ladder": ladder_key, "sightings": sightings_key}[which]()
    spans = format_html_join("", "<span>{}{}</span>", ((mark_safe(one.mark), one.said) for one in items))  # noqa: S308
    return format_html('<div class="key">{}</div>', spans)
