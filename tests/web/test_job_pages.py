"""How far a job is, on its page: it renews itself while it runs, leads on when done, is closed to others."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from fulcrum.records import jobs
from fulcrum.records.access import Actor
from fulcrum.records.models import Job, Role
from fulcrum.records.models.jobs import JobState
from fulcrum.records.worker import tidy

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(editor: Actor) -> Job:
    """A job of the editor's, half done."""
    asked = jobs.ask_for(editor, "tried", {}, editor.workspace)
    Job.objects.filter(pk=asked.pk).update(state=JobState.RUNNING, done=2, total=4, doing="Counting <b>")
    return asked


@pytest.fixture
def browser(editor: Actor) -> Client:
    """The editor's browser."""
    return _signed_in(editor)


def test_while_it_runs_the_page_renews_its_moving_part_each_second(job: Job, browser: Client) -> None:
    page = browser.get(_at(job)).content.decode()
    assert '<progress max="4" value="2"' in page
    assert "Counting &lt;b&gt;" in page
    assert f'hx-get="{_at(job)}" hx-trigger="every 1s"' in page
    part = browser.get(_at(job), headers=HTMX).content.decode()
    assert "<html" not in part
    assert "hx-trigger" in part


def test_when_it_has_ended_nothing_is_asked_any_more(job: Job, browser: Client) -> None:
    for state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED):
        Job.objects.update(state=state, error="The file is gone.", result={})
        for headers in ({}, HTMX):
            page = browser.get(_at(job), headers=headers)
            assert b"hx-trigger" not in page.content
            assert b"/cancel/" not in page.content
            assert "HX-Redirect" not in page.headers


def test_when_it_is_done_it_leads_to_what_came_of_it_on_this_desk_alone(job: Job, browser: Client) -> None:
    for url, leads in (("/w/northwind/evidence/", True), ("https://evil.example/", False), ("//evil", False)):
        Job.objects.update(state=JobState.DONE, result={"url": url})
        part = browser.get(_at(job), headers=HTMX)
        assert part.headers.get("HX-Redirect") == (url if leads else None)
        assert (f'href="{url}"' in browser.get(_at(job)).content.decode()) is leads


def test_a_failure_says_every_problem_in_a_line(job: Job, browser: Client) -> None:
    Job.objects.update(state=JobState.FAILED, error="a.csv, row 3: No date.\nb.csv: <gone>")
    page = browser.get(_at(job)).content.decode()
    assert re.findall(r"<li>(.*?)</li>", page)[-2:] == ["a.csv, row 3: No date.", "b.csv: &lt;gone&gt;"]


def test_it_is_stopped_by_a_button_without_any_script(job: Job, browser: Client) -> None:
    assert browser.post(_at(job) + "cancel/").status_code == 302
    job.refresh_from_db()
    assert job.is_cancel_wanted
    assert "stops at its next step" in browser.get(_at(job)).content.decode()


def test_the_work_of_somebody_else_does_not_exist(job: Job, joined: Callable[..., Actor]) -> None:
    other = _signed_in(joined("otto", Role.OWNER))
    assert other.get(_at(job)).status_code == 404
    assert other.post(_at(job) + "cancel/").status_code == 404


def test_a_worker_lets_go_of_what_is_over(job: Job, browser: Client) -> None:
    Job.objects.update(state=JobState.DONE, ended_at=timezone.now() - timedelta(days=31))
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    tidy()
    assert not Job.objects.exists()
    assert not Session.objects.exists()


def test_asking_whether_the_desk_is_well_signs_nobody_in(client: Client) -> None:
    assert client.get("/health/").status_code == 200
    assert not Session.objects.exists()


def _at(job: Job) -> str:
    return f"/w/northwind/jobs/{job.pk}/"


def _signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.member.user, "django.contrib.auth.backends.ModelBackend")
    return client
