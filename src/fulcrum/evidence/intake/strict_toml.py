"""Reading a TOML table strictly: every key is asked for by name and type, and what was not asked for is told.

Mistakes are collected, not raised, so that a person sees all of them at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from fulcrum.core.errors import Problem, Severity


class Reader:
    """One table of the file, such as `files[2].columns`. `finish` names what was not asked for."""

    def __init__(self, file: str, place: str, content: Mapping[str, Any], problems: list[Problem]) -> None:
        self.file, self.place, self.problems = file, place, problems
        self._content = content
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def raw(self, key: str) -> Any:
        """The content of a key as TOML gives it, None where it is missing."""
        self._known.add(key)
        return self._content.get(key)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text that is not empty."""
        found: str | None = self._typed(key, str, "a text", required=required)
        if found is not None and not found.strip():
            self.wrong(key, "is an empty text.", "Give it a text, or leave the key out.")
            return None
        return found

    def choice(self, key: str, allowed: Iterable[str], *, required: bool = False) -> str | None:
        """A text that is one of the allowed words."""
        found = self.text(key, required=required)
        words = tuple(allowed)
        if found is None or found in words:
            return found
        self.wrong(key, f"says {found!r}.", f"Use {_nearest(found, words)}one of: {', '.join(words)}.")
        return None

    def whole(self, key: str, *, lowest: int, required: bool = False) -> int | None:
        """A whole number, at least `lowest`."""
        found: int | None = self._typed(key, int, "a whole number", required=required)
        if found is not None and found < lowest:
            self.wrong(key, f"is {found}.", f"Give a whole number of {lowest} or more.")
            return None
        return found

    def number(self, key: str, *, required: bool = False) -> float | None:
        """A number."""
        found = self._typed(key, (int, float), "a number", required=required)
        return None if found is None else float(found)

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        return bool(self._typed(key, bool, "true or false", required=False))

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A day, written as a TOML date or as ISO text."""
        found: date | str | None = self._typed(
            key, (date, str), "a day such as 2025-10-01", required=required
        )
        if isinstance(found, datetime):
            return found.date()
        if not isinstance(found, str):
            return found
        try:
            return date.fromisoformat(found)
        except ValueError:
            self.wrong(key, f"is {found!r}, which is no day.", "Write it as 2025-10-01.")
            return None

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...] | None:
        """A list of texts."""
        found = self._typed(key, list, "a list of texts", required=required)
        if found is None or all(isinstance(item, str) for item in found):
            return None if found is None else tuple(found)
        self.wrong(key, "holds something that is no text.", "Put each entry in quotation marks.")
        return None

    def numbers(self, key: str) -> tuple[float, ...] | None:
        """A list of numbers."""
        found = self._typed(key, list, "a list of numbers", required=False)
        if found is None or all(_is_number(item) for item in found):
            return None if found is None else tuple(float(item) for item in found)
        self.wrong(key, "holds something that is no number.", "Write numbers without quotation marks.")
        return None

    def days(self, key: str) -> tuple[date, ...] | None:
        """A list of days, each a TOML date or ISO text."""
        found = self._typed(key, list, 'a list of days, such as ["2020-01-01", "2027-12-31"]', required=False)
        if found is None:
            return None
        try:
            return tuple(_day(item) for item in found)
        except (TypeError, ValueError):
            self.wrong(key, "holds something that is no day.", "Write each as 2025-10-01.")
            return None

    def table(self, key: str) -> "Reader | None":
        """A table within this one."""
        found = self._typed(key, dict, "a table", required=False)
        return None if found is None else Reader(self.file, self._path(key), found, self.problems)

    def tables(self, key: str) -> tuple["Reader", ...]:
        """A list of tables within this one."""
        found = self._typed(key, list, f"a list of tables, each under [[{key}]]", required=False) or []
        return tuple(
            Reader(self.file, f"{self._path(key)}[{i}]", item, self.problems)
            for i, item in enumerate(found, start=1)
            if isinstance(item, dict)
        )

    def wrong(self, key: str, what: str, remedy: str) -> None:
        """Notes a mistake at a key."""
        self.problems.append(
            Problem(
                file=self.file,
                column=self._path(key),
                what=f"`{key}` {what}",
                remedy=remedy,
                severity=Severity.ERROR,
                code="mapping",
            )
        )

    def finish(self) -> None:
        """Notes every key that nobody asked for, with the nearest known one."""
        for key in self._content:
            if key not in self._known:
                near = _nearest(key, sorted(self._known))
                known = ", ".join(sorted(self._known))
                self.wrong(key, "is not known here.", f"Use {near}one of: {known}.")

    def _typed(self, key: str, kind: Any, called: str, *, required: bool) -> Any:
        found = self.raw(key)
        if found is None:
            if required:
                self.wrong(key, "is missing.", f"Add it; it is {called}.")
            return None
        is_mistaken_flag = isinstance(found, bool) and kind is not bool
        if isinstance(found, kind) and not is_mistaken_flag:
            return found
        self.wrong(key, f"is {found!r}.", f"It must be {called}.")
        return None

    def _path(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def _day(item: Any) -> date:
    if isinstance(item, datetime):
        return item.date()
    return item if isinstance(item, date) else date.fromisoformat(item)


def _is_number(item: Any) -> bool:
    return isinstance(item, int | float) and not isinstance(item, bool)


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"{close[0]!r}, or " if close else ""
