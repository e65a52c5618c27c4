"""What the desk takes is what the company folder takes: each value goes through the folder's cells first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fulcrum.core.company import Ask
from fulcrum.core.errors import FulcrumError, Problem
from fulcrum.core.people import Influence
from fulcrum.core.wording import day
from fulcrum.folder.cells import LINE, NOTE, Refused
from fulcrum.folder.tables import Column, Table

UNFIT = "It holds a character that cannot be kept. Type the text anew."
LARGEST = 2**63 - 1  # the largest count that a database keeps
_TEXT = (LINE, NOTE)


class Invalid(FulcrumError):
    """Something entered cannot be kept; `fields` says for each field what is wrong and what to do."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(self.fields.values()))


def taken(table: Table, entered: Mapping[str, Any], *, today: date) -> Any:
    """The value that a row of this file would become; raises `Invalid` with every mistake at once.

    An entry is a typed value, or text as it would stand in the file. Nothing or spaces leave a field empty.
    Days that have not come by `today` are refused where the folder would ask about them.
    """
    fields: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column in table.columns:
        said = _read(column, entered.get(column.field))
        if isinstance(said, Refused):
            wrong[column.field] = f"{said.what} {said.remedy}".rstrip()
        elif said is not None:
            fields[column.field] = said
    wrong |= {name: _ahead(today) for name in table.past if name in fields and fields[name] > today}
    if wrong:
        raise Invalid(wrong)
    value = table.make(**fields)
    if broken := _between_fields(value):
        raise Invalid(broken)
    return value


def taken_note(entered: str, field: str = "note") -> str:
    """Free text as the folder takes it, and not empty."""
    said = _read(Column(header=field, field=field, cell=NOTE, is_required=True), entered)
    if isinstance(said, Refused):
        raise Invalid({field: f"{said.what} {said.remedy}".rstrip()})
    return str(said)


def invalid_by(problems: tuple[Problem, ...]) -> Invalid:
    """The same from the Problems of a TOML file: each under the last key of its place."""
    return Invalid({one.path.rpartition(".")[2]: f"{one.what} {one.remedy}" for one in problems})


def is_unfit(text: str) -> bool:
    """Whether a text holds what no database keeps: NUL, or half of a character."""
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def _read(column: Column, entered: Any) -> Any:
    """What the cell becomes by way of text; None where it is empty and may be."""
    if entered is None or (isinstance(entered, str) and not entered.strip()):
        remedy = "Fill it in."
        return Refused(what="This is needed.", remedy=remedy) if column.is_required else None
    if isinstance(entered, str) and is_unfit(entered):
        return Refused(what=UNFIT, remedy="")
    is_as_in_file = isinstance(entered, str) and column.cell not in _TEXT
    return column.cell.read(entered if is_as_in_file else column.cell.write(entered))


def _ahead(today: date) -> str:
    return f"This day lies after {day(today)}. Correct it; what is planned belongs here once it has happened."


def _between_fields(value: Any) -> dict[str, str]:
    match value:
        case Influence(listened_to=one, listener=other) if one == other:
            return {"listened_to": "Nobody listens to themselves. Name two different executives."}
        case Ask(asked_on=asked, closed_on=closed) if closed is not None and closed < asked:
            return {"closed_on": "The ask closed before it was put. Correct one day."}
    return {}
