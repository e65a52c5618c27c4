"""`company.toml`: who the company is, the team's hours, and what it wants to do."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from fulcrum.core.company import Company, Initiative
from fulcrum.core.errors import Problem
from fulcrum.folder.toml_table import TomlTable, load_toml, toml_number, toml_text

FILE = "company.toml"
_HOURS = 24 * 7 * 100.0  # a team of a hundred that never sleeps


def read_company_file(
    folder: Path, *, as_of: date | None, today: date | None
) -> tuple[Company | None, tuple[Problem, ...]]:
    """The company without its people: the day is `as_of`, else the file's own, else `today`."""
    path = folder / FILE
    if not path.exists():
        return None, (_missing(),)
    data, problems = load_toml(path)
    if data is None:
        return None, problems
    top = TomlTable(data, file=FILE)
    company = _company(top, as_of=as_of, today=today)
    return company, tuple(top.problems)


def write_company_file(company: Company) -> str:
    """The text of `company.toml`."""
    lines = [
        f"name = {toml_text(company.name)}",
        f"industry = {toml_text(company.industry)}",
        f"currency = {toml_text(company.currency)}",
        f"as_of = {company.as_of.isoformat()}",
    ]
    if company.contact:
        lines.append(f"contact = {toml_text(company.contact)}")
    if company.is_simulated:
        lines.append("simulated = true")
    if company.hours_per_week is not None:
        lines += ["", "[team]", f"hours_per_week = {toml_number(company.hours_per_week)}"]
    if company.budget is not None:
        lines += ["", "[programme]", f"budget = {toml_number(company.budget)}"]
    for initiative in company.initiatives:
        lines += ["", "[[programme.initiatives]]", *_initiative_lines(initiative)]
    return "\n".join(lines) + "\n"


def _company(top: TomlTable, *, as_of: date | None, today: date | None) -> Company | None:
    top.only("name", "industry", "currency", "as_of", "simulated", "contact", "team", "programme")
    team, programme = top.table("team"), top.table("programme")
    team.only("hours_per_week")
    programme.only("budget", "initiatives")
    hours = team.number("hours_per_week", low=0, high=_HOURS)
    initiatives = [_initiative(entry) for entry in programme.tables("initiatives")]
    own_day = top.day("as_of")
    on = as_of or own_day or today
    if on is None:
        top.note("as_of", "No day is given.", "Add as_of = 2026-03-09 or the like.")
    company = Company(
        name=top.text("name", is_required=True),
        industry=top.text("industry", is_required=True),
        currency=_currency(top),
        as_of=on or date.min,
        is_simulated=top.flag("simulated"),
        hours_per_week=None if hours is None else float(hours),
        initiatives=tuple(initiative for initiative in initiatives if initiative is not None),
        budget=programme.number("budget", low=0),
        contact=top.text("contact"),
    )
    return None if any(problem.is_error for problem in top.problems) else company


def _currency(top: TomlTable) -> str:
    code = top.text("currency", is_required=True)
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        top.note("currency", f"“{code[:20]}” is not a currency code.", "Write three capitals, as in EUR.")
    return code


_MOST_MONEY, _MOST_PEOPLE = 1e15, 1e10  # beyond these, somebody slipped on the keys


def _initiative(entry: TomlTable) -> Initiative | None:
    entry.only(
        "name",
        "one_off",
        "running",
        "horizon_years",
        "reach",
        "moved_share",
        "causal_share",
        "owner",
        "comparison",
        "pilot",
    )
    name = entry.text("name", is_required=True)
    one_off = entry.number("one_off", low=0, high=_MOST_MONEY, is_required=True)
    running = entry.number("running", low=0, high=_MOST_MONEY, is_required=True)
    horizon = entry.number("horizon_years", low=0, high=50, is_required=True)
    reach = entry.number("reach", low=0, high=_MOST_PEOPLE, is_required=True)
    moved = entry.number("moved_share", low=0, high=1, is_required=True)
    causal = entry.number("causal_share", low=0, high=1)
    owner, comparison, pilot = (entry.text(key) for key in ("owner", "comparison", "pilot"))
    if horizon == 0:
        entry.note("horizon_years", "0 years hold no effect.", "Write the years that the effect is counted.")
    if reach is not None and reach != reach.to_integral_value():
        entry.note("reach", "Customers come in whole numbers.", "Write a whole number.")
        return None
    if one_off is None or running is None or horizon is None or reach is None or moved is None:
        return None
    return Initiative(
        name=name,
        one_off=one_off,
        running=running,
        horizon_years=float(horizon),
        reach=int(reach),
        moved_share=float(moved),
        causal_share=None if causal is None else float(causal),
        owner=owner,
        comparison=comparison,
        pilot=pilot,
    )


def _initiative_lines(initiative: Initiative) -> list[str]:
    numbers: dict[str, Decimal | float | int | None] = {
        "one_off": initiative.one_off,
        "running": initiative.running,
        "horizon_years": initiative.horizon_years,
        "reach": initiative.reach,
        "moved_share": initiative.moved_share,
        "causal_share": initiative.causal_share,
    }
    texts = {"owner": initiative.owner, "comparison": initiative.comparison, "pilot": initiative.pilot}
    return [
        f"name = {toml_text(initiative.name)}",
        *(f"{key} = {toml_number(number)}" for key, number in numbers.items() if number is not None),
        *(f"{key} = {toml_text(text)}" for key, text in texts.items() if text),
    ]


def _missing() -> Problem:
    return Problem(
        file=FILE,
        what="The folder has no company.toml.",
        remedy="Check the folder's name, or make a new one with `fulcrum new DIR`.",
        code="missing-file",
    )
