"""Every situation of the intervals of scores, behaviour and drivers, with fewer trials than docs/proof.md."""

import pytest
from judged_coverage import CASES, judged
from situations import all_situations
from trials import Situation

HERE = [one for one in all_situations() if one.kind != "share" and not one.kind.startswith(CASES)]


@pytest.mark.slow
@pytest.mark.parametrize("situation", HERE, ids=lambda one: f"{one.kind}, {one.name}".replace(" ", "_"))
def test_it_holds_or_is_refused(situation: Situation) -> None:
    judged(situation)
