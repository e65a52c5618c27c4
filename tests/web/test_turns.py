"""Pages are made one after the other, and what people send is taken before."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.test import RequestFactory

from fulcrum.web.turns import LARGE, in_turn

MANY = 5


class Pages:
    """A view that tells how many were in it at once; it waits a little for others to come in."""

    def __init__(self) -> None:
        self.inside, self.most, self.lock = 0, 0, threading.Lock()
        self.together = threading.Event()

    def __call__(self, _: HttpRequest) -> HttpResponse:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            if self.inside == MANY:
                self.together.set()
        self.together.wait(0.05)
        with self.lock:
            self.inside -= 1
        return HttpResponse("made")


def _asked_at_once(request: Callable[[], HttpRequest]) -> int:
    pages = Pages()
    answer = in_turn(pages)
    with ThreadPoolExecutor(MANY) as people:
        assert all(one.content == b"made" for one in people.map(lambda _: answer(request()), range(MANY)))
    return pages.most


@pytest.mark.parametrize("turns", [1, 2])
def test_no_more_pages_are_made_at_a_time_than_there_are_turns(settings: Any, turns: int) -> None:
    settings.FULCRUM_TURNS = turns
    assert _asked_at_once(lambda: RequestFactory().get("/")) == turns


def test_an_export_takes_no_turn(settings: Any) -> None:
    settings.FULCRUM_TURNS = 1
    export = b"x" * (LARGE + 1)
    assert _asked_at_once(lambda: RequestFactory().post("/", export, content_type="text/csv")) == MANY


def test_what_is_sent_is_taken_before_the_turn(settings: Any) -> None:
    settings.FULCRUM_TURNS = 1
    held = threading.Lock()

    class Line(BytesIO):
        def read(self, *most: Any) -> bytes:
            assert held.acquire(blocking=False), "a page was being made while this line was read"
            held.release()
            return super().read(*most)

    def page(request: HttpRequest) -> HttpResponse:
        with held:
            return HttpResponse(request.body)

    request = RequestFactory().post(
        "/", b"name=x", content_type="text/plain", **{"wsgi.input": Line(b"name=x")}
    )
    assert in_turn(page)(request).content == b"name=x"


def test_a_sender_who_is_gone_is_answered_and_leaves_the_turn_free(settings: Any) -> None:
    settings.FULCRUM_TURNS = 1
    answer = in_turn(lambda _: HttpResponse("made"))

    class Gone(HttpRequest):
        @property
        def body(self) -> bytes:
            raise UnreadablePostError("gone")

    gone = Gone()
    gone.META["CONTENT_LENGTH"] = "10"
    assert answer(gone).status_code == 400
    assert answer(RequestFactory().get("/")).content == b"made"


@pytest.mark.parametrize("said", ["", "many", "-1", "²"])
def test_an_odd_length_is_no_length(settings: Any, said: str) -> None:
    settings.FULCRUM_TURNS = 1
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = said
    assert in_turn(lambda _: HttpResponse("made"))(request).content == b"made"
