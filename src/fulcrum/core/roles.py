"""Which role of the step library a job title belongs to."""

import re
from typing import get_args

from fulcrum.core.playbook import Role

_ROLES: tuple[Role, ...] = get_args(Role)
_WORDS: tuple[tuple[Role, str], ...] = (
    ("CHRO", r"\bpeople\b|human resources|\bhr\b|talent"),
    ("CPO", r"product"),
    ("CFO", r"financ|treasur"),
    ("CMO", r"marketing|\bbrand"),
    ("CIO", r"information|technolog|digital|\bdata\b|\bcto\b|\bit\b|engineering"),
    ("Risk", r"\brisk\b|complian|legal|general counsel|audit"),
    ("Supply chain", r"supply|logistic|procurement|purchasing"),
    ("Sales", r"\bsales\b|commercial|revenue|\bcro\b"),
    ("COO", r"operati|customer service|service delivery"),
    (
        "Business-unit head",
        r"business.unit|general manager|\bdivision|\bregion|\bcountry|\bunit\b|head of business|segment",
    ),
    ("CEO", r"chief executive|managing director|president|founder"),
)


def role_of(title: str) -> Role:
    """The role that a job title belongs to; "any" where none is recognised.

    A title that is a role's own short name ("CFO") is that role. Otherwise the first function named in it
    decides, so that a "vice president, marketing" counts as marketing and not as chief executive.
    """
    said = title.strip().casefold()
    for role in _ROLES:
        if re.search(rf"\b{re.escape(role.casefold())}\b", said):
            return role
    return next((role for role, words in _WORDS if re.search(words, said)), "any")
