"""What is asked about executives: the fields, their words, and what they hold at first."""

from collections.abc import Iterable
from typing import Any

from fulcrum.core.company import AskStatus
from fulcrum.core.levers import Barrier, Lever
from fulcrum.core.people import Level
from fulcrum.core.playbook import Playbook
from fulcrum.core.wording import minutes
from fulcrum.web.entry import Choices, Field, choices_of

LEVELS: Choices = tuple((str(level.value), f"{level.value} · {level.label}") for level in reversed(Level))
NAME = Field(name="name", label="Name", is_required=True)
ROLE = Field(
    name="role",
    label="Role",
    is_required=True,
    hint="The short form if there is one: CFO, COO. Steps and arguments are chosen by it.",
)
EXECUTIVE = (
    NAME,
    ROLE,
    Field(name="area", label="Area", hint="What they answer for: field service, finance, a region."),
    Field(
        name="is_sponsor",
        label="Sponsor of the work",
        kind="choice",
        choices=(("no", "No"), ("yes", "Yes")),
        hint="Who asked for it and speaks for it. It changes what is assumed before anything was seen.",
    ),
    Field(
        name="desired_level",
        label="Desired level",
        kind="choice",
        choices=LEVELS,
        hint="How far they need to be for the work to succeed. Not everybody must drive it.",
    ),
    Field(
        name="attention_hours_per_week",
        label="Hours a week they can give to this",
        kind="number",
        hint="A guess will do; empty means unknown.",
    ),
)
GOAL = (
    Field(name="goal", label="Goal, as they would say it", is_required=True),
    Field(name="metric", label="Measure", hint="The name under which it is reported, such as cost to serve."),
    Field(name="baseline", label="It stands at"),
    Field(name="target", label="It shall reach"),
    Field(name="due", label="By", kind="date"),
)
REACTION = (
    Field(
        name="barrier",
        label="What it speaks of",
        kind="choice",
        choices=choices_of(Barrier),
        is_required=True,
        hint="What keeps them where they are, as far as this one reaction tells.",
    ),
    Field(name="note", label="What they said or did, in one sentence", kind="area"),
    Field(name="date", label="When", kind="date", is_required=True),
)
MOVE = (
    Field(name="lever", label="Lever", kind="choice", choices=choices_of(Lever), is_required=True),
    Field(name="date", label="When", kind="date", is_required=True),
    Field(name="brief", label="With which brief"),
    Field(name="note", label="How it went, in one sentence", kind="area"),
)
CLOSING: Choices = tuple(
    (status.value, words)
    for status, words in (
        (AskStatus.ACCEPTED, "Accepted: they said yes, and have not done it yet"),
        (AskStatus.DONE, "Done"),
        (AskStatus.DECLINED, "Declined"),
        (AskStatus.LAPSED, "Lapsed: accepted or left open, and the day passed"),
    )
)
OUTCOME = (
    Field(name="status", label="What became of it", kind="choice", choices=CLOSING, is_required=True),
    Field(
        name="closed_on",
        label="On which day",
        kind="date",
        hint="Needed unless it is only accepted. What they did with an ask counts as evidence.",
    ),
)


def asking(playbook: Playbook, role: str) -> tuple[Field, ...]:
    """What an ask needs: a step of the library that fits the role, or one in the team's own words."""
    steps = [step for step in playbook.steps if role in step.roles or "any" in step.roles]
    options = tuple((step.id, f"{step.ask} ({minutes(step.minutes)})") for step in steps)
    return (
        Field(
            name="step",
            label="Step of the library",
            kind="choice",
            choices=(("", "In my own words, below"), *options),
        ),
        Field(name="own", label="Or in your own words", hint="One act, with a day: what, where, by when."),
        Field(name="due", label="Asked for until", kind="date"),
        Field(name="note", label="Note", kind="area"),
    )


def motivating(playbook: Playbook) -> tuple[Field, ...]:
    """Why somebody acts: a motivator of the library or their own words."""
    known = tuple((one.id, one.name) for one in playbook.motivators)
    return (
        Field(name="motivator", label="What moves them", kind="choice", choices=(("", "Own words"), *known)),
        Field(name="own", label="Or in their own words"),
        Field(name="note", label="How you know: what they said or published", kind="area"),
    )


def naming(members: Iterable[Any], label: str, hint: str) -> Field:
    """Members to choose from."""
    return Field(
        name="named",
        label=label,
        hint=hint,
        kind="many",
        choices=tuple((str(one.pk), f"{one.name}, {one.get_role_display().lower()}") for one in members),
    )
