"""What customers said: comments as they come, themes, and the stories found in them, masked and unapproved.

A `FoundStory` is a proposal. Only an `ApprovedStory` (core.company), written by a person, reaches a brief.
"""

from datetime import date

from fulcrum.core.findings import Trace
from fulcrum.core.quantities import Result, Unknown
from fulcrum.core.value import value


@value
class Comment:
    """One answer with words in it. `names` are the personal cells of its row and of the customer's record.

    `worth` is the customer's money a year, `has_left` whether they ended; None where the data do not say.
    """

    id: str
    customer: str
    text: str
    score: float | None = None
    answered_on: date | None = None
    touchpoint: str = ""
    worth: float | None = None
    has_left: bool | None = None
    names: tuple[str, ...] = ()


@value
class Happening:
    """Something that the data know of a customer: a visit, a contact, the day they started."""

    customer: str
    on: date
    what: str


@value
class Span:
    """A part of a text, from `start` up to `end`, and what it is: "name", "phone", "capital"."""

    start: int
    end: int
    kind: str


@value
class Masked:
    """A text with what identifies people replaced by words in brackets; `spans` say where those stand."""

    text: str
    spans: tuple[Span, ...] = ()


@value
class Moment:
    """One point of a journey, in days from the answer: −12 is twelve days before it."""

    days: int
    what: str


@value
class FoundStory:
    """One customer's comment, masked, proposed for approval.

    `typical` and `vivid` run from 0 to 1; `doubtful` are parts of the masked text that still look personal.
    """

    id: str
    comment: str
    told: Masked
    doubtful: tuple[Span, ...]
    touchpoint: str
    score: float | None
    typical: float
    vivid: float
    journey: tuple[Moment, ...] = ()


@value
class Theme:
    """What many customers write about, in their own words; praise is themed apart (`is_praise`).

    `share` of all comments, `among_leavers` of the comments of those who left; `change` is the share in the
    newer half of the time minus that in the older half; `at_stake` is money a year; `touchpoints`
    are those that its comments are about, the most frequent first.
    """

    id: str
    label: tuple[str, ...]
    is_praise: bool
    is_english: bool
    comments: int
    customers: int
    share: Result
    among_leavers: Result
    score: Result
    at_stake: Result
    change: Result
    by_month: tuple[tuple[str, Result], ...]
    stories: tuple[FoundStory, ...]
    counter_story: FoundStory | None = None
    touchpoints: tuple[str, ...] = ()


@value
class PlacedStory:
    """An approved story looked up in the comments: its theme today, and what is wrong with its words.

    `theme` is empty where its comment is in no theme that is shown; `wrong` where it only masks and shortens.
    """

    story: str
    theme: str = ""
    wrong: str = ""


@value
class FoundStories:
    """All themes, largest first, and what was set apart on the way: reason and how many comments.

    `placed` are the approved stories whose comment was found again.
    """

    comments: int
    customers: int
    themes: tuple[Theme, ...]
    set_apart: tuple[tuple[str, int], ...] = ()
    cautions: tuple[str, ...] = ()
    missing: tuple[Unknown, ...] = ()
    traces: tuple[Trace, ...] = ()
    placed: tuple[PlacedStory, ...] = ()

    def theme(self, id: str) -> Theme | None:
        """The theme with this id."""
        return next((theme for theme in self.themes if theme.id == id), None)

    def told(self, id: str) -> tuple[Theme, FoundStory] | None:
        """The proposal with this id and its theme; a counter-story is of the theme that it answers."""
        for theme in self.themes:
            for story in (*theme.stories, theme.counter_story):
                if story is not None and story.id == id:
                    return theme, story
        return None
