"""A brief is renewed and not repeated: what changed comes first, no story and no argument comes twice."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sample

from fulcrum.briefing.arguments import arguments_for
from fulcrum.briefing.compose import compose_for_executive
from fulcrum.briefing.compose_board import compose_for_board
from fulcrum.core.brief import Brief
from fulcrum.core.company import Consent
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.core.quantities import Estimate
from fulcrum.core.told import Told
from fulcrum.renewal import keep_told, told_in, told_of

LATER = sample.AS_OF + timedelta(days=90)
STORIES = tuple(
    replace(sample.COMPANY.stories[0], id=id, quote=f"Said {id}.") for id in ("one", "two", "three")
)
COMPANY = replace(sample.COMPANY, stories=STORIES)


def brief_on(on: date, *told: Told, evidence: Evidence = sample.EVIDENCE) -> Brief:
    return compose_for_executive(
        sample.COO, COMPANY, evidence, sample.STEP, sample.playbook(), as_of=on, told=told
    )


def changes_in(brief: Brief) -> str:
    since = brief.section("renewed")
    assert since is not None
    return getattr(since.blocks[0], "text", "")


def newer(evidence: Evidence, gap: float) -> Evidence:
    """The evidence of newer data, with another adjusted gap in margin."""
    first, *rest = evidence.comparisons
    made = first.adjusted.result
    assert isinstance(made, Estimate)
    ends = replace(made.interval, low=gap - 30, high=gap + 30)
    moved = replace(first.adjusted, result=replace(made, value=gap, interval=ends))
    files = (replace(evidence.files[0], sha256="0" * 64, accepted=9120), *evidence.files[1:])
    return replace(evidence, comparisons=(replace(first, adjusted=moved), *rest), files=files)


def test_no_story_comes_twice_before_all_were_told_then_the_one_of_longest_ago_and_it_is_said() -> None:
    told: list[Told] = []
    seen = []
    for quarter in range(5):
        brief = brief_on(sample.AS_OF + timedelta(days=90 * quarter), *told)
        told.append(told_of(brief))
        seen += brief.stories
        assert ("what you read longest ago" in repr(brief.section("customer"))) is (quarter >= 3)
    assert len(set(seen[:3])) == 3
    assert seen[3:] == seen[:2]


def test_no_outside_argument_comes_twice_before_all_that_fit_were_told() -> None:
    told = list[Told]()
    seen: list[str] = []
    assert _all_fitting() >= 4
    for quarter in range(_all_fitting() // 2):
        brief = brief_on(sample.AS_OF + timedelta(days=90 * quarter), *told)
        told.append(told_of(brief))
        seen += brief.arguments
    assert len(set(seen)) == len(seen)


def _all_fitting() -> int:
    """How many arguments there are to tell, found by telling until one comes again."""
    seen, told = set[str](), list[Told]()
    for day in range(100):
        found = {one.id for one in arguments_for(sample.COO, sample.playbook(), COMPANY, told)}
        if found & seen:
            break
        seen |= found
        told.append(Told(on=sample.AS_OF + timedelta(days=day), arguments=tuple(found)))
    return len(seen)


def test_a_renewed_brief_says_first_what_changed_and_why() -> None:
    first = told_of(brief_on(sample.AS_OF))
    again = brief_on(LATER, first, evidence=newer(sample.EVIDENCE, 150.0))
    assert again.sections[0].key == "renewed"
    assert again.sections[0].heading == "Since your brief of 16 November 2026"
    said = changes_in(again)
    assert said.startswith("The data are newer: 421,420 rows were read, 420,514 then.")
    assert "€150" in said
    assert "€205 then" in said


def test_where_nothing_changed_it_says_so() -> None:
    again = brief_on(LATER, told_of(brief_on(sample.AS_OF)))
    assert changes_in(again) == "No figure has changed. The data and what is assumed are the same as then."


def test_an_assumption_that_was_stated_anew_is_named_as_the_reason() -> None:
    case = sample.THE_CASE
    moved = tuple(
        replace(one, result=replace(one.result, value=0.25)) if one.key == "moved_share" else one
        for one in case.assumptions
    )
    evidence = replace(sample.EVIDENCE, cases=(replace(case, assumptions=moved),))
    said = changes_in(brief_on(LATER, told_of(brief_on(sample.AS_OF)), evidence=evidence))
    assert "Share who stop repeating is assumed at 25\u00a0%, 18\u00a0% then." in said


def test_a_brief_made_again_on_its_own_day_is_the_same() -> None:
    first = brief_on(sample.AS_OF)
    assert brief_on(sample.AS_OF, told_of(first)) == first


def test_the_board_is_told_another_story_too() -> None:
    agreed = tuple(replace(one, consent=Consent.AGREED) for one in STORIES)
    company = replace(COMPANY, stories=agreed)
    first = compose_for_board(company, sample.EVIDENCE, sample.playbook())
    again = compose_for_board(
        company, sample.EVIDENCE, sample.playbook(), as_of=LATER, told=(told_of(first),)
    )
    assert not set(first.stories) & set(again.stories)
    assert not set(first.arguments) & set(again.arguments)
    assert again.sections[0].key == "renewed"


def test_what_was_told_is_kept_beside_the_briefs_and_read_back(tmp_path: Path) -> None:
    first = brief_on(sample.AS_OF)
    path = keep_told(tmp_path, "coo", (), first)
    kept = path.read_bytes()
    keep_told(tmp_path, "coo", told_in(tmp_path, "coo"), first)
    assert path.read_bytes() == kept
    again = brief_on(LATER, *told_in(tmp_path, "coo"))
    keep_told(tmp_path, "coo", told_in(tmp_path, "coo"), again)
    assert [one.on for one in told_in(tmp_path, "coo")] == [sample.AS_OF, LATER]
    assert told_in(tmp_path, "board") == ()


@pytest.mark.parametrize("broken", ["", "{", "[1]", '[{"on": "yesterday"}]'])
def test_a_record_that_cannot_be_read_is_named_with_a_remedy(tmp_path: Path, broken: str) -> None:
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "coo.json").write_text(broken, encoding="utf-8")
    with pytest.raises(WrongUse, match="remove it to begin anew"):
        told_in(tmp_path, "coo")
