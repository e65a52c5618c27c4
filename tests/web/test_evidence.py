"""Evidence on the desk: every finding and refusal, the trace of each figure, the case that one may move."""

import re
from pathlib import Path
from typing import Any

import pytest
from evidence_desk import Desk, Read, desk_with, read_once, somebody

from fulcrum import by_hand
from fulcrum.core import wording
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.records.models import Audit, Initiative, Job, Role, Run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read_once(tmp_path_factory.mktemp("simulated") / "company")


@pytest.fixture
def desk(read: Read, django_user_model: Any, settings: Any, tmp_path: Path) -> Desk:
    return desk_with(read, django_user_model.objects.create_user("olga"), settings, tmp_path)


def plain(page: str) -> str:
    return page.replace("\xa0", " ")


def case_of(read: Read) -> Any:
    return next(one for one in read.evidence.cases if isinstance(one.upside, Estimate))


def test_every_finding_stands_on_the_page_in_the_words_of_the_documents(desk: Desk, read: Read) -> None:
    page = desk.page("evidence")
    for finding in read.evidence.findings:
        if finding.family == "histogram":
            continue
        if isinstance(finding.result, Unknown):
            assert finding.refusal in page
        else:
            assert finding.result.trace in page
    crude = read.evidence.comparisons[0].crude.result
    assert isinstance(crude, Estimate)
    assert wording.say(crude) in page
    assert case_of(read).title in page


def test_a_refusal_keeps_its_row_and_says_what_is_needed(desk: Desk, read: Read) -> None:
    page = plain(desk.page("evidence"))
    assert read.evidence.refusals
    for finding in read.evidence.refusals:
        assert isinstance(finding.result, Unknown)
        assert wording.sentence(finding.result.needs) in page.replace("&#x27;", "'").replace("&quot;", '"')


def test_each_figure_opens_a_trace_with_files_rows_query_and_version(desk: Desk, read: Read) -> None:
    finding = next(one for one in read.evidence.findings if one.key == "score.all")
    assert isinstance(finding.result, Estimate)
    answer = desk.client.get(desk.at("evidence_trace", id=finding.result.trace) + "?of=score.all")
    page = answer.content.decode()
    trace = read.evidence.trace(finding.result.trace)
    assert trace is not None
    for said in (trace.version, trace.method, trace.files[0].name, trace.files[0].sha256):
        assert said in page
    assert f"{wording.count(trace.files[0].rows)} rows read" in page
    assert "<html" in page


