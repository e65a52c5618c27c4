"""Rounds of the pulse: opened, closed, opened again; their links; the answers of whoever holds a link."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from fulcrum.core.pulses import (
    CUSTOMERS,
    IN_OWN_WORDS,
    NOBODY,
    PRIORITY,
    SCALES,
    TOP,
    WHO_LEADS,
    missing_rank,
)
from fulcrum.core.wording import day
from fulcrum.folder import tables
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.actions.deed import deed
from fulcrum.records.models import (
    Audit,
    Executive,
    PulseAnswer,
    PulseInvitation,
    PulseLink,
    PulseRound,
    Workspace,
)
from fulcrum.records.taking import Invalid, taken

PRIORITIES = (
    CUSTOMERS,
    "growth",
    "cost",
    "quality and safety",
    "people",
    "new products",
    "technology",
    "risk and regulation",
)
MOST_DAYS = 90
_MOST_PRIORITIES = 12
_LONGEST = 60


def open_round(
    actor: Actor, *, executives: Sequence[Executive], closes_on: date | None, priorities: Iterable[str]
) -> tuple[PulseRound, tuple[tuple[Executive, str], ...]]:
    """Ask these executives until a day; the round, and for each the token of their link, told only here.

    One round is open at a time, so that no answer can belong to two.
    """
    workspace = actor.workspace
    items, closes = _checked(workspace, executives, closes_on, priorities)
    said = f"Opened a pulse for {len(executives)} executives, until {day(closes)}."
    with deed(actor, Act.READ, "pulse.open", said):
        actor.must(Act.WRITE)
        if _open_rounds(workspace):
            raise Invalid({"closes_on": "A pulse is open already. Close it first."})
        opened = PulseRound.objects.create(
            workspace=workspace,
            key=_free_key(workspace),
            opens_on=workspace.today,
            closes_on=closes,
            priorities="; ".join(items),
            expires_at=_end_of(closes, workspace.today),
        )
        return opened, tuple((one, _invited(actor, opened, one)) for one in executives)


def link_again(actor: Actor, invitation: PulseInvitation) -> str:
    """A further link to the same questionnaire, as for a reminder; earlier ones go on to open it."""
    _here(actor, invitation.round)
    with deed(actor, Act.READ, "pulse.remind", "Made a further link to a pulse."):
        actor.must(Act.WRITE)
        return _linked(invitation, is_reminder=True)


def close_round(actor: Actor, round: PulseRound) -> None:
    """End a round before its last day; its results show from then on."""
    _here(actor, round)
    with deed(actor, Act.READ, "pulse.close", "Closed a pulse."):
        actor.must(Act.WRITE)
        PulseRound.objects.filter(pk=round.pk, closed_at__isnull=True).update(closed_at=timezone.now())


def reopen_round(actor: Actor, round: PulseRound, *, fewest: int) -> None:
    """Take closing back while the last day has not gone by and nothing was shown.

    Totals seen before and after one more answer would tell it: from `fewest` answers on it stays shut.
    """
    _here(actor, round)
    if round.invitations.filter(answered_at__isnull=False).count() >= fewest:
        raise Invalid({"round": "Its results could be seen already. Open a new pulse."})
    if round.expires_at is None or round.expires_at <= timezone.now():
        raise Invalid({"round": "Its last day has gone by. Open a new pulse."})
    with deed(actor, Act.READ, "pulse.reopen", "Opened a closed pulse again."):
        actor.must(Act.WRITE)
        if _open_rounds(actor.workspace):
            raise Invalid({"round": "Another pulse is open. Close it first."})
        PulseRound.objects.filter(pk=round.pk).update(closed_at=None)


def invitation_by(token: str) -> PulseInvitation | None:
    """The questionnaire to which a token leads, open or over; None for a token that nobody was given."""
    link = (
        PulseLink.objects.select_related("invitation__round__workspace", "invitation__executive")
        .filter(token_sha256=hashed(token))
        .first()
    )
    return None if link is None else link.invitation


def answer(invitation: PulseInvitation, entered: Mapping[str, str]) -> None:
    """Keep one sheet of answers in place of an earlier one; raises `Invalid` with every mistake.

    `entered`: who_leads, rank_1 to rank_5 (items), the two scales, and the two questions in own words. What
    is left empty is not answered. Nobody's name enters the audit.
    """
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=invitation.round.workspace_id)
        invitation.refresh_from_db()
        round = invitation.round
        round.refresh_from_db()
        if not round.is_open():
            raise Invalid({"round": "This pulse is over. Your answers were not kept."})
        given = _answers(invitation, entered)
        whose = {"workspace": round.workspace, "respondent": invitation.executive.key, "round": round.key}
        PulseAnswer.objects.filter(**whose).delete()
        on = min(max(round.workspace.today, round.opens_on), round.closes_on)
        PulseAnswer.objects.bulk_create(
            [PulseAnswer(**whose, date=on, question=asked, answer=said) for asked, said in given.items()]
        )
        invitation.answered_at, invitation.times_answered = timezone.now(), invitation.times_answered + 1
        invitation.save(update_fields=["answered_at", "times_answered"])
        Audit.objects.create(
            workspace=round.workspace, member=None, action="pulse.answer", said="Somebody answered a pulse."
        )


def hashed(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _checked(
    workspace: Workspace, executives: Sequence[Executive], closes_on: date | None, priorities: Iterable[str]
) -> tuple[list[str], date]:
    wrong: dict[str, str] = {}
    if not executives or any(one.workspace_id != workspace.pk for one in executives):
        wrong["executives"] = "Choose whom to ask."
    today = workspace.today
    if closes_on is None or not today < closes_on <= today + timedelta(days=MOST_DAYS):
        wrong["closes_on"] = f"Choose a day after today and within {MOST_DAYS} days."
    said = [" ".join(item.split()).casefold() for item in priorities if item.strip()]
    items = list(dict.fromkeys([CUSTOMERS, *said]))
    if not TOP <= len(items) <= _MOST_PRIORITIES:
        wrong["priorities"] = (
            f"Name {TOP} to {_MOST_PRIORITIES} priorities, one a line, customers among them."
        )
    elif any(";" in item or len(item) > _LONGEST for item in items):
        wrong["priorities"] = f"No priority may be longer than {_LONGEST} letters or hold a semicolon."
    elif len("; ".join(items)) > 500:
        wrong["priorities"] = "Together they are too long. Use shorter words."
    else:
        _taken(workspace, f"{PRIORITY}{items[-1]}", "1", "priorities", wrong)
    if wrong or closes_on is None:
        raise Invalid(wrong)
    return items, closes_on


def _answers(invitation: PulseInvitation, entered: Mapping[str, str]) -> dict[str, str]:
    workspace = invitation.round.workspace
    wrong: dict[str, str] = {}
    given = dict(_ranking(invitation.round, entered, wrong))
    keys = set(Executive.objects.filter(workspace=workspace).values_list("key", flat=True))
    leads = entered.get(WHO_LEADS, "").strip()
    if leads and leads not in keys | {NOBODY}:
        wrong[WHO_LEADS] = "Choose somebody from the list."
    for question, (low, high) in SCALES.items():
        said = entered.get(question, "").strip()
        if said and said not in {str(number) for number in range(low, high + 1)}:
            wrong[question] = f"Choose a number from {low} to {high}."
    for question in (WHO_LEADS, *SCALES, *IN_OWN_WORDS):
        if said := entered.get(question, "").strip():
            given[question] = _taken(workspace, question, said, question, wrong)
    if not wrong and not given:
        wrong[WHO_LEADS] = "Answer at least one question."
    if wrong:
        raise Invalid(wrong)
    return given


def _ranking(
    round: PulseRound, entered: Mapping[str, str], wrong: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """The top five as ranks; an item chosen twice and a place left empty are told beside their field."""
    offered = items_of(round)
    chosen: dict[str, int] = {}
    for rank in range(1, TOP + 1):
        item = entered.get(f"rank_{rank}", "").strip()
        if not item:
            continue
        if item not in offered:
            wrong[f"rank_{rank}"] = "Choose a priority from the list."
        elif item in chosen:
            wrong[f"rank_{rank}"] = f"This stands at {chosen[item]} already. Choose another."
        else:
            chosen[item] = rank
    gap = missing_rank(list(chosen.values()))
    if gap is not None and not any(name.startswith("rank_") for name in wrong):
        wrong[f"rank_{gap}"] = f"Nothing stands here, but something stands below. Fill place {gap}."
    return [(f"{PRIORITY}{item}", str(rank)) for item, rank in chosen.items()]


def items_of(round: PulseRound) -> tuple[str, ...]:
    """The priorities that can be ranked in a round."""
    return tuple(item.strip() for item in round.priorities.split(";") if item.strip())


def _taken(workspace: Workspace, question: str, said: str, field: str, wrong: dict[str, str]) -> str:
    """The answer as the folder takes it; what it refuses is told beside `field`."""
    entered = {"respondent": "x", "date": workspace.today, "question": question, "answer": said}
    try:
        found: str = taken(tables.PULSES, entered, today=workspace.today).answer
    except Invalid as refused:
        wrong[field] = " ".join(refused.fields.values())
        return ""
    return found.strip()


def _invited(actor: Actor, round: PulseRound, executive: Executive) -> str:
    invitation = PulseInvitation.objects.create(round=round, executive=executive, made_by=actor.member)
    return _linked(invitation, is_reminder=False)


def _linked(invitation: PulseInvitation, *, is_reminder: bool) -> str:
    token = secrets.token_urlsafe(32)
    PulseLink.objects.create(invitation=invitation, token_sha256=hashed(token), is_reminder=is_reminder)
    return token


def _open_rounds(workspace: Workspace) -> bool:
    return any(
        one.is_open() for one in PulseRound.objects.filter(workspace=workspace, closed_at__isnull=True)
    )


def _free_key(workspace: Workspace) -> str:
    held = set(PulseRound.objects.filter(workspace=workspace).values_list("key", flat=True))
    held |= set(PulseAnswer.objects.filter(workspace=workspace).values_list("round", flat=True).distinct())
    wanted = workspace.today.isoformat()
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if key not in held)


def _end_of(closes: date, today: date) -> datetime:
    """Midnight after the last day by the clock, however far the workspace's own day is from it."""
    last = timezone.localdate() + (closes - today)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _here(actor: Actor, round: PulseRound) -> None:
    if round.workspace_id != actor.workspace.pk:
        raise NotThere
