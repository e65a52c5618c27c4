"""Texts and people that the tests of own words share."""

from datetime import date

from fulcrum.core.people import Executive
from fulcrum.core.playbook import Playbook
from fulcrum.core.words import OwnText
from fulcrum.playbook.load import load_playbook

DANA = Executive(id="dana", name="Dana Okafor", role="Chief executive")
IVO = Executive(id="ivo", name="Ivo Brandt", role="Chief financial officer")
PLAYBOOK: Playbook = load_playbook()

PLAIN = (
    "We met on the first day of the month and we spoke about the plan for the year. It was a long day, and "
    "there were many things that we had not seen when we began. I said what we have to do, and how. "
)  # 45 words that name nothing
CUSTOMERS = "A customer told us that she had waited for three weeks. "  # 11 words, one mention


def spoken(plain: int, customers: int) -> str:
    """A text of so many plain paragraphs and so many mentions, spread evenly."""
    marks = sorted(
        [(at / plain, PLAIN) for at in range(plain)]
        + [(at / customers, CUSTOMERS) for at in range(customers)]
    )
    return "".join(text for _, text in marks)


def a_text(text: str, *, executive: str = "dana", on: str = "2026-04-28", file: str = "") -> OwnText:
    """A text as it is after reading."""
    return OwnText(
        executive=executive,
        said_on=date.fromisoformat(on),
        file=file or f"words/{executive}_{on}.txt",
        sha256="0" * 64,
        text=text,
    )
