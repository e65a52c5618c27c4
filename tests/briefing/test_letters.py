"""Which letters the bundled fonts hold, and that none is shown as an empty box."""

from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

from fulcrum.briefing.letters import MARK, covered, readable

FONTS = files("fulcrum.briefing") / "assets" / "fonts"


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    fonts = [Path(str(font)) for font in FONTS.iterdir() if font.name.endswith(".ttf")]
    assert len(fonts) >= 6
    held = set.intersection(*(set(TTFont(font).getBestCmap()) for font in fonts))
    assert {chr(code) for code in held} <= covered()
    assert covered() - {chr(code) for code in held} == set("\n\t\u200b") - {chr(code) for code in held}


def test_the_licences_stand_beside_the_fonts() -> None:
    for name in ("OFL-newsreader.txt", "OFL-public-sans.txt"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / name).read_text(encoding="utf-8").upper()


def test_european_names_money_and_typography_are_covered() -> None:
    for text in ("Łukasz Żółć", "Škoda", "İstanbul", "Ňuňez", "œuvre", "€ £ ¥ ₹ ₩ $", "−–—…“”‘’ %·×"):
        assert readable(text) == text


def test_a_run_of_other_letters_becomes_one_mark() -> None:
    assert readable("顧客 said 満足") == f"{MARK} said {MARK}"
    assert readable("fine \U0001f600") == f"fine {MARK}"


def test_a_long_word_can_break() -> None:
    assert "\u200b" in readable("x" * 80)
    assert readable("x" * 80).replace("\u200b", "") == "x" * 80
