"""Write the pages that are made from the code: `docs/commands.md`, from the commands' own help."""

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from fulcrum.cli.app import app

PAGE = Path(__file__).parent / "commands.md"


def commands_page() -> str:
    """The page of all commands, each with the help that it gives itself."""
    parts = ["# The commands\n\nMade from the commands' own help by `make docs`; do not edit.\n"]
    for words in _commands(app):
        shown = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100"}).invoke(app, [*words, "--help"])
        parts.append(f"## `fulcrum {' '.join(words)}`\n\n```text\n{shown.output.strip()}\n```\n")
    return "\n".join(parts)


def _commands(group: typer.Typer) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        function = command.callback.__name__ if command.callback is not None else ""
        yield (command.name or function.replace("_", "-"),)
    for inner in group.registered_groups:
        named = (inner.name,) if isinstance(inner.name, str) else ()  # one without a name adds no word
        if inner.typer_instance is not None:
            yield from ((*named, *words) for words in _commands(inner.typer_instance))


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
