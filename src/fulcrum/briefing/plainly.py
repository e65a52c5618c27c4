"""What is missing in the words of an executive: no file, no column, no setting, and what it takes.

The evidence says what is missing to those who own the files. A brief says the same to a reader who does not.
"""

import re

from fulcrum.core import wording
from fulcrum.core.brief import Missing
from fulcrum.core.quantities import Unknown

_NEEDS = (  # the first that fits; the more special one stands above
    (r"programme\.initiatives", "an initiative with its costs, its horizon and the customers it reaches"),
    (
        r"outcome is spend|with spend, stayed or left",
        "a comparison by what customers spend or whether they stay",
    ),
    (r"\[\[comparisons\]\]", "two groups of customers to hold side by side, and what else they differ in"),
    (
        r"`ended`.*\[landmark\]",
        "the day on which each customer left, and a day from which to look back and on",
    ),
    (r"`at`.*\[landmark\]", "what customers spent before the day that parts before from after"),
    (r"\[landmark\]", "a day that parts what customers said from what they did afterwards"),
    (r"`started`", "a table of customers with the days on which each came and left"),
    (r"`ended`|`left`", "to know which customers have left"),
    (r"`touchpoint`", "answers that say which touchpoint they speak of"),
    (r"`answered_at`", "answers with their dates"),
    (r"`ratings", "ratings of single parts of the experience beside the score"),
    (r"`value`", "what each customer is worth or has spent"),
    (r"`adjust`", "what else the two groups of customers differ in"),
    (r"One of: ", "the comparison on which this initiative is to rest"),
    (r"^Columns for it", "records of this outcome for each customer"),
    (r"^Exports in", "the records of customers, of their feedback and of what they spent"),
    (r"^Amounts dated within it", "sales from the months after customers answered"),
)
_REASONS = (
    (r"landmark", "Nothing from before is known to test the comparisons on"),
    (
        r"^The initiative rests on a comparison",
        "The comparison that this initiative rests on has not been made",
    ),
    (r"^No amounts fall into", "No sales are known from the months after customers answered"),
    (r"^No order in time", "It is not known what came first, the score or what customers did"),
    (r"^No drivers", "Which parts of the experience matter most is not known"),
)
_TECHNICAL = re.compile(r"[`\[\]_=]|\.(toml|csv|json|parquet)\b|\bdata/")


def why(unknown: Unknown) -> str:
    """The reason, as a sentence."""
    return wording.sentence(_plain(unknown.reason, _REASONS, "The data do not carry it yet"))


def needed(unknown: Unknown) -> str:
    """What would be needed, as it stands after “Needed:”."""
    return wording.sentence(_plain(unknown.needs, _NEEDS, "more of the company's records"))


def remedy(unknown: Unknown) -> str:
    """What would be needed; the words are about the data and never about who works on them."""
    said = needed(unknown)
    if not said or said.startswith("Nothing"):
        return said
    return f"Needed: {said[:1].lower()}{said[1:]}"


def missing(what: str, unknown: Unknown) -> Missing:
    """What is missing, why, and what is needed."""
    return Missing(what=what, why=why(unknown), remedy=remedy(unknown))


def _plain(text: str, words: tuple[tuple[str, str], ...], otherwise: str) -> str:
    found = next((plain for pattern, plain in words if re.search(pattern, text)), None)
    if found is not None:
        return found
    return otherwise if _TECHNICAL.search(text) else text
