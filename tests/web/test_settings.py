"""Settings: who may change what, what is checked before it counts, and what is never handed out."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fulcrum.records.access import Actor
from fulcrum.records.actions import accounts, people
from fulcrum.records.folders import folder_of, playbook_of
from fulcrum.records.models import Audit, Executive, Job, Member, Reader, Role, Workspace
from fulcrum.records.models.jobs import JobState
from fulcrum.records.work import run_one

pytestmark = pytest.mark.django_db(transaction=True)
MOTIVATOR = """
[[motivators]]
id = "craft"
name = "Pride in the craft"
shows_as = "They speak of how well a thing is made."
speaks_to_it = "What the product does in a customer's hands."
never = "Praise of the craft in the place of a figure."
sources = [{ title = "Our own interviews", seen = "own reasoning" }]
"""


@pytest.fixture
def at(settings: Any, tmp_path: Path) -> Callable[[Actor], Client]:
    """A browser in which an actor is signed in."""
    settings.FULCRUM_HOME = tmp_path

    def sign_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(actor.member.user, "django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def maria(owner: Actor) -> Executive:
    """An executive for whom the owner is named."""
    return people.add_executive(owner, name="Maria Costa", role="COO")


def test_everybody_reads_the_settings_and_only_owners_change_them(
    at: Any, owner: Actor, joined: Callable[..., Actor]
) -> None:
    viewer = at(joined("vera", Role.VIEWER))
    for name in ("", "members/", "playbook/", "audit/"):
        assert viewer.get(f"/w/northwind/settings/{name}").status_code == 200, name
    for name in ("facts/", "members/add/", "backups/", "erase/", "erase/workspace/"):
        assert viewer.get(f"/w/northwind/settings/{name}").status_code == 403, name
    for name in ("facts/", "members/add/", "playbook/", "playbook/remove/", "backups/", "erase/workspace/"):
        assert viewer.post(f"/w/northwind/settings/{name}").status_code == 403, name
    assert "Change these" not in viewer.get("/w/northwind/settings/").content.decode()


def test_the_facts_are_changed_and_mistakes_stand_beside_their_field(at: Any, owner: Actor) -> None:
    browser, row = at(owner), owner.workspace
    facts = {"name": "Northwind AG", "industry": "retail", "currency": "eur", "contact": "", "version": 1}
    good = facts | {"hours_per_week": "40", "budget": "125,000.50", "as_of": "2026-11-02"}
    assert browser.post("/w/northwind/settings/facts/", good).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.currency, row.hours_per_week, str(row.budget)) == (
        "Northwind AG",
        "EUR",
        40.0,
        "125000.50",
    )
    assert str(row.as_of) == "2026-11-02"
    bad = facts | {"version": 2, "hours_per_week": "many", "budget": "-1", "as_of": "soon"}
    page = browser.post("/w/northwind/settings/facts/", bad)
    assert page.status_code == 422
    for name in ("hours_per_week", "budget", "as_of"):
        assert f'id="wrong-{name}"' in page.content.decode()
    old = browser.post("/w/northwind/settings/facts/", good | {"name": "Late"})
    assert old.status_code == 409
    row.refresh_from_db()
    assert row.name == "Northwind AG"


def test_somebody_is_added_by_address_and_comes_back_after_leaving(at: Any, owner: Actor) -> None:
    browser = at(owner)
    new = {"email": "Ana@Northwind.example", "name": "Ana", "role": "editor"}
    assert browser.post("/w/northwind/settings/members/add/", new).status_code == 302
    ana = Member.objects.get(name="Ana")
    assert (ana.user.email, ana.role, ana.user.has_usable_password()) == (
        "ana@northwind.example",
        "editor",
        False,
    )
    again = browser.post("/w/northwind/settings/members/add/", new)
    assert again.status_code == 422
    assert "member already" in again.content.decode()
    assert browser.post(f"/w/northwind/settings/members/{ana.pk}/end/").status_code == 302
    ana.refresh_from_db()
    assert not ana.is_active
    browser.post("/w/northwind/settings/members/add/", new)
    ana.refresh_from_db()
    assert ana.is_active


def test_an_account_that_was_ended_is_not_opened_again_by_an_invitation(at: Any, owner: Actor) -> None:
    user = accounts.add_account(email="ana@northwind.example")
    accounts.end_account(user)
    page = at(owner).post(
        "/w/northwind/settings/members/add/", {"email": user.email, "name": "", "role": "viewer"}
    )
    assert page.status_code == 422
    user.refresh_from_db()
    assert not user.is_active


def test_the_last_owner_can_neither_go_nor_step_down(at: Any, owner: Actor) -> None:
    browser, key = at(owner), owner.member.pk
    assert browser.post(f"/w/northwind/settings/members/{key}/end/").status_code == 422
    page = browser.post(f"/w/northwind/settings/members/{key}/", {"role": "viewer", "executive": ""})
    assert page.status_code == 422
    owner.member.refresh_from_db()
    assert (owner.member.role, owner.member.is_active) == ("owner", True)


def test_a_member_linked_to_an_executive_loses_that_file(
    at: Any, owner: Actor, maria: Executive, joined: Callable[..., Actor]
) -> None:
    boss = joined("boss", Role.OWNER)
    people.name_reader(owner, maria, member=boss.member)
    form = {"role": "owner", "executive": str(maria.pk)}
    assert at(owner).post(f"/w/northwind/settings/members/{boss.member.pk}/", form).status_code == 302
    assert not Reader.objects.filter(member=boss.member, executive=maria).exists()
    seen = at(boss).get("/w/northwind/settings/members/").content.decode()
    assert "Named for" in seen
    odd = at(owner).post(
        f"/w/northwind/settings/members/{boss.member.pk}/", {"role": "owner", "executive": "x'"}
    )
    assert odd.status_code == 302


def test_deeds_about_an_executive_are_hidden_from_whoever_may_not_see_their_file(
    at: Any, owner: Actor, maria: Executive, joined: Callable[..., Actor]
) -> None:
    editor = joined("edda", Role.EDITOR)
    people.set_goal(owner, maria, goal="Cost to serve")
    assert "Noted a goal of Maria Costa" in at(owner).get("/w/northwind/settings/audit/").content.decode()
    assert "Noted a goal" not in at(editor).get("/w/northwind/settings/audit/").content.decode()


def test_what_was_done_is_filtered_and_paged(at: Any, owner: Actor) -> None:
    rows = [
        Audit(workspace=owner.workspace, member=owner.member, action="member.add", said=f"Deed {n}.")
        for n in range(120)
    ]
    Audit.objects.bulk_create(rows)
    browser = at(owner)
    first = browser.get("/w/northwind/settings/audit/?kind=member").content.decode()
    assert "Deed 119." in first
    assert "Deed 10." not in first
    assert "1 of 3" in first
    assert "Deed 0." in browser.get("/w/northwind/settings/audit/?kind=member&page=3").content.decode()
    for odd in ("page=999", "page=x", "by=9999999999999999", "by=x", "kind=%00"):
        assert browser.get(f"/w/northwind/settings/audit/?{odd}").status_code == 200, odd


def test_an_own_playbook_counts_once_it_is_checked(at: Any, owner: Actor) -> None:
    browser = at(owner)
    plain = playbook_of(owner.workspace)
    page = _upload(browser, "motivators.toml", MOTIVATOR.encode())
    assert page.status_code == 302, page.content.decode()
    assert playbook_of(owner.workspace) != plain
    packed = browser.get("/w/northwind/settings/playbook/download/")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.read("motivators.toml").decode() == MOTIVATOR
    assert _upload(browser, "all.zip", packed.content).status_code == 302
    assert (
        browser.post("/w/northwind/settings/playbook/remove/", {"place": "motivators.toml"}).status_code
        == 302
    )
    assert playbook_of(owner.workspace) == plain


def test_a_playbook_with_mistakes_changes_nothing_and_says_where_and_what_to_do(
    at: Any, owner: Actor
) -> None:
    page = _upload(at(owner), "motivators.toml", MOTIVATOR.replace("never", "nevr").encode())
    text = page.content.decode()
    assert page.status_code == 422
    assert "motivators.toml" in text
    assert "nevr" in text
    assert not (folder_of(owner.workspace) / "playbook").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.exe", b"MZ"),
        ("x.toml", b"\xff\xfe\x00"),
        ("x.zip", b"no zip"),
        ("x.zip", b""),
        ("../../x", b"a = 1"),
        ("x.toml", b"a = ["),
    ],
)
def test_files_that_are_no_playbook_are_refused(at: Any, owner: Actor, name: str, content: bytes) -> None:
    assert _upload(at(owner), name, content).status_code == 422
    assert not (folder_of(owner.workspace) / "playbook").exists()


def test_a_zip_that_leads_out_or_is_too_large_is_refused(at: Any, owner: Actor, tmp_path: Path) -> None:
    for name, content in (("../../out.toml", b"a=1"), ("/abs.toml", b"a=1"), ("big.toml", b" " * 6_000_000)):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        assert _upload(at(owner), "x.zip", packed.getvalue()).status_code == 422, name
    assert not list(tmp_path.rglob("out.toml"))


def test_a_backup_is_made_by_a_worker_and_handed_out_on_this_machine_alone(
    at: Any, owner: Actor, settings: Any
) -> None:
    browser = at(owner)
    job = Job.objects.get(
        pk=browser.post("/w/northwind/settings/backups/").url.rstrip("/").rpartition("/")[2]
    )
    run_one("w")
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    name = job.result["file"]
    taken = browser.get(f"/w/northwind/settings/backups/{name}/")
    assert b"".join(taken.streaming_content)[:2] == b"\x1f\x8b"
    settings.FULCRUM_OPEN = True
    assert browser.get(f"/w/northwind/settings/backups/{name}/").status_code == 404
    assert name in browser.get("/w/northwind/settings/backups/").content.decode()


def test_no_backup_is_made_for_somebody_who_is_no_owner_any_more(
    at: Any, owner: Actor, joined: Callable[..., Actor]
) -> None:
    joined("otto", Role.OWNER)
    at(owner).post("/w/northwind/settings/backups/")
    Member.objects.filter(pk=owner.member.pk).update(role=Role.VIEWER)
    run_one("w")
    assert Job.objects.get().state == JobState.FAILED
    assert not list((folder_of(owner.workspace).parents[1] / "backups").glob("*.gz"))


def test_erasing_needs_the_name_and_takes_everything(at: Any, owner: Actor, maria: Executive) -> None:
    browser = at(owner)
    where = f"/w/northwind/settings/erase/person/{maria.key}/"
    assert browser.post(where, {"name": "Maria"}).status_code == 422
    assert Executive.objects.filter(pk=maria.pk).exists()
    assert "Erased for good" in browser.post(where, {"name": "Maria Costa"}).content.decode()
    assert not Executive.objects.filter(pk=maria.pk).exists()
    assert browser.post("/w/northwind/settings/erase/workspace/", {"name": "x"}).status_code == 422
    assert browser.post("/w/northwind/settings/erase/workspace/", {"name": "Northwind"}).status_code == 302
    assert not Workspace.objects.exists()


def test_nobody_erases_themselves_by_their_own_page(
    at: Any, owner: Actor, maria: Executive, joined: Callable[..., Actor]
) -> None:
    boss = at(joined("boss", Role.OWNER, maria))
    assert "Maria" not in boss.get("/w/northwind/settings/erase/").content.decode()
    assert boss.get(f"/w/northwind/settings/erase/person/{maria.key}/").status_code == 404


def test_an_address_that_only_takes_a_form_says_so(at: Any, owner: Actor) -> None:
    page = at(owner).get("/w/northwind/settings/playbook/remove/")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "only takes what a form sends" in page.content.decode()


def test_settings_hold_nothing_inline(at: Any, owner: Actor, maria: Executive) -> None:
    browser = at(owner)
    for name in ("", "facts/", "members/", "members/add/", "playbook/", "audit/", "backups/", "erase/"):
        text = browser.get(f"/w/northwind/settings/{name}").content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text), name


def _upload(browser: Client, name: str, content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = name
    return browser.post("/w/northwind/settings/playbook/", {"file": file})
