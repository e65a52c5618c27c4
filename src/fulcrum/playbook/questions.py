"""Questions for listening that are closed, or that hold the answer which is wished for."""

import re
from collections.abc import Iterator

from fulcrum.core.errors import Problem
from fulcrum.core.playbook import Playbook
from fulcrum.playbook.whereabouts import Whereabouts

_OPEN = re.compile(
    r"(?:what|how|when|where|who|which|tell me|describe|walk me through|show me)\b", re.IGNORECASE
)
_LEADING = re.compile(
    r"n['’]t (?:you|it|that|this)\b|\b(?:agree|surely|obviously|of course|because|would you say|right\?)"
    r"|\bhow (?:good|bad|much better|happy|satisfied|disappointed|angry|frustrat\w+)\b",
    re.IGNORECASE,
)


def closed_questions(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    """Every question that is closed, asks why (which accuses), or leads."""
    for part in playbook.listening:
        for question in part.questions:
            if not _OPEN.match(question):
                yield _problem(where, part, question, "does not begin as an open question does")
            elif _LEADING.search(question):
                yield _problem(where, part, question, "holds the answer that is wished for")


def _problem(where: Whereabouts, part: object, question: str, why: str) -> Problem:
    return where.problem(
        "listening",
        part,
        "questions",
        what=f"“{question}” {why}.",
        remedy="Begin with what, how, when, where or “tell me”, and ask for what happened.",
        code="playbook.question",
    )
