"""What is asked about the programme: the fields of each kind of row, their words, and what they are for."""

from collections.abc import Callable
from typing import Any

from fulcrum.core.company import Consent, DecisionKind, MechanismState, Mover, RiskTrend
from fulcrum.core.playbook import Playbook
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.actions import programme as deeds
from fulcrum.records.actions.programme import CHECKED
from fulcrum.web.entry import Field, choices_of

_WHEN = Field(name="date", label="When", kind="date", is_required=True)
_NOTE = Field(name="note", label="Note", kind="area")
_OWNER = Field(name="owner", label="Whose it is", hint="A name or a role.")
_WIN = (
    _WHEN,
    Field(name="win", label="What worked", is_required=True, hint="What changed for customers, as a fact."),
    Field(
        name="value",
        label="Its worth",
        hint="Only what was counted, with its unit, as in 300 calls fewer. Empty where nobody counted.",
    ),
    _OWNER,
    Field(name="proof", label="The proof", kind="area", hint="Where somebody else could look it up."),
    Field(name="thanks", label="Whom to thank", hint="Those who did it, by name or team."),
    _NOTE,
)
_RISK = (
    _WHEN,
    Field(name="risk", label="What could go wrong", is_required=True),
    Field(name="severity", label="How bad it would be", hint="In your words: high, middle, low."),
    Field(name="owner", label="Who holds it"),
    Field(
        name="trigger", label="By what we would see it come", hint="Something that can be counted or seen."
    ),
    Field(name="response", label="What is done then", kind="area"),
    Field(
        name="trend",
        label="Which way it goes",
        kind="choice",
        choices=(("", "Not said"), *((one.value, one.value.capitalize()) for one in RiskTrend)),
    ),
    Field(name="closed_on", label="Closed on", kind="date", hint="When it is no risk any more."),
    _NOTE,
)
_PROMISE = (
    Field(name="promise", label="What the CX team promised", is_required=True, hint="As it was said."),
    Field(name="made_on", label="When", kind="date", is_required=True),
    Field(name="to", label="To whom", hint="A name or a role."),
    Field(name="due", label="By when", kind="date"),
    Field(name="kept_on", label="Kept on", kind="date", hint="Empty while it is not."),
    _NOTE,
)
_DECISION = (
    _WHEN,
    Field(name="decision", label="What was decided", is_required=True),
    Field(
        name="kind",
        label="What it does",
        kind="choice",
        choices=(
            ("", "Not said"),
            *((one.value, f"{one.value.capitalize()} something") for one in DecisionKind),
        ),
    ),
    Field(name="decided_by", label="Who decided", hint="A name, a role or a body."),
    Field(name="why", label="Why", kind="area", hint="So that nobody decides it again without news."),
)
_MOVER = (
    _WHEN,
    Field(
        name="kind",
        label="What it was",
        kind="choice",
        choices=tuple((one.value, one.value.capitalize()) for one in Mover),
        is_required=True,
    ),
    Field(
        name="note",
        label="What happened, in one sentence",
        kind="area",
        hint="The event, not a person: it explains a move that was none of ours.",
    ),
)
_STORY = (
    Field(
        name="quote",
        label="The customer’s words",
        kind="area",
        is_required=True,
        hint="As they said it. Replace names, numbers and places by which somebody could be known.",
    ),
    Field(
        name="touchpoint",
        label="About which touchpoint",
        hint="By its name in the feedback; empty where the feedback names none.",
    ),
    Field(
        name="score",
        label="The score they gave",
        kind="number",
        hint="On the scale of the feedback; without it nobody can count how many are like this customer.",
    ),
    Field(
        name="area", label="Whose area it is", hint="As it stands with the executives; empty: everybody’s."
    ),
    Field(
        name="consent",
        label="Consent",
        kind="choice",
        choices=(
            ("", "Choose"),
            *((one.value, f"{one.meaning}: {one.permits}") for one in Consent),
        ),
        is_required=True,
    ),
    Field(name="approved_on", label="Approved on", kind="date", hint="Empty means today."),
    Field(
        name="checked",
        label="What you checked",
        kind="many",
        choices=(
            (CHECKED, "Nobody can be known from it, and the customer’s words may be used in this way."),
        ),
    ),
)


_PLAIN = {
    "stories": _STORY,
    "wins": _WIN,
    "risks": _RISK,
    "promises": _PROMISE,
    "decisions": _DECISION,
    "movers": _MOVER,
}


