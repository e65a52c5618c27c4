"""What simulated customers write: planted themes by touchpoint and band, each in many words.

Some leave a name, a number or an address, as people do. Which theme a comment was made from is known, so that
the story finder can be held against it.
"""

from typing import Literal

import numpy as np

from fulcrum.core.value import value

Band = Literal["low", "middle", "high"]

TOUCHPOINTS = ("repair visit", "contact centre", "billing", "online account", "installation", "moving home")


@value
class Voice:
    """One planted theme: how comments of it begin, go on, and end."""

    theme: str
    touchpoint: str
    band: Band
    begins: tuple[str, ...]
    goes_on: tuple[str, ...]
    ends: tuple[str, ...] = ("",)


@value
class Said:
    """One comment, and the theme that it was made from."""

    text: str
    theme: str


VOICES = (
    Voice(
        theme="repair fails again",
        touchpoint="repair visit",
        band="low",
        begins=(
            "Three visits for one fault.",
            "The repair held for two days and then the line was dead again.",
            "Fixed on Monday, dead on Thursday.",
            "My engineer was kind but had not been told what the last one did.",
            "I waited in for the engineer again, the fourth visit for the same fault.",
            "The second visit found what the first should have found.",
        ),
        goes_on=(
            "It failed again within the week.",
            "I have taken two half days off work for this repair.",
            "Nobody owns the fault, so I ring, I wait in, and it breaks again.",
            "My shop could not take cards for two days because the repair did not hold.",
            "They closed the ticket while the line was still down.",
            "Each engineer starts from the beginning and leaves with the fault still there.",
        ),
        ends=(
            "",
            "",
            "Please read the notes before you come.",
            "Call me on 020 7946 0{n:03d}, Mrs {surname}.",
        ),
    ),
    Voice(
        theme="repair took two visits",
        touchpoint="repair visit",
        band="middle",
        begins=("It works now, but it took two visits.", "Repaired in the end.", "Polite engineer."),
        goes_on=(
            "The window was four hours and the engineer came in the last ten minutes.",
            "I would have liked a message to say the engineer was on the way.",
            "The first engineer did not have the part for the repair.",
        ),
    ),
    Voice(
        theme="repair held",
        touchpoint="repair visit",
        band="high",
        begins=(
            "One visit and the repair has held since.",
            "The engineer explained what was wrong and repaired it the same morning.",
            "The engineer stayed until the line was steady.",
            "Repaired on the first visit.",
        ),
        goes_on=(
            "They rang the next day to ask whether it was still working, and it was.",
            "The line has been steady for two months.",
            "No second visit was needed, and I had been told when to expect the engineer.",
        ),
        ends=("", "", "Thank you, {first}."),
    ),
    Voice(
        theme="tell it again to each person",
        touchpoint="contact centre",
        band="low",
        begins=(
            "Passed on four times.",
            "I had to explain the fault again to every person I spoke to.",
            "Forty minutes in a queue to hear that another team has to ring me back.",
            "I called on Monday and spoke to three people.",
            "Every time I call I get somebody who knows nothing about me.",
        ),
        goes_on=(
            "Each person asked for my account number and then passed me on.",
            "They promised to call back, and then nobody called.",
            "I waited on hold, was cut off, and had to explain everything from the start.",
            "The person on the phone could not see what the last person had promised me.",
        ),
        ends=("", "", "My account number is {account}.", "Regards, {first} {surname}"),
    ),
    Voice(
        theme="got there after a wait",
        touchpoint="contact centre",
        band="middle",
        begins=("Friendly on the phone.", "Got there after a long wait.", "Helpful person, long queue."),
        goes_on=(
            "They could not see what the last person had promised.",
            "I waited twenty minutes on hold before somebody answered the phone.",
            "The person I spoke to sorted it, but only on the second call.",
        ),
    ),
    Voice(
        theme="one person sorted it",
        touchpoint="contact centre",
        band="high",
        begins=(
            "Answered quickly and sorted it while I was on the phone.",
            "{first} listened to me, told me what would happen next, and it did.",
            "One call, one person, done.",
        ),
        goes_on=(
            "I did not have to explain anything twice.",
            "The person on the phone could see my last call and knew the whole story.",
            "They called me back when they said they would.",
        ),
    ),
    Voice(
        theme="bill went up unexplained",
        touchpoint="billing",
        band="low",
        begins=(
            "The bill went up by six euros and the letter does not say why.",
            "I was charged for a visit that repaired nothing.",
            "Two bills in one month and no explanation.",
            "My bill has a charge on it that I never agreed to.",
        ),
        goes_on=(
            "I have asked for the money back and am still waiting for the refund.",
            "The price on the bill is not the price I was sold.",
            "Three pages, and I cannot work out what I pay for.",
            "The next bill had the same wrong charge on it again.",
        ),
        ends=("", "", "My e-mail is {first}.{surname}@example.com.", "You can refund it to {iban}."),
    ),
    Voice(
        theme="bill right but hard to read",
        touchpoint="billing",
        band="middle",
        begins=("The bill is right but hard to read.", "The bill is clearer than it was."),
        goes_on=("Still three pages.", "I had to look up what two of the charges on the bill mean."),
    ),
    Voice(
        theme="bill as expected",
        touchpoint="billing",
        band="high",
        begins=("The bill says exactly what I expected.", "Easy to see on the bill what I pay for."),
        goes_on=(
            "One page, one price, and it is the price I was sold.",
            "When the charge changed I had a letter the month before that said why.",
        ),
    ),
    Voice(
        theme="website sends me to the phone",
        touchpoint="online account",
        band="low",
        begins=(
            "The website asks me to ring a number that tells me to use the website.",
            "I could not report the fault online because the line was down.",
            "I tried to log in three times and the password page sent me in a circle.",
            "The app lost my login again.",
        ),
        goes_on=(
            "After half an hour I gave up on the website and rang.",
            "The online form would not take my address, {street}.",
            "The app says there is no fault while I sit here without a line.",
            "My password was reset twice and the login still does not work.",
        ),
    ),
    Voice(
        theme="website works with effort",
        touchpoint="online account",
        band="middle",
        begins=(
            "The website works on the laptop, less so on the phone.",
            "Found it on the website in the end.",
        ),
        goes_on=("The login could be simpler.", "The app shows less than the website does."),
    ),
    Voice(
        theme="online in two minutes",
        touchpoint="online account",
        band="high",
        begins=(
            "Changed my plan online in two minutes.",
            "I can see the engineer's slot online and move it.",
        ),
        goes_on=(
            "The app is quick and the login simple.",
            "Everything I need is on the first page of the website.",
        ),
    ),
    Voice(
        theme="installed late",
        touchpoint="installation",
        band="low",
        begins=(
            "Promised for the 3rd, installed on the 17th.",
            "The installer left without testing the second room.",
            "Nobody came on the day of the installation.",
        ),
        goes_on=(
            "I had to book the installation again, and waited in for nothing.",
            "The installer drilled through the wall and left the cable hanging.",
            "Two weeks late, and no word from you about the new date of the installation.",
        ),
        ends=("", "", "I live at {street}, and the van never came."),
    ),
    Voice(
        theme="installed later, done well",
        touchpoint="installation",
        band="middle",
        begins=("Installed later than promised, but done well.", "Fine once it was in."),
        goes_on=("The installer was careful with the cable.", "The date of the installation moved twice."),
    ),
    Voice(
        theme="installed on the day",
        touchpoint="installation",
        band="high",
        begins=(
            "Installed on the day and it worked at once.",
            "Clean work by the installer, gone in an hour.",
        ),
        goes_on=(
            "The installer tested every room before they left.",
            "The cable is hidden, and the installer explained the box to me.",
        ),
    ),
    Voice(
        theme="moving home",
        touchpoint="moving home",
        band="low",
        begins=("Eleven days without a line after the move.",),
        goes_on=("We moved on the date we had told you.",),
    ),
    Voice(
        theme="moving home",
        touchpoint="moving home",
        band="middle",
        begins=("The move itself went well.",),
        goes_on=("The final bill for the old flat took a month.",),
    ),
    Voice(
        theme="moving home",
        touchpoint="moving home",
        band="high",
        begins=("The line was live on the day we moved in.",),
        goes_on=("Nothing to do but unpack.",),
    ),
)

