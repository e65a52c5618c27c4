"""The other side of a story stands in the evidence of a brief, as far as its consent goes."""

from dataclasses import replace

from sample import COMPANY, COO, EVIDENCE, playbook

from fulcrum.briefing.compose import compose_for_executive
from fulcrum.briefing.compose_board import compose_for_board
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company, Consent, StoryKind


def both(consent: Consent) -> Company:
    (story,) = COMPANY.stories
    praise = replace(
        story, id="held", quote="One visit, and it held.", kind=StoryKind.PRAISE, area="", consent=consent
    )
    first = replace(story, counter_story="held", kind=StoryKind.COMPLAINT)
    return replace(COMPANY, stories=(first, praise))


def for_executive(here: Company) -> Brief:
    return compose_for_executive(COO, here, EVIDENCE, None, playbook())


def test_the_counter_story_stands_overleaf_in_the_executives_brief() -> None:
    section = for_executive(both(Consent.BY_TERMS)).section("against")
    assert section is not None
    assert section.page == 2
    assert "One visit" in str(section.blocks)


def test_the_board_reads_only_what_the_customer_agreed_to() -> None:
    by_terms, agreed = both(Consent.BY_TERMS), both(Consent.AGREED)
    assert compose_for_board(by_terms, EVIDENCE, playbook()).section("against") is None
    assert compose_for_board(agreed, EVIDENCE, playbook()).section("against") is not None


def test_without_an_approved_counter_story_nothing_is_said() -> None:
    assert for_executive(both(Consent.NOT_ASKED)).section("against") is None
