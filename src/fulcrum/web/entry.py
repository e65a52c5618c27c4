"""A form as values: what is asked, what was entered, what is wrong, what somebody else wrote since.

What may be entered is decided by the deed that keeps it (`records.taking`); a form only shows its answer.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fulcrum.core.value import value
from fulcrum.records.actions.deed import ChangedMeanwhile
from fulcrum.records.taking import Invalid

Choices = tuple[tuple[str, str], ...]


@value
class Field:
    """One thing that a form asks. `kind` is text, area, date, number, email, choice, many or yes.

    Fields of one `group` stand under its heading, where the form's page has headings. `suggests` is the id of
    a list of entries to choose from, `also` that of one more text that describes the field.
    """

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    choices: Choices = ()
    is_required: bool = False
    group: str = ""
    suggests: str = ""
    also: str = ""


@value
class Shown:
    """A field with what stands in it, its mistake, and what it was changed to meanwhile."""

    field: Field
    entered: Any = ""
    mistake: str = ""
    meanwhile: str = ""

    @property
    def about(self) -> str:
        """The ids of the texts that describe the field, for screen readers."""
        name = self.field.name
        told = [f"hint-{name}"] if self.field.hint else []
        told += [f"wrong-{name}"] if self.mistake or self.meanwhile else []
        return " ".join(told + ([self.field.also] if self.field.also else []))


@value
class Form:
    """A page that asks: its heading, why, its fields, and what its button says."""

    title: str
    lead: str
    fields: tuple[Field, ...]
    button: str
    back: str
    template: str = "fulcrum/form.html"
    is_private: bool = False
    here: str = "executives"
    start: Mapping[str, Any] | None = None
    also: Mapping[str, Any] | None = None  # what else its template shows


def answered(
    request: HttpRequest,
    form: Form,
    row: Model | None,
    save: Callable[[Mapping[str, Any]], HttpResponse],
) -> HttpResponse:
    """The form; on POST `save` what was entered, or the form again with what is wrong beside the field."""
    if request.method != "POST":
        return _page(request, form, _standing(form, row), row=row)
    entered = _entered(form, request)
    try:
        return save(entered)
    except Invalid as wrong:
        return _page(request, form, entered, mistakes=wrong.fields, row=row, status=422)
    except ChangedMeanwhile as changed:
        return _page(request, form, entered, now=changed.now, row=changed.now, status=409)


def seen_version(request: HttpRequest) -> int:
    """The version of the row that the form was filled from."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def _entered(form: Form, request: HttpRequest) -> dict[str, Any]:
    return {
        field.name: (
            request.POST.getlist(field.name) if field.kind == "many" else request.POST.get(field.name, "")
        )
        for field in form.fields
    }


def _standing(form: Form, row: Model | None) -> dict[str, Any]:
    start = form.start or {}
    return {
        field.name: start.get(field.name, "" if row is None else _text(getattr(row, field.name)))
        for field in form.fields
    }


def _text(held: Any) -> Any:
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, Enum):
        return str(held.value)
    return "" if held is None else str(held)


def _page(
    request: HttpRequest,
    form: Form,
    entered: Mapping[str, Any],
    *,
    row: Model | None,
    mistakes: Mapping[str, str] | None = None,
    now: Model | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = dict(mistakes or {})
    shown = tuple(
        Shown(
            field=field,
            entered=entered.get(field.name, ""),
            mistake=wrong.pop(field.name, ""),
            meanwhile=_meanwhile(field, entered, now),
        )
        for field in form.fields
    )
    context = {
        **(form.also or {}),
        "here": form.here,
        "form": form,
        "fields": shown,
        "others": tuple(wrong.values()),
        "is_conflict": now is not None,
        "version": getattr(row, "version", 0),
        "has_mistakes": any(one.mistake for one in shown) or bool(wrong),
    }
    return render(request, form.template, context, status=status)


def _meanwhile(field: Field, entered: Mapping[str, Any], now: Model | None) -> str:
    if now is None or field.kind == "many" or not hasattr(now, field.name):
        return ""
    held = _text(getattr(now, field.name))
    return held or "(empty)" if held != entered.get(field.name, "") else ""


def choices_of(items: Iterable[Any], *, empty: str | None = None) -> Choices:
    """The words of an enumeration as choices; `empty` says what no choice means."""
    head = () if empty is None else (("", empty),)
    return (*head, *((str(item.value), str(getattr(item, "label", item.value))) for item in items))