@value
class Kind:
    """One kind of row: its name in addresses, its words, model and deed, and the column that says it.

    `to_lever` says what it is for, `empty` what belongs there.
    """

    key: str
    one: str
    title: str
    to_lever: str
    empty: str
    model: type[Any]
    note: Callable[..., Any]
    says: str
    details: tuple[str, ...]


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            key="stories",
            one="a story",
            title="Approved stories",
            to_lever="Emotional empathy: one customer of their area, in the customer’s own words.",
            empty="Choose one answer from the feedback, mask it, check that it may be used, and approve it.",
            model=models.Story,
            note=deeds.approve_story,
            says="quote",
            details=("touchpoint", "area", "consent", "approved_by"),
        ),
        Kind(
            key="wins",
            one="a win",
            title="Wins",
            to_lever="Ongoing confidence: what worked since the last report, and its worth if counted.",
            empty="The first thing that worked, however small: what changed for customers, and since when.",
            model=models.Win,
            note=deeds.note_win,
            says="win",
            details=("value", "owner", "note"),
        ),
        Kind(
            key="risks",
            one="a risk",
            title="Risks",
            to_lever="Ongoing confidence: a board trusts who names what could go wrong, and who holds it.",
            empty="The largest thing that could go wrong, and who holds it.",
            model=models.Risk,
            note=deeds.note_risk,
            says="risk",
            details=("severity", "owner", "note"),
        ),
        Kind(
            key="spend",
            one="a payment",
            title="Spend",
            to_lever="Ongoing confidence: what was paid, beside what was planned.",
            empty="What was paid so far, with its day.",
            model=models.Spend,
            note=deeds.note_spend,
            says="item",
            details=("amount", "owner", "note"),
        ),
        Kind(
            key="promises",
            one="a promise",
            title="Our own promises",
            to_lever="Ongoing confidence: who asks others to keep their word is measured by the same count.",
            empty="What the CX team said it would do, for whom and by when.",
            model=models.Promise,
            note=deeds.note_promise,
            says="promise",
            details=("to", "note"),
        ),
        Kind(
            key="decisions",
            one="a decision",
            title="Decisions",
            to_lever="Ongoing confidence: what was started, changed and stopped, and why.",
            empty="The last thing that was decided, by whom and why; what was stopped belongs here too.",
            model=models.Decision,
            note=deeds.note_decision,
            says="decision",
            details=("kind", "decided_by", "why"),
        ),
        Kind(
            key="mechanisms",
            one="a mechanism",
            title="Mechanisms",
            to_lever="What makes commitment last: how the company decides, pays and promotes.",
            empty="Where the first one stands, with a dated proof: an agenda, a rule, a decision.",
            model=models.Mechanism,
            note=deeds.note_mechanism,
            says="mechanism",
            details=("state", "proof"),
        ),
        Kind(
            key="movers",
            one="an outside mover",
            title="Outside movers",
            to_lever="What moved executives and was none of our levers: no lever is credited with it.",
            empty="A crisis, a new bonus, a reorganisation: what may explain a move.",
            model=models.OutsideMover,
            note=deeds.note_outside_mover,
            says="kind",
            details=("note",),
        ),
    )
}


def fields_of(kind: Kind, playbook: Playbook, currency: str, row: Any) -> tuple[Field, ...]:
    """What is asked of a row of this kind."""
    if kind.key == "spend":
        return _spend(currency)
    if kind.key == "mechanisms":
        return _mechanism(playbook, row)
    return _PLAIN[kind.key]


def _spend(currency: str) -> tuple[Field, ...]:
    amount = Field(name="amount", label=f"Amount in {currency}", kind="number", is_required=True)
    return (_WHEN, Field(name="item", label="For what", is_required=True), amount, _OWNER, _NOTE)


def _mechanism(playbook: Playbook, row: Any) -> tuple[Field, ...]:
    known = tuple((one.id, one.name) for one in playbook.mechanisms)
    held = "" if row is None else row.mechanism
    own = ((held, held),) if held and held not in dict(known) else ()
    return (
        Field(name="mechanism", label="Mechanism", kind="choice", choices=(*known, *own), is_required=True),
        Field(
            name="state",
            label="Where it stands",
            kind="choice",
            choices=tuple((key, words.capitalize()) for key, words in choices_of(MechanismState)),
            is_required=True,
            hint="In place: it runs without being asked for. Protected: it survived a squeeze or a change.",
        ),
        Field(name="proof", label="The proof", kind="area", hint="What somebody else could look up."),
        Field(name="proven_on", label="Of which day", kind="date"),
    )