def test_the_drawer_is_the_same_trace_without_the_page_around_it(desk: Desk, read: Read) -> None:
    id = read.evidence.traces[0].id
    drawer = desk.client.get(
        desk.at("evidence_trace", id=id), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in drawer
    assert f"Trace {id}" in drawer
    assert desk.get("evidence_trace", id="00000000").status_code == 404


def test_recomputing_gives_the_same_digits_and_says_so(desk: Desk, read: Read) -> None:
    back = desk.at("evidence_trace", id=read.evidence.traces[0].id)
    assert desk.post("evidence_recompute", {"back": back}).status_code == 302
    desk.work()
    job = Job.objects.get(kind="recompute")
    assert (job.state, job.result["changed"], job.result["url"]) == ("done", [], back)
    assert "the same to the last digit" in desk.client.get(back).content.decode()


def test_recomputing_on_other_data_names_what_changed(desk: Desk, settings: Any) -> None:
    data = settings.FULCRUM_HOME / "workspaces" / desk.actor.workspace.slug / "data" / "feedback.csv"
    lines = data.read_text(encoding="utf-8-sig").splitlines()
    data.write_text("\n".join(lines[: len(lines) - 40]) + "\n", encoding="utf-8")
    desk.post("evidence_recompute")
    desk.work()
    assert "Score" in Job.objects.get(kind="recompute").result["changed"]


def test_a_recomputation_leads_nowhere_but_back_to_evidence(desk: Desk) -> None:
    desk.post("evidence_recompute", {"back": "https://elsewhere.example/"})
    assert Job.objects.get(kind="recompute").arguments["back"] == desk.at("evidence")


def test_a_moved_assumption_gives_the_case_that_the_engine_computes(desk: Desk, read: Read) -> None:
    case = case_of(read)
    grounds = next(one for one in read.evidence.grounds if one.case == case.key)
    answer = desk.post("evidence_case", {"causal_share": "0.2"}, key=case.key)
    expected = by_hand.recast_case(grounds, {"causal_share": 0.2}).upside
    assert isinstance(expected, Estimate)
    assert wording.say(expected) in answer.content.decode()
    assert "not saved" in answer.content.decode()
    assert Initiative.objects.get(name=case.title).causal_share is None


def test_sliders_left_alone_change_no_digit(desk: Desk, read: Read) -> None:
    case = case_of(read)
    page = desk.page("evidence_case", key=case.key)
    sliders = dict(re.findall(r'name="(\w+)" type="range" .*? value="([^"]+)"', page))
    assert {"causal_share", "moved_share", "reach", "one_off"} <= set(sliders)
    answer = desk.post("evidence_case", sliders, key=case.key).content.decode()
    assert wording.say(case.upside) in answer
    assert "not saved" not in answer


def test_a_slider_answers_htmx_with_figures_and_outputs_only(desk: Desk, read: Read) -> None:
    case = case_of(read)
    url = desk.at("evidence_case", key=case.key)
    answer = desk.client.post(url, {"moved_share": "0.3"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert 'id="said-moved_share" hx-swap-oob="true">30' in plain(answer)


def test_a_value_out_of_bounds_is_held_and_nonsense_is_no_move(desk: Desk, read: Read) -> None:
    case = case_of(read)
    answer = desk.post("evidence_case", {"causal_share": "7", "moved_share": "nan"}, key=case.key)
    assert answer.status_code == 200
    assert "100 %" in plain(answer.content.decode())


def test_saving_states_the_assumption_and_reads_the_data_on_it(desk: Desk, read: Read) -> None:
    case = case_of(read)
    moved = {"moved_share": "0.25", "gain": "100", "version": "1"}
    assert desk.post("evidence_case_save", moved, key=case.key).status_code == 302
    kept = Initiative.objects.get(name=case.title)
    assert (kept.moved_share, kept.version) == (0.25, 2)
    assert Audit.objects.filter(action="initiative.assume").count() == 1
    desk.work()
    assert Run.objects.count() == 2
    newest = Run.objects.first()
    assert newest is not None
    page = plain(desk.page("evidence_case", key=case.key))
    assert 'id="said-moved_share">25 %' in page


def test_two_who_save_at_once_do_not_overwrite_each_other(desk: Desk, read: Read) -> None:
    case = case_of(read)
    desk.post("evidence_case_save", {"moved_share": "0.25", "version": "1"}, key=case.key)
    answer = desk.post("evidence_case_save", {"moved_share": "0.35", "version": "1"}, key=case.key)
    assert answer.status_code == 409
    assert Initiative.objects.get(name=case.title).moved_share == 0.25


@pytest.mark.parametrize(("role", "status"), [(Role.FINANCE, 302), (Role.VIEWER, 403)])
def test_finance_may_state_an_assumption_and_a_viewer_may_not(
    desk: Desk, read: Read, django_user_model: Any, role: str, status: int
) -> None:
    client = somebody(desk, django_user_model.objects.create_user, role)
    case = case_of(read)
    url = desk.at("evidence_case_save", key=case.key)
    assert client.post(url, {"moved_share": "0.25", "version": "1"}).status_code == status
    assert client.post(desk.at("evidence_case", key=case.key), {"moved_share": "0.25"}).status_code == 200


def test_the_spreadsheet_of_a_case_holds_its_inputs_and_its_upside(desk: Desk, read: Read) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    case = case_of(read)
    answer = desk.get("evidence_case_xlsx", key=case.key)
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    with ZipFile(BytesIO(answer.content)) as book:
        names = book.read("xl/workbook.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert 'name="causal_share"' in names
    assert case.title in texts


def test_a_year_table_adds_up_to_the_case(read: Read) -> None:
    for grounds in read.evidence.grounds:
        case = next(one for one in read.evidence.cases if one.key == grounds.case)
        years = by_hand.case_years(grounds)
        assert isinstance(case.upside, Estimate)
        assert isinstance(case.inaction, Estimate)
        assert years[-1].together.value == pytest.approx(case.upside.value, abs=0.005)
        assert sum(one.waiting.value for one in years) == pytest.approx(case.inaction.value, abs=0.005)


def test_a_run_of_another_version_is_asked_to_be_read_again(desk: Desk) -> None:
    Run.objects.create(
        workspace=desk.actor.workspace,
        as_of=desk.actor.workspace.today,
        version="another",
        evidence={"findings": [], "unknown_field": 1},
    )
    page = desk.page("evidence")
    assert "stored by another version" in page
    assert desk.get("evidence_case", key="case.any").status_code == 404
