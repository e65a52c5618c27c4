"""Outside arguments carry their weaknesses with them; goals and motivators say what to beware of."""

from pathlib import Path
from typing import get_args

import pytest

from fulcrum.core.levers import Lever
from fulcrum.core.playbook import Argument, Playbook, Role
from fulcrum.playbook.load import load_playbook

NO_COMPARISON = "No comparison figure: it cannot show a difference."
INTENTION = "What people say they would do, not what they did."
RETOLD = "Read in a retelling only; the original was not opened."


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


@pytest.fixture(scope="module")
def argument(playbook: Playbook) -> dict[str, Argument]:
    return {argument.id: argument for argument in playbook.arguments}


def test_the_58_per_cent_carries_all_of_its_warnings(argument: dict[str, Argument]) -> None:
    assert argument["eiu-58"].warnings == (
        "Use only to debunk.",
        "It is told in two directions; the original was not found.",
        "Retellings conflict: 58 % in either direction, or 48 %.",
        NO_COMPARISON,
        "Self-report: the answers were not checked against records.",
    )


def test_the_58_per_cent_is_told_in_both_directions_and_names_who_paid(argument: dict[str, Argument]) -> None:
    famous = argument["eiu-58"]
    assert "given that the chief executive is in charge" in famous.direction
    assert "given that the firm is much more profitable" in famous.direction
    assert famous.baseline.startswith("None found")
    assert "sells customer-experience software" in famous.sponsor_interest
    assert "Do not build a case" in famous.rebuttal


def test_no_source_of_the_58_per_cent_passes_for_the_original(argument: dict[str, Argument]) -> None:
    assert all(source.seen == "retelling" for source in argument["eiu-58"].sources)


def test_the_other_58_per_cent_is_kept_only_to_catch_a_mix_up(argument: dict[str, Argument]) -> None:
    assert argument["eiu-2012-mix-up"].strength == "only to debunk"
    assert argument["eiu-2012-mix-up"].n != argument["eiu-58"].n


def test_the_72_per_cent_never_comes_with_a_gap_to_colleagues(argument: dict[str, Argument]) -> None:
    owners = argument["eiu-72-in-charge"]
    assert not {"27", "28"} & set(owners.claim.split())
    assert (
        "Retellings conflict on the colleagues' share: 27 to 28 % agree, or 27 % disagree." in owners.warnings
    )


def test_every_argument_without_a_comparison_says_so_and_no_other_does(playbook: Playbook) -> None:
    for argument in playbook.arguments:
        assert (NO_COMPARISON in argument.warnings) == (not argument.has_baseline), argument.id
        assert argument.baseline, argument.id


def test_every_argument_answers_what_a_sceptic_asks(playbook: Playbook) -> None:
    asked = ("claim", "direction", "n", "country", "design", "sponsor_interest", "criticism", "rebuttal")
    for argument in playbook.arguments:
        missing = [question for question in asked if not getattr(argument, question).strip()]
        assert not missing, (argument.id, missing)


def test_what_people_say_they_would_do_is_never_called_strong(playbook: Playbook) -> None:
    stated = [argument for argument in playbook.arguments if argument.outcome == "intention"]
    assert stated
    for argument in stated:
        assert argument.strength in ("stated intention", "only to debunk"), argument.id
        assert INTENTION in argument.warnings, argument.id


def test_models_opinions_and_self_reports_are_never_called_evidence(playbook: Playbook) -> None:
    for argument in playbook.arguments:
        if argument.outcome in ("model", "self-report", "awareness"):
            assert argument.strength in ("model or opinion", "only to debunk"), argument.id


def test_what_is_strong_was_measured_and_its_original_seen(playbook: Playbook) -> None:
    for argument in playbook.arguments:
        if argument.strength == "strong":
            assert argument.outcome in ("behaviour", "accounting", "market"), argument.id
            assert RETOLD not in argument.warnings, argument.id


def test_a_disputed_argument_names_the_study_that_contradicts_it(argument: dict[str, Argument]) -> None:
    disputed = [entry for entry in argument.values() if entry.disputed_by]
    assert {"satisfaction-portfolio", "level-and-rise", "airline-complaints"} <= {one.id for one in disputed}
    for entry in disputed:
        assert entry.disputed_by in set(argument) - {entry.id}
        assert "Disputed: show it only beside the study that contradicts it." in entry.warnings


