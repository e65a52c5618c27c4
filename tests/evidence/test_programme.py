"""Initiatives beside one another: the exact choice, who is left out and why, and the ladder of quick wins."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations

import numpy as np
from cell_maker import shown

from fulcrum.core.company import Initiative
from fulcrum.core.findings import Assumption, Case, Programme
from fulcrum.core.quantities import (
    MONTHS,
    SHARE,
    Estimate,
    Grade,
    Interval,
    Result,
    Unit,
    Unknown,
    money_unit,
)
from fulcrum.evidence.case.programme import Stated, compare_cases
from fulcrum.evidence.case.selection import Offer, best_set

NOT_CARRIED = Unknown(reason="Only 9 of them left.", needs="20 who left.")


def test_the_choice_is_the_best_of_all_sets() -> None:
    chance = np.random.default_rng(2)
    for _ in range(300):
        offers = [
            Offer(
                brings=float(chance.integers(-20, 100)),
                needs=Decimal(int(chance.integers(0, 60))),
                group=str(chance.integers(0, 6)),
            )
            for _ in range(int(chance.integers(1, 9)))
        ]
        budget = None if chance.random() < 0.2 else Decimal(int(chance.integers(0, 150)))
        found = best_set(offers, budget)
        assert fits(offers, found, budget)
        assert worth(offers, found) == max(worth(offers, one) for one in all_sets(offers, budget))


def test_sixty_alike_offers_are_chosen_from_at_once() -> None:
    chance = np.random.default_rng(4)
    offers = [
        Offer(brings=100 + float(chance.random()), needs=Decimal(100 + k % 7), group=str(k))
        for k in range(60)
    ]
    assert len(best_set(offers, Decimal(2000))) >= 18


def test_of_two_sets_that_bring_the_same_the_cheaper_wins() -> None:
    offers = [Offer(brings=10, needs=Decimal(9), group="a"), Offer(brings=10, needs=Decimal(4), group="b")]
    assert best_set(offers, Decimal(9)) == {1}


def test_the_greedy_choice_is_not_taken_where_another_brings_more() -> None:
    made = compare(
        stated("Small", 30, one_off=10),
        stated("Left", 50, one_off=50),
        stated("Right", 55, one_off=50),
        budget=100,
    )
    assert {one.title for one in made.ranked if one.is_chosen} == {"Left", "Right"}
    small = next(one for one in made.ranked if one.title == "Small")
    assert small.because == "It needs €10 in its first year; “Left” and “Right” bring more within €100."
    assert shown(made.upside).value == 105


def test_two_initiatives_on_the_same_comparison_never_add() -> None:
    made = compare(stated("One", 80, moves="repair"), stated("Other", 70, moves="repair"))
    assert [one.is_chosen for one in made.ranked] == [True, False]
    assert shown(made.upside).value == 80
    assert "same customers as “One”" in made.ranked[1].because
    assert made.caveats == ()


def test_what_may_overlap_is_added_with_a_caveat_and_the_weakest_grade() -> None:
    made = compare(stated("One", 80), stated("Other", 70, grade=Grade.RAW))
    total = shown(made.upside)
    assert (total.value, total.interval.low, total.interval.high) == (150, 110, 190)
    assert total.grade.claim == "at stake"
    assert "may reach the same customers" in made.caveats[0].text


def test_what_is_left_out_says_why() -> None:
    made = compare(
        stated("Refused", NOT_CARRIED),
        stated("Unclear", 40, gap=(-1, 3)),
        stated("Short", -5),
        stated("Huge", 500, one_off=900),
        stated("Good", 60),
        budget=300,
    )
    because = {one.title: one.because for one in made.ranked}
    assert because["Refused"] == "The data carry no case. Only 9 of them left."
    assert because["Unclear"] == "The data cannot tell its gap from no gap."
    assert because["Short"] == "Its middle case does not cover its cost."
    assert because["Huge"] == "It needs €900 in its first year, more than the budget of €300."
    assert [one.title for one in made.ranked if one.is_chosen] == ["Good"]
    assert made.ranked[0].title == "Good"


def test_a_budget_holds_the_one_off_cost_and_the_first_years_running_cost() -> None:
    made = compare(stated("Good", 60, one_off=100, running=40), budget=140)
    assert made.needed.value == 140
    assert compare(stated("Good", 60, one_off=100, running=41), budget=140).needed.value == 0


def test_nothing_worth_choosing_is_no_sum() -> None:
    made = compare(stated("Refused", NOT_CARRIED), stated("Short", -5))
    assert isinstance(made.upside, Unknown)
    assert made.ladder == ()


def test_the_ladder_goes_from_the_soonest_back_to_the_slowest_with_its_reasons() -> None:
    made = compare(
        stated("Slow", 60, payback=20, one_off=10, chance=0.99),
        stated("Fast", 60, payback=4, one_off=50, chance=0.8),
        stated("Unlikely", 60, payback=3, chance=0.4),
        stated("Never", 60, payback=None),
    )
    assert [rung.title for rung in made.ladder] == ["Fast", "Slow"]
    assert made.ladder[0].because == (
        "Back after 4 months, the soonest; €50 at risk; above break-even in 80 of 100 simulated outcomes."
    )
    assert "€10 at risk, the least" in made.ladder[1].because
    assert "the surest" in made.ladder[1].because
    assert {rung.title: rung.because for rung in made.off_ladder} == {
        "Unlikely": "It ends above break-even in fewer than half of the simulated outcomes.",
        "Never": "Not within the horizon.",
    }


def test_of_two_that_are_back_together_the_one_that_risks_less_comes_first() -> None:
    made = compare(stated("More", 60, payback=6.2, one_off=90), stated("Less", 60, payback=6.4, one_off=20))
    assert [rung.title for rung in made.ladder] == ["Less", "More"]


def compare(*initiatives: Stated, budget: int | None = None) -> Programme:
    held = None if budget is None else Decimal(budget)
    return compare_cases(initiatives, budget=held, currency="EUR", trace="t")


def stated(
    name: str,
    upside: float | Unknown,
    *,
    one_off: int = 10,
    running: int = 0,
    moves: str = "",
    gap: tuple[float, float] = (1, 3),
    payback: float | None = 5,
    chance: float = 0.9,
    grade: Grade = Grade.ADJUSTED,
) -> Stated:
    """An initiative with a case of these numbers; its upside's interval reaches 20 to either side."""
    initiative = Initiative(
        name=name,
        one_off=Decimal(one_off),
        running=Decimal(running),
        horizon_years=3,
        reach=100,
        moved_share=0.2,
    )
    made: Result = upside if isinstance(upside, Unknown) else number(upside, 20, money_unit("EUR"), grade)
    unpaid = Unknown(reason="Not within the horizon", needs="Lower costs")
    gain = replace(
        number(2, 0, money_unit("EUR"), grade), interval=Interval(low=gap[0], high=gap[1], confidence=0.95)
    )
    case = Case(
        key=f"case.{name}",
        title=name,
        horizon_years=3,
        upside=made,
        inaction=made,
        at_stake=made,
        break_even=made,
        gain_probability=number(chance, 0.01, SHARE, grade),
        payback_months=unpaid if payback is None else number(payback, 3, MONTHS, grade),
        assumptions=(Assumption(key="gain", name="Gain", result=gain, source="s", is_stated=False),),
    )
    return Stated(initiative=initiative, case=case, moves=moves or name)


def number(value: float, half: float, unit: Unit, grade: Grade) -> Estimate:
    ends = Interval(low=value - half, high=value + half, confidence=0.8)
    return Estimate(value=value, interval=ends, unit=unit, n=None, grade=grade, method="m", trace="t")


def all_sets(offers: list[Offer], budget: Decimal | None) -> list[frozenset[int]]:
    places = range(len(offers))
    every = chain.from_iterable(combinations(places, size) for size in range(len(offers) + 1))
    return [frozenset(one) for one in every if fits(offers, frozenset(one), budget)]


def fits(offers: list[Offer], chosen: frozenset[int], budget: Decimal | None) -> bool:
    groups = [offers[place].group for place in chosen]
    needs = sum((offers[place].needs for place in chosen), Decimal(0))
    return len(groups) == len(set(groups)) and (budget is None or needs <= budget)


def worth(offers: list[Offer], chosen: frozenset[int]) -> float:
    return sum(offers[place].brings for place in chosen)
