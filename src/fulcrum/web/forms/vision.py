"""The vision as a form: its fields, what was entered as a value, and which field a finding is of."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from fulcrum.core.company import JourneyShift, Vision
from fulcrum.core.playbook import Playbook, RolePrompt
from fulcrum.core.roles import role_of
from fulcrum.records.models import Executive
from fulcrum.records.taking import Invalid
from fulcrum.web.entry import Field

SPARE = 2  # empty places for journeys
MOST = 40
_PLACE = re.compile(r"journeys\[(\d+)\]\.(\w+)")
_HALF = "A journey needs its name, how it is and how it shall be."
_NO_DAY = "Write a day as in 2027-06-30, or leave it empty."
_PARTS = ("journey", "from", "to")
STATEMENT = Field(
    name="statement",
    label="The vision, in one sentence",
    kind="area",
    is_required=True,
    hint="What a customer will notice, and how that differs from today. Thirty words can be retold.",
)
NOT_DOING = Field(
    name="not_doing",
    label="What you will not do",
    kind="area",
    hint="One line each. What is given up makes the rest believable.",
)
APPROVED = (
    Field(
        name="approved_by",
        label="Approved by",
        hint="Who stands for it: as a rule the chief executive. Empty while it is a draft.",
    ),
    Field(name="approved_on", label="On which day", kind="date"),
)


def journey_fields(place: int) -> tuple[Field, ...]:
    """The five fields of one journey."""
    return (
        Field(
            name=f"journey_{place}",
            label="Journey",
            hint="As customers would name it.",
            suggests="touchpoints",
        ),
        Field(name=f"from_{place}", label="How it is", kind="area", hint="What happens to a customer today."),
        Field(name=f"to_{place}", label="How it shall be", kind="area", hint="What happens to them then."),
        Field(name=f"measure_{place}", label="Seen by", hint="What would be counted."),
        Field(name=f"by_{place}", label="Until", kind="date"),
    )


def meaning_field(one: Executive, playbook: Playbook) -> Field:
    """What it means for one executive, with the question for their role."""
    prompt = prompt_for(one.role, playbook)
    hint = "" if prompt is None else f"{prompt.ask} For example: “{prompt.example}”"
    return Field(name=f"meaning_{one.pk}", label=f"{one.name}, {one.role}", kind="area", hint=hint)


def prompt_for(role: str, playbook: Playbook) -> RolePrompt | None:
    """The question for this role, else the one for any."""
    known = {one.role: one for one in playbook.role_prompts}
    return known.get(role_of(role) or "any") or known.get("any")


def entered_vision(texts: Mapping[str, str], people: list[Executive]) -> Vision | None:
    """The vision that was entered, to be kept; None where nothing was. Raises `Invalid`."""
    wrong: dict[str, str] = {}
    for row in _rows(texts):
        if any(texts[f"{part}_{row}"] for part in (*_PARTS, "measure", "by")):
            wrong |= {f"{part}_{row}": _HALF for part in _PARTS if not texts[f"{part}_{row}"]}
    days = [name for name in texts if name.startswith("by_") or name == "approved_on"]
    wrong |= {name: _NO_DAY for name in days if texts[name] and _day(texts[name]) is None}
    if wrong:
        raise Invalid(wrong)
    return draft_of(texts, people) if any(texts.values()) else None


def draft_of(texts: Mapping[str, str], people: list[Executive]) -> Vision:
    """As much of a vision as was entered, to be looked at."""
    return Vision(
        statement=texts.get("statement", ""),
        journeys=tuple(
            JourneyShift(
                journey=texts[f"journey_{row}"],
                from_=texts[f"from_{row}"],
                to=texts[f"to_{row}"],
                measure=texts[f"measure_{row}"],
                by=_day(texts[f"by_{row}"]),
            )
            for row in _begun(texts)
        ),
        meaning=tuple((one.key, said) for one in people if (said := texts.get(f"meaning_{one.pk}", ""))),
        not_doing=tuple(line.strip() for line in texts.get("not_doing", "").splitlines() if line.strip()),
        approved_by=texts.get("approved_by", ""),
        approved_on=_day(texts.get("approved_on", "")),
    )


def field_at(place: str, texts: Mapping[str, str], people: list[Executive]) -> str:
    """The field for a place of the vision: "journeys[1].to" is "to_0"."""
    if found := _PLACE.fullmatch(place):
        return f"{found[2]}_{_begun(texts)[int(found[1]) - 1]}"
    if place.startswith("meaning."):
        return next(f"meaning_{one.pk}" for one in people if one.key == place.removeprefix("meaning."))
    return place


def texts_of(vision: Vision, people: list[Executive], *, places: int) -> dict[str, str]:
    """What stands in each field."""
    held = {"statement": vision.statement, "not_doing": "\n".join(vision.not_doing)}
    held |= {"approved_by": vision.approved_by, "approved_on": _said(vision.approved_on)}
    blank = JourneyShift(journey="", from_="", to="")
    for row, one in enumerate((*vision.journeys, *[blank] * (places - len(vision.journeys)))):
        held |= {f"journey_{row}": one.journey, f"from_{row}": one.from_, f"to_{row}": one.to}
        held |= {f"measure_{row}": one.measure, f"by_{row}": _said(one.by)}
    named = dict(vision.meaning)
    return held | {f"meaning_{one.pk}": named.get(one.key, "") for one in people}


def sent_texts(post: Any, people: list[Executive]) -> dict[str, str]:
    """What was sent, each field's text without spaces around it; at most so many journeys."""
    places = [row for row in range(MOST) if f"journey_{row}" in post]
    names = ["statement", "not_doing", *(field.name for field in APPROVED)]
    names += [field.name for row in places for field in journey_fields(row)]
    names += [f"meaning_{one.pk}" for one in people]
    return {name: str(post.get(name, "")).strip() for name in names}


def _rows(texts: Mapping[str, str]) -> list[int]:
    return [int(name.removeprefix("journey_")) for name in texts if name.startswith("journey_")]


def _begun(texts: Mapping[str, str]) -> list[int]:
    return [row for row in _rows(texts) if any(texts[f"{part}_{row}"] for part in _PARTS)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _said(on: date | None) -> str:
    return "" if on is None else on.isoformat()
