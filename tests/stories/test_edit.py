"""What a person may do to a customer's words: mask and shorten, and nothing else."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fulcrum.stories.edit import wrong_with_edit

SAID = (
    "Waited 3 weeks for Anna Meyer to call me. She did not call! Then the bill, which was wrong, came twice. "
    "Thank you, [name]."
)
_WORDS = st.sampled_from(
    ["waited", "bill", "3", "Straße", "客服", "l'été", "[name]", "line-up", "😀", "!", "x.y"]
)


@pytest.mark.parametrize(
    "edited",
    [
        SAID,
        SAID.upper(),
        SAID.replace("Anna Meyer", "[masked name]"),
        SAID.replace("Anna Meyer", "[…]").replace("!", "."),
        "Waited 3 weeks for [place]'s Meyer […]",
        "[…] Then the bill […] came twice. [masked]",
        "  Waited\n3 weeks – for Anna Meyer, to call me […]",
    ],
)
def test_masking_and_shortening_are_taken(edited: str) -> None:
    assert wrong_with_edit(SAID, edited) == ""


@pytest.mark.parametrize(
    ("edited", "why"),
    [
        (SAID + " Never again!", "not what the customer wrote"),
        (SAID.replace("wrong", "awful"), "not what the customer wrote"),
        (SAID.replace("twice", "TWICE!!! 😡"), "not what the customer wrote"),
        (SAID.replace("3", "30"), "not what the customer wrote"),
        ("[…] the bill […] Waited […]", "not what the customer wrote"),
        (SAID.replace("Anna ", ""), "gone before “Meyer”"),
        (SAID.replace(", which was wrong,", ""), "gone before “came”"),
        ("[…] came twice.", "The end"),
        (SAID.replace("did not call", "did […] call"), "may turn"),
        (SAID.replace("did not call", "did [masked] call"), "may turn"),
        (SAID.replace("Anna Meyer", "[the usual liars]"), "is no mask that we know"),
        (SAID.replace("Waited", "[masked] Waited"), ""),
        ("=HYPERLINK(1)", "not what the customer wrote"),
        ("<script>alert(1)</script>", "not what the customer wrote"),
        ("[…]", "Nothing"),
        (" ", "Nothing"),
    ],
)
def test_everything_else_is_refused_with_the_reason(edited: str, why: str) -> None:
    said = wrong_with_edit(SAID, edited)
    assert said
    assert why in said


@settings(deadline=None)
@given(st.lists(_WORDS, min_size=2, max_size=12), st.data())
def test_any_run_left_out_with_a_mark_is_taken_and_without_one_is_not(
    words: list[str], data: st.DataObject
) -> None:
    said = " ".join([*words, "end"])
    start = data.draw(st.integers(0, len(words) - 1))
    stop = data.draw(st.integers(start + 1, len(words)))
    rest = [*words[stop:], "end"]
    assert wrong_with_edit(said, " ".join([*words[:start], "[…]", *rest])) == ""
    assert wrong_with_edit(said, " ".join([*words[:start], "smuggled", *rest])) != ""


@settings(deadline=None)
@given(st.text(max_size=60))
@example("[[]]")
@example("\x00‮[…")
@example("a" * 60)
def test_whatever_was_written_may_stay_as_it_is(said: str) -> None:
    wrong = wrong_with_edit(said, said)
    assert wrong == "" or wrong.startswith("Nothing") or "[" in said


def test_a_long_text_is_compared_to_its_end() -> None:
    said = " ".join(f"word{'x' * (i % 7)}{i}" for i in range(1_500))
    assert wrong_with_edit(said, f"{said[:900].rpartition(' ')[0]} […]") == ""
    assert "not what" in wrong_with_edit(said, "[…] " * 300 + "other")
