"""The engine, from rows to number, agrees with R on the same rows: closed forms to 1e-9, others to 1e-6."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from reference_cases import FOLDER, Engine, found, opened

CASES: list[dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with opened(tmp_path_factory.mktemp("references")) as made:
        yield made


def test_there_are_at_least_sixty_reference_cases() -> None:
    assert len(CASES) >= 60
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_engine_agrees_with_r_on_the_same_rows(case: dict[str, Any], engine: Engine) -> None:
    expected = case["expected"]
    ours = found(case["call"], expected, engine)
    compared = [name for name in ours if name in expected]
    assert compared, expected
    for name in compared:
        scale = max(1.0, abs(expected[name])) if isinstance(expected[name], int | float) else 1.0
        assert ours[name] == pytest.approx(expected[name], rel=case["tol"], abs=case["tol"] * scale), name


def test_the_jackknife_of_a_weighted_mean_is_near_the_linearised_error(engine: Engine) -> None:
    for case in CASES:
        if case["call"] == "weighted_mean":
            error = found(case["call"], case["expected"], engine)["error"]
            assert error == pytest.approx(case["expected"]["linearised"], rel=0.25), case["id"]
