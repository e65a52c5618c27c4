"""The only place where a quantity becomes words: every page, slide, cell and sentence takes them here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from fulcrum.core.digits import (
    HARD_SPACE,
    MINUS,
    Shown,
    affixes,
    natural_step,
    scale_for,
    show,
    step_for,
    symbol,
)
from fulcrum.core.quantities import Estimate, Grade, Interval, Money, Unit, UnitKind, Unknown
from fulcrum.core.shown import Figure
from fulcrum.core.value import value

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NAMED: dict[UnitKind, tuple[str, str]] = {
    "points": ("point", "points"),
    "months": ("month", "months"),
    "years": ("year", "years"),
    "levels": ("level", "levels"),
}
_FAMILIES = {
    "nps": "NPS",
    "gap": "Gaps, crude beside adjusted",
    "response": "Who answered, and who is silent",
    "dose": "Per point of score",
    "months": "How long customers stay",
}


@value
class Worded:
    """An estimate in words: value and both ends to the same digit, and as they stand in a spreadsheet."""

    said: str
    interval: str
    confidence: str
    value: Shown
    low: Shown
    high: Shown


def worded(estimate: Estimate, *, is_difference: bool = False) -> Worded:
    """`estimate` to as many digits as its interval carries: "€1.9m", "€0.2m to €3.8m", "80 %".

    The difference of two scores has its sign, and says on which scale: "−0.4 points on 1 to 5".
    """
    unit, ends = estimate.unit, estimate.interval
    step = step_for(ends.low, ends.high, unit)
    scale = scale_for(max((estimate.value, ends.low, ends.high), key=abs), step, unit)
    signed = unit.kind == "points" or is_difference
    middle, low, high = (
        show(x, unit, step, scale, signed=signed) for x in (estimate.value, ends.low, ends.high)
    )
    is_exact = ends.low == ends.high
    return Worded(
        said=middle.text + (_on_scale(unit) if is_difference else _named(middle.text, unit)),
        interval="" if is_exact else _range(low.text, high.text, unit),
        confidence="" if is_exact and ends.confidence == 1 else percent(ends.confidence),
        value=middle,
        low=low,
        high=high,
    )


def say(estimate: Estimate) -> str:
    """The value alone: "€1.9m", "12.1 %", "+4.6 points", "96,000"."""
    return worded(estimate).said


def say_interval(estimate: Estimate) -> str:
    """The interval alone: "€0.2m to €3.8m"; empty for a complete count."""
    return worded(estimate).interval


def say_fully(estimate: Estimate) -> str:
    """The value, its interval and its confidence: "€1.9m (80 %: €0.2m to €3.8m)"."""
    words = worded(estimate)
    return f"{words.said} ({words.confidence}: {words.interval})" if words.interval else words.said


def say_like(estimate: Estimate, other: Estimate) -> str:
    """The value of `estimate` with the digits that `other`'s interval carries: "€52,000"."""
    return worded(replace(other, value=estimate.value)).said


def say_unknown(unknown: Unknown) -> str:
    """Why there is no number, and what would be needed."""
    needed = sentence(unknown.needs)
    return (
        f"{sentence(unknown.reason)} Needed: {needed[:1].lower()}{needed[1:]}"
        if needed
        else sentence(unknown.reason)
    )


def figure(
    key: str, label: str, estimate: Estimate, *, caveats: Sequence[str] = (), is_difference: bool = False
) -> Figure:
    """`estimate` as a Figure: raw, and worded once for every format."""
    words = worded(estimate, is_difference=is_difference)
    return Figure(
        key=key,
        label=label,
        estimate=estimate,
        said=words.said,
        interval=words.interval,
        confidence=words.confidence,
        n=say_n(estimate),
        claim=estimate.grade.claim if estimate.unit.kind == "money" else "",
        caveats=tuple(caveats),
    )


def loss(estimate: Estimate) -> Estimate:
    """A negative sum as the amount that is lost, so that "€1.7m at stake" carries no minus."""
    ends = Interval(
        low=-estimate.interval.high, high=-estimate.interval.low, confidence=estimate.interval.confidence
    )
    return Estimate(
        value=-estimate.value,
        interval=ends,
        unit=estimate.unit,
        n=estimate.n,
        grade=estimate.grade,
        method=estimate.method,
        trace=estimate.trace,
    )


def say_n(estimate: Estimate) -> str:
    """How many cases a number rests on: "41,870", "stated", "simulated"."""
    if estimate.n is not None:
        return count(estimate.n)
    return "stated" if estimate.grade is Grade.ELSEWHERE else "simulated"


def say_claim(grade: Grade) -> str:
    """What money of this grade may be called: "return", "expected, if causal", "at stake"."""
    return grade.claim


def one_in(share: Estimate) -> str:
    """A share as people count it: "1 in 14"; from two in five on in tenths: "4 in 10"."""
    if share.value <= 0:
        return "none"
    if share.value >= 0.4:
        return f"{round(10 * share.value)} in 10" if share.value < 0.95 else "nearly all"
    each = round(1 / share.value)
    return f"1 in {each}" if each <= 1000 else "fewer than 1 in 1,000"


def money(amount: Money) -> str:
    """An exact amount to the cent, or whole: "€59.20", "€620,000", "R$ 1,200"."""
    size = abs(amount.amount)
    decimals = 0 if size == size.to_integral_value() else 2
    sign = MINUS if amount.amount < 0 else ""
    return f"{sign}{symbol(amount.currency)}{size:,.{decimals}f}"


