"""Reading a TOML file key by key, collecting every mistake; and writing texts and numbers as TOML."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from fulcrum.core.errors import Problem, Severity


def load_toml(path: Path) -> tuple[dict[str, Any] | None, tuple[Problem, ...]]:
    """The content of a TOML file with exact decimals, or why it cannot be read."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal), ()
    except UnicodeDecodeError:
        what, remedy = "The file is not UTF-8.", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        what, remedy = f"The file is not valid TOML: {error}.", "Texts need quotes, days are 2026-03-09."
    except OSError as error:
        what, remedy = f"The file cannot be opened: {error.strerror}.", "Check that you may read it."
    return None, (Problem(file=path.name, what=what, remedy=remedy, code="toml"),)


class TomlTable:
    """One table of a TOML file. Each method gives a key's value, or notes a Problem and gives nothing."""

    def __init__(self, data: dict[str, Any], *, file: str, place: str = "") -> None:
        self.data = data
        self.file = file
        self.place = place
        self.problems: list[Problem] = []

    def only(self, *known: str) -> None:
        """Notes every key that is not known, with the nearest one that is."""
        for key in self.data:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                remedy = f"Did you mean “{near[0]}”?" if near else f"Known are {', '.join(known)}."
                self.note(key, "There is no such key.", remedy, code="key-unknown")

    def text(self, key: str, *, is_required: bool = False) -> str:
        """A text; empty if the key is missing and need not be there."""
        found = self._of(key, str, "a text in quotes", is_required=is_required)
        if is_required and isinstance(found, str) and not found.strip():
            self.note(key, "The text is empty.", "Fill it in.")
        return found or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self._of(key, list, "a list of texts") or []
        if not all(isinstance(item, str) for item in found):
            self.note(key, "The list holds something that is not a text.", "Put each entry in quotes.")
            return ()
        return tuple(found)

    def flag(self, key: str) -> bool:
        """true or false; false if missing."""
        return bool(self._of(key, bool, "true or false"))

    def day(self, key: str) -> date | None:
        """A day, bare or in quotes."""
        found = self.data.get(key)
        if isinstance(found, str):
            try:
                found = date.fromisoformat(found)
            except ValueError:
                found = "no day"
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        self.note(key, "It is not a day.", "Write it as in 2026-03-09.")
        return None

    def number(
        self, key: str, *, low: float, high: float | None = None, is_required: bool = False
    ) -> Decimal | None:
        """An exact number from `low` to `high`."""
        found = self._of(key, (int, Decimal), "a number without quotes", is_required=is_required)
        if found is None or isinstance(found, bool):
            return None
        exact = Decimal(found)
        if not exact.is_finite() or exact < Decimal(low) or (high is not None and exact > Decimal(high)):
            limits = f"from {low:g} to {high:g}" if high is not None else f"of {low:g} or more"
            self.note(key, f"{found} is out of bounds.", f"Write a number {limits}.")
            return None
        return exact

    def table(self, key: str) -> "TomlTable":
        """A table inside this one; its Problems are collected here."""
        found = self._of(key, dict, "a table") or {}
        return self._inner(found, f"{self.place}{key}.")

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """A list of tables (`[[key]]`)."""
        found = self._of(key, list, f"a list of tables, [[{self.place}{key}]]") or []
        if not all(isinstance(item, dict) for item in found):
            self.note(key, "The list holds something that is not a table.", f"Write [[{self.place}{key}]].")
            return ()
        return tuple(self._inner(item, f"{self.place}{key}[{i}].") for i, item in enumerate(found, start=1))

    def note(self, key: str, what: str, remedy: str, *, code: str = "key") -> None:
        """Notes a mistake at a key."""
        path = f"{self.place}{key}"
        self.problems.append(Problem(file=self.file, path=path, what=what, remedy=remedy, code=code))

    def ask(self, key: str, what: str, remedy: str) -> None:
        """Notes a question at a key."""
        self.problems.append(
            Problem(
                file=self.file,
                path=f"{self.place}{key}",
                what=what,
                remedy=remedy,
                severity=Severity.QUESTION,
                code="key-ask",
            )
        )

    def _inner(self, data: dict[str, Any], place: str) -> "TomlTable":
        inner = TomlTable(data, file=self.file, place=place)
        inner.problems = self.problems
        return inner

    def _of(self, key: str, kind: type | tuple[type, ...], name: str, *, is_required: bool = False) -> Any:
        found = self.data.get(key)
        if found is None:
            if is_required:
                self.note(key, "The key is missing.", f"Add {self.place}{key}, {name}.", code="key-missing")
            return None
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(found, kind) or (isinstance(found, bool) and bool not in kinds):
            self.note(key, "It holds the wrong kind of value.", f"Write {name}.")
            return None
        return found


_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def toml_text(text: str) -> str:
    """A text as TOML writes it."""
    said = (
        _ESCAPED.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 else c) for c in text
    )
    return f'"{"".join(said)}"'


def toml_number(number: Decimal | float | int) -> str:
    """A number as TOML writes it, to the last digit."""
    if isinstance(number, float):
        return repr(number)
    return format(Decimal(number), "f")