def test_figures_that_could_not_be_confirmed_are_not_in_the_library(argument: dict[str, Argument]) -> None:
    dutch = argument["several-metrics-dutch"]
    assert not any(figure in dutch.n for figure in ("93", "18"))
    assert "79" not in argument["sponsor-72-29"].claim
    assert "must never be scaled" in argument["cash-flow-per-point"].criticism


def test_a_study_that_nothing_dates_says_so(argument: dict[str, Argument]) -> None:
    assert argument["pwc-85-73"].dated == "year not known"
    assert argument["eiu-58"].dated == "2015"


def test_every_lever_has_an_argument(playbook: Playbook) -> None:
    assert {argument.lever for argument in playbook.arguments} == set(Lever)


def test_every_argument_goal_and_motivator_can_be_looked_up(playbook: Playbook) -> None:
    cited = {f"argument {entry.id}": entry.sources for entry in playbook.arguments}
    cited |= {f"goal metric {entry.id}": entry.sources for entry in playbook.goal_metrics}
    cited |= {f"motivator {entry.id}": entry.sources for entry in playbook.motivators}
    for entry, sources in cited.items():
        assert sources, entry
        for source in sources:
            has_address = source.url.startswith(("https://", "http://"))
            assert has_address != (source.seen == "own reasoning"), (entry, source.title)


def test_a_companys_own_argument_cannot_shed_its_warnings(tmp_path: Path) -> None:
    (tmp_path / "arguments.toml").write_text(OWN_ARGUMENT, encoding="utf-8")
    own = next(entry for entry in load_playbook(tmp_path).arguments if entry.id == "our-vendor")
    assert own.warnings == (NO_COMPARISON, INTENTION, RETOLD)


def test_every_kind_of_executive_has_a_goal_metric(playbook: Playbook) -> None:
    covered = {role for metric in playbook.goal_metrics for role in metric.roles}
    assert covered == set(get_args(Role)) - {"any"}


def test_a_metric_that_is_itself_a_driver_is_asked_for_as_a_contribution(playbook: Playbook) -> None:
    drivers = [metric for metric in playbook.goal_metrics if metric.direction == "drives it"]
    assert drivers
    assert all("as a contribution, not as a benefit" in metric.caution for metric in drivers)


def test_a_link_that_only_reasoning_supports_claims_no_study(playbook: Playbook) -> None:
    for metric in playbook.goal_metrics:
        is_reasoned = any(source.seen == "own reasoning" for source in metric.sources)
        assert is_reasoned == (metric.support == "logic"), metric.id


def test_goals_that_may_suffer_first_say_so(playbook: Playbook) -> None:
    marked = {metric.id for metric in playbook.goal_metrics if "May worsen for a while" in metric.caution}
    suffer = {"profit-against-plan", "cost-to-serve", "win-rate-and-sales-cycle"}
    assert suffer | {"university-retention-and-completion"} <= marked


def test_market_value_is_disputed_and_shows_both_sides(playbook: Playbook) -> None:
    metric = next(metric for metric in playbook.goal_metrics if metric.id == "shareholder-return")
    assert metric.direction == "disputed"
    assert "always show both sides" in metric.caution


def test_every_motivator_says_what_would_be_manipulative(playbook: Playbook) -> None:
    assert len(playbook.motivators) == 10
    assert all(motivator.never and motivator.speaks_to_it for motivator in playbook.motivators)


OWN_ARGUMENT = """
[[arguments]]
id = "our-vendor"
claim = "Seven of ten would pay more."
direction = "A share of answers."
has_baseline = false
baseline = "None given."
n = "400"
year = 2024
country = "Ireland"
industry = "any"
design = "Survey."
outcome = "intention"
sponsor_interest = "The vendor sells the cure."
criticism = "Hypothetical."
rebuttal = "None."
strength = "stated intention"
lever = "opportunities"
sources = [{ title = "The vendor's slide", seen = "retelling", url = "https://example.org/slide" }]
"""
