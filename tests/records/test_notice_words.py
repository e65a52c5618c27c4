"""The words of a notice in its four shapes: counted, neutral, and nothing in them runs."""

import json

import pytest

from fulcrum.core.cadence import Nudge, NudgeKind
from fulcrum.records.models.notices import MessageKind
from fulcrum.records.notice_words import NOTHING, as_html, as_slack, as_teams, as_text, neutral, notice_of

HOSTILE = '<!channel> [x](https://evil) & <img src=x onerror="alert(1)">'
ALL = [
    Nudge(kind=kind, executive="vera", what="Talk to Vera", why="She slips", since=None) for kind in NudgeKind
]


def notice(
    kind: MessageKind = MessageKind.DIGEST, company: str = "Northwind", nudges: list[Nudge] = ALL
) -> object:
    link, settings = "https://desk.example/w/n/due/", "https://desk.example/w/n/settings/notices/"
    stop = "https://desk.example/n/t/"
    return notice_of(kind, nudges, company=company, link=link, settings=settings, stop=stop)


def shapes(made: object) -> list[str]:
    return [as_text(made), as_html(made), json.dumps(as_slack(made)), json.dumps(as_teams(made))]  # type: ignore[arg-type]


def test_each_kind_is_counted_and_none_is_named() -> None:
    lines = neutral([*ALL, *ALL])
    assert sum(int(line.split()[0]) for line in lines) == 2 * len(NudgeKind)
    for said in shapes(notice()):
        assert "Vera" not in said
        assert "vera" not in said
        assert "slips" not in said


def test_a_fall_and_ageing_evidence_are_not_told_apart_in_a_mail() -> None:
    for kind in (NudgeKind.COMMITMENT_FELL, NudgeKind.EVIDENCE_AGES):
        assert neutral([one for one in ALL if one.kind is kind]) == ("1 executive’s page wants a look.",)


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_shape_leads_to_the_desk(kind: MessageKind) -> None:
    for said in shapes(notice(kind)):
        assert "https://desk.example/w/n/due/" in said
        assert len(said.encode()) < 28_000, "what Teams takes at most"


def test_a_week_with_nothing_due_says_so() -> None:
    for said in shapes(notice(nudges=[])):
        assert NOTHING in said


def test_a_name_that_somebody_typed_runs_nowhere() -> None:
    _, html, slack, teams = shapes(notice(company=HOSTILE))
    assert "<img" not in html
    assert "<!channel>" not in slack
    heading, *blocks = json.loads(teams)["attachments"][0]["content"]["body"]
    assert heading["type"] == "RichTextBlock"
    assert not [block for block in blocks if "evil" in block["text"]]


def test_a_card_has_the_shape_that_a_workflow_takes() -> None:
    card = as_teams(notice())  # type: ignore[arg-type]
    (attachment,) = card["attachments"]
    assert card["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["type"] == "AdaptiveCard"
    assert "stop" not in json.dumps(card)
    assert "/n/t/" not in json.dumps(card), "nobody in a channel ends what comes to somebody else"
