"""What a whole column settles of its own format, and the question where it does not."""

import re
from collections.abc import Iterable

from fulcrum.core.value import value
from fulcrum.reading.days import day
from fulcrum.reading.typed import Unread

_SLASHED = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})\2(\d{2}|\d{4})\b", re.ASCII)
_NUMBERLIKE = re.compile(r"[+\-−(]?[\d.,'’\s]*\d[\d.,'’\s]*\)?", re.ASCII)
_MARKS = ",."


@value
class NumberFormat:
    """The decimal mark of a column and its grouping mark, if it groups."""

    decimal: str
    thousands: str | None = None


def date_format(texts: Iterable[str]) -> str | Unread | None:
    """The format that every dated text of the column fits; None for ISO; a question if two fit."""
    filled = [text for text in texts if text.strip()]
    odd = [text for text in filled if isinstance(day(text), Unread)]
    if not odd:
        return None
    parts = [match for text in odd if (match := _SLASHED.match(text))]
    if len(parts) < len(filled):
        return Unread(reason=f"The column mixes ways to write a date (“{odd[0][:40]}”).", is_question=True)
    if len({(match[2], len(match[4])) for match in parts}) > 1:
        return Unread(reason="The column writes dates in more than one form.", is_question=True)
    day_first = any(int(match[1]) > 12 for match in parts)
    month_first = any(int(match[3]) > 12 for match in parts)
    mark, year = parts[0][2], "%Y" if len(parts[0][4]) == 4 else "%y"
    if day_first and month_first:
        return Unread(reason="The column mixes day/month and month/day.")
    if day_first == month_first or year == "%y":
        both = f"“%d{mark}%m{mark}{year}” or “%m{mark}%d{mark}{year}”"
        reason = f"“{odd[0][:40]}” may be day or month first: declare `format` as {both}."
        return Unread(reason=reason, is_question=True)
    return f"%d{mark}%m{mark}{year}" if day_first else f"%m{mark}%d{mark}{year}"


def number_format(texts: Iterable[str]) -> NumberFormat | Unread:
    """The marks that the column's numbers settle; a question where 1,234 could be either."""
    numbers = [text.strip() for text in texts if _NUMBERLIKE.fullmatch(text.strip())]
    said = {found for text in numbers if (found := _settled(text)) is not None}
    decimals = {found.decimal for found in said}
    if len(decimals) > 1:
        return Unread(reason="The column uses both “,” and “.” as the decimal mark.", is_question=True)
    if not decimals:
        doubtful = next((text for text in numbers if any(mark in text for mark in _MARKS)), None)
        if doubtful is None:
            return NumberFormat(decimal=".")
        reason = f"“{doubtful}” may be a thousand or a decimal: declare `decimal` and `thousands`."
        return Unread(reason=reason, is_question=True)
    (decimal,) = decimals
    other = "," if decimal == "." else "."
    return NumberFormat(decimal=decimal, thousands=other if any(other in text for text in numbers) else None)


def mixed_shares(texts: Iterable[str]) -> Unread | None:
    """A question if some cells of the column carry a percent sign and some do not."""
    filled = [text.strip() for text in texts if text.strip()]
    signed = sum(text.endswith("%") for text in filled)
    if signed in (0, len(filled)):
        return None
    reason = f"{signed} of {len(filled)} cells carry a percent sign: is 0.45 the same as 45 %?"
    return Unread(reason=reason, is_question=True)


def _settled(text: str) -> NumberFormat | None:
    """The decimal mark that this one number leaves no doubt of, if it does."""
    used = [character for character in text if character in _MARKS]
    if not used:
        return None
    last = used[-1]
    other = "," if last == "." else "."
    digits_behind = len(re.sub(r"\D", "", text.rpartition(last)[2]))
    if len(set(used)) == 2:
        return NumberFormat(decimal=last)
    if len(used) > 1:
        return NumberFormat(decimal=other)
    digits_before = re.sub(r"\D", "", text.partition(last)[0])
    if digits_behind != 3 or len(digits_before) > 3 or digits_before in ("", "0"):
        return NumberFormat(decimal=last)
    return None
