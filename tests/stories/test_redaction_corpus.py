"""Six hundred comments with planted identifiers: how many are masked, and how many masks are false."""

import re
from collections import Counter
from itertools import product

import numpy as np
import pytest

from fulcrum.simulation.voices import FIRST_NAMES, IBANS, SURNAMES, VOICES
from fulcrum.stories.redact import known_names, redact

SEED = 77
FRAMES = (
    "{said} You can reach me under {secret}.",
    "{said} {secret}",
    "{secret} - {said}",
    "{said} (that is {secret}, as I told them twice)",
    "{said} I gave them {secret} and nobody answered.",
)
DIGITS = np.array(list("0123456789"))


def number(chance: np.random.Generator, shape: str) -> str:
    return "".join(str(chance.choice(DIGITS)) if sign == "#" else sign for sign in shape)


def card(chance: np.random.Generator) -> str:
    """Sixteen digits that pass Luhn's check, in groups or not."""
    digits = [4, *(int(one) for one in chance.integers(0, 10, 14))]
    doubled = [d if at % 2 else (2 * d - 9 if d > 4 else 2 * d) for at, d in enumerate(digits)]
    digits.append(-sum(doubled) % 10)
    text = "".join(map(str, digits))
    gap = str(chance.choice(["", " ", "-"]))
    return gap.join(text[at : at + 4] for at in range(0, 16, 4))


def secret_of(kind: str, chance: np.random.Generator) -> str:
    first, last = str(chance.choice(FIRST_NAMES)), str(chance.choice(SURNAMES))
    match kind:
        case "e-mail":
            host = chance.choice(["example.com", "mail.example.co.uk", "post.example.de"])
            way = chance.choice(["{}.{}@{}", "{}_{}@{}", "{}{}99@{}"])
            return str(way).format(first.lower(), last.lower(), host)
        case "phone":
            shapes = ["0## #### ####", "+44 7### ######", "(0##) ### ####", "0##-###-####", "+49 ### #######"]
            return number(chance, str(chance.choice(shapes)))
        case "card":
            return card(chance)
        case "account":
            shapes = ["account number ########", "my account no. #########", str(chance.choice(IBANS))]
            return number(chance, str(chance.choice(shapes)))
        case _:
            return str(chance.choice([f"{first} {last}", last, f"{last}, {first}", first]))


def corpus(kind: str, n: int = 120) -> list[tuple[str, str, tuple[str, ...]]]:
    """Comments with one secret each, and the personal cells of the customer who wrote it."""
    chance = np.random.default_rng([SEED, len(kind)])
    made = []
    for at in range(n):
        voice = VOICES[int(chance.integers(len(VOICES)))]
        said = re.sub(r"\{\w+\}", "it", str(chance.choice(voice.goes_on)))
        secret = secret_of(kind, chance)
        names = tuple(re.findall(r"\w+", secret)) if kind == "name" else ()
        made.append((FRAMES[at % len(FRAMES)].format(said=said, secret=secret), secret, names))
    return made


def is_left(secret: str, masked: str) -> bool:
    """Whether a telling part of the secret still stands: five digits in a row of it, or a word of a name."""
    digits = re.sub(r"\D", "", secret)
    if len(digits) > 5 and digits[-5:] in re.sub(r"\D", "", masked):
        return True
    words = [] if digits else re.findall(r"[^\W\d_]{3,}", secret.partition("@")[0])
    return secret in masked or any(re.search(rf"\b{word}\b", masked) for word in words)


@pytest.mark.parametrize(
    ("kind", "at_least"),
    [("e-mail", 0.98), ("phone", 0.98), ("card", 0.98), ("account", 0.98), ("name", 0.9)],
)
def test_planted_identifiers_are_masked(kind: str, at_least: float) -> None:
    comments = corpus(kind)
    known = known_names([text for text, _, _ in comments], [one for _, _, own in comments for one in own])
    left = [
        text for text, secret, own in comments if is_left(secret, redact(text, own=own, known=known).text)
    ]
    assert 1 - len(left) / len(comments) >= at_least, left[:5]


def test_what_is_no_identifier_is_seldom_masked() -> None:
    """The same sentences without a secret: every mask is false, and counted."""
    plain = [
        " ".join(parts)
        for voice in VOICES
        for parts in product(voice.begins, voice.goes_on, voice.goes_on)
        if not any("{" in part for part in parts)
    ]
    known = known_names(plain, [*FIRST_NAMES, *SURNAMES])
    false = Counter(span.kind for text in plain for span in redact(text, known=known).spans)
    assert len(plain) >= 500
    assert sum(false.values()) <= len(plain) // 200, false
