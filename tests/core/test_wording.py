"""What a quantity looks like in words, and that the words never claim more than the interval carries."""

from decimal import Decimal

import pytest

from fulcrum.core import wording
from fulcrum.core.quantities import (
    CUSTOMERS,
    MONTHS,
    NPS,
    POINTS,
    RATIO,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Money,
    Unit,
    Unknown,
    counted,
    money_unit,
    score_unit,
)

EUR = money_unit("EUR")


def estimate(value: float, low: float, high: float, unit: Unit, *, confidence: float = 0.8) -> Estimate:
    ends = Interval(low=low, high=high, confidence=confidence)
    return Estimate(value=value, interval=ends, unit=unit, n=100, grade=Grade.ADJUSTED, method="", trace="")


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "said", "interval"),
    [
        (1.93e6, 0.2e6, 3.8e6, EUR, "€1.9m", "€0.2m to €3.8m"),
        (742, 737, 747, EUR, "€742", "€737 to €747"),
        (410, 346, 474, EUR, "€410", "€350 to €470"),
        (620_000, 540_000, 700_000, EUR, "€620k", "€540k to €700k"),
        (3.21e9, 2.1e9, 4.4e9, EUR, "€3.2bn", "€2.1bn to €4.4bn"),
        (-1.7e6, -2.8e6, -0.7e6, EUR, "−€1.7m", "−€2.8m to −€0.7m"),
        (1.9e6, -3000, 3.8e6, EUR, "€1.9m", "−€3,000 to €3.8m"),
        (1200, 1100, 1300, money_unit("BRL"), "R$ 1,200", "R$ 1,100 to R$ 1,300"),
        (1200, 1100, 1300, money_unit("CHF"), "CHF 1,200", "CHF 1,100 to CHF 1,300"),
        (0.1212, 0.109, 0.134, SHARE, "12.1 %", "10.9 to 13.4 %"),
        (0.18, 0.13, 0.24, SHARE, "18 %", "13 to 24 %"),
        (0.00004, 0.00001, 0.0001, SHARE, "0.004 %", "0.001 to 0.01 %"),
        (0.046, 0.029, 0.063, POINTS, "+4.6 points", "+2.9 to +6.3 points"),
        (-0.01, -0.02, -0.004, POINTS, "−1.0 points", "−2.0 to −0.4 points"),
        (5.5, 5.3, 5.7, score_unit(0, 10), "5.5", "5.3 to 5.7"),
        (31, -5, 60, NPS, "31", "−5 to 60"),
        (96_000, 94_100, 97_900, CUSTOMERS, "96,000", "94,100 to 97,900"),
        (6, 3, 17, MONTHS, "6 months", "3 to 17 months"),
        (1.9, 1.6, 2.2, RATIO, "1.9", "1.6 to 2.2"),
    ],
)
def test_a_number_is_said_with_the_digits_its_interval_carries(value, low, high, unit, said, interval):
    words = wording.worded(estimate(value, low, high, unit))
    assert plain(words.said) == said
    assert plain(words.interval) == interval
    assert plain(words.confidence) == "80 %"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (59.2, EUR, "€59.20"),
        (1_912_345, EUR, "€1.91m"),
        (76_687.92, EUR, "€76,700"),
        (0.08, SHARE, "8 %"),
        (1_900_000, EUR, "€1.9m"),
        (0, EUR, "€0"),
        (412_300, CUSTOMERS, "412,300"),
        (0.005, SHARE, "0.5 %"),
        (1, MONTHS, "1 month"),
    ],
)
def test_a_complete_count_has_no_interval_and_keeps_its_digits(value, unit, said):
    words = wording.worded(counted(value, unit, n=9, trace=""))
    assert (plain(words.said), words.interval, words.confidence) == (said, "", "")


@pytest.mark.parametrize("power", range(-9, 1))
def test_what_is_not_zero_is_never_shown_as_zero(power):
    number = 3.0 * 10.0**power / 10
    for sign in (1, -1):
        said = wording.say(estimate(sign * number, -0.5, 0.5, SHARE))
        assert any(digit in said for digit in "123456789")
        assert said.startswith("−") is (sign < 0)


def test_halves_round_away_from_zero_as_in_a_spreadsheet():
    assert wording.say(estimate(0.1225, 0.11, 0.135, SHARE)).startswith("12.3")
    assert wording.say(estimate(2.5, 0, 10, MONTHS)) == "3 months"


def test_what_is_lost_is_said_without_a_minus():
    lost = wording.loss(estimate(-1.7e6, -2.8e6, -0.7e6, EUR))
    assert wording.say_fully(lost).replace("\u00a0", " ") == "€1.7m (80 %: €0.7m to €2.8m)"


def test_an_unknown_says_why_and_what_is_needed():
    unknown = Unknown(reason="13 answers", needs="7 more answers")
    assert wording.say_unknown(unknown) == "13 answers. Needed: 7 more answers."


def test_exact_money_is_said_to_the_cent_or_whole():
    assert wording.money(Money(amount=Decimal("59.20"), currency="EUR")) == "€59.20"
    assert wording.money(Money(amount=Decimal("-620000"), currency="USD")) == "−$620,000"


def test_ticks_of_one_axis_share_a_scale_and_zero_is_plain():
    said = [wording.tick(x * 1e6, 2e6, 6e6, EUR, signed=True) for x in (-2, 0, 2, 6)]
    assert said == ["−€2m", "€0", "+€2m", "+€6m"]
    assert plain(wording.tick(0.25, 0.25, 1, SHARE)) == "25 %"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")
