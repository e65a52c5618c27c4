"""What the evidence says is missing, in the words of a reader who owns no files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import fulcrum.evidence
from fulcrum.briefing import plainly
from fulcrum.core.quantities import Unknown

TECHNICAL = ("`", "[", "]", "_", ".toml", ".csv", "data/", "landmark", "mapping")


def refusals_of_the_evidence() -> Iterator[Unknown]:
    """Every refusal as it is written in the evidence room, with a number where one is put in."""
    for path in sorted(Path(fulcrum.evidence.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unknown":
                said = {word.arg: written(word.value) for word in node.keywords}
                yield Unknown(reason=said["reason"], needs=said["needs"])


def written(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr():
            return "".join(written(part) if isinstance(part, ast.Constant) else "7" for part in node.values)
        case ast.BinOp():
            return written(node.left) + written(node.right)
        case _:
            return "more answers"


def test_no_refusal_of_the_evidence_reaches_an_executive_in_the_words_of_its_files() -> None:
    found = list(refusals_of_the_evidence())
    assert len(found) > 40
    for unknown in found:
        for said in (plainly.why(unknown), plainly.needed(unknown), plainly.remedy(unknown)):
            assert not any(mark in said for mark in TECHNICAL), said


def test_what_would_be_needed_is_said_of_the_data() -> None:
    unknown = Unknown(reason="No retention.", needs="`ended` or `left` in the table of customers.")
    assert plainly.remedy(unknown) == "Needed: to know which customers have left."
    plain = Unknown(reason="9 answers", needs="11 more answers")
    assert plainly.remedy(plain) == "Needed: 11 more answers."
    assert plainly.needed(plain) == "11 more answers."


@pytest.mark.parametrize("needs", ["`secret_column` of feedback.", "[section] in other.toml"])
def test_what_has_no_plain_words_yet_still_names_no_file(needs: str) -> None:
    said = plainly.remedy(Unknown(reason="It is not known", needs=needs))
    assert said == "Needed: more of the company's records."


def test_where_nothing_is_needed_nobody_is_said_to_need_it() -> None:
    held = Unknown(reason="No feeling of the silent could turn it.", needs="Nothing: the conclusion holds.")
    assert plainly.remedy(held) == "Nothing: the conclusion holds."
