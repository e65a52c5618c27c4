"""Long work: how it is asked for, done, stopped, and how its failures are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fulcrum.core.errors import DataProblems, Problem, WrongUse
from fulcrum.records import jobs
from fulcrum.records.access import Actor, Refused
from fulcrum.records.models import Job, Member, Role, Workspace
from fulcrum.records.models.jobs import JobState
from fulcrum.records.queries.jobs import jobs_seen_by
from fulcrum.records.work import SHARED, WORK, Progress, Work, run_one, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def does(editor: Actor, workspace: Workspace) -> Any:
    """Asks for a job that does what a function does."""

    def ask(function: Work, **arguments: Any) -> Job:
        work("tried")(function)
        return jobs.ask_for(editor, "tried", arguments, workspace)

    yield ask
    WORK.pop("tried", None)


def test_a_job_gives_its_result_and_says_how_far_it_was(does: Any) -> None:
    def adds(job: Job, progress: Progress) -> dict[str, Any]:
        progress.step(1, 2, "Adding")
        return {"sum": job.arguments["a"] + 1}

    job = does(adds, a=2)
    assert run_one("w")
    job.refresh_from_db()
    assert (job.state, job.result, job.doing, job.total) == (JobState.DONE, {"sum": 3}, "Adding", 2)
    assert job.ended_at is not None
    assert job.held_by == ""
    assert not run_one("w")


def test_the_oldest_waiting_job_is_done_first_and_by_one_worker_only(does: Any) -> None:
    first, second = does(lambda *_: {}), does(lambda *_: {})
    assert jobs.claim("a") == first
    assert jobs.claim("b") == second
    assert jobs.claim("c") is None


def test_problems_in_the_data_are_told_with_place_and_remedy(does: Any) -> None:
    def fails(job: Job, progress: Progress) -> dict[str, Any]:
        raise DataProblems([Problem(file="a.csv", what="No date.", remedy="Add one.", row=n) for n in (3, 4)])

    job = does(fails)
    run_one("w")
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "a.csv, row 3: No date. Add one.\na.csv, row 4: No date. Add one."


def test_a_request_that_cannot_be_served_is_told_in_its_own_words(does: Any) -> None:
    def fails(job: Job, progress: Progress) -> dict[str, Any]:
        raise WrongUse("There is no such day.")

    job = does(fails)
    run_one("w")
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "There is no such day.")


@pytest.mark.django_db(transaction=True)  # the worker looks after its connection itself
def test_a_bug_shows_a_reference_and_leaves_its_trace_in_the_log_alone(
    does: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(job: Job, progress: Progress) -> dict[str, Any]:
        raise ZeroDivisionError("secret detail")

    job = does(breaks)
    run_one("w")
    job.refresh_from_db()
    reference = job.error.rstrip(".").split()[-1]
    assert job.state == JobState.FAILED
    assert "secret" not in job.error
    assert reference in caplog.text
    assert "secret detail" in caplog.text


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(
    does: Any, editor: Actor
) -> None:
    waiting = does(lambda *_: {})
    jobs.cancel(editor, waiting)
    waiting.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    assert not run_one("w")

    def stops(job: Job, progress: Progress) -> dict[str, Any]:
        progress.step(0, 2, "One")
        jobs.cancel(editor, job)
        progress.step(1, 2, "Two")
        raise AssertionError("it went on")

    running = does(stops)
    run_one("w")
    running.refresh_from_db()
    assert (running.state, running.error) == (JobState.CANCELLED, "")


def test_steps_are_written_a_few_times_a_second_at_most(
    does: Any, django_assert_max_num_queries: Any
) -> None:
    def steps(job: Job, progress: Progress) -> dict[str, Any]:
        for number in range(10_000):
            progress.step(number, 10_001, "Counting")
        return {}

    does(steps)
    with django_assert_max_num_queries(20):
        run_one("w")


def test_a_worker_that_lost_its_lease_writes_nothing_any_more(does: Any) -> None:
    job = does(lambda *_: {})
    lost = jobs.claim("old")
    assert lost is not None
    _let_lease_run_out(job)
    assert jobs.sweep() == 1
    taken = jobs.claim("new")
    assert taken is not None
    assert not jobs.end(lost, JobState.DONE, result={"from": "old"})
    assert jobs.end(taken, JobState.DONE, result={"from": "new"})
    job.refresh_from_db()
    assert job.result == {"from": "new"}


def test_a_job_whose_worker_dies_three_times_fails_with_a_sentence(does: Any) -> None:
    job = does(lambda *_: {})
    for attempt in (1, 2, 3):
        claimed = jobs.claim(f"w{attempt}")
        assert claimed is not None
        assert claimed.attempts == attempt
        _let_lease_run_out(job)
        assert jobs.sweep() == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "died 3 times" in job.error
    assert jobs.claim("w4") is None


def test_a_lease_that_was_renewed_is_not_taken(does: Any) -> None:
    job = does(lambda *_: {})
    jobs.claim("w")
    _let_lease_run_out(job)
    assert jobs.renew("w") == 1
    assert jobs.sweep() == 0


def test_a_worker_asked_to_end_hands_its_job_back_as_if_not_begun(does: Any) -> None:
    def steps(job: Job, progress: Progress) -> dict[str, Any]:
        progress.step(0, 1, "One")
        return {}

    job = does(steps)
    run_one("w", lambda: True)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.held_by) == (JobState.WAITING, 0, "")


def test_nothing_is_done_for_somebody_who_left_meanwhile(does: Any, editor: Actor) -> None:
    job = does(lambda *_: {"done": True})
    Member.objects.filter(pk=editor.member.pk).update(is_active=False)
    run_one("w")
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.result is None


def test_a_job_is_seen_by_whoever_asked_and_a_shared_kind_by_the_workspace(
    does: Any, editor: Actor, joined: Callable[..., Actor]
) -> None:
    job, other = does(lambda *_: {}), joined("otto", Role.OWNER)
    assert list(jobs_seen_by(editor)) == [job]
    assert not jobs_seen_by(other).exists()
    SHARED.add("tried")
    try:
        assert list(jobs_seen_by(other)) == [job]
    finally:
        SHARED.discard("tried")


def test_a_viewer_cannot_stop_the_work_of_others(does: Any, joined: Callable[..., Actor]) -> None:
    job = does(lambda *_: {})
    with pytest.raises(Refused):
        jobs.cancel(joined("vera", Role.VIEWER), job)


def test_a_kind_that_this_version_does_not_know_fails_in_words(editor: Actor, workspace: Workspace) -> None:
    job = jobs.ask_for(editor, "from_the_future", {}, workspace)
    run_one("w")
    job.refresh_from_db()
    assert "from_the_future" in job.error


def _let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
