"""What a notice says: how many things of each kind, in neutral words, and the way to the desk.

It names no executive and repeats nothing that an assessment says, so that it may lie in a mailbox or stand in
a channel. One notice, four shapes: mail as text and as HTML, blocks for Slack, an Adaptive Card for Teams.
"""

from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

from fulcrum.core import wording
from fulcrum.core.cadence import Nudge, NudgeKind
from fulcrum.core.value import value
from fulcrum.records.models.notices import MessageKind

_NEUTRAL: tuple[tuple[tuple[NudgeKind, ...], str, str], ...] = (
    (
        (NudgeKind.COMMITMENT_FELL, NudgeKind.EVIDENCE_AGES),
        "executive’s page wants a look",
        "executives’ pages want a look",
    ),
    ((NudgeKind.SPONSOR_LEFT,), "pitch wants to be renewed", "pitches want to be renewed"),
    (
        (NudgeKind.STRATEGY_CHANGED,),
        "executive’s goals want to be linked again",
        "executives’ goals want to be linked again",
    ),
    ((NudgeKind.ASK_LAPSES,), "ask wants to be closed, or a new day", "asks want to be closed, or a new day"),
    ((NudgeKind.ASK_SLIPS,), "ask is past its day", "asks are past their day"),
    ((NudgeKind.ASK_DUE,), "ask falls due within a week", "asks fall due within a week"),
    (
        (NudgeKind.WHAT_DID_YOU_SEE,),
        "move waits for one line: what did you see?",
        "moves wait for one line each: what did you see?",
    ),
)
_PRIVATE = "This message names nobody on purpose. What it is about stands on the desk, for those named there."
TEST = "This is a test message. Notices of this workspace will come this way."
NOTHING = "Nothing is due, nothing slips, and no move waits for an answer."


@value
class Notice:
    """A message before it has a shape. `stop` is the address that ends it, for mail alone."""

    subject: str
    lead: str
    lines: tuple[str, ...]
    button: str
    link: str
    settings: str
    stop: str = ""


def notice_of(
    kind: MessageKind, nudges: Iterable[Nudge], *, company: str, link: str, settings: str, stop: str = ""
) -> Notice:
    """The notice of this kind about these nudges."""
    lines = neutral(nudges)
    subject, lead = _head(kind, lines, company)
    return Notice(
        subject=subject,
        lead=lead,
        lines=lines,
        button="Open the desk",
        link=link,
        settings=settings,
        stop=stop,
    )


def neutral(nudges: Iterable[Nudge]) -> tuple[str, ...]:
    """How many of each kind, without a name and without an assessment."""
    counted = Counter(one.kind for one in nudges)
    sums = [(sum(counted[kind] for kind in kinds), one, more) for kinds, one, more in _NEUTRAL]
    return tuple(f"{wording.count(many)} {one if many == 1 else more}." for many, one, more in sums if many)


def as_text(notice: Notice) -> str:
    """The mail as plain text."""
    parts = [notice.lead]
    if notice.lines:
        parts.append("\n".join(f"- {line}" for line in notice.lines))
    parts.append(f"{notice.button}: {notice.link}")
    foot = [_PRIVATE, f"What comes when: {notice.settings}"]
    if notice.stop:
        foot.append(f"No more of these: {notice.stop}")
    return "\n\n".join([*parts, "--\n" + "\n".join(foot)]) + "\n"


def as_html(notice: Notice) -> str:
    """The mail as HTML that needs nothing from elsewhere and reads in light and dark."""
    lines = "".join(f'<li style="margin:0 0 6px">{escape(line)}</li>' for line in notice.lines)
    listed = f'<ul style="margin:0 0 20px;padding-left:20px">{lines}</ul>' if lines else ""
    stop = f' · <a href="{escape(notice.stop)}">No more of these</a>' if notice.stop else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(notice.subject)}</title></head>"
        '<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif">'
        '<div style="max-width:34em;margin:0 auto">'
        f'<p style="margin:0 0 16px">{escape(notice.lead)}</p>{listed}'
        f'<p style="margin:0 0 28px"><a href="{escape(notice.link)}" style="font-weight:bold">'
        f"{escape(notice.button)}</a></p>"
        '<p style="margin:0;border-top:1px solid #8a919b;padding-top:12px;font-size:13px">'
        f'{escape(_PRIVATE)}<br><a href="{escape(notice.settings)}">What comes when</a>'
        f"{stop}</p></div></body></html>\n"
    )


def as_slack(notice: Notice) -> dict[str, Any]:
    """Blocks for an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"""
    told = [
        f"*{_slack(notice.subject)}*",
        _slack(notice.lead),
        *(f"• {_slack(line)}" for line in notice.lines),
    ]
    link = f"<{notice.link}|{_slack(notice.button)}>"
    foot = f"{_slack(_PRIVATE)} <{notice.settings}|What comes when>"
    return {
        "text": _slack(notice.subject),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join([*told, link])}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": foot}]},
        ],
        "unfurl_links": False,
    }


def as_teams(notice: Notice) -> dict[str, Any]:
    """An Adaptive Card for a workflow that takes webhooks; the retired connectors took another shape."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            _as_it_stands(notice.subject),
            {"type": "TextBlock", "text": notice.lead, "wrap": True},
            *(
                {"type": "TextBlock", "text": f"• {line}", "wrap": True, "spacing": "Small"}
                for line in notice.lines
            ),
            {"type": "TextBlock", "text": _PRIVATE, "isSubtle": True, "size": "Small", "wrap": True},
        ],
        "actions": [
            {"type": "Action.OpenUrl", "title": notice.button, "url": notice.link},
            {"type": "Action.OpenUrl", "title": "What comes when", "url": notice.settings},
        ],
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _as_it_stands(text: str) -> dict[str, Any]:
    """A heading in which no sign means more than itself: it holds a name that somebody typed."""
    run = {"type": "TextRun", "text": text, "weight": "Bolder", "size": "Medium"}
    return {"type": "RichTextBlock", "inlines": [run]}


def _head(kind: MessageKind, lines: tuple[str, ...], company: str) -> tuple[str, str]:
    if kind is MessageKind.TEST:
        return f"Fulcrum, {company}: test message", TEST
    if kind is MessageKind.ALERT:
        return f"Fulcrum, {company}: something new wants your eye", "Since you were last told:"
    if not lines:
        return f"Fulcrum, {company}: nothing is due this week", NOTHING
    return f"Fulcrum, {company}: what is due this week", "On your desk this week:"


def _slack(text: str) -> str:
    """The three signs that Slack reads as more than text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
