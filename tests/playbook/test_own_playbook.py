"""A company's own folder: what it adds, what it overrides, and what is said when it holds a mistake."""

from pathlib import Path

import pytest

from fulcrum.core.errors import DataProblems, Problem, WrongUse
from fulcrum.core.levers import Lever
from fulcrum.playbook.check import check_playbook, checked_playbook
from fulcrum.playbook.load import load_playbook, read_playbook

STEP = """
[[steps]]
id = "{id}"
ask = "{ask}"
roles = ["CFO"]
minutes = 20
minutes_from = "estimate"
behaviour = "model"
lowest_level = {level}
how_to = ["Come on Monday.", "Bring the pack.", "Ask one question."]
sources = [{source}]
"""
OWN_REASONING = '{ title = "Our people team", seen = "own reasoning" }'
CELL = """
[[matrix]]
level = 2
lever = "{lever}"
role = "primary"
effect = 0.46
reason = "It worked twice in our company."
sources = [{{ title = "Our own record", seen = "own reasoning" }}]
"""


def step(
    id: str = "own-step",
    ask: str = "Do it.",
    level: int | str = 2,
    source: str = OWN_REASONING,
) -> str:
    return STEP.format(id=id, ask=ask, level=level, source=source)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "playbook"
    folder.mkdir()
    return folder


def only_problem(own: Path) -> Problem:
    """The one Problem that the folder causes; more or fewer fail the test."""
    (problem,) = check_playbook(own)
    return problem


def test_a_folder_that_does_not_exist_leaves_the_shipped_playbook_as_it_is(own: Path) -> None:
    assert load_playbook(own / "nowhere") == load_playbook()


def test_one_reading_gives_the_playbook_and_all_its_problems(own: Path) -> None:
    assert checked_playbook(own) == (load_playbook(own), check_playbook(own))


def test_a_file_in_the_place_of_the_folder_is_wrong_use(own: Path) -> None:
    (own / "steps.toml").write_text(step())
    with pytest.raises(WrongUse, match="is a file"):
        load_playbook(own / "steps.toml")


def test_an_own_step_is_added_after_the_shipped_ones(own: Path) -> None:
    (own / "steps.toml").write_text(step("visit-the-depot"))
    playbook = load_playbook(own)
    assert playbook.steps[-1].id == "visit-the-depot"
    assert len(playbook.steps) == len(load_playbook().steps) + 1


def test_own_files_may_lie_in_a_folder_of_the_shelfs_name(own: Path) -> None:
    (own / "steps").mkdir()
    (own / "steps" / "finance.toml").write_text(step("visit-the-depot"))
    assert load_playbook(own).step("visit-the-depot") is not None


def test_an_own_step_with_a_shipped_id_takes_its_place_whole_and_keeps_its_position(own: Path) -> None:
    shipped = load_playbook()
    (own / "steps.toml").write_text(step("lend-an-analyst", ask="Lend us two analysts."))
    playbook = load_playbook(own)
    assert [one.id for one in playbook.steps] == [one.id for one in shipped.steps]
    renewed = playbook.step("lend-an-analyst")
    assert renewed is not None
    assert renewed.ask == "Lend us two analysts."
    assert renewed.watch_for == ""


def test_an_own_cell_overrides_the_cell_of_the_same_level_and_lever_only(own: Path) -> None:
    (own / "matrix.toml").write_text(CELL.format(lever="empathy"))
    playbook = load_playbook(own)
    assert playbook.cell(2, Lever.EMPATHY).reason == "It worked twice in our company."
    assert playbook.cell(2, Lever.VISION) == load_playbook().cell(2, Lever.VISION)


def test_a_single_constant_may_be_overridden_and_its_neighbours_stay(own: Path) -> None:
    (own / "rules.toml").write_text(
        '[belief.half_life_weeks]\nvalue = 8\nwhy = "We reshuffle often."\nsource = "People review."\n'
    )
    rules, shipped = load_playbook(own).belief, load_playbook().belief
    assert rules.half_life_weeks.value == 8
    assert rules.emission_sd == shipped.emission_sd


def test_the_causal_share_of_one_grade_may_be_overridden_and_the_others_stay(own: Path) -> None:
    (own / "rules.toml").write_text(
        '[[case.causal_share]]\ngrade = "C"\nlow = 0.1\nmode = 0.3\nhigh = 0.5\n'
        'why = "Our last three pilots."\nsource = "Pilot record."\n'
    )
    shares = {prior.grade: prior for prior in load_playbook(own).case.causal_share}
    assert list(shares) == ["A", "B", "C", "D", "E"]
    assert (shares["C"].mode, shares["A"].low) == (0.3, 0.9)


def test_the_version_tells_an_overridden_playbook_from_the_shipped_one(own: Path) -> None:
    (own / "steps.toml").write_text(step())
    assert load_playbook(own).version != load_playbook().version
    assert load_playbook(own).version == load_playbook(own).version


def test_a_misspelt_key_is_named_with_the_key_that_was_meant(own: Path) -> None:
    (own / "steps.toml").write_text(step().replace("lowest_level", "lowest_lvl"))
    missing, misspelt = sorted(check_playbook(own), key=lambda problem: problem.what)
    assert (misspelt.file, misspelt.path) == ("playbook/steps.toml", "steps 1 (own-step) › lowest_lvl")
    assert misspelt.what == "“lowest_lvl” is not a key here."
    assert misspelt.remedy.startswith("Did you mean “lowest_level”?")
    assert missing.remedy == "Add a line lowest_level = …"


