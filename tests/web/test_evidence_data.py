"""The data on the desk: brought under a safe name, mapped, checked before a mapping counts, and read."""

from pathlib import Path
from typing import Any

import pytest
from desk_company import home_in
from django.core.files.uploadedfile import SimpleUploadedFile
from evidence_desk import Desk, somebody

from fulcrum.records.access import Actor
from fulcrum.records.actions import exports, mapping
from fulcrum.records.models import Dataset, MappingVersion, Role, Run

pytestmark = pytest.mark.django_db

ANSWERS = "who,when,how,where\n" + "".join(
    f"c{n},2026-0{1 + n % 9}-1{n % 9},{n % 11},{'shop' if n % 2 else 'web'}\n" for n in range(120)
)
MAPPING = """currency = "EUR"

[[files]]
path = "answers.csv"
table = "feedback"
[files.columns]
customer = "who"
answered_at = { column = "when", format = "%Y-%m-%d" }
score = { column = "how", scale = [0, 10], kind = "nps" }
touchpoint = "where"
"""


@pytest.fixture
def desk(owner: Actor, settings: Any, tmp_path: Path) -> Desk:
    home_in(settings, tmp_path)
    return Desk(owner)


@pytest.fixture
def data(desk: Desk, tmp_path: Path) -> Path:
    return tmp_path / "workspaces" / desk.actor.workspace.slug / "data"


def bring(desk: Desk, **files: str | bytes) -> Any:
    sent = [
        SimpleUploadedFile(name.replace("__", "."), text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    ]
    return desk.post("evidence_data", {"files": sent})


def save(desk: Desk, text: str) -> Any:
    answer = desk.post("evidence_mapping", {"as": "text", "text": text, "do": "check"})
    desk.work()
    return answer


def test_an_export_is_kept_as_it_came_with_its_fingerprint(desk: Desk, data: Path) -> None:
    from hashlib import sha256

    assert bring(desk, answers__csv=ANSWERS).status_code == 302
    kept = Dataset.objects.get()
    assert (data / "answers.csv").read_bytes() == ANSWERS.encode()
    assert (kept.name, kept.size) == ("answers.csv", len(ANSWERS))
    assert kept.sha256 == sha256(ANSWERS.encode()).hexdigest()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\Umfrage März.csv", "Umfrage März.csv"),
        (".hidden.csv", "hidden.csv"),
        ("a<script>.CSV", "a_script_.csv"),
        ("x" * 300 + ".parquet", "x" * 112 + ".parquet"),
    ],
)
def test_a_name_never_leads_out_of_the_folder(given: str, kept: str) -> None:
    assert exports.safe_name(given) == kept


@pytest.mark.parametrize("name", ["mapping.toml", "run.exe", ".csv", "noending"])
def test_what_is_no_export_is_refused_with_what_would_be(desk: Desk, data: Path, name: str) -> None:
    answer = desk.post("evidence_data", {"files": [SimpleUploadedFile(name, b"a,b\n1,2\n")]})
    assert answer.status_code == 422
    assert ".xlsx" in answer.content.decode()
    assert not Dataset.objects.exists()
    assert not list(data.glob("*")) if data.exists() else True


def test_the_same_content_under_another_name_is_said(desk: Desk) -> None:
    bring(desk, answers__csv=ANSWERS)
    again = desk.client.get(bring(desk, copy__csv=ANSWERS).url).content.decode()
    assert "the same content as answers.csv" in again
    same = desk.client.get(bring(desk, answers__csv=ANSWERS).url).content.decode()
    assert "was here already" in same


