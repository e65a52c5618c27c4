"""The first run: the simulated company in one click, one's own, or a folder that is checked first."""

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from desk_company import home_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fulcrum import workflow
from fulcrum.core.errors import WrongUse
from fulcrum.records.actions import first_run
from fulcrum.records.models import (
    Brief,
    Executive,
    Job,
    PilotReading,
    PilotRegistration,
    Run,
    Workspace,
)
from fulcrum.records.work import run_one

pytestmark = pytest.mark.django_db
COMPANY = 'name = "Acme"\nindustry = "retail"\ncurrency = "EUR"\n'
PEOPLE = "id,name,role,area,sponsor,desired_level,attention_hours_per_week\nceo,Ana Ray,CEO,all,yes,5,1\n"


@pytest.fixture
def user(django_user_model: Any, settings: Any, tmp_path: Path) -> Any:
    home_in(settings, tmp_path)
    return django_user_model.objects.create_user("olga", email="olga@acme.example")


@pytest.fixture
def browser(user: Any) -> Client:
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.force_login(user)
    return client


def packed(**files: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def a_folder(top: str = "", **more: str) -> bytes:
    files = {"company.toml": COMPANY, "executives.csv": PEOPLE, **more}
    return packed(**{f"{top}{name}": content for name, content in files.items()})


def bring(browser: Client, content: bytes) -> Any:
    sent = {"folder": SimpleUploadedFile("acme.zip", content)}
    return browser.post(reverse("bring"), sent)


def work() -> None:
    while run_one("a worker of the tests"):
        pass


def test_an_empty_desk_offers_three_ways_to_begin(browser: Client) -> None:
    page = browser.get("/").content.decode()
    for said in ("Open the simulated company", "Begin with your own company", "Bring a company folder"):
        assert said in page


def test_one_click_leads_to_a_company_with_evidence_and_briefs(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = workflow.simulate
    monkeypatch.setattr(workflow, "simulate", lambda folder: full(folder, customers=4_000))
    page = browser.post(reverse("demo"))
    work()
    job = Job.objects.get()
    assert (job.state, job.error) == ("done", "")
    assert browser.get(page.url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == job.result["url"]
    place = Workspace.objects.get()
    assert place.is_simulated
    assert Run.objects.get().evidence is not None
    looks = list(PilotReading.objects.order_by("as_of"))
    assert [one.key for one in looks] == ["named_person", "named_person"]
    assert PilotRegistration.objects.filter(registered_on__lt=looks[0].as_of, key="named_person").exists()
    people = set(Executive.objects.values_list("pk", flat=True))
    assert set(Brief.objects.values_list("executive", flat=True)) == {*people, None}
    assert browser.post(reverse("demo")).url == reverse("week", kwargs={"slug": place.slug})
    assert "Simulated" in browser.get(reverse("evidence", kwargs={"slug": place.slug})).content.decode()


@pytest.mark.slow
def test_work_that_was_interrupted_makes_no_second_company(
    user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = workflow.simulate
    monkeypatch.setattr(workflow, "simulate", lambda folder: full(folder, customers=2_000))

    def interrupted(*_: object) -> None:
        raise WrongUse("The lights went out.")

    monkeypatch.setattr(first_run, "write_briefs", interrupted)
    job = first_run.begin_with_demo(user)
    work()
    Job.objects.filter(pk=job.pk).update(state="waiting", attempts=0)
    monkeypatch.setattr(first_run, "write_briefs", lambda *_: None)
    work()
    assert Workspace.objects.count() == 1
    assert Job.objects.get().state == "done"


def test_the_simulated_company_is_removed_and_nothing_else(
    browser: Client, user: Any, tmp_path: Path
) -> None:
    from fulcrum.records.actions.workspace import start_workspace

    own = start_workspace(user, name="Acme", industry="retail", currency="EUR")
    simulated = start_workspace(user, name="Tide", industry="telecom", currency="EUR", is_simulated=True)
    for actor in (own, simulated):
        (tmp_path / "workspaces" / actor.workspace.slug / "data").mkdir(parents=True)
    url = reverse("remove_simulated", kwargs={"slug": "tide"})
    assert "Remove Tide?" in browser.get(url).content.decode()
    assert Workspace.objects.count() == 2
    browser.post(url)
    assert list(Workspace.objects.values_list("slug", flat=True)) == ["acme"]
    assert not (tmp_path / "workspaces" / "tide").exists()
    assert browser.post(reverse("remove_simulated", kwargs={"slug": "acme"})).status_code == 403
    assert (tmp_path / "workspaces" / "acme").exists()


def test_ones_own_company_begins_with_four_answers(browser: Client) -> None:
    asked = {"name": "Acme", "industry": "retail", "currency": "eur", "contact": "cx@acme.example"}
    answer = browser.post(reverse("begin"), asked)
    assert answer.status_code == 302
    place = Workspace.objects.get()
    assert (place.name, place.currency, place.members.get().role) == ("Acme", "EUR", "owner")


def test_a_wrong_answer_is_said_beside_its_field(browser: Client) -> None:
    page = browser.post(reverse("begin"), {"name": "Acme", "industry": "retail", "currency": "euros"})
    assert page.status_code == 422
    assert 'id="wrong-currency"' in page.content.decode()
    assert not Workspace.objects.exists()


def test_a_folder_is_checked_and_only_then_taken_over(browser: Client, tmp_path: Path) -> None:
    bring(browser, a_folder("acme/"))
    work()
    checked = Job.objects.get()
    page = browser.get(reverse("brought", kwargs={"key": checked.pk})).content.decode()
    assert "can be taken over" in page
    assert not Workspace.objects.exists()
    browser.post(reverse("brought", kwargs={"key": checked.pk}), {"do": "keep"})
    work()
    assert Workspace.objects.get().name == "Acme"
    assert Executive.objects.get().name == "Ana Ray"
    assert not any((tmp_path / "incoming").iterdir())


def test_a_folder_with_errors_shows_all_of_them_and_is_not_kept(browser: Client) -> None:
    bring(browser, a_folder(**{"goals.csv": "executive,goal\nnobody,Grow\n", "asks.csv": "what\nx\n"}))
    work()
    checked = Job.objects.get()
    url = reverse("brought", kwargs={"key": checked.pk})
    page = browser.get(url).content.decode()
    assert "cannot be taken over yet" in page
    assert "goals.csv" in page
    assert "asks.csv" in page
    browser.post(url, {"do": "keep"})
    work()
    assert not Workspace.objects.exists()


def test_a_folder_that_was_brought_is_nobody_elses(browser: Client, django_user_model: Any) -> None:
    bring(browser, a_folder())
    work()
    other = Client(REMOTE_ADDR="192.0.2.7")
    other.force_login(django_user_model.objects.create_user("eve"))
    key = Job.objects.get().pk
    assert other.get(reverse("brought", kwargs={"key": key})).status_code == 404
    assert other.get(reverse("start_job", kwargs={"key": key})).status_code == 404


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:/evil.csv", "..\\evil"]
)
def test_a_zip_never_writes_outside_its_folder(browser: Client, tmp_path: Path, name: str) -> None:
    answer = bring(browser, a_folder(**{name: "x"}))
    assert answer.status_code == 400
    assert "lead out" in answer.content.decode()
    assert not list(tmp_path.rglob("evil*"))
    assert not Job.objects.exists()


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    made = tmp_path / "link.zip"
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("company.toml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(WrongUse, match="lead out"):
        first_run.unpack(made, tmp_path / "out")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a zip", "no ZIP"),
        (packed(**{"data__a.csv": "x"}), "no company.toml"),
        (packed(**{f"f{n}.csv": "x" for n in range(2_001)}), "more than 2,000 files"),
    ],
)
def test_what_is_no_company_folder_is_said_at_once(browser: Client, content: bytes, said: str) -> None:
    answer = bring(browser, content)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_zip_that_grows_beyond_the_limit_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "bomb.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("company.toml", COMPANY)
        archive.writestr("data/big.csv", "0" * 5_000_000)
    monkeypatch.setattr(first_run, "LARGEST", 1_000_000)
    with pytest.raises(WrongUse, match="larger than"):
        first_run.unpack(made, tmp_path / "out")
