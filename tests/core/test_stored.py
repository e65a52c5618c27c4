"""Snapshots: what is stored is read back the same, and another version's is refused in one sentence."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulcrum.core.errors import Outdated
from fulcrum.core.findings import Case, Density, Evidence, Finding
from fulcrum.core.levers import Lever
from fulcrum.core.people import Level
from fulcrum.core.plain import Plain
from fulcrum.core.quantities import (
    SHARE,
    Estimate,
    Grade,
    Interval,
    Result,
    Unit,
    Unknown,
    counted,
    money_unit,
    score_unit,
)
from fulcrum.core.stored import from_stored, shape_of, to_stored
from fulcrum.core.value import value

REFUSED = Unknown(reason="13 answers.", needs="7 more.")
RETURN = counted(12.5, money_unit("EUR", per="customer a year"), n=40, trace="4be1a07c")
CASE = Case(
    key="case.repair",
    title="Repair",
    horizon_years=2.5,
    upside=RETURN,
    inaction=REFUSED,
    at_stake=RETURN,
    break_even=REFUSED,
    gain_probability=REFUSED,
    payback_months=REFUSED,
    upside_density=Density(at=(0.0, 0.1, 1 / 3), height=(1.0, 2.0, 3.0)),
)


@value
class Odd:
    """One of each thing that JSON does not know."""

    number: float
    amount: Decimal
    day: date
    lever: Lever
    level: Level
    level_or_drop: int | Literal["drop"]
    result: Result
    results: tuple[Result | None, ...]
    pairs: tuple[tuple[Lever, Estimate], ...]
    by_bucket: dict[int, float]
    by_name: dict[str, Result]
    maybe: Unit | None


def odd(**more: Any) -> Odd:
    usual: dict[str, Any] = {
        "number": 0.1,
        "amount": Decimal("8200.50"),
        "day": date(2026, 3, 9),
        "lever": Lever.EMPATHY,
        "level": Level.ENDORSING,
        "level_or_drop": "drop",
        "result": REFUSED,
        "results": (None, RETURN, REFUSED),
        "pairs": ((Lever.VISION, RETURN),),
        "by_bucket": {3: 0.5},
        "by_name": {"a": RETURN},
        "maybe": score_unit(1, 5),
    }
    return Odd(**{**usual, **more})


def through_json(kind: Any, thing: Any) -> Any:
    return from_stored(kind, json.loads(json.dumps(to_stored(thing, kind), allow_nan=False)))


def test_everything_that_json_does_not_know_comes_back() -> None:
    for thing in (odd(), odd(level_or_drop=3), odd(maybe=None), odd(number=inf), odd(number=-inf)):
        assert through_json(Odd, thing) == thing
    assert str(through_json(Odd, odd(number=float("nan"))).number) == "nan"
    assert str(through_json(Odd, odd(amount=Decimal("1.50"))).amount) == "1.50"
    assert through_json(Case, CASE) == CASE


def test_a_bare_tuple_is_stored_by_its_kind() -> None:
    both = (RETURN, REFUSED)
    assert through_json(tuple[Result, ...], both) == both


@given(
    number=st.floats(allow_nan=False, allow_infinity=False), low=st.floats(-1e9, 0), high=st.floats(0, 1e9)
)
def test_every_digit_of_a_number_comes_back(number: float, low: float, high: float) -> None:
    told = Estimate(
        value=number,
        interval=Interval(low=low, high=high, confidence=0.95),
        unit=SHARE,
        n=None,
        grade=Grade.RAW,
        method="m",
        trace="",
    )
    assert through_json(Estimate, told) == told


def test_a_union_member_carries_its_name_and_a_lone_kind_does_not() -> None:
    stored: Any = to_stored(CASE)
    assert stored["inaction"] == {"is": "Unknown", "reason": "13 answers.", "needs": "7 more."}
    assert "is" not in stored
    assert stored["upside_density"]["at"] == [0.0, 0.1, 1 / 3]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": None}, "title holds no str"),
        ({"horizon_years": "two"}, "horizon_years holds no number"),
        ({"inaction": {"is": "Guess"}}, "inaction is none of Estimate, Unknown"),
        ({"inaction": {"is": "Unknown", "reason": ""}}, "inaction lacks needs"),
        ({"upside_density": {"at": [0, "x"], "height": []}}, r"upside_density.at\[1\] holds no number"),
        ({"caveats": [{"text": "a"}, {"note": "b"}]}, r"caveats\[1\] lacks text and holds an unknown note"),
        ({"caveats": {}}, "caveats is no list"),
        ({"mood": "good"}, "the whole holds an unknown mood"),
    ],
)
def test_another_version_is_refused_with_the_place(change: dict[str, Plain], said: str) -> None:
    stored: Any = to_stored(CASE)
    with pytest.raises(Outdated, match=f"of another version: {said}. Compute it anew"):
        from_stored(Case, {**stored, **change})


def test_a_missing_field_is_refused_and_never_filled_with_its_default() -> None:
    stored: Any = to_stored(CASE)
    del stored["tornado"]
    with pytest.raises(Outdated, match="lacks tornado"):
        from_stored(Case, stored)


def test_a_value_that_forbids_itself_is_refused() -> None:
    stored: Any = to_stored(RETURN)
    stored["interval"]["low"] = 99
    with pytest.raises(Outdated, match=r"interval is no Interval: .*upside down"):
        from_stored(Estimate, stored)


def test_what_is_no_json_object_is_refused() -> None:
    others: tuple[Any, ...] = (None, [], "text", 3)
    for stored in others:
        with pytest.raises(Outdated):
            from_stored(Evidence, stored)


def test_the_fingerprint_of_a_shape_follows_its_fields() -> None:
    @dataclass(frozen=True)
    class Before:
        a: int

    @dataclass(frozen=True)
    class After:
        a: int
        b: str = ""

    After.__name__ = Before.__name__
    assert shape_of(Before) != shape_of(After)
    assert shape_of(Finding) == shape_of(Finding)


def test_members_that_json_cannot_tell_apart_are_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="tell its members apart"):
        to_stored("x", str | date)


def test_a_number_that_would_lose_something_is_a_mistake_of_ours() -> None:
    for kind, thing in ((int, 3.7), (str, 5), (bool, "yes"), (Level, 9)):
        with pytest.raises((TypeError, ValueError)):
            to_stored(thing, kind)
