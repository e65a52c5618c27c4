"""Words and drawings for templates; every figure is worded by `core.wording`, nowhere else."""

from datetime import date

from django import template

from fulcrum.core.wording import day, day_and_month

register = template.Library()
register.filter("day", day)
register.filter("day_and_month", day_and_month)


@register.filter
def ago(then: date, today: date) -> str:
    """How long ago a day was, in words."""
    days = (today - then).days
    if days <= 1:
        return "today" if days <= 0 else "yesterday"
    return f"{days} days ago" if days < 28 else f"{days // 7} weeks ago"
