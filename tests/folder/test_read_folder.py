"""Every mistake in a folder at once, each with file, row, column and remedy."""

from datetime import date
from pathlib import Path

import pytest
from companies import TINY

from fulcrum.core.errors import Problem, Severity
from fulcrum.folder.read import read_folder
from fulcrum.folder.write import write_folder

OBSERVATIONS = "executive,date,behaviour,anchor,source,observer,note\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(TINY, tmp_path / "acme")
    return tmp_path / "acme"


def problems_of(folder: Path, *, as_of: date | None = None) -> tuple[Problem, ...]:
    return read_folder(folder, as_of=as_of)[1]


def the_problem(folder: Path, name: str, text: str) -> Problem:
    (folder / name).write_text(text, encoding="utf-8")
    company, problems = read_folder(folder, as_of=None)
    assert len(problems) == 1, list(map(str, problems))
    assert (company is None) is problems[0].is_error
    return problems[0]


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    (folder / "company.toml").write_text('name = "A"\nindustri = "x"\ncurrency = "euro"\n', encoding="utf-8")
    (folder / "observations.csv").write_text(
        OBSERVATIONS
        + "cf0,2026-03-09,resources,3,seen,,\n"
        + "cfo,09/03/2026,resource,7,saw,,\n"
        + f"cfo,2026-02-30,model,2,seen,,{'x' * 2_001}\n",
        encoding="utf-8",
    )
    (folder / "influence.csv").write_text("from,to,strength\ncfo,cfo,1.5\n", encoding="utf-8")
    company, problems = read_folder(folder, as_of=None, today=date(2026, 3, 9))
    assert company is None
    places = {(p.file, p.row, p.column or p.path) for p in problems if p.is_error}
    assert places == {
        ("company.toml", None, "industri"),
        ("company.toml", None, "industry"),
        ("company.toml", None, "currency"),
        ("observations.csv", 2, "executive"),
        ("observations.csv", 3, "date"),
        ("observations.csv", 3, "behaviour"),
        ("observations.csv", 3, "anchor"),
        ("observations.csv", 3, "source"),
        ("observations.csv", 4, "date"),
        ("observations.csv", 4, "note"),
        ("influence.csv", 2, "strength"),
    }
    assert all(p.remedy for p in problems)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("cf0,2026-03-09,resources,3,seen,,", "executive", "cfo"),
        ("cfo,9.3.2026,resources,3,seen,,", "date", "2026-03-09"),
        ("cfo,2026-03-09,resorces,3,seen,,", "behaviour", "Did you mean “resources”"),
        ("cfo,2026-03-09,resources,3,saw,,", "source", "seen, told by, document, ask outcome, own words"),
        ("cfo,2026-03-09,resources,6,seen,,", "anchor", "0 to 5"),
        ("cfo,2026-03-09,,3,seen,,", "behaviour", "needs its behaviour"),
        (f"cfo,2026-03-09,model,3,seen,,{'x' * 3000}", "note", "2,000"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_what_is_allowed(
    folder: Path, row: str, column: str, says: str
) -> None:
    problem = the_problem(folder, "observations.csv", OBSERVATIONS + row + "\n")
    assert (problem.row, problem.column) == (2, column)
    assert says in str(problem)


@pytest.mark.parametrize(
    ("name", "text", "row", "column"),
    [
        ("executives.csv", "id,name,role\ncfo,A,CFO\ncfo,B,CFO\n", 3, "id"),
        ("influence.csv", "from,to,strength\ncfo,cfo,0.5\n", 2, "to"),
        ("influence.csv", "from,to,strength\ncfo,coo,0.5\n", 2, "to"),
        ("asks.csv", "executive,step,asked_on,closed_on\ncfo,x,2026-03-02,2026-03-01\n", 2, "closed_on"),
        ("moves.csv", "id,executive,lever,date\nm1,cfo,visions,2026-03-01\n", 2, "lever"),
        ("pulses.csv", "respondent,date,question,answer\ncfo,2026-03-01,who_leads,coo\n", 2, "answer"),
        (
            "pulses.csv",
            "respondent,date,question,answer\ncfo,2026-03-01,priority:price,top\n",
            2,
            "answer",
        ),
        ("pulses.csv", "respondent,date,question,answer\ncfo,2026-03-01,where_we_stand_1_5,6\n", 2, "answer"),
        ("pulses.csv", "respondent,date,question,answer\ncfo,2026-03-01,who_lead,cfo\n", 2, "question"),
        ("spend.csv", "date,item,amount\n2026-03-01,x,€12\n", 2, "amount"),
        ("executives.csv", "id,name,role,sponsor\ncfo,A,CFO,perhaps\n", 2, "sponsor"),
        ("goals.csv", "executive,goal,du\ncfo,x,2026-12-31\n", 1, "du"),
        ("goals.csv", "executive\ncfo\n", 1, "goal"),
    ],
)
def test_rules_between_cells_and_files_are_kept(
    folder: Path, name: str, text: str, row: int, column: str
) -> None:
    problem = the_problem(folder, name, text)
    assert problem.is_error
    assert (problem.row, problem.column) == (row, column)


def test_a_day_after_the_reading_is_asked_once_a_file(folder: Path) -> None:
    rows = "".join(f"cfo,2026-0{month}-01,model,3,seen,,\n" for month in range(1, 7))
    (folder / "observations.csv").write_text(OBSERVATIONS + rows, encoding="utf-8")
    company, problems = read_folder(folder, as_of=date(2026, 3, 9))
    assert company is not None
    (asked,) = (problem for problem in problems if problem.file == "observations.csv")
    assert asked.severity is Severity.QUESTION
    assert (asked.row, asked.column) == (5, "date")


def test_the_same_row_twice_is_asked(folder: Path) -> None:
    row = "cfo,2026-03-01,model,3,seen,,\n"
    problem = the_problem(folder, "observations.csv", OBSERVATIONS + row + row)
    assert problem.severity is Severity.QUESTION
    assert problem.row == 3


def test_a_story_without_a_persons_approval_is_not_read_and_that_is_said(folder: Path) -> None:
    header = "id,quote,touchpoint,score,area,approved_by,approved_on\n"
    rows = "s1,Three visits,repair,1,,CX lead,2026-03-01\ns2,Four visits,repair,1,,,\n"
    (folder / "stories.csv").write_text(header + rows, encoding="utf-8")
    company, problems = read_folder(folder, as_of=None)
    assert company is not None
    assert [story.id for story in company.stories] == ["s1"]
    assert [(p.row, p.code, p.severity) for p in problems] == [(3, "story-unapproved", Severity.NOTE)]


def test_the_day_is_the_argument_then_the_files_then_todays(folder: Path) -> None:
    given, own, today = date(2026, 4, 1), TINY.as_of, date(2026, 5, 1)
    assert read_folder(folder, as_of=given, today=today)[0].as_of == given
    assert read_folder(folder, as_of=None, today=today)[0].as_of == own
    text = (folder / "company.toml").read_text("utf-8").replace(f"as_of = {own}\n", "")
    (folder / "company.toml").write_text(text, encoding="utf-8")
    assert read_folder(folder, as_of=None, today=today)[0].as_of == today
    company, problems = read_folder(folder, as_of=None)
    assert company is None
    assert problems[0].path == "as_of"


def test_unknown_keys_name_the_nearest_known_one(folder: Path) -> None:
    text = (folder / "company.toml").read_text("utf-8")
    for addition, path, near in (
        ("[teams]\nhours_per_week = 3\n", "teams", "team"),
        ("[team]\nhours_a_week = 3\n", "team.hours_a_week", "hours_per_week"),
    ):
        problem = the_problem(folder, "company.toml", text + addition)
        assert problem.path == path
        assert f"“{near}”" in problem.remedy


def test_an_initiative_without_its_numbers_is_told_key_by_key(folder: Path) -> None:
    with (folder / "company.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[programme.initiatives]]\nname = "x"\none_off = "many"\nmoved_share = 1.5\nreach = 2.5\n'
        )
    paths = {problem.path.rpartition(".")[2] for problem in problems_of(folder)}
    assert paths == {"one_off", "running", "horizon_years", "reach", "moved_share"}


def test_unknown_and_misspelt_files_are_noticed(folder: Path) -> None:
    (folder / "observation.csv").write_text("x", encoding="utf-8")
    (folder / "holiday.png").write_bytes(b"x")
    (folder / "notes.md").write_text("x", encoding="utf-8")
    said = {problem.file: problem for problem in problems_of(folder)}
    assert set(said) == {"observation.csv", "holiday.png"}
    assert said["observation.csv"].severity is Severity.QUESTION
    assert "observations.csv" in said["observation.csv"].remedy
    assert said["holiday.png"].severity is Severity.NOTE


def test_missing_files_are_fine_but_for_the_two_that_are_needed(folder: Path) -> None:
    (folder / "spend.csv").unlink()
    assert problems_of(folder) == ()
    (folder / "executives.csv").unlink()
    assert [p.file for p in problems_of(folder) if p.is_error] == ["executives.csv"]
    (folder / "company.toml").unlink()
    assert [p.file for p in problems_of(folder) if p.is_error] == ["company.toml", "executives.csv"]
    assert problems_of(folder / "nowhere")[0].code == "no-folder"


def test_a_file_in_another_encoding_stops_the_reading_and_is_not_read_as_empty(folder: Path) -> None:
    (folder / "executives.csv").write_bytes("id,name,role\ncfo,Zoë,CFO\n".encode("cp1252"))
    company, problems = read_folder(folder, as_of=None)
    assert company is None
    assert problems[0].is_error
    assert "UTF-8" in problems[0].remedy


def test_what_a_spreadsheet_program_makes_of_the_files_is_read(folder: Path) -> None:
    text = "\ufeffID;Name;Role;Sponsor\r\ncfo;Zoë;CFO;TRUE\r\n;;;\r\n"
    (folder / "executives.csv").write_text(text, encoding="utf-8", newline="")
    company, problems = read_folder(folder, as_of=None)
    assert company is not None, list(map(str, problems))
    assert company.executives[0].is_sponsor
    assert company.executives[0].name == "Zoë"


def test_a_vision_names_only_executives_that_exist(folder: Path) -> None:
    problem = the_problem(folder, "vision.toml", 'statement = "x"\n[meaning]\ncf0 = "y"\n')
    assert problem.path == "meaning.cf0"
    assert "cfo" in problem.remedy
    assert the_problem(folder, "vision.toml", "statement = nothing").code == "toml"