def test_more_than_the_limit_is_a_sentence_and_nothing_is_kept(
    desk: Desk, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fulcrum.web.uploads.LARGEST", 100)
    monkeypatch.setattr("fulcrum.web.uploads._AROUND", 0)
    answer = bring(desk, answers__csv=ANSWERS)
    assert answer.status_code == 422
    assert "at once" in answer.content.decode()
    assert not Dataset.objects.exists()


def test_from_an_export_to_findings_by_way_of_the_form(desk: Desk) -> None:
    bring(desk, answers__csv=ANSWERS)
    form = {
        "as": "form",
        "do": "check",
        "currency": "eur",
        "f0.table": "feedback",
        "f0.numbers": ". ",
        "f0.customer": "who",
        "f0.score": "how",
        "f0.score.scale": "0 10 nps",
        "f0.answered_at": "when",
        "f0.answered_at.format": "%Y-%m-%d",
        "f0.touchpoint": "where",
    }
    assert desk.post("evidence_mapping", form).status_code == 302
    desk.work()
    run = Run.objects.get()
    assert run.evidence is not None
    assert MappingVersion.objects.get().text.splitlines()[0] == 'currency = "EUR"'
    page = desk.page("evidence")
    assert "120 answers" in page


def test_a_proposal_is_a_draft_with_how_sure_it_is_and_does_not_count(desk: Desk, data: Path) -> None:
    bring(desk, reviews__csv="customer_id,review_score,review_date\n1,5,2026-01-02\n2,4,2026-01-03\n")
    desk.post("evidence_propose")
    desk.work()
    page = desk.page("evidence_mapping")
    assert "medium" in page
    assert "by name and content" in page
    assert (data / "mapping.proposed.toml").is_file()
    assert not (data / "mapping.toml").exists()
    assert not MappingVersion.objects.exists()


def test_a_mapping_that_the_rows_contradict_does_not_count(desk: Desk, data: Path) -> None:
    bring(desk, answers__csv=ANSWERS + "c999,2026-01-01,77,web\n")
    save(desk, MAPPING)
    assert not MappingVersion.objects.exists()
    assert not (data / "mapping.toml").exists()
    page = desk.page("evidence_mapping")
    assert "does not count yet" in page
    assert "answers.csv" in page
    save(desk, MAPPING.replace('table = "feedback"', 'table = "feedback"\ntolerate = 0.05'))
    assert MappingVersion.objects.count() == 1
    assert (data / "mapping.toml").is_file()
    assert not (data / "mapping.proposed.toml").exists()


def test_an_earlier_mapping_comes_back_after_it_was_checked_again(desk: Desk, data: Path) -> None:
    bring(desk, answers__csv=ANSWERS)
    save(desk, MAPPING)
    first = MappingVersion.objects.get()
    save(desk, MAPPING.replace('touchpoint = "where"\n', ""))
    assert 'touchpoint = "where"' not in (data / "mapping.toml").read_text()
    desk.post("evidence_bring_back", key=first.pk)
    desk.work()
    assert (data / "mapping.toml").read_text() == first.text
    assert MappingVersion.objects.count() == 3


def test_what_the_form_does_not_ask_stays_as_it_is_written(desk: Desk) -> None:
    import tomllib

    from fulcrum.web.layout.mapping import Beginning, form_of
    from fulcrum.web.layout.mapping_said import merged

    content = tomllib.loads(
        MAPPING
        + '[files.weight]\ncolumn = "where"\nmap = { web = 2 }\notherwise = 1\n'
        + '[[comparisons]]\nkey = "k"\ntitle = "T"\nexposure = "where"\nexposed = "web"\nagainst = "shop"\n'
        + 'outcome = "score"\n'
    )
    exports_read = {"answers.csv": Beginning(header=("who", "when", "how", "where"))}
    asked = form_of(content, exports_read, "EUR").files[0]
    given: dict[str, list[str]] = {"currency": ["EUR"], "f0.table": ["feedback"], "f0.numbers": [". "]}
    for column in asked.columns:
        given[column.field] = [one.key for one in column.columns if one.is_chosen]
        given[f"{column.field}.format"] = [one.key for one in column.formats if one.is_chosen]
        given[f"{column.field}.scale"] = [one.key for one in column.scales if one.is_chosen]
    assert merged(content, exports_read, given) == content


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("currency = ", "not valid TOML"),
        (MAPPING.replace("answers.csv", "../../../secret.csv"), "leads out"),
        (
            MAPPING + '[files.segments]\ns = { column = "where", lookup = { path = "/etc/passwd", '
            'key = "a", take = "b" } }\n',
            "leads out",
        ),
        (
            MAPPING.replace(
                'path = "answers.csv"', 'connection = "w"\nrelation = "records_observation"'
            ).replace(', format = "%Y-%m-%d"', "")
            + '[connections.w]\nengine = "postgres"\ndsn_from_env = "DATABASE_URL"\n',
            "may not be read",
        ),
    ],
)
def test_a_mapping_reaches_nothing_but_its_own_exports(desk: Desk, text: str, said: str) -> None:
    bring(desk, answers__csv=ANSWERS)
    answer = desk.post("evidence_mapping", {"as": "text", "text": text, "do": "check"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_problems_are_told_by_file_and_leave_as_harmless_csv(desk: Desk, data: Path) -> None:
    bring(desk, answers__csv=ANSWERS)
    save(desk, MAPPING)
    bring(desk, answers__csv=ANSWERS + '=cmd(),2026-01-01,"=1+1",web\n')
    desk.post("evidence_read")
    desk.work()
    assert Run.objects.first().evidence is None  # type: ignore[union-attr]
    page = desk.page("evidence_problems")
    assert "Something stops the findings" in page
    assert "121" in page
    listed = desk.get("evidence_problems_csv").content.decode("utf-8-sig")
    assert listed.startswith("severity,file,row,column,place,what,remedy")
    rejected = desk.get("evidence_rejected_csv").content.decode()
    assert "'=1+1" in rejected
    assert "120 answers" in desk.page("evidence")  # the findings of the reading before stand


def test_what_changed_since_the_reading_before_is_said(desk: Desk) -> None:
    bring(desk, answers__csv=ANSWERS)
    save(desk, MAPPING)
    bring(desk, answers__csv=ANSWERS + "".join(f"d{n},2026-01-01,10,web\n" for n in range(200)))
    desk.post("evidence_read")
    desk.work()
    page = desk.page("evidence_runs")
    assert "changed since the reading before" in page
    assert "Score" in page


def test_removing_an_export_asks_first_and_takes_the_file(desk: Desk, data: Path) -> None:
    bring(desk, answers__csv=ANSWERS)
    key = Dataset.objects.get().pk
    assert (data / "answers.csv").is_file()
    assert "Remove answers.csv?" in desk.page("evidence_remove", key=key)
    assert Dataset.objects.exists()
    desk.post("evidence_remove", key=key)
    assert not (data / "answers.csv").exists()


def test_cells_are_shown_to_those_who_keep_the_data_alone(desk: Desk, django_user_model: Any) -> None:
    bring(desk, answers__csv=ANSWERS)
    key = Dataset.objects.get().pk
    viewer = somebody(desk, django_user_model.objects.create_user, Role.VIEWER)
    assert "c119" not in desk.page("evidence_export", key=key)
    assert "c19" in desk.page("evidence_export", key=key)
    assert viewer.get(desk.at("evidence_export", key=key)).status_code == 403
    assert viewer.post(desk.at("evidence_data"), {"files": []}).status_code == 403
    assert ">c19<" not in viewer.get(desk.at("evidence_mapping")).content.decode()


def test_an_export_of_another_workspace_does_not_exist(desk: Desk, django_user_model: Any) -> None:
    from fulcrum.records.actions.workspace import start_workspace

    other = start_workspace(
        django_user_model.objects.create_user("else"), name="Else", industry="retail", currency="EUR"
    )
    received = exports.receive_export(other, name="a.csv", chunks=[b"a,b\n1,2\n"])
    assert desk.get("evidence_export", key=received.export.pk).status_code == 404
    assert desk.post("evidence_remove", key=received.export.pk).status_code == 404


def test_a_table_of_a_warehouse_is_connected_by_the_name_of_a_variable_only(desk: Desk) -> None:
    form = {
        "name": "warehouse",
        "engine": "postgres",
        "variable": "FULCRUM_WAREHOUSE",
        "relation": "cx.feedback",
        "table": "feedback",
    }
    assert desk.post("evidence_connect", form).status_code == 302
    draft = mapping.draft_of(desk.actor.workspace)
    assert draft is not None
    assert 'dsn_from_env = "FULCRUM_WAREHOUSE"' in draft
    assert 'relation = "cx.feedback"' in draft


def test_an_initiative_is_stated_with_every_mistake_beside_its_field(desk: Desk) -> None:
    wrong = {"name": "", "one_off": "1,000", "running": "-5", "moved_share": "3", "reach": "1.5"}
    page = desk.post("add_initiative", {**wrong, "horizon_years": "2"}).content.decode()
    assert page.count('class="mistake" id="wrong-') >= 1
    right = {"name": "Repair", "one_off": "1000", "running": "50.25", "moved_share": "0.1", "reach": "500"}
    assert desk.post("add_initiative", {**right, "horizon_years": "2.5"}).status_code == 302
    assert "Repair" in desk.page("evidence_programme")
