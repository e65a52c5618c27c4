"""A visitor without a browser: fetches pages and sends forms, to make a desk ready and to walk it quickly."""

import re
import ssl
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Answer:
    """What came back, named as Django's own client names it."""

    def __init__(self, response: Any) -> None:
        self.status_code: int = response.status
        self.headers = response.headers
        self.content: bytes = response.read()

    @property
    def text(self) -> str:
        return self.content.decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Visitor:
    """Somebody who comes with cookies of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        unchecked = urllib.request.HTTPSHandler(context=ssl._create_unverified_context())
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(_Stay, unchecked, cookies)

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(urljoin(self.address, path)))

    def page_if_any(self, path: str) -> str:
        """The page, or nothing as long as there is none."""
        try:
            found = self.get(path)
        except urllib.error.URLError:
            return ""
        return found.text if found.status_code == 200 else ""

    def send(self, form_on: str, to: str = "", **fields: str) -> Answer:
        """Fetch the page that holds the form, and send what was entered."""
        token = TOKEN.search(self.get(form_on).text)
        assert token is not None, form_on
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self._ask(urllib.request.Request(urljoin(self.address, to or form_on), data=body))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=90) as response:
                return Answer(response)
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused)
