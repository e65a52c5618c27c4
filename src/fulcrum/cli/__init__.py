"""The door for analysts and operators: parse, call one function of the story, print.

Knows commands, exit codes and how a terminal shows a value; never judges, computes or rounds. Imports stay
inside the commands, so that `--help` answers at once. Read `app` first.
"""

from fulcrum.cli.app import main

__all__ = ["main"]
