"""Texts to values by a declared rule: the value, or why not.

    number("1.234,56", decimal=",", thousands=".")   Decimal("1234.56")
    day("03/04/2025")                                Unread: which of the two is the month?

Nothing is guessed. Where a text has two readings, the answer is a question that names them; `formats` looks
at a whole column and settles what the column itself settles.
"""

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from functools import cache

from fulcrum.core.value import value

_SPACES = "\u00a0\u2007\u2009\u202f"  # no-break, figure, thin and narrow no-break space
_MINUS = str.maketrans({"\u2212": "-", "\u2012": "-", "\u2013": "-", "\uff0d": "-", "\uff0b": "+"})
_DIGITS = 40
_MAGNITUDE = 300
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_EXACT = Context(prec=2 * (_DIGITS + _MAGNITUDE))
_CURRENCY = re.compile(r"[$€£¥₹₽]|\b(?:EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|kr|zł)\b", re.IGNORECASE)
_SUFFIX = re.compile(r"\d\s*(?:k|m|mn|mio|bn|mrd|tsd)\.?$", re.IGNORECASE)
_NOT_FINITE = frozenset({"nan", "inf", "infinity"})

YES = ("yes", "true")
NO = ("no", "false")


@value
class Unread:
    """Why a text has no value under its rule; `is_question` if somebody has to decide between readings."""

    reason: str
    is_question: bool = False


def number(text: str, *, decimal: str = ".", thousands: str | None = None) -> Decimal | Unread:
    """The exact number in a text; (500) and 500- are −500; a grouping that is not declared is a question."""
    if decimal == "." and len(text) <= _DIGITS and _PLAIN.fullmatch(text):
        return Decimal(text) or Decimal(0)  # -0 is a plain 0
    bare = text.strip().strip(_SPACES).translate(_MINUS)
    negative, bare = _sign(bare)
    grouped = _ungrouped(bare, decimal=decimal, thousands=thousands)
    if grouped is None or sum(map(str.isdigit, bare)) > _DIGITS:
        refused = _not_a_number(bare, text)
        return refused or _why_no_number(bare, text, decimal=decimal, thousands=thousands)
    found = Decimal(grouped.removesuffix(".0"))
    if found != 0 and abs(found.adjusted()) > _MAGNITUDE:
        return Unread(reason=f"“{_short(text)}” is too large or too small for a quantity.")
    return (found.copy_negate() if negative else found) or Decimal(0)


def whole(text: str, *, decimal: str = ".", thousands: str | None = None) -> int | Unread:
    """The whole number in a text; 5.0 is 5, and 5.5 is none."""
    found = number(text, decimal=decimal, thousands=thousands)
    if isinstance(found, Unread):
        return found
    if found != found.to_integral_value():
        return Unread(reason=f"“{_short(text)}” is not a whole number.")
    return int(found)


def share(text: str, *, decimal: str = ".", thousands: str | None = None) -> Decimal | Unread:
    """A part of one: 45 % and 0.45 are 0.45; 45 without a sign is a question."""
    bare = text.strip().strip(_SPACES)
    if bare.endswith("%"):
        return percent(text, decimal=decimal, thousands=thousands)
    found = number(text, decimal=decimal, thousands=thousands)
    if isinstance(found, Unread) or 0 <= found <= 1:
        return found
    if 1 < found <= 100:
        reason = f"“{_short(text)}” may be {_short(text)} % or {_short(text)} times the whole."
        return Unread(reason=reason, is_question=True)
    return Unread(reason=f"“{_short(text)}” is not a share between 0 and 1.")


def percent(text: str, *, decimal: str = ".", thousands: str | None = None) -> Decimal | Unread:
    """Percent as a part of one: 45 and 45 % are 0.45."""
    bare = text.strip().strip(_SPACES).removesuffix("%")
    found = number(bare, decimal=decimal, thousands=thousands)
    return found if isinstance(found, Unread) else _EXACT.scaleb(found, -2)


