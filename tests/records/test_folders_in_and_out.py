"""A company folder becomes a workspace and a folder again: the same company, the same bytes, nothing half."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from folder.companies import TINY, companies
from fulcrum.core.company import Company, Spend
from fulcrum.core.errors import DataProblems, WrongUse
from fulcrum.folder.read import read_folder
from fulcrum.folder.write import write_folder
from fulcrum.records import models
from fulcrum.records.access import Actor, Refused, files_open_to
from fulcrum.records.actions import file, people
from fulcrum.records.actions.folder_in import import_folder
from fulcrum.records.actions.folder_out import export_folder
from fulcrum.records.folders import folder_of
from fulcrum.records.models import Dataset, MappingVersion, Role, Workspace
from fulcrum.simulation.company import tidewater

pytestmark = pytest.mark.django_db
FILES = {
    "data/customers.csv": b"customer_id\r\n1\r\n",
    "data/mapping.toml": "# Möbel\n".encode(),
    "data/more/old.parquet": b"\x00\xff PAR1",
    "pilots/one/design.toml": b"",
    "words/letter.txt": b"\xef\xbb\xbfWe will",
}


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    settings.FULCRUM_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def user(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user(username="ina", email="ina@northwind.example")


def written(company: Company, folder: Path) -> Path:
    write_folder(company, folder)
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def read(folder: Path) -> Company:
    company, problems = read_folder(folder, as_of=None)
    assert company is not None, problems
    return company


def test_the_simulated_company_goes_in_and_out_unchanged(user: Any, tmp_path: Path) -> None:
    source = written(tidewater(seed=1), tmp_path / "source")
    found = import_folder(user, source)
    told = export_folder(found.actor, tmp_path / "back")
    assert read(tmp_path / "back") == read(source)
    for name, content in FILES.items():
        assert (tmp_path / "back" / name).read_bytes() == content
    assert told.left_out == ()
    assert str(told).startswith("Everything was written")


@given(company=companies())
@hypothesis_settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_company_that_a_folder_holds_goes_in_and_out_unchanged(user: Any, company: Company) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(company, folder / "source")
        found = import_folder(user, folder / "source")
        export_folder(found.actor, folder / "back")
        assert read(folder / "back") == read(folder / "source")


def test_who_imports_owns_the_workspace_and_is_named_for_everybody(user: Any, tmp_path: Path) -> None:
    company = tidewater(seed=1)
    found = import_folder(user, written(company, tmp_path / "source"), name="Another name")
    assert found.actor.member.role == Role.OWNER
    assert [one.key for one in files_open_to(found.actor)] == [one.id for one in company.executives]
    assert (found.actor.workspace.slug, found.actor.workspace.name) == ("another-name", "Another name")
    assert found.as_of == found.actor.workspace.as_of == company.as_of
    assert models.Observation.objects.filter(author=found.actor.member).count() == len(company.observations)


def test_exports_and_their_mapping_are_on_record(user: Any, tmp_path: Path) -> None:
    workspace = import_folder(user, written(TINY, tmp_path / "source")).actor.workspace
    (export,) = Dataset.objects.filter(workspace=workspace)
    assert (export.name, export.size) == ("customers.csv", len(FILES["data/customers.csv"]))
    assert export.sha256 == sha256(FILES["data/customers.csv"]).hexdigest()
    assert MappingVersion.objects.get(workspace=workspace).text == "# Möbel\n"
    assert (folder_of(workspace).stat().st_mode & 0o077) == 0


def test_amounts_keep_every_digit(user: Any, tmp_path: Path) -> None:
    exact = Decimal("12345678901234567890.123456789")
    company = replace(TINY, spend=(Spend(date=TINY.as_of, item="Much", amount=exact),), budget=exact)
    found = import_folder(user, written(company, tmp_path / "source"))
    export_folder(found.actor, tmp_path / "back")
    assert read(tmp_path / "back").spend[0].amount == exact
    assert read(tmp_path / "back").budget == exact


def test_a_folder_with_mistakes_is_refused_with_all_of_them_and_nothing_is_stored(
    user: Any, tmp_path: Path, own_home: Path
) -> None:
    source = written(TINY, tmp_path / "source")
    (source / "observations.csv").write_text(
        "executive,date,behaviour,anchor,source\ncfo,2026-13-01,model,9,seen\ncto,2026-01-01,model,1,seen\n"
    )
    with pytest.raises(DataProblems) as refused:
        import_folder(user, source)
    assert len(refused.value.problems) >= 3
    assert not Workspace.objects.exists()
    assert not (own_home / "workspaces").exists()


@pytest.mark.parametrize("name", ["data/passwords", "playbook", "pilots/inside"])
def test_a_link_is_never_followed(user: Any, tmp_path: Path, name: str) -> None:
    source = written(TINY, tmp_path / "source")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("not ours")
    (source / name).symlink_to(outside)
    with pytest.raises(DataProblems) as refused:
        import_folder(user, source)
    assert [one.code for one in refused.value.problems if one.is_error] == ["not-a-file"]
    assert not Workspace.objects.exists()


def test_what_no_database_keeps_is_told_before_anything_is_stored(user: Any, tmp_path: Path) -> None:
    source = written(TINY, tmp_path / "source")
    text = (source / "company.toml").read_text()
    (source / "company.toml").write_text(text.replace('"retail"', '"re\\u0000tail"'))
    with pytest.raises(DataProblems) as refused:
        import_folder(user, source)
    assert [one.code for one in refused.value.problems] == ["unfit"]


def test_a_failure_in_the_middle_leaves_nothing_behind(
    user: Any, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    source = written(tidewater(seed=1), tmp_path / "source")
    monkeypatch.setattr(models.PulseAnswer.objects, "bulk_create", fails)
    with pytest.raises(OSError, match="disk is full"):
        import_folder(user, source)
    assert not Workspace.objects.exists()
    assert list((own_home / "workspaces").iterdir()) == []


def test_two_imports_of_one_folder_are_two_workspaces(user: Any, tmp_path: Path) -> None:
    source = written(TINY, tmp_path / "source")
    slugs = [import_folder(user, source).actor.workspace.slug for _ in range(2)]
    assert slugs == ["acme", "acme-2"]


def test_a_workspace_without_a_day_of_its_own_looks_from_today(user: Any, tmp_path: Path) -> None:
    source = written(TINY, tmp_path / "source")
    text = (source / "company.toml").read_text().replace("as_of = 2026-03-09\n", "")
    (source / "company.toml").write_text(text)
    found = import_folder(user, source)
    assert found.as_of is None
    assert found.actor.workspace.as_of is None


def test_an_export_leaves_out_what_is_closed_and_says_so(
    owner: Actor, editor: Actor, joined: Callable[..., Actor], tmp_path: Path
) -> None:
    cfo = people.add_executive(owner, name="Tomas Lindqvist", role="CFO", key="cfo")
    ceo = people.add_executive(editor, name="Ines Moreau", role="CEO", key="ceo")
    for actor, who, note in ((owner, cfo, "open"), (editor, ceo, "CANARY-closed"), (owner, ceo, "my own")):
        file.record_reaction(actor, who, barrier="nothing in it for me", date=date(2026, 3, 9), note=note)
    for who in ("cfo", "ceo"):
        models.PulseAnswer.objects.create(
            workspace=owner.workspace, respondent=who, date=date(2026, 3, 9), question="who_leads", answer=who
        )
    told = export_folder(owner, tmp_path / "back")
    company = read(tmp_path / "back")
    assert [one.note for one in company.reactions] == ["open", "my own"]
    assert [one.respondent for one in company.pulses] == ["cfo"]
    assert (told.left_out, told.rows_left_out) == (("Ines Moreau",), 2)
    assert "WITHOUT the file of Ines Moreau (2 rows)" in str(told)
    assert "CANARY" not in "".join(one.read_text() for one in (tmp_path / "back").iterdir())


def test_nothing_is_written_over_and_only_owners_export(owner: Actor, editor: Actor, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export_folder(editor, tmp_path / "back")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(WrongUse):
        export_folder(owner, tmp_path / "full")
    assert [one.name for one in tmp_path.iterdir()] == ["full"]


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(owner: Actor, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("mine")
    with pytest.raises(WrongUse, match="cannot be written"):
        export_folder(owner, tmp_path / "letter" / "back")
    assert [one.name for one in tmp_path.iterdir()] == ["letter"]


def test_a_row_taken_back_does_not_travel(owner: Actor, tmp_path: Path) -> None:
    cfo = people.add_executive(owner, name="Tomas", role="CFO")
    row = file.record_motivator(owner, cfo, motivator="Cash")
    file.take_back(owner, row)
    export_folder(owner, tmp_path / "back")
    assert read(tmp_path / "back").motivators == ()
