"""Initiatives: what the team wants to do, stated for the case; finance may state assumptions too."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fulcrum.core.company import Initiative as Stated
from fulcrum.core.errors import errors_in
from fulcrum.folder.company_file import FILE, read_company_file
from fulcrum.folder.toml_table import toml_number, toml_text
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.models import Initiative
from fulcrum.records.rows import columns_of
from fulcrum.records.taking import LARGEST, UNFIT, Invalid, invalid_by, is_unfit

MOVABLE = ("reach", "moved_share", "causal_share", "one_off", "running", "horizon_years")
_TEXTS = ("name", "owner", "comparison", "pilot")


def add_initiative(actor: Actor, **entered: str) -> Initiative:
    """State an initiative."""
    stated = _taken(entered)
    _not_there_yet(actor, stated.name, None)
    with deed(actor, Act.ASSUME, "initiative.add", f"Stated the initiative {stated.name}."):
        return Initiative.objects.create(workspace=actor.workspace, **columns_of(stated, {}))


def change_initiative(actor: Actor, initiative: Initiative, *, seen_version: int, **entered: str) -> None:
    """State an initiative anew, as a whole."""
    stated = _taken(entered)
    _not_there_yet(actor, stated.name, initiative)
    with deed(actor, Act.ASSUME, "initiative.change", f"Stated the initiative {stated.name} anew."):
        change(initiative, seen_version, **columns_of(stated, {}))


def remove_initiative(actor: Actor, initiative: Initiative) -> None:
    """Take an initiative out of the programme; earlier readings keep its case."""
    with deed(actor, Act.ASSUME, "initiative.remove", f"Removed the initiative {initiative.name}."):
        initiative.delete()


def state_assumptions(
    actor: Actor, initiative: Initiative, *, seen_version: int, stated: Mapping[str, float]
) -> None:
    """State assumptions of one initiative anew; all else of it stays."""
    columns: dict[str, Any] = {name: _kept(name, number) for name, number in stated.items()}
    said = f"Stated for {initiative.name}: {', '.join(sorted(columns))}."
    with deed(actor, Act.ASSUME, "initiative.assume", said):
        change(initiative, seen_version, **columns)


def _taken(entered: Mapping[str, str]) -> Stated:
    """What was entered as `company.toml` would read it; raises `Invalid` with every mistake at once."""
    wrong = {name: UNFIT for name in _TEXTS if is_unfit(entered.get(name, ""))}
    lines = [f"{name} = {toml_text(entered.get(name, '').strip())}" for name in _TEXTS]
    for name in MOVABLE:
        text = entered.get(name, "").strip()
        if text:
            number = _number(text)
            if number is None:
                wrong[name] = f"“{text[:20]}” is no number. Write it plainly, as in 18000 or 0.15."
            else:
                lines.append(f"{name} = {toml_number(number)}")
    if wrong:
        raise Invalid(wrong)
    head = ('name = "any"', 'industry = "any"', 'currency = "EUR"', "as_of = 2000-01-01")
    with TemporaryDirectory(prefix="fulcrum-") as folder:
        text = "\n".join((*head, "[[programme.initiatives]]", *lines))
        (Path(folder) / FILE).write_text(text, encoding="utf-8")
        company, problems = read_company_file(Path(folder), as_of=None, today=None)
    if company is None or errors_in(problems):
        raise invalid_by(errors_in(problems))
    stated = company.initiatives[0]
    if stated.reach > LARGEST:
        raise Invalid({"reach": "These are more customers than there are people. Correct the number."})
    return stated


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _not_there_yet(actor: Actor, name: str, but: Initiative | None) -> None:
    others = Initiative.objects.filter(workspace=actor.workspace, name=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Invalid({"name": "There is an initiative of this name already."})


def _kept(name: str, number: float) -> Any:
    if name == "reach":
        return round(number)
    return Decimal(repr(number)) if name in ("one_off", "running") else number