def test_a_misspelt_key_inside_a_source_points_to_that_source(own: Path) -> None:
    (own / "steps.toml").write_text(
        step(source=f'{OWN_REASONING}, {{ title = "A", link = "https://a.example" }}')
    )
    problem = only_problem(own)
    assert problem.path == "steps 1 (own-step) › sources 2 › link"
    assert "Allowed: title, url, year, seen." in problem.remedy


def test_a_wrong_lever_lists_the_six(own: Path) -> None:
    (own / "matrix.toml").write_text(CELL.format(lever="vison"))
    problem = only_problem(own)
    assert problem.what == "“vison” is not an allowed value of “lever”."
    assert problem.remedy.startswith("Did you mean “vision”?")
    assert all(lever.value in problem.remedy for lever in Lever)


def test_a_number_in_quotes_is_not_a_number(own: Path) -> None:
    (own / "steps.toml").write_text(step().replace("minutes = 20", 'minutes = "20"'))
    problem = only_problem(own)
    assert problem.what == "“minutes” cannot be the text “20”."
    assert problem.remedy == "Write a whole number without quotes, like 30."


def test_a_level_that_is_neither_a_number_nor_drop_is_one_problem_with_both_ways_out(own: Path) -> None:
    (own / "matrix.toml").write_text(CELL.format(lever="vision").replace("level = 2", 'level = "dropp"'))
    problem = only_problem(own)
    assert problem.path.endswith("› level")
    assert "Write a whole number" in problem.remedy
    assert "drop" in problem.remedy


def test_six_numbers_are_six(own: Path) -> None:
    (own / "barriers.toml").write_text(
        '[[barriers]]\nbarrier = "no picture"\nlever = "vision"\nsounds_like = ["What is it?"]\nwhy = "No."\n'
        f"prior_by_level = [1, 1, 1, 1, 1]\nsources = [{OWN_REASONING}]\n"
    )
    problem = only_problem(own)
    assert problem.remedy == "Write exactly six numbers, one for each level from 0 to 5."


def test_two_mistakes_in_two_files_are_told_at_once(own: Path) -> None:
    (own / "matrix.toml").write_text(CELL.format(lever="vison"))
    (own / "steps.toml").write_text(step().replace('"model"', '"modelling"'))
    playbook, problems = read_playbook(own)
    assert playbook is None
    assert {problem.file for problem in problems} == {"playbook/matrix.toml", "playbook/steps.toml"}


def test_loading_a_playbook_with_mistakes_raises_them_all(own: Path) -> None:
    (own / "steps.toml").write_text(step(level='"2"') + step("second", level='"3"'))
    with pytest.raises(DataProblems) as refused:
        load_playbook(own)
    assert len(refused.value.problems) == 2


def test_the_same_step_twice_in_the_own_folder_is_a_problem_and_names_both_files(own: Path) -> None:
    (own / "steps").mkdir()
    (own / "steps" / "a.toml").write_text(step("visit"))
    (own / "steps" / "b.toml").write_text(step("visit"))
    problem = only_problem(own)
    assert problem.file == "playbook/steps/b.toml"
    assert "the first is in playbook/steps/a.toml" in problem.what


def test_a_file_of_an_unknown_name_is_a_problem_and_not_ignored(own: Path) -> None:
    (own / "stesp.toml").write_text(step())
    assert only_problem(own).remedy.startswith("Rename the file. Did you mean steps.toml?")


def test_an_array_of_the_wrong_name_is_a_problem_and_not_ignored(own: Path) -> None:
    (own / "steps.toml").write_text(step().replace("[[steps]]", "[[step]]"))
    assert only_problem(own).remedy == "Begin each entry with a line [[steps]]."


def test_a_constant_of_an_unknown_name_is_a_problem_in_the_own_file(own: Path) -> None:
    (own / "rules.toml").write_text('[belief.half_live_weeks]\nvalue = 8\nwhy = "a"\nsource = "b"\n')
    problem = only_problem(own)
    assert (problem.file, problem.path) == ("playbook/rules.toml", "belief › half_live_weeks")
    assert problem.remedy.startswith("Did you mean “half_life_weeks”?")


def test_a_constant_that_is_a_bare_number_is_asked_for_its_why_and_source(own: Path) -> None:
    (own / "rules.toml").write_text("[belief]\nhalf_life_weeks = 8\n")
    problem = only_problem(own)
    assert problem.what == "“half_life_weeks” cannot be the number 8."
    assert problem.remedy == "Write a table with the keys value, why, source."


def test_a_group_of_rules_of_an_unknown_name_is_a_problem(own: Path) -> None:
    (own / "rules.toml").write_text("[beliefs.half_life_weeks]\nvalue = 8\n")
    assert only_problem(own).what == "“beliefs” is not a group of rules."


def test_a_file_that_is_not_toml_says_which_line(own: Path) -> None:
    (own / "steps.toml").write_text(step() + "minutes = twenty\n")
    assert "line" in only_problem(own).what


def test_a_file_saved_by_a_windows_editor_with_its_mark_is_read(own: Path) -> None:
    (own / "steps.toml").write_bytes(b"\xef\xbb\xbf" + step("visit").encode().replace(b"\n", b"\r\n"))
    assert load_playbook(own).step("visit") is not None
