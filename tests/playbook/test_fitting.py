"""Whatever a file holds, reading it ends in a value or in misfits with a remedy, never in a crash."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulcrum.playbook.fitting import fit, in_words
from fulcrum.playbook.shelves import RULE_SHAPES, SHELVES

SHAPES = (*(shelf.shape for shelf in SHELVES), *RULE_SHAPES.values())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(shape=st.sampled_from(SHAPES), content=ANYTHING, data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_content_crashes_the_reading(shape: type, content: Any, data: st.DataObject) -> None:
    keys = st.sampled_from(sorted(shape.__dataclass_fields__))
    table = data.draw(st.dictionaries(keys, ANYTHING, max_size=4)) | {"surprise": content}
    for whole in (content, table):
        made, misfits = fit(shape, whole)
        assert made is None
        assert misfits
        assert all(misfit.what and misfit.remedy for misfit in misfits)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (("lever",), "lever"),
        (("sources", 1, "url"), "sources 2 › url"),
        (("how_to", 0), "how_to 1"),
        ((), ""),
    ],
)
def test_a_place_is_said_as_people_count(place: tuple[str | int, ...], said: str) -> None:
    assert in_words(place) == said
