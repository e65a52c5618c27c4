"""Power, designs, split and CUPED agree with R: closed forms to 1e-9, roots to 1e-6; one with GrowthBook."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from reference_cases import FOLDER

from fulcrum.evidence.methods import power
from fulcrum.evidence.methods.adjust import Paired, adjusted_difference, correlation_of, slope_of
from fulcrum.evidence.methods.assignment import alikeness_of, split_of
from fulcrum.evidence.methods.moments import Contrast, Moments, difference, uplift
from fulcrum.evidence.methods.power import Promise
from fulcrum.evidence.methods.sequential import sequence_interval

CASES: list[dict[str, Any]] = json.loads((FOLDER / "pilots.json").read_text(encoding="utf-8"))
Given = dict[str, Any]


def _planned(call: Callable[..., float], given: Given) -> float:
    if "power" in given:
        given["promise"] = Promise(false_alarms=given.pop("false_alarms"), power=given.pop("power"))
    return call(**given)


def _alikeness(given: Given) -> float:
    rows = zip(given["n"], given["total"], given["squares"], strict=True)
    return alikeness_of([Moments(n=n, total=total, squares=squares) for n, total, squares in rows]).alike


def _split(given: Given) -> float:
    counts, planned = (
        {str(at): part for at, part in enumerate(given[name])} for name in ("counts", "planned")
    )
    return split_of(counts, planned, mixed_up_below=0.001).chance


def _sides(given: Given) -> tuple[Paired, Paired]:
    names = ("n", "total", "squares", "before", "before_squares", "products")
    treated, others = (
        Paired(**{name: given[f"{side}_{name}"] for name in names}) for side in ("treated", "others")
    )
    return treated, others


def _of(contrast: Contrast, what: str) -> float:
    interval = contrast.interval(0.95)
    return float({"low": interval.low, "high": interval.high}.get(what) or getattr(contrast, what))


def _found(call: str, given: Given) -> float | None:
    if call == "alikeness_of":
        return _alikeness(given)
    if call == "split_of":
        return _split(given)
    if hasattr(power, call):
        return _planned(getattr(power, call), given)
    treated, others = _sides(given)
    if call == "difference":
        return _of(difference(treated.outcome, others.outcome), given["what"])
    if call == "adjusted_difference":
        return _of(adjusted_difference(treated, others), given["what"])
    return {"slope_of": slope_of, "correlation_of": correlation_of}[call](treated, others)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"].replace(" ", "_"))
def test_a_pilots_arithmetic_agrees_with_r(case: dict[str, Any]) -> None:
    ours = _found(case["call"], dict(case["given"]))
    assert ours == pytest.approx(case["expected"], rel=case["tol"], abs=case["tol"])


def test_the_examples_on_the_manual_pages_of_r_come_out_as_printed() -> None:
    surely = Promise(false_alarms=0.05, power=0.9)
    assert power.customers_for_means(1, 1, surely) == pytest.approx(22.02110, abs=5e-6)
    assert power.power_of_means(20, 1, 1, 0.05) == pytest.approx(0.8689528, abs=5e-8)
    assert power.power_of_shares(50, 0.5, 0.75, 0.05) == pytest.approx(0.7401659, abs=5e-8)
    assert power.customers_for_shares(0.5, 0.75, surely) == pytest.approx(76.7, abs=0.05)


def test_the_published_case_of_growthbook_comes_out_to_five_digits() -> None:
    """Sums, settings and figures of the test of its sequential method (packages/stats, MIT licence)."""
    treated = Moments(n=3461, total=2422.7, squares=134698.29)
    others = Moments(n=3000, total=1396.87, squares=52377.9767)
    found = uplift(treated, others)
    held = sequence_interval(found, tuned_for=1000, false_alarms=0.05)
    figures = (found.value, found.error, held.low, held.high)
    assert tuple(round(figure, 5) for figure in figures) == (0.50336, 0.33341, -0.55844, 1.56516)
