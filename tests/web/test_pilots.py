"""Pilots on the desk: from a design to a decision, frozen in between, and who may do what."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_company import client_of, home_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fulcrum.records.access import Actor
from fulcrum.records.actions.folder_in import import_folder
from fulcrum.records.actions.folder_out import export_folder
from fulcrum.records.models import Audit, PilotReading, PilotRegistration, Role
from fulcrum.records.work import run_one

pytestmark = pytest.mark.django_db
Join = Callable[..., Actor]
TODAY = timezone.localdate()
DESIGN = {
    "name": "Call back within the hour",
    "question": "Do fewer leave?",
    "outcome": "left within three months",
    "kind": "share",
    "better": "lower",
    "minimum_effect": "-0.05",
    "measures": "moved",
    "treated": "new",
    "others": "old",
    "starts": str(TODAY + timedelta(days=1)),
    "stops": str(TODAY + timedelta(days=60)),
    "looks": "at the end",
    "customers": "800",
    "cost": "900",
    "rung": "1",
    "ladder": "One depot\nAll depots",
    "baseline_mean": "0.3",
    "results_file": "call_back.csv",
    "results_customer": "id",
    "results_arm": "arm",
    "results_outcome": "left",
    "results_yes": "yes",
    "results_no": "no",
    "leads_to_scale": "All depots from June",
}
KEY = "call_back_within_the_hour"
PILOTS = "/w/northwind/pilots/"


@pytest.fixture
def desk(settings: Any, tmp_path: Path, editor: Actor) -> Client:
    home_in(settings, tmp_path)
    return client_of(editor)


def results(new: int, old: int, n: int = 400) -> SimpleUploadedFile:
    rows = [
        f"{arm}{i},{arm},{'yes' if i < events else 'no'}"
        for arm, events in (("new", new), ("old", old))
        for i in range(n)
    ]
    return SimpleUploadedFile("whatever.csv", "\n".join(["id,arm,left", *rows]).encode())


def work() -> None:
    while run_one("a worker of the tests"):
        pass


def test_a_pilot_goes_from_a_design_to_a_decision(desk: Client, editor: Actor) -> None:
    assert "No pilot yet" in desk.get(PILOTS).content.decode()
    kept = desk.post(f"{PILOTS}add/", DESIGN)
    assert kept.status_code == 302
    page = desk.get(f"{PILOTS}{KEY}/").content.decode()
    assert "Not registered" in page
    assert "2,502" in page  # customers needed for 5 points from 30 %

    asked = desk.get(f"{PILOTS}{KEY}/register/").content.decode()
    seen = asked.split('name="seen" value="')[1].split('"')[0]
    assert "can never be changed" in asked
    desk.post(f"{PILOTS}{KEY}/register/", {"seen": seen})
    row = PilotRegistration.objects.get()
    assert row.sha256 in Audit.objects.filter(action="pilot.register").get().said
    assert desk.get(f"{PILOTS}{KEY}/change/").status_code == 302
    assert desk.post(f"{PILOTS}{KEY}/change/", DESIGN | {"minimum_effect": "-0.01"}).status_code == 302
    assert "-0.05" in PilotRegistration.objects.get().text

    desk.post(f"{PILOTS}{KEY}/results/", {"files": results(80, 120)})
    assert "new0" in desk.get(f"{PILOTS}{KEY}/results/").content.decode()
    editor.workspace.as_of = TODAY + timedelta(days=61)
    editor.workspace.save()
    desk.post(f"{PILOTS}{KEY}/read/")
    work()
    page = desk.get(f"{PILOTS}{KEY}/").content.decode()
    assert "Scale it" in page
    assert "All depots from June" in page
    assert "−10" in page
    reading = PilotReading.objects.get()
    desk.post(
        f"{PILOTS}{KEY}/decide/{reading.pk}/", {"word": "extend", "note": "Winter comes", "version": "1"}
    )
    assert "Winter comes" in desk.get(f"{PILOTS}{KEY}/").content.decode()
    again = desk.post(f"{PILOTS}{KEY}/decide/{reading.pk}/", {"word": "stop", "note": "", "version": "1"})
    assert again.status_code == 409


def test_a_registration_row_is_written_once(desk: Client, editor: Actor) -> None:
    row = PilotRegistration.objects.create(
        workspace=editor.workspace, key="x", sha256="1", text="a", registered_on=TODAY
    )
    row.text = "b"
    with pytest.raises(TypeError):
        row.save()


def test_a_design_or_registration_that_was_exchanged_on_disk_is_found_out(
    desk: Client, editor: Actor, tmp_path: Path
) -> None:
    desk.post(f"{PILOTS}add/", DESIGN)
    seen = desk.get(f"{PILOTS}{KEY}/register/").content.decode().split('name="seen" value="')[1].split('"')[0]
    desk.post(f"{PILOTS}{KEY}/register/", {"seen": seen})
    desk.post(f"{PILOTS}{KEY}/results/", {"files": results(80, 120)})
    place = tmp_path / "workspaces" / "northwind" / "pilots"
    (place / f"{KEY}.registered.toml").unlink()
    desk.post(f"{PILOTS}{KEY}/read/")
    work()
    assert PilotReading.objects.get().read_out is None
    assert "not the one that the desk keeps" in desk.get(f"{PILOTS}{KEY}/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minimum_effect": "some"}, "is no number"),
        ({"minimum_effect": "0.05"}, "is a loss"),
        ({"stops": DESIGN["starts"]}, "stops before it starts"),
        ({"name": ""}, "is missing"),
        ({"results_file": "../../fulcrum.db"}, "leads out"),
        ({"comparison": "random by unit"}, "needs units"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_kept(
    desk: Client, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    answer = desk.post(f"{PILOTS}add/", DESIGN | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not list((tmp_path / "workspaces").rglob("*.toml"))


def test_the_plan_follows_what_is_entered_and_keeps_nothing(desk: Client, tmp_path: Path) -> None:
    assert "2,502" in desk.post(f"{PILOTS}plan/", DESIGN).content.decode()
    assert "follows once" in desk.post(f"{PILOTS}plan/", DESIGN | {"name": ""}).content.decode()
    assert not (tmp_path / "workspaces").exists()


def test_two_pilots_never_share_a_file_of_results(desk: Client) -> None:
    desk.post(f"{PILOTS}add/", DESIGN)
    again = desk.post(f"{PILOTS}add/", DESIGN | {"name": "Another one"})
    assert again.status_code == 422
    assert "another pilot have this name" in again.content.decode()


@pytest.mark.parametrize(("role", "may"), [(Role.FINANCE, False), (Role.VIEWER, False), (Role.OWNER, True)])
def test_finance_reads_and_an_editor_writes(desk: Client, joined: Join, role: str, may: bool) -> None:
    desk.post(f"{PILOTS}add/", DESIGN)
    other = client_of(joined("somebody", role))
    page = other.get(f"{PILOTS}{KEY}/").content.decode()
    assert ("Register it" in page) is may
    assert (other.get(f"{PILOTS}add/").status_code == 200) is may
    assert (other.post(f"{PILOTS}{KEY}/register/", {"seen": ""}).status_code in (200, 422)) is may
    assert other.get(f"{PILOTS}nothing/").status_code == 404
    assert other.get(f"{PILOTS}..%2Fx/").status_code == 404


def test_pilots_go_out_of_the_desk_and_come_in_again_byte_for_byte(
    desk: Client, owner: Actor, tmp_path: Path, django_user_model: Any
) -> None:
    desk.post(f"{PILOTS}add/", DESIGN)
    seen = desk.get(f"{PILOTS}{KEY}/register/").content.decode().split('name="seen" value="')[1].split('"')[0]
    desk.post(f"{PILOTS}{KEY}/register/", {"seen": seen})
    desk.post(f"{PILOTS}{KEY}/results/", {"files": results(80, 120)})
    out = tmp_path / "out"
    export_folder(owner, out)
    held = tmp_path / "workspaces" / "northwind" / "pilots"
    names = {f"{KEY}.toml", f"{KEY}.registered.toml", "call_back.csv"}
    assert {file.name for file in (out / "pilots").iterdir()} == names
    assert all((out / "pilots" / name).read_bytes() == (held / name).read_bytes() for name in names)
    user = django_user_model.objects.create_user(username="new", email="new@x.example")
    again = import_folder(user, out, name="Northwind again").actor
    made, kept = (PilotRegistration.objects.get(workspace=one.workspace) for one in (again, owner))
    assert (made.sha256, made.text, made.registered_on) == (kept.sha256, kept.text, kept.registered_on)
    assert isinstance(made.registered_on, date)
