"""What is asked while listening is open and holds no answer."""

from dataclasses import replace

import pytest

from fulcrum.playbook.check import problems_in
from fulcrum.playbook.load import load_playbook


def told(question: str) -> list[str]:
    shipped = load_playbook()
    part = replace(shipped.listening[0], questions=(question,))
    found = problems_in(replace(shipped, listening=(part, *shipped.listening[1:])))
    return [problem.what for problem in found if problem.code == "playbook.question"]


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Did it work?", "does not begin"),
        ("Would you recommend us?", "does not begin"),
        ("Why did you not ring?", "does not begin"),
        ("How happy were you?", "wished for"),
        ("What went wrong because of the bill?", "wished for"),
        ("What happened, didn't it hold?", "wished for"),
    ],
)
def test_a_closed_or_leading_question_is_a_problem(question: str, why: str) -> None:
    (said,) = told(question)
    assert why in said


@pytest.mark.parametrize("question", ["Tell me what happened.", "How did it go on from there?", "What next?"])
def test_an_open_question_is_none(question: str) -> None:
    assert told(question) == []


def test_every_way_of_listening_is_shipped() -> None:
    ways = {part.way for part in load_playbook().listening}
    assert ways == {"read", "sit", "call", "write down"}
