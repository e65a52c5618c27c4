"""What simulated customers write, by touchpoint and band. Some leave a name or a number, as people do."""

from typing import Literal

Band = Literal["low", "middle", "high"]

TOUCHPOINTS = ("repair visit", "contact centre", "billing", "online account", "installation", "moving home")

SAYINGS: dict[tuple[str, Band], tuple[str, ...]] = {
    ("repair visit", "low"): (
        "Three visits for one fault. Each time somebody new, and each time I told it from the start.",
        "The engineer was kind but had not been told what the last one did. It failed again within the week.",
        "Fixed on Monday, dead on Thursday. I have taken two half days off work for this.",
        "Nobody owns the fault. I ring, I wait in, it holds for a few days and then I ring again.",
        "The second visit found what the first should have found. Please read the notes before you come.",
        "My shop could not take cards for two days because the repair did not hold.",
        "They closed the ticket while the line was still down. Call me on 020 7946 0{n:03d}, Mrs {surname}.",
    ),
    ("repair visit", "middle"): (
        "It works now, but it took two visits.",
        "Polite engineer. The window was four hours and they came in the last ten minutes.",
        "Repaired in the end. I would have liked a message to say they were on the way.",
    ),
    ("repair visit", "high"): (
        "One visit, explained what was wrong, and it has held since.",
        "They rang the next day to ask whether it was still working. It was.",
        "The engineer stayed until the line was steady. Thank you, {first}.",
    ),
    ("contact centre", "low"): (
        "Passed on four times and asked for my account number each time.",
        "Forty minutes in a queue to hear that another team has to ring me back. They did not.",
        "I had to explain the fault again to every person I spoke to.",
    ),
    ("contact centre", "middle"): (
        "Friendly, but they could not see what the last person had promised.",
        "Got there after a long wait.",
    ),
    ("contact centre", "high"): (
        "Answered quickly and sorted it while I was on the line.",
        "{first} listened, told me what would happen next, and it did.",
    ),
    ("billing", "low"): (
        "The bill went up by six euros and the letter does not say why.",
        "Charged for a visit that repaired nothing. My e-mail is {first}.{surname}@example.com.",
        "Two bills in one month and no explanation.",
    ),
    ("billing", "middle"): ("The bill is right but hard to read.", "Clearer than it was. Still three pages."),
    ("billing", "high"): ("The bill says exactly what I expected.", "Easy to see what I pay for."),
    ("online account", "low"): (
        "The site asks me to ring a number that tells me to use the site.",
        "I could not report the fault online because the line was down. Think about that.",
    ),
    ("online account", "middle"): (
        "It works on the laptop, less so on the phone.",
        "Found it after some looking.",
    ),
    ("online account", "high"): (
        "Changed my plan in two minutes.",
        "I can see the engineer's slot and move it.",
    ),
    ("installation", "low"): (
        "The installer left without testing the second room.",
        "Promised for the 3rd, installed on the 17th.",
    ),
    ("installation", "middle"): ("Fine once it was in.", "Later than promised, but done well."),
    ("installation", "high"): (
        "Installed on the day and it worked at once.",
        "Clean work, clear explanation, gone in an hour.",
    ),
    ("moving home", "low"): ("Eleven days without a line after the move.",),
    ("moving home", "middle"): ("The move itself went well; the final bill took a month.",),
    ("moving home", "high"): ("The line was live on the day we moved in.",),
}

FIRST_NAMES = ("Maria", "Siobhan", "Raj", "Xiaomei", "Tom", "Rose", "Abdul", "Grant", "Ewa", "Jonas")
SURNAMES = ("Okafor", "Lindqvist", "Byrne", "Castellanos", "Huber", "Nakamura", "Price", "Deane")


def band_of(score: int) -> Band:
    """Promoters are high (9 to 10), passives middle (7 to 8), detractors low (0 to 6)."""
    return "high" if score >= 9 else "middle" if score >= 7 else "low"


def say(touchpoint: str, score: int, *, turn: int) -> str:
    """One comment; `turn` picks the sentence and any name in it."""
    options = SAYINGS[touchpoint, band_of(score)]
    return options[turn % len(options)].format(
        n=turn % 1000,
        first=FIRST_NAMES[turn // 7 % len(FIRST_NAMES)],
        surname=SURNAMES[turn // 11 % len(SURNAMES)],
    )
