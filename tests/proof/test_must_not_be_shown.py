"""Where a number must not be shown it is not, and says what is needed; in its twin the number is there."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from refused_twins import DOMINATED, EVEN, REFUSED, UNWEIGHTED, WEIGHTED
from small_company import Data, gathered, small_company
from stopped_twins import STOPPED
from twins import Twins, finding, is_shown

from fulcrum.core.errors import Problem
from fulcrum.core.findings import Evidence
from fulcrum.core.quantities import Estimate, Unknown

PAIRS = REFUSED + STOPPED


def _each(is_fast: Callable[[Twins], bool]) -> pytest.MarkDecorator:
    """Every pair by its name; those that need a whole company gathered anew are slow."""
    named = [
        pytest.param(pair, id=pair.name.replace(" ", "_"), marks=() if is_fast(pair) else pytest.mark.slow)
        for pair in PAIRS
    ]
    return pytest.mark.parametrize("pair", named)


def _is_small(make: Callable[[], Data]) -> bool:
    return make is small_company or "invoices" not in make().tables


@lru_cache(maxsize=1)
def ordinary() -> tuple[Evidence, tuple[Problem, ...]]:
    """The small company as it is, gathered once."""
    with TemporaryDirectory() as folder:
        return gathered(small_company(), Path(folder))


def evidence_of(make: object, folder: Path) -> tuple[Evidence, tuple[Problem, ...]]:
    if make is small_company:
        return ordinary()
    data = make()  # type: ignore[operator]
    assert isinstance(data, Data)
    return gathered(data, folder)


def test_there_are_at_least_forty_eight_temptations() -> None:
    assert len(PAIRS) >= 48
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)


@_each(lambda pair: pair.ending == "stopped" or _is_small(pair.flawed))
def test_a_flawed_number_is_kept_back_and_its_refusal_names_what_is_needed(
    pair: Twins, tmp_path: Path
) -> None:
    evidence, problems = evidence_of(pair.flawed, tmp_path)
    result = pair.look(evidence)
    if pair.ending == "refused":
        assert not [one for one in problems if one.is_error]
        assert isinstance(result, Unknown), result
        assert result.reason
        assert pair.says in f"{result.needs} {result.reason}"
        return
    found = [one for one in problems if not pair.code or one.code == pair.code]
    assert found, [str(one) for one in problems]
    assert any(pair.says in f"{one.remedy} {one.what}" for one in found), [str(one) for one in found]
    assert any(one.is_error for one in problems)
    assert evidence.findings == evidence.comparisons == evidence.cases == evidence.trends == ()


@_each(lambda pair: _is_small(pair.sound))
def test_its_twin_without_the_flaw_shows_the_number(pair: Twins, tmp_path: Path) -> None:
    evidence, problems = evidence_of(pair.sound, tmp_path)
    assert not [str(one) for one in problems if one.is_error or (pair.code and one.code == pair.code)]
    assert is_shown(pair.look(evidence)), pair.look(evidence)


@pytest.mark.slow
def test_one_dominating_account_is_shown_with_and_without_it(tmp_path: Path) -> None:
    evidence, problems = gathered(DOMINATED(), tmp_path)
    keys = [one.key for one in evidence.findings if one.key.endswith(".without_largest")]
    assert len(keys) == 1
    whole, without = (finding(key)(evidence) for key in (keys[0].removesuffix(".without_largest"), keys[0]))
    assert isinstance(whole, Estimate)
    assert isinstance(without, Estimate)
    assert whole.value > 1.3 * without.value
    assert any(one.code == "dominant-account" for one in problems)


@pytest.mark.slow
def test_its_even_twin_is_shown_once(tmp_path: Path) -> None:
    evidence, problems = gathered(EVEN(), tmp_path)
    assert not [one.key for one in evidence.findings if one.key.endswith(".without_largest")]
    assert not [one for one in problems if one.code == "dominant-account"]


@pytest.mark.slow
def test_a_sample_drawn_by_its_outcome_is_righted_only_by_weights(tmp_path: Path) -> None:
    drawn, _ = gathered(UNWEIGHTED(), tmp_path / "drawn")
    weighted, _ = gathered(WEIGHTED(), tmp_path / "weighted")
    rates = [finding("retention.band.9 to 10")(evidence) for evidence in (drawn, weighted)]
    assert all(isinstance(rate, Estimate) for rate in rates)
    assert rates[1].value - rates[0].value > 0.3  # type: ignore[union-attr]
    assert "independent cases" in rates[1].method  # type: ignore[union-attr]
