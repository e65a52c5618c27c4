"""Freezing a design before the start: `NAME.registered.toml` beside it, and whether it still holds."""

import tomllib
from datetime import date
from pathlib import Path

from fulcrum.core.errors import DataProblems, Problem, WrongUse
from fulcrum.core.pilot_text import REGISTERED, registration_text
from fulcrum.core.pilots import PilotDesign, Registration, registration_of
from fulcrum.core.wording import day


def registered_path(design: Path) -> Path:
    """Where the registration of a design lies."""
    return design.with_name(f"{design.stem}{REGISTERED}")


def register(path: Path, design: PilotDesign, *, on: date) -> Registration:
    """Freeze the design of this file; raises where it has started, has results, or was frozen before."""
    beside = registered_path(path)
    if beside.exists():
        raise WrongUse(
            f"{path.name} is registered already ({beside.name}). A pilot is frozen once; for another design "
            "write another file."
        )
    if wrong := unfit_to_register(design, path.parent, on=on):
        raise DataProblems(wrong)
    made = registration_of(design, on=on)
    part = beside.with_name(f".{beside.name}.part")
    part.write_text(registration_text(made), encoding="utf-8")
    part.replace(beside)
    return made


def unfit_to_register(design: PilotDesign, folder: Path, *, on: date) -> tuple[Problem, ...]:
    """Why a design cannot be frozen: it has started, results are there, or something is left open."""
    found = []

    def wrong(path: str, what: str, remedy: str) -> None:
        found.append(Problem(file=f"{design.key}.toml", path=path, what=what, remedy=remedy, code="pilot"))

    if on >= design.starts:
        wrong(
            "starts",
            f"The pilot starts on {day(design.starts)}; on {day(on)} it is too late to register it.",
            "Register a pilot before its first day; for this one, move the start or read it unregistered.",
        )
    if design.results.file and (folder / design.results.file).exists():
        wrong("results", f"{design.results.file} is there already.", "Register before there are results.")
    if design.customers is None and design.units is None:
        wrong("customers", "How many are planned is not said.", "Say it; `fulcrum pilot design` computes it.")
    return tuple(found)


def read_registration(path: Path) -> tuple[Registration | None, tuple[Problem, ...]]:
    """The registration beside a design; None where there is none, or where it was tampered with."""
    beside = registered_path(path)
    if not beside.exists():
        return None, ()
    try:
        content = tomllib.loads(beside.read_text(encoding="utf-8"))
        made = Registration(
            sha256=str(content["sha256"]),
            registered_on=date.fromisoformat(str(content["registered_on"])),
            text="".join(f"{line}\n" for line in content["design"]),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        return None, (_broken(beside, "The registration cannot be read."),)
    if not made.is_whole:
        return None, (_broken(beside, "The registration was changed: its text is not what was frozen."),)
    return made, ()


def changed_since(design: PilotDesign, registration: Registration) -> tuple[Problem, ...]:
    """One Problem for each line of the design that is not what was frozen."""
    return tuple(
        Problem(
            file=f"{design.key}.toml",
            what=f"The design was changed after it was registered on {day(registration.registered_on)}. "
            f"{change}.",
            remedy="Put the registered design back: read otherwise than planned, a pilot shows nothing.",
            code="pilot-changed",
        )
        for change in registration.changes(design)
    )


def _broken(path: Path, what: str) -> Problem:
    remedy = "Take it from a backup; without it the pilot counts as unregistered only if the file is removed."
    return Problem(file=path.name, what=what, remedy=remedy, code="pilot-changed")
