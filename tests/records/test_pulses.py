"""Pulses on record: by personal link, once a person, until the end; and nobody sees who answered what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.records.access import Actor, NotThere, Refused
from fulcrum.records.actions import people, pulses
from fulcrum.records.actions.privacy import erase_person, export_person
from fulcrum.records.models import (
    Audit,
    Executive,
    PulseAnswer,
    PulseInvitation,
    PulseLink,
    PulseRound,
    Role,
    Workspace,
)
from fulcrum.records.queries import alignment as queries
from fulcrum.records.sealed import unseal
from fulcrum.records.taking import Invalid

pytestmark = pytest.mark.django_db
Joined = Callable[..., Actor]
ROLES = ("CEO", "CFO", "COO", "CMO", "CIO", "CHRO")
SHEET = {"who_leads": "ceo", "rank_1": "customers", "rank_2": "cost", "customers_would_recommend_0_10": "8"}


class Opened:
    """A round for six executives, and their tokens."""

    def __init__(self, actor: Actor) -> None:
        self.people = [
            people.add_executive(actor, name=f"Name {role}", role=role, key=role.lower()) for role in ROLES
        ]
        closes = actor.workspace.today + timedelta(days=14)
        self.round, links = pulses.open_round(
            actor, executives=self.people, closes_on=closes, priorities=pulses.PRIORITIES
        )
        self.tokens = {executive.key: token for executive, token in links}

    def answer(self, who: str, **sheet: str) -> None:
        found = pulses.invitation_by(self.tokens[who])
        assert found is not None
        pulses.answer(found, sheet)


@pytest.fixture
def opened(owner: Actor) -> Opened:
    return Opened(owner)


def test_only_a_hash_of_each_link_is_kept(opened: Opened) -> None:
    kept = " ".join(PulseLink.objects.values_list("token_sha256", flat=True))
    assert len(opened.tokens) == PulseLink.objects.count() == 6
    assert not any(token in kept for token in opened.tokens.values())
    assert pulses.invitation_by("x" * 43) is None


def test_the_database_holds_no_answer_that_can_be_read_without_the_key(opened: Opened) -> None:
    opened.answer("cfo", **SHEET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM records_pulseanswer")
        held = [said for (said,) in cursor.fetchall()]
    told = [one.answer for one in PulseAnswer.objects.all()]
    assert sorted(map(unseal, held)) == sorted(told)
    assert len(told) >= 3
    assert not set(held) & set(told)


def test_who_answers_again_replaces_all_of_it_and_that_is_counted(opened: Opened) -> None:
    opened.answer("cfo", **SHEET, where_we_stand_1_5="2")
    opened.answer("cfo", who_leads="nobody")
    kept = PulseAnswer.objects.filter(respondent="cfo")
    assert [(one.question, one.answer, one.round) for one in kept] == [
        ("who_leads", "nobody", opened.round.key)
    ]
    assert PulseInvitation.objects.get(executive__key="cfo").times_answered == 2


@pytest.mark.parametrize(
    ("sheet", "field", "says"),
    [
        ({"rank_1": "customers", "rank_3": "cost"}, "rank_2", "Fill place 2"),
        ({"rank_1": "customers", "rank_2": "customers"}, "rank_2", "at 1 already"),
        ({"rank_1": "glory"}, "rank_1", "from the list"),
        ({"who_leads": "ghost"}, "who_leads", "from the list"),
        ({"customers_would_recommend_0_10": "11"}, "customers_would_recommend_0_10", "from 0 to 10"),
        ({"where_we_stand_1_5": "0"}, "where_we_stand_1_5", "from 1 to 5"),
        ({"vision_in_own_words": "x" * 2_001}, "vision_in_own_words", "2,000 is the most"),
        ({"success_would_be": "a\0b"}, "success_would_be", "cannot be kept"),
        ({}, "who_leads", "at least one"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(
    opened: Opened, sheet: dict[str, str], field: str, says: str
) -> None:
    with pytest.raises(Invalid) as refused:
        opened.answer("coo", **sheet)
    assert says in refused.value.fields[field]
    assert not PulseAnswer.objects.exists()


def test_after_the_end_nothing_is_kept(owner: Actor, opened: Opened) -> None:
    PulseRound.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Invalid, match="This pulse is over"):
        opened.answer("cfo", **SHEET)
    with pytest.raises(Invalid, match="last day has gone by"):
        pulses.reopen_round(owner, PulseRound.objects.get(), fewest=5)


def test_an_open_round_shows_nothing_and_a_closed_one_with_answers_stays_shut(
    owner: Actor, opened: Opened
) -> None:
    for who in opened.tokens:
        opened.answer(who, **SHEET)
    assert queries.alignment_for(owner).alignment.asked is None
    pulses.close_round(owner, opened.round)
    found = queries.alignment_for(owner).alignment
    assert isinstance(found.ownership.colleagues, Estimate)
    with pytest.raises(Invalid, match="could be seen already"):
        pulses.reopen_round(owner, PulseRound.objects.get(), fewest=5)


def test_closing_by_mistake_can_be_taken_back_before_anything_was_shown(owner: Actor, opened: Opened) -> None:
    opened.answer("cfo", **SHEET)
    pulses.close_round(owner, opened.round)
    pulses.reopen_round(owner, PulseRound.objects.get(), fewest=5)
    assert PulseRound.objects.get().is_open()


def test_one_round_is_open_at_a_time(owner: Actor, opened: Opened) -> None:
    with pytest.raises(Invalid, match="open already"):
        pulses.open_round(
            owner,
            executives=opened.people,
            closes_on=opened.round.closes_on,
            priorities=pulses.PRIORITIES,
        )


def test_a_reminder_has_a_link_of_its_own_and_the_first_goes_on(owner: Actor, opened: Opened) -> None:
    invited = PulseInvitation.objects.get(executive__key="cfo")
    again = pulses.link_again(owner, invited)
    assert {pulses.invitation_by(token) for token in (again, opened.tokens["cfo"])} == {invited}


def test_the_chief_executives_own_answer_is_shown_to_those_named_for_them_alone(
    owner: Actor, opened: Opened, joined: Joined
) -> None:
    for who in opened.tokens:
        opened.answer(who, **SHEET)
    pulses.close_round(owner, opened.round)
    other = joined("vito", Role.VIEWER)
    themselves = joined("chief", Role.OWNER, executive=Executive.objects.get(key="ceo"))
    assert queries.alignment_for(owner).alignment.ownership.own == "ceo"
    for actor in (other, themselves):
        seen = queries.alignment_for(actor)
        owned = seen.alignment.ownership
        assert seen.is_chief_hidden
        assert (owned.own, owned.place, owned.has_ranked) == (None, None, False)
        assert isinstance(owned.gap, Unknown)
        assert [then.ownership.own for then in seen.alignment.history] == [None]
        assert isinstance(owned.colleagues, Estimate)


def test_the_audit_tells_that_somebody_answered_and_not_who(owner: Actor, opened: Opened) -> None:
    opened.answer("cfo", **SHEET)
    line = Audit.objects.get(action="pulse.answer")
    assert (line.member, line.executive, line.said) == (None, None, "Somebody answered a pulse.")


def test_who_may_only_read_opens_no_round_and_another_workspace_sees_none(
    opened: Opened, joined: Joined, db: Any
) -> None:
    viewer = joined("vito", Role.VIEWER)
    with pytest.raises(Refused):
        pulses.close_round(viewer, opened.round)
    with pytest.raises(Refused):
        queries.invitations_of(viewer, opened.round)
    elsewhere = Workspace.objects.create(slug="elsewhere", name="Elsewhere", currency="EUR")
    viewer.member.workspace = elsewhere
    with pytest.raises(NotThere):
        queries.round_of(viewer, opened.round.pk)


def test_what_is_given_out_on_a_person_does_not_tell_who_named_them(owner: Actor, opened: Opened) -> None:
    opened.answer("coo", who_leads="cfo")
    opened.answer("cfo", who_leads="nobody")
    given = export_person(owner, Executive.objects.get(key="cfo")).data
    assert {(one["respondent"], one["answer"]) for one in given["PulseAnswer"]} == {
        ("a colleague", "cfo"),
        ("cfo", "nobody"),
    }
    assert len(given["PulseInvitation"]) == 1


def test_who_is_erased_leaves_no_answer_no_invitation_and_no_link(owner: Actor, opened: Opened) -> None:
    opened.answer("cfo", **SHEET)
    opened.answer("coo", who_leads="cfo")
    opened.answer("cio", who_leads="ceo")
    erase_person(owner, Executive.objects.get(key="cfo"))
    assert [one.respondent for one in PulseAnswer.objects.all()] == ["cio"]
    assert not PulseAnswer.objects.filter(respondent="cfo").exists()
    assert (PulseInvitation.objects.count(), PulseLink.objects.count()) == (5, 5)
    assert pulses.invitation_by(opened.tokens["cfo"]) is None