def yes_no(text: str, *, yes: Sequence[str] = YES, no: Sequence[str] = NO) -> bool | Unread:
    """Whether the text is one of the declared words for yes (True) or for no (False)."""
    word = text.strip().casefold()
    if word in {w.casefold() for w in yes}:
        return True
    if word in {w.casefold() for w in no}:
        return False
    return Unread(reason=f"“{_short(text)}” is neither {' or '.join(yes)} nor {' or '.join(no)}.")


def _sign(bare: str) -> tuple[bool, str]:
    if bare.startswith("(") and bare.endswith(")"):
        return True, bare[1:-1].strip()
    if bare.endswith("-"):
        return True, bare[:-1].strip()
    if bare.startswith(("-", "+")):
        return bare[0] == "-", bare[1:].strip()
    return False, bare


def _not_a_number(bare: str, text: str) -> Unread | None:
    """What is plainly no number, or a number with something that needs a rule of its own."""
    if not text.strip():
        return Unread(reason="The cell is empty.")
    if bare.casefold() in _NOT_FINITE:
        return Unread(reason=f"“{_short(text)}” is not a finite number.")
    if sum(map(str.isdigit, bare)) > _DIGITS:
        return Unread(reason=f"“{_short(text)}” has over {_DIGITS} digits: an id, not a quantity.")
    if not bare.isascii() and any(c.isdigit() and not c.isascii() for c in bare):
        return Unread(reason=f"“{_short(text)}” is written in other digits than 0 to 9.")
    if bare.endswith("%"):
        return Unread(reason=f"“{_short(text)}” is a percentage in a column of numbers.", is_question=True)
    if _CURRENCY.search(bare):
        reason = f"“{_short(text)}” carries a currency; say which one the column has and remove it."
        return Unread(reason=reason, is_question=True)
    if _SUFFIX.search(bare):
        reason = f"“{_short(text)}” is abbreviated; export the full number."
        return Unread(reason=reason, is_question=True)
    return None


def _ungrouped(bare: str, *, decimal: str, thousands: str | None) -> str | None:
    """The number as Decimal reads it, if its grouping is the declared one; spaces may group undeclared."""
    match = _shape(decimal, thousands).fullmatch(bare)
    if match is None or not (match["whole"] or match["part"]):
        return None
    whole_part = match["whole"].replace(match["mark"], "") if match["mark"] else match["whole"]
    return f"{whole_part or '0'}.{match['part'] or '0'}{match['power'] or ''}"


@cache
def _shape(decimal: str, thousands: str | None) -> re.Pattern[str]:
    marks = f"[ {_SPACES}]" if thousands in (None, " ") else re.escape(thousands)
    grouped = rf"\d{{1,3}}(?P<mark>{marks})\d{{3}}(?:(?P=mark)\d{{3}})*"
    part = rf"(?:{re.escape(decimal)}(?P<part>\d+))?"
    return re.compile(rf"(?P<whole>{grouped}|\d*){part}(?P<power>[eE][+-]?\d{{1,5}})?", re.ASCII)


def _why_no_number(bare: str, text: str, *, decimal: str, thousands: str | None) -> Unread:
    if thousands is None and re.fullmatch(r"\d{1,3}([.,'’])\d{3}(\1\d{3})*", bare, re.ASCII):
        mark = next(character for character in bare if not character.isdigit())
        either, other = bare.replace(mark, ""), bare.replace(mark, ".", 1)
        reason = f"“{_short(text)}” may be {either} or {other}: say `decimal` and `thousands`."
        return Unread(reason=reason, is_question=True)
    if re.fullmatch(r"[\d.,'’\s]+", bare):
        rule = f"decimal “{decimal}”" + (f", thousands “{thousands}”" if thousands else "")
        return Unread(reason=f"“{_short(text)}” does not fit the declared format ({rule}).")
    return Unread(reason=f"“{_short(text)}” is not a number.")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
