"""`map`: a first proposal of what the exports' columns mean, for a person to confirm."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fulcrum import workflow
from fulcrum.cli import say

if TYPE_CHECKING:
    from fulcrum.evidence.intake.propose import ProposedFile


def run_map(folder: Path, *, as_json: bool) -> None:
    """Write the proposal, show each line of it with how sure it is, and say what to confirm."""
    say.progress(f"Reading the exports in {folder / 'data'} …")
    made = workflow.propose_mapping(folder, today=say.today())
    say.problems(made.problems)
    if as_json:
        say.whole({"path": str(made.path), "files": made.files})
        return
    for file in made.files:
        say.heading(f"{file.path}: {file.vendor}, read as {file.table}")
        if file.guesses:
            say.table(
                [(one.becomes, one.rule, one.confidence, one.why) for one in file.guesses],
                header=("column", "is", "sure", "why"),
            )
        for sentence in _to_confirm(file):
            say.line(sentence)
    say.line()
    say.line(
        f"The proposal is in {made.path} and is not read yet. Confirm each line, then rename it to "
        f"mapping.toml and run `fulcrum check {folder}`."
    )


def _to_confirm(file: "ProposedFile") -> Iterator[str]:
    """What a person has to decide before the file can be read."""
    doubtful = [one.becomes for one in file.guesses if one.confidence == "low"]
    if doubtful:
        yield f"Decide: {', '.join(doubtful)} (left in a comment, for two readings are possible)."
    if file.missing:
        yield f"Find: {', '.join(file.missing)} (required, and no column was recognised as it)."
    if file.personal:
        yield f"Kept out of the engine as personal: {', '.join(file.personal)}."