FIRST_NAMES = ("Maria", "Siobhan", "Raj", "Xiaomei", "Tom", "Rose", "Abdul", "Grant", "Ewa", "Jonas")
SURNAMES = ("Okafor", "Lindqvist", "Byrne", "Castellanos", "Huber", "Nakamura", "Price", "Deane")
STREETS = ("14 Harbour Street", "7 Quarry Lane", "221 Old Mill Road", "Lindenstraße 9")
IBANS = ("DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19", "FR14 2004 1010 0505 0001 3M02 606")


def band_of(score: int) -> Band:
    """Promoters are high (9 to 10), passives middle (7 to 8), detractors low (0 to 6)."""
    return "high" if score >= 9 else "middle" if score >= 7 else "low"


def say(touchpoint: str, score: int, *, chance: np.random.Generator) -> Said:
    """One comment of the theme planted at this touchpoint and band, in words drawn by chance."""
    band = band_of(score)
    voice = next(one for one in VOICES if (one.touchpoint, one.band) == (touchpoint, band))
    parts = [_one_of(part, chance) for part in (voice.begins, voice.goes_on, voice.ends)]
    text = " ".join(part for part in parts if part).format(
        n=int(chance.integers(1000)),
        account=int(chance.integers(10**7, 10**8)),
        first=_one_of(FIRST_NAMES, chance),
        surname=_one_of(SURNAMES, chance),
        street=_one_of(STREETS, chance),
        iban=_one_of(IBANS, chance),
    )
    return Said(text=text, theme=voice.theme)


def _one_of(options: tuple[str, ...], chance: np.random.Generator) -> str:
    return options[int(chance.integers(len(options)))]
