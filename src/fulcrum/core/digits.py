"""How many digits a number is shown with, and the spreadsheet format that shows the same ones.

Rule. The last digit shown is the largest power of ten that is at most an eighth of the interval's width, so
that no digit is shown that the data cannot carry: 0.2 to 3.8 million gives tenths of a million. A complete
count is shown to its unit's natural step, and a large sum to three digits: the spreadsheet holds the cents.
Halves round away from zero, as in a spreadsheet.
"""

from decimal import ROUND_HALF_UP, Decimal

from fulcrum.core.quantities import Unit
from fulcrum.core.value import value

MINUS = "−"
HARD_SPACE = "\u00a0"

# Finest step worth showing, as a power of ten, in the unit as it is shown (a share in per cent).
_NATURAL = {
    "money": -2,
    "share": -1,
    "points": -1,
    "score": -1,
    "nps": 0,
    "customers": 0,
    "count": 0,
    "months": 0,
    "years": -1,
    "levels": -1,
    "ratio": -1,
    "rate": -1,
}
_LARGE_SUM = 10_000
_WITHOUT_BOUND = ("money", "customers", "count")
_COARSEST = {
    "score": -1,
    "ratio": -1,
    "levels": -1,
}  # elsewhere whole units: a scale of 100 is not cut in tens
_SYMBOLS = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "KRW": "₩",
    "BRL": "R$" + HARD_SPACE,
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "HKD": "HK$",
    "SGD": "S$",
    "MXN": "MX$",
}
_SCALES = ((9, "bn"), (6, "m"), (3, "k"))


@value
class Shown:
    """A number as shown: its text, and the cell number and cell format that give the same digits."""

    text: str
    number: float
    number_format: str


def step_for(low: float, high: float, unit: Unit) -> int:
    """The power of ten of the last digit that an interval from `low` to `high` carries, as shown."""
    width = _as_shown(high, unit) - _as_shown(low, unit)
    if width <= 0:
        return _exact_step(_as_shown(low, unit), unit)
    carried = (width / 8).adjusted()
    natural = _NATURAL[unit.kind]
    if unit.kind in _WITHOUT_BOUND:
        return max(carried, natural)
    finest = natural if width >= Decimal(10) ** natural else natural - 1
    return min(max(carried, finest), _COARSEST.get(unit.kind, 0))


def scale_for(largest: float, step: int, unit: Unit) -> tuple[int, str]:
    """Power of ten and suffix of a sum of money: (6, "m"). Never so coarse that carried digits are lost."""
    if unit.kind != "money":
        return 0, ""
    size = abs(_as_shown(largest, unit))
    for power, suffix in _SCALES:
        starts = Decimal(10) ** (5 if power == 3 else power)
        if size >= starts and step >= power - 2:
            return power, suffix
    return 0, ""


def show(number: float, unit: Unit, step: int, scale: tuple[int, str], *, signed: bool = False) -> Shown:
    """`number` to the digit `step`; one that is not zero is never shown as zero: it gets its first digit."""
    exact = _as_shown(number, unit)
    rounded = _round(exact, step)
    if rounded == 0 and exact != 0:
        step = exact.adjusted()
        rounded = _round(exact, step)
        scale = scale_for(float(rounded), step, unit)
    power, suffix = scale
    decimals = max(0, power - step) if power else max(0, -step)
    if unit.kind == "money" and not power and decimals == 1:
        decimals = 2
    text = f"{abs(rounded) / 10**power:,.{decimals}f}"
    before, after = affixes(unit, suffix)
    return Shown(
        text=_sign(rounded, signed) + before + text + after,
        number=float(exact) if unit.kind == "points" else number,
        number_format=_number_format(unit, decimals, power, suffix, signed),
    )


def natural_step(unit: Unit) -> int:
    """The step that a number of this unit is usually shown with."""
    return 0 if unit.kind == "money" else _NATURAL[unit.kind]


def affixes(unit: Unit, suffix: str = "") -> tuple[str, str]:
    """What stands directly before and after the digits."""
    match unit.kind:
        case "money":
            return symbol(unit.currency or ""), suffix
        case "share":
            return "", HARD_SPACE + "%"
        case _:
            return "", ""


def symbol(currency: str) -> str:
    """The sign of a currency as it stands before an amount; its code and a space where it has none here."""
    return _SYMBOLS.get(currency, f"{currency}{HARD_SPACE}" if currency else "")


def _as_shown(number: float, unit: Unit) -> Decimal:
    exact = Decimal(repr(float(number)))
    return exact * 100 if unit.kind in ("share", "points") else exact


def _round(exact: Decimal, step: int) -> Decimal:
    return (exact / Decimal(10) ** step).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(10) ** step


def _exact_step(exact: Decimal, unit: Unit) -> int:
    """Step of a number without doubt: whole where it is whole, three digits of a large sum, else natural."""
    if unit.kind == "money" and abs(exact) >= _LARGE_SUM:
        digits = str(int(abs(_round(exact, exact.adjusted() - 2))))
        return len(digits) - len(digits.rstrip("0"))
    return 0 if exact == exact.to_integral_value() else _NATURAL[unit.kind]


def _sign(rounded: Decimal, signed: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if signed and rounded > 0 else ""


def _number_format(unit: Unit, decimals: int, power: int, suffix: str, signed: bool) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals else "") + "," * (power // 3)
    before, after = affixes(unit, suffix)
    percent = HARD_SPACE + "%"
    ends = f'"{HARD_SPACE}"%' if after == percent else (f'"{after}"' if after else "")
    body = (f'"{before}"' if before else "") + digits + ends
    plus = '"+"' if signed else ""
    return f'{plus}{body};"{MINUS}"{body};{body}'
