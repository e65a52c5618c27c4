"""A first mapping for a folder of exports: proposed with its confidence, never used by itself."""

import json
from pathlib import Path

from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.propose import PROPOSED, ProposedFile, propose_mapping, write_proposal


def proposed(folder: Path, name: str, text: str) -> ProposedFile:
    (folder / name).write_text(text, encoding="utf-8", newline="")
    (only,), problems = propose_mapping(folder)
    assert [problem for problem in problems if problem.is_error] == []
    return only


def confidence(file: ProposedFile) -> dict[str, str]:
    return {guess.becomes: guess.confidence for guess in file.guesses}


def test_qualtrics_is_recognised_behind_its_three_header_rows(tmp_path: Path) -> None:
    names = ["StartDate", "Status", "Finished", "RecordedDate", "ResponseId", "ExternalReference", "Q1_NPS"]
    tags = [json.dumps({"ImportId": name}).replace('"', '""') for name in names]
    rows = [
        ",".join(names),
        ",".join(f"Question {name}" for name in names),
        ",".join(f'"{tag}"' for tag in tags),
        "2025-01-01 10:00:00,IP Address,1,2025-01-01 10:05:00,R_1,c1,9",
        "2025-01-02 10:00:00,Survey Preview,1,2025-01-02 10:05:00,R_2,c2,0",
    ]
    file = proposed(tmp_path, "q.csv", "\n".join(rows) + "\n")
    assert (file.vendor, file.table, file.missing) == ("Qualtrics export", Table.FEEDBACK, ())
    assert confidence(file) == {
        "response": "high",
        "answered_at": "high",
        "customer": "high",
        "score": "medium",
    }
    assert file.keep == 'keep = { column = "Status", in = ["IP Address"] }'


def test_surveymonkey_is_recognised_behind_its_two_header_rows(tmp_path: Path) -> None:
    text = (
        "Respondent ID,Collector ID,Start Date,End Date,Email Address,Would you recommend us?\n"
        ",,,,,Response\n"
        "1,7,2025-01-01 10:00:00,2025-01-01 10:05:00,a@b.c,9\n"
        "2,7,2025-01-13 10:00:00,2025-01-13 10:05:00,d@e.f,0\n"
    )
    file = proposed(tmp_path, "s.csv", text)
    assert file.vendor == "SurveyMonkey export"
    assert file.missing == ("customer",)
    assert "Email Address" in file.personal


def test_zendesk_tickets_are_contacts(tmp_path: Path) -> None:
    text = (
        "Summation column,Id,Requester id,Via,Ticket type,Created at\n1,5,77,Mail,Question,2025-01-31 09:00\n"
    )
    file = proposed(tmp_path, "z.csv", text)
    assert (file.vendor, file.table, file.missing) == ("Zendesk export", Table.CONTACTS, ())


def test_a_date_that_can_be_read_in_two_ways_is_left_to_a_person(tmp_path: Path) -> None:
    file = proposed(tmp_path, "f.csv", "customer_id,nps,answer_date\na,0,03/04/2025\nb,10,05/06/2025\n")
    (doubtful,) = [guess for guess in file.guesses if guess.becomes == "answered_at"]
    assert doubtful.confidence == "low"
    assert "%d/%m/%Y or %m/%d/%Y?" in doubtful.rule
    path = write_proposal(tmp_path, (file,), currency="EUR")
    assert "\n# answered_at = " in path.read_text(encoding="utf-8")


def test_a_proposal_is_never_read_until_a_person_renames_it(tmp_path: Path) -> None:
    file = proposed(tmp_path, "f.csv", "customer_id,nps,answered\na,0,2025-04-01\nb,10,2025-04-02\n")
    path = write_proposal(tmp_path, (file,), currency="EUR")
    assert path.name == PROPOSED
    assert read_mapping(tmp_path)[0] is None
    path.rename(tmp_path / "mapping.toml")
    mapping, problems = read_mapping(tmp_path)
    assert problems == ()
    assert mapping is not None
    assert mapping.score_rule is not None
    assert mapping.score_rule.scale == (0, 10)


def test_a_file_of_which_nothing_is_recognised_is_commented_out(tmp_path: Path) -> None:
    file = proposed(tmp_path, "x.csv", "a,b\n1,2\n3,4\n")
    text = write_proposal(tmp_path, (file,), currency="EUR").read_text(encoding="utf-8")
    assert "\n# [[files]]" in text
