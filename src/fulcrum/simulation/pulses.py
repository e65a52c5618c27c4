"""Two pulses of the simulated company, in June and in October; all six executives answer both.

The chief executive says that they lead customer experience; not everybody around them sees it so.
"""

from datetime import date

from fulcrum.core.company import PulseAnswer, PulseRound
from fulcrum.core.pulses import (
    NOBODY,
    PRIORITY,
    SUCCESS,
    VISION,
    WHERE_WE_STAND,
    WHO_LEADS,
    WOULD_RECOMMEND,
)

_ITEMS = ("customers", "growth", "cost", "network", "people", "billing system", "regulation", "new products")
_JUNE = PulseRound(
    id="2026-06", opens_on=date(2026, 6, 15), closes_on=date(2026, 6, 29), priorities="; ".join(_ITEMS)
)
_OCTOBER = PulseRound(
    id="2026-10", opens_on=date(2026, 10, 12), closes_on=date(2026, 10, 26), priorities="; ".join(_ITEMS)
)
ROUNDS = (_JUNE, _OCTOBER)

# who leads, guess of 0 to 10, place of 1 to 5, top five from the first to the fifth
_SAID_IN_JUNE = {
    "ceo": ("ceo", 9, 4, ("growth", "customers", "network", "cost", "people")),
    "cfo": ("cmo", 8, 3, ("cost", "growth", "regulation", "network", "customers")),
    "coo": ("ceo", 8, 2, ("cost", "network", "people", "customers", "growth")),
    "cmo": ("cmo", 9, 3, ("growth", "customers", "new products", "cost", "people")),
    "cio": (NOBODY, 9, 4, ("billing system", "network", "cost", "growth", "regulation")),
    "chro": ("ceo", 8, 4, ("people", "growth", "customers", "cost", "network")),
}
_SAID_IN_OCTOBER = {
    "ceo": ("ceo", 9, 4, ("customers", "growth", "cost", "network", "people")),
    "cfo": ("ceo", 8, 3, ("cost", "customers", "growth", "network", "regulation")),
    "coo": ("ceo", 7, 2, ("cost", "customers", "network", "growth", "people")),
    "cmo": (NOBODY, 8, 2, ("growth", "customers", "new products", "cost", "people")),
    "cio": ("cmo", 9, 4, ("billing system", "cost", "network", "growth", "regulation")),
    "chro": ("ceo", 9, 3, ("growth", "cost", "customers", "people", "network")),
}
_IN_OWN_WORDS = {
    "ceo": ("Nobody has to tell us about the same fault twice.", "Fewer repeat visits, and people say so."),
    "cfo": ("A fault is mended at the first visit.", "Cost of a fault goes down to its end."),
    "coo": ("We mend it once.", "My dispatchers stop counting visits a day."),
    "cmo": ("Customers know what happens next.", "I can promise a date in an advert."),
    "cio": ("Better systems for service.", "One record of a fault that everybody sees."),
    "chro": ("People on the front line can decide.", "Engineers stay longer with us."),
}


def _answers(
    on: date, round: PulseRound, who: str, said: tuple[str, int, int, tuple[str, ...]]
) -> list[PulseAnswer]:
    leads, guess, place, top = said
    vision, success = _IN_OWN_WORDS[who]
    asked = {
        WHO_LEADS: leads,
        **{f"{PRIORITY}{item}": str(rank) for rank, item in enumerate(top, start=1)},
        WOULD_RECOMMEND: str(guess),
        WHERE_WE_STAND: str(place),
        VISION: vision,
        SUCCESS: success,
    }
    return [
        PulseAnswer(respondent=who, date=on, question=question, answer=answer, round=round.id)
        for question, answer in asked.items()
    ]


PULSES = tuple(
    answer
    for round, on, everybody in (
        (_JUNE, date(2026, 6, 22), _SAID_IN_JUNE),
        (_OCTOBER, date(2026, 10, 19), _SAID_IN_OCTOBER),
    )
    for who, said in everybody.items()
    for answer in _answers(on, round, who, said)
)
