"""The desk as somebody walks it who follows every link: pages, forms, questions in addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

TELLING = ("kind", "format_name")  # arguments that make another page of a route; keys and numbers do not
FIRST = {"number": "1", "date": "2026-11-02", "email": "some@body.example", "hidden": "", "checkbox": "yes"}


@dataclass
class Form:
    """A form as a browser would send it: where to, and each field with something that may stand there."""

    address: str
    route: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    is_post: bool = True

    @property
    def mark(self) -> tuple[Any, ...]:
        return (self.route, *sorted(self.fields), *sorted(self.files))

    @property
    def telling(self) -> list[str]:
        """One field of each kind: of many columns of a mapping one is enough."""
        kinds = {re.sub(r"^f\d+\.\w+$|^f\d+\.\w+(?=\.)", "f", name): name for name in self.fields}
        return list(kinds.values())


class Walk:
    """Every kind of page that can be reached from an address by links, each visited once."""

    def __init__(self, client: Client, *starts: str, most: int = 400) -> None:
        self.client, self.pages, self.questions = client, {}, {}  # type: ignore[var-annotated]
        self.forms: dict[tuple[Any, ...], Form] = {}
        self._waiting = list(starts)
        while self._waiting and len(self.pages) < most:
            self._visit(self._waiting.pop(0))

    def _visit(self, address: str) -> None:
        path, query = urlsplit(address).path, urlsplit(address).query
        route = route_of(path)
        asked = self.questions.setdefault(route, set()) if route else set()
        is_known = route in self.pages and {name for name, _ in parse_qsl(query)} <= asked
        if not route or is_known or route == "account_logout":
            return
        asked |= {name for name, _ in parse_qsl(query)}
        answer = self.client.get(address)
        self.pages.setdefault(route, address)
        if answer.status_code in (301, 302):
            self._waiting.append(urljoin(address, answer.headers["Location"]))
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            seen = _Seen(address)
            seen.feed(answer.content.decode())
            self._waiting += seen.links
            self._keep(seen.forms)

    def _keep(self, forms: list[Form]) -> None:
        for form in forms:
            if form.is_post and form.route:
                self.forms.setdefault(form.mark, form)
            elif form.route:
                self.questions.setdefault(form.route, set()).update(form.fields)


def route_of(path: str) -> str:
    """The name of a route, with those arguments that make another page of it; nothing for strange paths."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    told = [str(match.kwargs[name]) for name in TELLING if name in match.kwargs]
    return ":".join([match.url_name or path, *told])


class _Seen(HTMLParser):
    """The links and forms of one page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, [], []  # type: ignore[var-annotated]
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        held = {name: text or "" for name, text in attrs}
        if tag == "a" and held.get("href", "").startswith(("/", "?")):
            self.links.append(urljoin(self.address, held["href"]))
        if tag in ("iframe", "object") and held.get("src"):
            self.links.append(urljoin(self.address, held["src"]))
        if tag == "form":
            to = urljoin(self.address, held.get("action", self.address))
            is_post = held.get("method", "get") == "post"
            self.forms.append(Form(address=to, route=route_of(urlsplit(to).path), is_post=is_post))
        elif self.forms:
            self._control(tag, held)

    def _control(self, tag: str, held: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], held.get("name", ""), held.get("type", "text")
        if tag == "option" and self._select and ("selected" in held or not form.fields[self._select]):
            form.fields[self._select] = held.get("value", "")
        elif tag == "select":
            self._select = name
            form.fields[name] = ""
        elif kind == "file":
            form.files.append(name)
        elif name == "csrfmiddlewaretoken" or not name:
            return
        elif tag == "textarea":
            form.fields[name] = "Something that was seen."
        elif kind in ("radio", "checkbox", "submit") or tag == "button":
            form.fields.setdefault(name, held.get("value", ""))
        elif tag == "input":
            form.fields[name] = held.get("value") or FIRST.get(kind) or _number(held) or "Something"

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def _number(held: dict[str, str]) -> str:
    return "1" if held.get("inputmode") in ("decimal", "numeric") else ""


def links_in(html: str, address: str = "/") -> Iterator[str]:
    """Every address that a page leads to."""
    seen = _Seen(address)
    seen.feed(html)
    yield from seen.links
