"""Where an entry of the playbook stands, so that a Problem can point to it."""

from collections.abc import Hashable, Mapping
from dataclasses import field

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.playbook.shelves import RULES, shelf_named


@value
class Whereabouts:
    """The file of each entry by shelf and identity; empty for a playbook that was not read from files."""

    files: Mapping[tuple[str, tuple[Hashable, ...]], str] = field(default_factory=dict)

    def problem(
        self, shelf: str, entry: object = None, key: str = "", *, what: str, remedy: str, code: str
    ) -> Problem:
        """A Problem with a shelf as a whole, with one entry on it, or with one key of that entry."""
        if entry is None:
            return Problem(file=f"playbook/{shelf}", what=what, remedy=remedy, code=code, path=key)
        kind = shelf_named(shelf)
        file = self.files.get((shelf, kind.identity(entry)), f"playbook/{shelf}")
        path = f"{shelf} ({kind.label(entry)})" + (f" › {key}" if key else "")
        return Problem(file=file, what=what, remedy=remedy, code=code, path=path)

    def rule(self, constant: str, *, what: str, remedy: str, code: str) -> Problem:
        """A Problem with one constant, named as "belief.half_life_weeks"."""
        file = self.files.get((RULES, (constant,)), "playbook/rules")
        return Problem(file=file, what=what, remedy=remedy, code=code, path=constant)
