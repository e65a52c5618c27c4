"""What the executives of the simulated company say in town halls: transcripts whose attention is known.

Each turn of an executive is drawn sentence by sentence, the theme of each by the shares below; a moderator
asks in between. Nobody ever said any of it.
"""

import random
from datetime import date
from pathlib import Path

_DAYS = (date(2025, 11, 27), date(2026, 2, 19), date(2026, 5, 21), date(2026, 8, 27), date(2026, 11, 12))
_SENTENCES = 48

# Share of sentences that speak of customers, by executive and by town hall in which they speak.
_ATTENTION: dict[str, tuple[str, tuple[float | None, ...]]] = {
    "ceo": ("Ines Halvorsen", (0.03, 0.06, 0.14, 0.22, 0.30)),
    "cfo": ("Marcus Oyelaran", (0.02, None, 0.02, None, 0.04)),
    "chro": ("Lea Fontaine", (None, 0.20, None, 0.20, None)),
}
_OF_CUSTOMERS = (
    "A customer in the north waited for a second visit and then for a third one.",
    "When the same fault comes back, a customer does not care which team closed the order.",
    "We lost customers this spring who had been with us for nine years.",
    "I read forty complaints on Sunday, and most of them were about a promise that we did not keep.",
    "Customers tell us in plain words that nobody calls them back.",
    "I want each of you to hear one call of a customer before we meet again.",
    "What a customer remembers is the evening on which the line was down.",
    "Two in five customers who moved house told us that they would rather not go through it again.",
    "Nobody in this room would put up with what we ask of a customer who changes the address.",
    "I sat beside an agent for a morning, and every second customer called for the second time.",
    "Before we speak of anything else: how many customers came and how many left this month?",
    "A letter from a customer of twelve years lies on my desk, and I have answered it myself.",
    "The visits that we save are the visits that our customers never have to wait for.",
    "If a customer has to tell the same story twice, we have failed once already.",
)
_OF_THE_REST = (
    "Revenue in the region grew, and the order book for the winter is full.",
    "Costs of the fleet are above plan, and we will look at every contract again.",
    "Our margin is where we told investors that it would be.",
    "The new scheduling software goes live in two depots before the end of the year.",
    "I thank the teams in the field, who worked through two storms.",
    "We hire forty technicians, and their training begins in the spring.",
    "The regulator asks for a report on outages, and we shall deliver it on time.",
    "Demand for faster lines rises more quickly than we can build them.",
    "We keep the budget for the depots as it stands.",
    "The risk in our supply of parts is smaller than it was a year ago.",
    "Free cash flow covers the dividend, and we do not plan to change that.",
    "The two new depots bring productivity up, though later than we had hoped.",
    "Staff turnover is down for the third quarter, and I would like to keep it so.",
    "Data from the meters reaches us in minutes now, and the night shift uses it.",
    "We grew in the south more than in the north, where building takes longer.",
    "An audit found two gaps in how we sign off work, and both are closed.",
)
_PLAIN = (
    "I will say plainly where we are and what comes next.",
    "None of this is finished, and some of it is hard.",
    "That is what we agreed in January, and it still holds.",
    "We come back to it when we meet again in the next quarter.",
    "I have asked for a short page on it by the end of the month.",
)
_QUESTIONS = ("What does that mean for us?", "How do we know?", "What about our customers?", "And next year?")


def write_speeches(folder: Path, *, seed: int) -> None:
    """Write one transcript for each executive and town hall at which they speak."""
    folder.mkdir(parents=True, exist_ok=True)
    for executive, (name, shares) in _ATTENTION.items():
        for on, share in zip(_DAYS, shares, strict=True):
            if share is not None:
                said = speech(name, share, seed=f"{seed}/{executive}/{on}")
                (folder / f"{executive}_{on.isoformat()}.txt").write_text(
                    said, encoding="utf-8", newline="\n"
                )


def speech(name: str, share: float, *, seed: str) -> str:
    """A transcript in which `share` of the sentences of `name` speak of customers."""
    chance = random.Random(seed)
    lines = ["Moderator: Welcome to the town hall. This transcript is simulated."]
    unsaid: dict[tuple[str, ...], list[str]] = {}
    turn: list[str] = []
    for _ in range(_SENTENCES):
        if len(turn) >= 6 and chance.random() < 0.25:
            lines += [f"{name}: {' '.join(turn)}", f"Moderator: {chance.choice(_QUESTIONS)}"]
            turn = []
        of = _OF_CUSTOMERS if chance.random() < share else _PLAIN if chance.random() < 0.3 else _OF_THE_REST
        turn.append(_next(of, unsaid, chance))
    return "\n".join([*lines, f"{name}: {' '.join(turn)}", "Moderator: Thank you.", ""])


def _next(of: tuple[str, ...], unsaid: dict[tuple[str, ...], list[str]], chance: random.Random) -> str:
    """A sentence of this kind; none comes twice before all have come."""
    if not unsaid.get(of):
        unsaid[of] = chance.sample(of, len(of))
    return unsaid[of].pop()
