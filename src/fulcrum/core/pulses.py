"""The questions of the pulse, and what makes a ranking whole; asked alike by folder, desk and alignment."""

from collections.abc import Collection

WHO_LEADS = "who_leads"
NOBODY = "nobody"
PRIORITY = "priority:"
CUSTOMERS = "customers"
WOULD_RECOMMEND = "customers_would_recommend_0_10"
WHERE_WE_STAND = "where_we_stand_1_5"
VISION = "vision_in_own_words"
SUCCESS = "success_would_be"

SCALES = {WOULD_RECOMMEND: (0, 10), WHERE_WE_STAND: (1, 5)}
IN_OWN_WORDS = (VISION, SUCCESS)
TOP = 5


def missing_rank(ranks: Collection[int]) -> int | None:
    """The first rank that nothing holds although something stands below it; None in a whole ranking.

    Ties are allowed however they are written: 1, 1, 2 and 1, 1, 3 are whole; 1, 2, 4 lacks a 3.
    """
    for place, rank in enumerate(sorted(ranks), start=1):
        if rank > place:
            return place
    return None


def item_of(question: str) -> str | None:
    """The item that a question ranks ("customers" of "priority:customers"); None for other questions."""
    item = question.removeprefix(PRIORITY).strip().casefold()
    return item if question.startswith(PRIORITY) and item else None
