"""What the check finds in a playbook whose entries all have their shape."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fulcrum.core.cited import Cited
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Behaviour
from fulcrum.core.playbook import Playbook
from fulcrum.core.rules import Constant
from fulcrum.playbook.check import problems_in
from fulcrum.playbook.load import load_playbook


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def with_step(playbook: Playbook, **changed: object) -> Playbook:
    first, *others = playbook.steps
    return replace(playbook, steps=(replace(first, **changed), *others))  # type: ignore[arg-type]


def with_argument(playbook: Playbook, **changed: object) -> Playbook:
    first, *others = playbook.arguments
    return replace(playbook, arguments=(replace(first, **changed), *others))  # type: ignore[arg-type]


def with_constant(playbook: Playbook, name: str, **changed: object) -> Playbook:
    constant: Constant = getattr(playbook.belief, name)
    changed_rules = {name: replace(constant, **changed)}  # type: ignore[arg-type]
    return replace(playbook, belief=replace(playbook.belief, **changed_rules))  # type: ignore[arg-type]


def with_prior(playbook: Playbook, shares: tuple[float, ...]) -> Playbook:
    prior = replace(playbook.belief.prior, new=shares)  # type: ignore[arg-type]
    return replace(playbook, belief=replace(playbook.belief, prior=prior))


def with_causal_share(playbook: Playbook, **changed: object) -> Playbook:
    first, *others = playbook.case.causal_share
    shares = (replace(first, **changed), *others)  # type: ignore[arg-type]
    return replace(playbook, case=replace(playbook.case, causal_share=shares))


def with_effect(playbook: Playbook, effect: float) -> Playbook:
    """The matrix with another effect of vision at level 0, which is wrong there."""
    first, *others = playbook.matrix
    return replace(playbook, matrix=(replace(first, effect=effect), *others))


def without(playbook: Playbook, shelf: str, gone: Callable[[object], bool]) -> Playbook:
    kept = tuple(entry for entry in getattr(playbook, shelf) if not gone(entry))
    return replace(playbook, **{shelf: kept})  # type: ignore[arg-type]


def codes(playbook: Playbook) -> list[str]:
    return [problem.code for problem in problems_in(playbook)]


def test_a_step_for_a_level_that_does_not_exist_is_dangling(playbook: Playbook) -> None:
    dangling = [p for p in problems_in(with_step(playbook, lowest_level=7)) if p.code == "playbook.dangling"]
    assert [problem.path for problem in dangling] == [f"steps ({playbook.steps[0].id}) › lowest_level"]
    assert dangling[0].remedy == "Use a level from 0 to 5."


def test_a_step_without_a_source_is_told_how_to_say_own_reasoning(playbook: Playbook) -> None:
    (problem,) = problems_in(with_step(playbook, sources=()))
    assert problem.code == "playbook.unsourced"
    assert 'seen = "own reasoning"' in problem.remedy


@pytest.mark.parametrize("seen", ["original", "retelling"])
def test_a_source_that_was_seen_has_an_address(playbook: Playbook, seen: str) -> None:
    unlinked = Cited(title="A study", seen=seen)  # type: ignore[arg-type]
    assert codes(with_step(playbook, sources=(unlinked,))) == ["playbook.unsourced"]


def test_own_reasoning_needs_no_address(playbook: Playbook) -> None:
    assert codes(with_step(playbook, sources=(Cited(title="We think so", seen="own reasoning"),))) == []


def test_a_cell_without_a_reason_is_a_problem(playbook: Playbook) -> None:
    first, *others = playbook.matrix
    assert codes(replace(playbook, matrix=(replace(first, reason=" "), *others))) == ["playbook.empty"]


def test_a_missing_anchor_is_named_by_behaviour_and_level(playbook: Playbook) -> None:
    gone = without(
        playbook,
        "anchors",
        lambda it: (it.behaviour, it.level) == (Behaviour.MODEL, 3),  # type: ignore[attr-defined]
    )
    (problem,) = problems_in(gone)
    assert problem.what == "“model” has no anchor at level 3."


def test_a_missing_cell_of_the_drop_row_is_found(playbook: Playbook) -> None:
    gone = without(
        playbook,
        "matrix",
        lambda it: (it.level, it.lever) == ("drop", Lever.EMPATHY),  # type: ignore[attr-defined]
    )
    (problem,) = problems_in(gone)
    assert problem.what == "The lever “empathy” has no cell at level drop."


def test_a_missing_barrier_leaves_its_lever_unanswered_too(playbook: Playbook) -> None:
    gone = without(playbook, "barriers", lambda it: it.barrier is Barrier.TELL_ME_WHAT)  # type: ignore[attr-defined]
    assert [problem.what for problem in problems_in(gone)] == [
        "The barrier “tell me what to do” is not described.",
        "The lever “first_steps” answers 0 barriers.",
    ]


def test_a_role_for_which_no_step_is_written_is_named(playbook: Playbook) -> None:
    gone = without(playbook, "steps", lambda it: it.roles == ("CPO",))  # type: ignore[attr-defined]
    assert "No step is written for the role “CPO”." in [problem.what for problem in problems_in(gone)]


def test_a_level_at_which_nothing_new_can_be_asked_is_named(playbook: Playbook) -> None:
    gone = without(playbook, "steps", lambda it: it.lowest_level == 0)  # type: ignore[attr-defined]
    assert "No step becomes possible at level 0." in [problem.what for problem in problems_in(gone)]


def test_a_constant_without_a_why_is_a_problem(playbook: Playbook) -> None:
    (problem,) = problems_in(with_constant(playbook, "emission_sd", why=""))
    assert (problem.path, problem.what) == ("belief.emission_sd", "“why” is empty.")


def test_a_constant_out_of_range_says_the_range(playbook: Playbook) -> None:
    (problem,) = problems_in(with_constant(playbook, "weight_own_words", value=1.4))
    assert problem.remedy == "Allowed: 0 to 1."


def test_not_a_number_is_out_of_every_range(playbook: Playbook) -> None:
    assert codes(with_constant(playbook, "emission_sd", value=float("nan"))) == ["playbook.number"]


def test_probabilities_that_do_not_add_to_one_are_added_up_for_the_reader(playbook: Playbook) -> None:
    (problem,) = problems_in(with_prior(playbook, (0.1, 0.2, 0.3, 0.2, 0.1, 0.0)))
    assert problem.what == "The six probabilities of “new” add to 0.9."


def test_a_causal_share_with_its_mode_above_its_high_is_a_problem(playbook: Playbook) -> None:
    assert codes(with_causal_share(playbook, mode=1.2)) == ["playbook.number"]


def test_a_grade_given_twice_leaves_another_without_a_causal_share(playbook: Playbook) -> None:
    (problem,) = problems_in(with_causal_share(playbook, grade="B"))
    assert problem.what == "The grades are B, B, C, D, E."


def test_a_lever_that_is_wrong_now_cannot_raise_anybody(playbook: Playbook) -> None:
    assert "playbook.number" in codes(with_effect(playbook, 0.1))


def test_a_secondary_lever_never_does_as_much_as_a_primary_one(playbook: Playbook) -> None:
    raised = tuple(
        replace(cell, effect=0.4) if (cell.level, cell.lever) == (0, Lever.EMPATHY) else cell
        for cell in playbook.matrix
    )
    (problem,) = problems_in(replace(playbook, matrix=raised))
    assert problem.what == "“primary” does no more than “secondary” (empathy)."


def test_an_argument_that_promises_a_comparison_figure_gives_it(playbook: Playbook) -> None:
    (problem,) = problems_in(with_argument(playbook, has_baseline=True, baseline=""))
    assert problem.code == "playbook.argument"
    assert problem.path.endswith("› baseline")


def test_what_people_say_they_would_do_is_never_strong(playbook: Playbook) -> None:
    assert codes(with_argument(playbook, outcome="intention", strength="strong")) == ["playbook.argument"]


def test_a_claim_told_in_two_directions_is_never_strong(playbook: Playbook) -> None:
    assert codes(with_argument(playbook, is_conditional_contested=True, strength="fair")) == [
        "playbook.argument"
    ]


def test_fewer_entries_than_promised_are_counted(playbook: Playbook) -> None:
    fewer = [problem.what for problem in problems_in(replace(playbook, examples=playbook.examples[:5]))]
    assert "There are 5 examples; 60 are promised." in fewer
