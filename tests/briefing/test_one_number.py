"""The one number of the opening: the finding that bears on what its reader answers for, and why."""

from dataclasses import replace

import pytest
import sample

from fulcrum.briefing.compose import compose_for_executive
from fulcrum.briefing.contents import figures_in
from fulcrum.core.brief import Brief, Section
from fulcrum.core.company import Company
from fulcrum.core.findings import Evidence
from fulcrum.core.people import Executive, Goal
from fulcrum.core.quantities import Estimate


def brief_for(person: Executive, company: Company, evidence: Evidence = sample.EVIDENCE) -> Brief:
    return compose_for_executive(person, company, evidence, None, sample.playbook())


def number_of(brief: Brief) -> Section:
    return next(one for one in brief.page(1) if one.key == "number" or one.key.startswith("worth"))


def aiming(person: Executive, goal: str) -> Company:
    return replace(sample.COMPANY, goals=(Goal(executive=person.id, goal=goal),), initiatives=())


CMO = Executive(id="cmo", name="Tom Lind", role="CMO", area="marketing")
CEO = Executive(id="ceo", name="Ana Reis", role="CEO", area="whole company")


def test_it_is_what_their_own_initiative_rests_on() -> None:
    one = sample.EVIDENCE.comparisons[0]
    owned = replace(sample.COMPANY.initiatives[0], owner="cmo", comparison=one.key)
    company = replace(aiming(CMO, "Grow the brand"), initiatives=(owned,))
    number = number_of(brief_for(CMO, company))
    assert figures_in((number,))[0].key == one.adjusted.key
    assert "your own initiative rests on it" in repr(number)


def test_it_follows_the_words_of_their_goal() -> None:
    one = sample.EVIDENCE.comparisons[0]
    evidence = replace(sample.EVIDENCE, comparisons=(replace(one, outcome="stayed"),))
    number = number_of(brief_for(CMO, aiming(CMO, "Fewer customers leave"), evidence))
    assert number.key == "number"
    assert "your goal moves with customers who stay or leave" in repr(number)


def test_a_gap_that_may_be_none_is_never_the_number() -> None:
    one = sample.EVIDENCE.comparisons[0]
    made = one.adjusted.result
    assert isinstance(made, Estimate)
    doubtful = replace(made, interval=replace(made.interval, low=-10.0, high=420.0))
    gap = replace(one, outcome="stayed", adjusted=replace(one.adjusted, result=doubtful))
    evidence = replace(sample.EVIDENCE, comparisons=(gap,))
    number = number_of(brief_for(CMO, aiming(CMO, "Fewer customers leave"), evidence))
    assert number.key.startswith("worth")


@pytest.mark.parametrize(
    ("person", "why"), [(CEO, "you answer for the whole company"), (CMO, "no finding bears on a goal")]
)
def test_the_case_stands_for_who_answers_for_all_and_where_nothing_fits(person: Executive, why: str) -> None:
    number = number_of(brief_for(person, replace(aiming(person, "Win the trade prize"), stories=())))
    assert number.key.startswith("worth")
    assert why in repr(number)


def test_a_case_that_is_not_the_number_stands_among_the_evidence() -> None:
    brief = sample.executive_brief()
    assert number_of(brief).key == "number"
    worth = next(one for one in brief.sections if one.key.startswith("worth"))
    assert worth.page == 2


def test_every_figure_of_the_opening_is_in_the_table_with_its_grade_and_trace() -> None:
    brief = sample.executive_brief()
    opening = {one.key for one in figures_in(brief.page(1))}
    table = brief.section("figures")
    assert table is not None
    assert opening <= {one.key for one in figures_in((table,))}
