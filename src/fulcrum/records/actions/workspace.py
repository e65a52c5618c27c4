"""A company on the desk: started, and what `company.toml` says of it."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from fulcrum.core.company import Company
from fulcrum.core.errors import errors_in
from fulcrum.folder.company_file import FILE, read_company_file, write_company_file
from fulcrum.folder.write import write_text
from fulcrum.records.access import Act, Actor
from fulcrum.records.actions.deed import change, deed
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Audit, Member, Role, Workspace
from fulcrum.records.queries.company import head_of
from fulcrum.records.taking import UNFIT, Invalid, invalid_by, is_unfit

_LONGEST_SLUG = 50


def start_workspace(
    user: Any, *, name: str, industry: str, currency: str, contact: str = "", is_simulated: bool = False
) -> Actor:
    """A new workspace, and `user` as its owner."""
    company = taken_company(
        Company(
            name=name,
            industry=industry,
            currency=currency.strip().upper(),
            as_of=Workspace().today,
            contact=contact,
            is_simulated=is_simulated,
        )
    )
    with transaction.atomic():
        return make_workspace(user, company, said="Started the workspace.")


def change_workspace(actor: Actor, *, seen_version: int, **columns: Any) -> None:
    """Change name, industry, currency, contact, hours_per_week, budget, or as_of (None means today)."""
    workspace = actor.workspace
    day = columns.pop("as_of", workspace.as_of)
    found = taken_company(replace(head_of(workspace, today=workspace.today), **columns))
    kept = {name: getattr(found, name) for name in columns}
    with deed(actor, Act.KEEP, "workspace.change", f"Changed {', '.join(sorted(columns)) or 'the day'}."):
        change(workspace, seen_version, as_of=day, **kept)


def make_workspace(user: Any, company: Company, *, said: str, slug: str = "") -> Actor:
    """The rows of a new workspace with its owner; for use inside a transaction."""
    workspace = Workspace.objects.create(
        slug=free_slug(slug or company.name),
        name=company.name,
        industry=company.industry,
        currency=company.currency,
        is_simulated=company.is_simulated,
        hours_per_week=company.hours_per_week,
        budget=company.budget,
        contact=company.contact,
    )
    owner = Member.objects.create(workspace=workspace, user=user, name=name_of(user), role=Role.OWNER)
    Audit.objects.create(workspace=workspace, member=owner, action="workspace.start", said=said)
    return Actor(member=owner)


def taken_company(company: Company) -> Company:
    """The company as `company.toml` would give it back; raises `Invalid` with every mistake."""
    texts = {name: getattr(company, name) for name in ("name", "industry", "currency", "contact")}
    if wrong := {name: UNFIT for name, text in texts.items() if is_unfit(text)}:
        raise Invalid(wrong)
    with TemporaryDirectory(prefix="fulcrum-") as folder:
        write_text(Path(folder) / FILE, write_company_file(company))
        found, problems = read_company_file(Path(folder), as_of=None, today=None)
    if found is None or errors_in(problems):
        raise invalid_by(errors_in(problems))
    return found


def free_slug(name: str) -> str:
    """A part of an address made from a name, and not taken yet."""
    wanted = slugify(name)[:_LONGEST_SLUG].strip("-") or "company"
    taken = set(Workspace.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slugs = (wanted, *(f"{wanted}-{number}" for number in range(2, 10_000)))
    return next(one for one in slugs if one not in taken and not folder_of(Workspace(slug=one)).exists())


def name_of(user: Any) -> str:
    """What a person is called in a workspace until they say otherwise."""
    name: str = user.get_full_name() or user.email or user.get_username()
    return name[:200]
