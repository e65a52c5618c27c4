"""The drawings: one grammar, a sentence with the numbers, no inline style, the same in page and print."""

import re
from importlib.resources import files
from xml.etree import ElementTree

import pytest
import sample

from fulcrum.briefing import drawings
from fulcrum.briefing.axes import ticks
from fulcrum.briefing.contents import blocks_in, blocks_of
from fulcrum.core.brief import Progress
from fulcrum.core.shown import CausalMass, Drawing, GoalTrack, IntervalRows, Masses, Prevalence, TrendLine

KINDS = (Masses, GoalTrack, Prevalence, TrendLine, IntervalRows, CausalMass)


def every_drawing() -> list[Drawing]:
    sections = sample.executive_brief().sections
    drawn: list[Drawing] = [block for block in blocks_in(sections) if isinstance(block, KINDS)]
    shown = [signal.trend for block in blocks_of(Progress, sections) for signal in block.signals]
    return drawn + [trend for trend in shown if trend is not None]


def test_the_sample_draws_every_kind() -> None:
    assert {type(drawing) for drawing in every_drawing()} == set(KINDS)


@pytest.mark.parametrize("is_narrow", [False, True])
@pytest.mark.parametrize("drawing", every_drawing(), ids=lambda drawing: type(drawing).__name__)
def test_a_drawing_has_classes_only_and_a_sentence_for_those_who_cannot_see_it(drawing, is_narrow) -> None:
    svg = drawings.draw(drawing, is_narrow=is_narrow)
    root = ElementTree.fromstring(svg)  # our own text
    assert root.get("role") == "img"
    assert root.get("aria-label") == drawing.summary
    assert re.search(r"\d", drawing.summary)
    assert not re.search(r' (?:style|fill|stroke|id|href)="', svg)


@pytest.mark.parametrize("drawing", every_drawing(), ids=lambda drawing: type(drawing).__name__)
def test_in_print_every_class_has_its_ink(drawing) -> None:
    svg = drawings.draw_for_print(drawing)
    assert "class=" not in svg.removeprefix("<svg").split(">", 1)[1]
    assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_print_and_page_use_one_palette() -> None:
    css = (files("fulcrum.briefing") / "assets" / "brief.css").read_text(encoding="utf-8")
    light = css[: css.index("@media (prefers-color-scheme:dark)")]
    for name in ("INK", "INK_2", "INK_3", "LINE", "LINE_STRONG", "SUNK", "PAPER", "GAIN", "GAIN_MID"):
        assert f"--{name.lower().replace('_', '-')}:{getattr(drawings, name)}" in light
    for name in ("GAIN_PALE", "LOSS", "LOSS_MID", "LOSS_PALE"):
        assert f"--{name.lower().replace('_', '-')}:{getattr(drawings, name)}" in light


def test_every_class_of_a_drawing_has_a_style_on_the_page() -> None:
    css = (files("fulcrum.briefing") / "assets" / "brief.css").read_text(encoding="utf-8")
    for drawing in every_drawing():
        for names in re.findall(r'class="([^"]*)"', drawings.draw(drawing)):
            for name in names.split():
                assert f".{name}" in css, name


def test_no_label_leaves_its_drawing() -> None:
    for drawing in every_drawing():
        for is_narrow in (False, True):
            svg = drawings.draw(drawing, is_narrow=is_narrow)
            width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])  # type: ignore[index]
            for x, anchor, said in re.findall(
                r'<text x="([\d.-]+)" [^>]*text-anchor="(\w+)"[^>]*>([^<]*)', svg
            ):
                half = len(said) * 5.6 / 2
                middle = {"start": float(x) + half, "middle": float(x), "end": float(x) - half}[anchor]
                assert middle - half >= -6, (type(drawing).__name__, said)
                assert middle + half <= width + 6, (type(drawing).__name__, said)


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-4.6e6, 6.2e6), (5.1, 8.2), (0.061, 0.0613), (-1, 1e9), (99, 100.5)]
)
def test_ticks_are_round_and_four_to_seven(low: float, high: float) -> None:
    marks = ticks(low, high)
    assert 3 <= len(marks.at) <= 7
    assert all(low - 1e-9 <= x <= high * (1 + 1e-9) for x in marks.at)