def percent(of_one: float) -> str:
    """A plain share, whole where it is whole: "80 %", "12.5 %"."""
    exact = Decimal(repr(float(of_one))) * 100
    text = f"{exact.normalize():f}" if exact == exact.quantize(Decimal("0.1")) else f"{exact:.1f}"
    if text in ("0.0", "-0.0") and exact != 0:
        text = f"{exact:.1g}"
    return text.replace("-", MINUS) + HARD_SPACE + "%"


def whole_percent(of_one: float) -> str:
    """A plain share inside a sentence, without decimals: "28 %"."""
    return f"{100 * of_one:.0f}{HARD_SPACE}%".replace("-", MINUS)


def of_hundred(share: Estimate) -> str:
    """A share of draws in whole hundredths that never claims none or all of them: "98 of 100"."""
    many = round(share.value * 100)
    return "fewer than 1 of 100" if many == 0 else "more than 99 of 100" if many == 100 else f"{many} of 100"


def count(number: int) -> str:
    """A whole number with thousands: "41,870"."""
    return f"{number:,}".replace("-", MINUS)


def number_word(number: int) -> str:
    """A small number as a word, a larger one in figures: "nine", "21"."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else count(number)


def many(number: int, one: str, more: str = "") -> str:
    """A count with its noun: "1 answer", "8,214 answers"; `more` where the plural is not one with an s."""
    return f"{count(number)} {one if number == 1 else more or one + 's'}"


def byte_size(number: int) -> str:
    """How much a file weighs: "812 bytes", "34 kB", "1.2 GB"."""
    weight, unit = float(number), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if weight < 1000:
            break
        weight, unit = weight / 1000, larger
    return f"{weight:.1f} {unit}" if unit != "bytes" and weight < 10 else f"{weight:.0f} {unit}"


def day(on: date) -> str:
    """ "16 November 2026"."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """ "23 Nov"."""
    return f"{on.day} {_MONTHS[on.month - 1][:3]}"


def day_and_month(on: date) -> str:
    """ "14 December"."""
    return f"{on.day} {_MONTHS[on.month - 1]}"


def short_month(on: date) -> str:
    """ "Sep 2027"."""
    return f"{_MONTHS[on.month - 1][:3]} {on.year}"


def month(on: date) -> str:
    """ "September"."""
    return _MONTHS[on.month - 1]


def period(place: str) -> str:
    """A place of a series as people say it: "2026-09" is "Sep 2026"; any other stays as it is."""
    year, _, rest = place.partition("-")
    is_month = year.isdigit() and rest.isdigit() and 1 <= int(rest) <= 12
    return f"{_MONTHS[int(rest) - 1][:3]} {year}" if is_month else place


def kept(text: str) -> str:
    """A figure in somebody's own words, on one line: "62 %"."""
    return text.replace(" %", HARD_SPACE + "%")


def minutes(number: int) -> str:
    """ "30 minutes", "1 minute"."""
    return many(number, "minute", "minutes")


def years(number: float) -> str:
    """ "two years", "18 months", "one year"."""
    if number == int(number):
        return f"{number_word(int(number))} year{'' if number == 1 else 's'}"
    return f"{number * 12:.0f} months"


def tick(number: float, step: float, largest: float, unit: Unit, *, signed: bool = False) -> str:
    """A label on an axis whose ticks are `step` apart and reach `largest`; all in one scale, zero plain."""
    shown_step = Decimal(repr(step)) * (100 if unit.kind in ("share", "points") else 1)
    digit = int(shown_step.normalize().as_tuple().exponent)
    scale = scale_for(largest, digit, unit) if number else (0, "")
    return show(number, unit, digit if number else 0, scale, signed=signed).text


def last_point(number: float, unit: Unit) -> str:
    """A point of a series, to its unit's natural step: "76.0 %", "5.5"."""
    step = natural_step(unit)
    return show(number, unit, step, scale_for(number, step, unit)).text


def family(name: str) -> str:
    """What a family of findings is called: "cost_to_serve" is "Cost to serve"."""
    return _FAMILIES.get(name, name.replace("_", " ").capitalize())


def tidy_id(text: str) -> str:
    """A fingerprint short enough to read: "4be1…a07c"."""
    return f"{text[:4]}…{text[-4:]}" if len(text) > 12 else text


def sentence(text: str) -> str:
    """`text` with a capital and a full stop, as a sentence."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…:" else ".")


def lowered(text: str) -> str:
    """`text` as it stands within a sentence; a name in capitals keeps them."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def listed(items: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _on_scale(unit: Unit) -> str:
    """What a difference is counted in: " points on 1 to 5"."""
    if unit.kind not in ("score", "nps"):
        return _named("", unit)
    return " points" + (f" on {unit.scale[0]:g} to {unit.scale[1]:g}" if unit.scale is not None else "")


def _named(text: str, unit: Unit) -> str:
    if unit.kind not in _NAMED:
        return ""
    one, more = _NAMED[unit.kind]
    return " " + (one if text.strip(f"+{MINUS}") == "1" else more)


def _range(low: str, high: str, unit: Unit) -> str:
    after = affixes(unit)[1]
    return f"{low.removesuffix(after)} to {high}{_named('', unit)}"
