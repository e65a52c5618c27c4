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
    "We met on the first day of the month and we spoke about the plan for the year that is before us. "
    "It was a long day and there were many things that we had not seen when we began. "
    "I said that this is what we have to do, and that all of us will be asked to do more of it. "
)  # 54 words that name nothing
CUSTOMERS = "A customer told us that she had waited for three weeks. "  # 11 words, one mention


def a_text(text: str, *, executive: str = "dana", on: str = "2026-04-28", file: str = "") -> OwnText:
    """A text as it is after reading."""
    return OwnText(
        executive=executive,
        said_on=date.fromisoformat(on),
        file=file or f"words/{executive}_{on}.txt",
        sha256="0" * 64,
        text=text,
    )
