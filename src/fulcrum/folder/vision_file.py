"""`vision.toml`: the approved picture of where this is heading."""

from collections.abc import Collection
from pathlib import Path

from fulcrum.core.company import JourneyShift, Vision
from fulcrum.core.errors import Problem
from fulcrum.folder.cells import unknown_word
from fulcrum.folder.toml_table import TomlTable, load_toml, toml_text

FILE = "vision.toml"


def read_vision(folder: Path, *, executives: Collection[str]) -> tuple[Vision | None, tuple[Problem, ...]]:
    """The vision, or none if the file is missing or says nothing yet."""
    path = folder / FILE
    if not path.exists():
        return None, ()
    data, problems = load_toml(path)
    if not data:
        return None, problems
    top = TomlTable(data, file=FILE)
    top.only("statement", "approved_by", "approved_on", "not_doing", "journeys", "meaning")
    meaning = top.table("meaning")
    for executive in meaning.data:
        if executive not in executives:
            refused = unknown_word(executive, sorted(executives))
            meaning.note(executive, "There is no such executive.", refused.remedy, code="executive-unknown")
    vision = Vision(
        statement=top.text("statement", is_required=True),
        journeys=tuple(_journey(entry) for entry in top.tables("journeys")),
        meaning=tuple((executive, meaning.text(executive)) for executive in meaning.data),
        not_doing=top.texts("not_doing"),
        approved_by=top.text("approved_by"),
        approved_on=top.day("approved_on"),
    )
    return vision, tuple(top.problems)


def write_vision(vision: Vision) -> str:
    """The text of `vision.toml`."""
    lines = [f"statement = {toml_text(vision.statement)}"]
    if vision.approved_by:
        lines.append(f"approved_by = {toml_text(vision.approved_by)}")
    if vision.approved_on is not None:
        lines.append(f"approved_on = {vision.approved_on.isoformat()}")
    if vision.not_doing:
        lines.append(f"not_doing = [{', '.join(map(toml_text, vision.not_doing))}]")
    for shift in vision.journeys:
        lines += [
            "",
            "[[journeys]]",
            f"journey = {toml_text(shift.journey)}",
            f"from = {toml_text(shift.from_)}",
            f"to = {toml_text(shift.to)}",
        ]
        lines += [f"measure = {toml_text(shift.measure)}"] if shift.measure else []
        lines += [f"by = {shift.by.isoformat()}"] if shift.by is not None else []
    if vision.meaning:
        lines += ["", "[meaning]"]
        lines += [f"{toml_text(executive)} = {toml_text(text)}" for executive, text in vision.meaning]
    return "\n".join(lines) + "\n"


def _journey(entry: TomlTable) -> JourneyShift:
    entry.only("journey", "from", "to", "measure", "by")
    return JourneyShift(
        journey=entry.text("journey", is_required=True),
        from_=entry.text("from", is_required=True),
        to=entry.text("to", is_required=True),
        measure=entry.text("measure"),
        by=entry.day("by"),
    )
