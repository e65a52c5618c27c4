"""Whatever is sent: a sentence instead of a crash, nothing kept by half, no text back as markup."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from access_world import routes
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from evidence_desk import Desk, Read, desk_with, read_once
from forms_on import Form, Walk

from fulcrum.records import models
from fulcrum.records.actions import briefs, file
from fulcrum.web.middleware import policy_of

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
TEXTS: dict[str, bytes] = {
    "nothing": b"",
    "spaces": b"   ",
    "ten thousand letters": b"a" * 10_000,
    "NUL": b"a\0b",
    "half of a character": b"\xed\xa0\x80",
    "no UTF-8": b"\xff\xfe\x80",
    "markup": SCRIPT.encode() + b"\"'><img src=x onerror=alert(1)>",
    "formula": b'=HYPERLINK("x")',
    "SQL": b"'; DROP TABLE records_executive; --",
    "template": b"{{ 7*7 }}{% debug %}",
    "signs": "👩‍👧‍👦 ‮evil‬ \u2028".encode(),
    "beyond floats": b"1e999",
    "minus one": b"-1",
    "no number": b"NaN",
    "infinite": b"-Infinity",
    "other digits": "٣²".encode(),
    "many digits": b"9" * 400,
    "day nought": b"0000-00-00",
    "last day": b"9999-12-31",
    "first day": b"0001-01-01",
    "path": b"../../../etc/passwd",
    "line break": b"a\r\nSet-Cookie: x=1",
}
_OF = '[[files]]\npath = "{}.csv"\ntable = "{}"\n'
_FEEDBACK, _CUSTOMERS = _OF.format("feedback", "feedback"), _OF.format("customers", "customers")
TOMLS = (
    "",
    "currency = 1",
    "files = 1",
    "files = [1, 2]",
    "[[files]]\npath = 1\ntable = []",
    _FEEDBACK + 'columns = "x"\nsegments = 1\npersonal = 1',
    _FEEDBACK + '[files.columns]\nscore = { column = 1, scale = ["a", "b"] }',
    _FEEDBACK + '[files.columns]\nanswered_at = { column = "x", format = 1 }',
    _CUSTOMERS + '[files.columns]\nleft = { column = "x", yes = 1 }',
    _FEEDBACK + "decimal = 1\nthousands = []",
    "landmark = 1",
    '[landmark]\ndate = "x"',
    "comparisons = 1\nconnections = 1",
    "a = [" * 200,
    "x = 1e999",
)
QUICK = ("nothing", "NUL", "markup", "beyond floats", "last day", "many digits")
REST = tuple(name for name in TEXTS if name not in QUICK)
FILES = (
    ("empty.csv", b""),
    ("../../x.csv", b"a,b\n1,2\n"),
    ("..\\..\\x.csv", b"a,b\n1,2\n"),
    ("con.csv", b"a,b\n1,2\n"),
    ("x" * 300 + ".csv", b"a,b\n1,2\n"),
    ("‮vsc.exe", b"MZ"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200)),
    ("zip.xlsx", b"PK\x03\x04" + bytes(300)),
    ("none.parquet", b"PAR1" + b"\xff" * 400 + b"PAR1"),
    ("<script>alert(1)</script>.csv", b"a,b\n1,2\n"),
    ("=cmd.csv", b'=HYPERLINK("x"),b\n1,2\n'),
    (".csv", b"a\n1\n"),
    ("x.csv\0.exe", b"a\n1\n"),
    ("x.toml", b'[belief]\nx = "\xff"'),
    ("x.zip", b"PK\x05\x06" + bytes(18)),
)
ODD = ("0", "999999999", "99999999999999999999999", "-1", "x", "%00", "%ff%fe", "..%2f..%2fx", "a" * 2000)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read_once(tmp_path_factory.mktemp("simulated") / "company")


@pytest.fixture
def desk(read: Read, django_user_model: Any, settings: Any, tmp_path: Path) -> Desk:
    """The simulated company with a row of everything, and its owner, who is named for everybody."""
    made = desk_with(read, django_user_model.objects.create_user("olga"), settings, tmp_path)
    actor = made.actor
    somebody = actor.workspace.executives.exclude(asks__status="asked").first()
    file.put_ask(actor, somebody, step="One act", asked_on=actor.workspace.today)
    file.write_private_note(actor, somebody, note="For myself")
    said = briefs.composed_for(actor, somebody, read.evidence)
    kept = briefs.keep_brief(
        actor, somebody, brief=said, run=models.Run.objects.get(), seen=briefs.mark_of(said)
    )
    briefs.share(actor, kept, days=7)
    models.Job.objects.create(workspace=actor.workspace, kind="evidence", arguments={}, asked_by=actor.member)
    return made


@pytest.fixture
def walk(desk: Desk) -> Walk:
    return Walk(desk.client, "/?all", desk.at("week"), desk.at("executives"))


def test_the_walk_finds_a_form_for_nearly_every_route_that_takes_one(walk: Walk) -> None:
    found = {form.route.partition(":")[0] for form in walk.forms.values()}
    assert len(found) > 30, sorted(found)
    assert len(walk.pages) > 60


@pytest.mark.slow
@pytest.mark.parametrize("names", [QUICK, REST], ids=["usual", "rest"])
def test_whatever_stands_in_every_field_at_once_is_answered(
    desk: Desk, walk: Walk, names: tuple[str, ...]
) -> None:
    said = [
        problem
        for at, form in enumerate(walk.forms.values())
        for name in names[at % 2 :: 2]
        for problem in sent(desk.client, form, dict.fromkeys(form.fields, TEXTS[name]), name)
    ]
    nothing_in(said)


@pytest.mark.slow
def test_whatever_stands_in_one_field_among_good_ones_is_answered(desk: Desk, walk: Walk) -> None:
    said = [
        problem
        for form in walk.forms.values()
        for at, one in enumerate(form.telling)
        for name in _some(at)
        for problem in sent(desk.client, form, _good(form) | {one: TEXTS[name]}, f"{name} in {one}")
    ]
    nothing_in(said)


@pytest.mark.slow
def test_the_same_field_twice_and_a_body_that_is_none_are_answered(desk: Desk, walk: Walk) -> None:
    said = []
    for form in walk.forms.values():
        twice = "&".join(f"{one}=1&{one}={quote_from_bytes(TEXTS['markup'])}" for one in form.fields)
        said += sent(desk.client, form, twice, "twice")
        for kind, body in (("application/json", b"{]"), ("multipart/form-data; boundary=x", b"--y\r\n\0")):
            with undone():
                said += _answered(form, f"a body as {kind}", desk.client.post, form.address, body, kind)
    nothing_in(said)


def test_a_mapping_in_any_shape_of_toml_is_answered(desk: Desk) -> None:
    address, said = desk.at("evidence_mapping"), []
    for text in TOMLS:
        with undone():
            form = Form(address=address, route="evidence_mapping")
            for do in ("draft", "check"):
                sent_text = {"as": "text", "do": do, "text": text}
                said += _answered(form, f"{do}: {text}", desk.client.post, address, sent_text)
                said += _answered(form, f"the form of {text}", desk.client.get, address)
    nothing_in(said)


@pytest.mark.slow
def test_odd_questions_in_addresses_are_answered(desk: Desk, walk: Walk) -> None:
    said = []
    for route, names in walk.questions.items():
        for at, name in enumerate(sorted({*names, "page", "all", "as", "view"})):
            for what in _some(at + len(route)):
                text = TEXTS[what]
                address = f"{walk.pages.get(route, '/').partition('?')[0]}?{name}={quote_from_bytes(text)}"
                if len(text) < 500:
                    said += _answered(Form(address=address, route=route), what, desk.client.get, address)
    nothing_in(said)


def test_odd_and_foreign_keys_in_addresses_are_not_found(desk: Desk) -> None:
    held = {"slug": desk.actor.workspace.slug, "key": "cio", "kind": "wins", "format_name": "pdf"}
    said = []
    for at, (address, names, view) in enumerate(routes()):
        plain = [name.removesuffix(":number") for name in names if name != "slug"]
        every_third = ODD[at % 3 :: 3]
        for wrong in every_third if plain and address.startswith(("/w/", "/b/", "/start")) else ():
            for name in plain:
                given = {one: held.get(one, "1") for one in plain} | {name: wrong, "slug": held["slug"]}
                place = address.format(**given)
                for method in policy_of(view).takes:
                    with undone():
                        call = getattr(desk.client, method.lower())
                        said += _answered(Form(address=place, route=address), method, call, place)
    nothing_in(said)


def test_no_route_takes_a_method_that_it_did_not_declare(desk: Desk) -> None:
    for address, names, view in routes():
        if not address.startswith(("/w/", "/b/", "/start")):
            continue
        given = {name.removesuffix(":number"): "1" for name in names} | {"slug": desk.actor.workspace.slug}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - set(policy_of(view).takes):
            answer = desk.client.generic(method, address.format(**given))
            assert answer.status_code == 405, (method, address)


def test_a_form_of_another_site_is_refused_and_changes_nothing(desk: Desk, walk: Walk) -> None:
    stranger = Client(enforce_csrf_checks=True, REMOTE_ADDR="192.0.2.7")
    stranger.force_login(desk.actor.member.user)
    before = counts()
    for form in walk.forms.values():
        answer = stranger.post(form.address, form.fields)
        assert answer.status_code == 403, form
        assert stranger.post(form.address, {**form.fields, "csrfmiddlewaretoken": "\0x"}).status_code == 403
    assert counts() == before


@pytest.mark.slow
def test_files_of_every_kind_are_taken_safely_or_refused(desk: Desk, walk: Walk, tmp_path: Path) -> None:
    outside = {path for path in tmp_path.rglob("*") if "workspaces" not in path.parts}
    forms = [form for form in walk.forms.values() if form.files]
    assert len(forms) >= 2
    said = []
    for name, content in FILES:
        for form in forms:
            with undone():
                brought = {one: SimpleUploadedFile("x", content) for one in form.files}
                for one in brought.values():
                    one._name = name  # as a browser may say it: Django would tidy it here
                said += _answered(form, name, desk.client.post, form.address, {**form.fields, **brought})
                said += _answered(form, name, desk.client.get, form.address)
    nothing_in(said)
    new = {path for path in tmp_path.rglob("*") if "workspaces" not in path.parts} - outside
    assert not [path for path in new if path.suffix in (".csv", ".exe")]


def test_tokens_with_odd_bytes_open_nothing() -> None:
    guest = Client()
    for odd in (*ODD, "%F0%9F%92%A9", "' OR 1=1 --", "<script>"):
        for end in ("", "document.html", "file/pdf/"):
            assert guest.get(f"/b/{odd}/{end}").status_code == 404, (odd, end)


def nothing_in(said: list[str]) -> None:
    """Fails with everything that was said."""
    assert not said, "\n".join(said)


def sent(client: Client, form: Form, fields: dict[str, bytes] | str, what: str) -> list[str]:
    """What is wrong with the answer to a form; what it changed is undone."""
    body = (
        fields
        if isinstance(fields, str)
        else "&".join(f"{n}={quote_from_bytes(t)}" for n, t in fields.items())
    )
    kind = "application/x-www-form-urlencoded"
    with undone():
        before = counts()
        held: list[Any] = []

        def post() -> Any:
            held.append(client.post(form.address, body, content_type=kind))
            return held[0]

        said = _answered(form, what, post)
        if held and held[0].status_code >= 400 and counts() != before:
            said.append(f"{form.address} ({what}): {held[0].status_code}, and something was kept")
        if held and held[0].status_code == 302:
            to = held[0].headers["Location"]
            said += _answered(form, f"{what}, then {to[:80]}", client.get, to)
            if what.startswith("NUL") and kept_with("\0"):
                said.append(f"{form.address} ({what}): it was kept")
    return said


def _answered(form: Form, what: str, ask: Any, *given: Any) -> list[str]:
    try:
        answer = ask(*given)
    except Exception as error:  # noqa: BLE001  whatever a page raises is what is looked for
        return [f"{form.address[:120]} ({what}): {type(error).__name__}: {str(error)[:160]}"]
    if answer.status_code >= 500:
        return [f"{form.address[:120]} ({what}): {answer.status_code}"]
    is_page = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
    if is_page and SCRIPT in answer.content.decode():
        return [f"{form.address[:120]} ({what}): markup came back"]
    return []


def _some(at: int) -> list[str]:
    """Every sixth text, another sixth for the next field; nothing for each."""
    return [name for place, name in enumerate(TEXTS) if name == "nothing" or (place + at) % 6 == 0]


def _good(form: Form) -> dict[str, bytes]:
    return {name: text.encode() for name, text in form.fields.items()}


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    """The rows of every table of the records, what was done among them."""
    return {
        model.__name__: model._base_manager.count() for model in apps.get_app_config("records").get_models()
    }


def kept_with(letter: str) -> bool:
    """Whether any text of the records holds it."""
    rows = (
        row
        for model in apps.get_app_config("records").get_models()
        for row in model._base_manager.values_list()
    )
    return any(letter in held for row in rows for held in row if isinstance(held, str))
