"""Which approved story for whom: of their area first, then of their goals, and none that they have had.

The order never depends on what is believed of anybody, so that a brief cannot tell its reader's level.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from fulcrum.core.company import ApprovedStory, Company
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive
from fulcrum.core.playbook import GoalMetric
from fulcrum.core.roles import role_of
from fulcrum.core.value import value

_WORD = re.compile(r"[^\W\d_]{4,}")
_SAYS_NOTHING = frozenset(
    word
    for line in (
        "customer customers client clients company their they with from this that each every more fewer less",
        "down grow bring make keep when where than today whole time times share rate into over after before",
        "year years month months better first have been were will only still them same",
    )
    for word in line.split()
)


@value
class StoryFit:
    """One approved story and why it is for this executive; `is_told`: they have had it."""

    story: ApprovedStory
    reasons: tuple[str, ...] = ()
    is_told: bool = False


def stories_for(
    executive: Executive | None,
    company: Company,
    *,
    metrics: Sequence[GoalMetric] = (),
    told: Collection[str] = (),
) -> tuple[StoryFit, ...]:
    """The stories that may reach this executive (None is the board), the fittest first.

    Before all: not told to them yet (`told`, and the ids that their moves of empathy name). Then their area,
    then the words that the story shares with their goals and with what moves those (`metrics`), then the
    newest approval. Only stories whose consent permits it, approved by the day of the company.
    """
    may = [
        story
        for story in company.stories
        if story.approved_on <= company.as_of and story.may_reach(is_board=executive is None)
    ]
    had = {*told, *_named_in_moves(executive, company)}
    aims = () if executive is None else aims_of(executive, company, metrics)
    fits = [_Ranked.of(story, executive, aims, is_told=story.id in had) for story in may]
    return tuple(one.fit for one in sorted(fits, key=lambda one: one.order))


def aims_of(executive: Executive, company: Company, metrics: Sequence[GoalMetric] = ()) -> tuple[str, ...]:
    """What this executive answers for, as texts: their goals, and what plausibly moves each."""
    named = {name.casefold(): one for one in metrics for name in (one.id, one.name)}
    texts = []
    for goal in company.goals:
        if goal.executive == executive.id:
            metric = named.get(goal.metric.casefold())
            texts += [goal.goal, goal.metric, *([metric.name, metric.drivers] if metric else [])]
    return tuple(texts)


def is_of_area(area: str, executive: Executive) -> bool:
    """Whether an area is this executive's: one names the other, or they share a word that says something."""
    mine, its = executive.area.strip().casefold(), area.strip().casefold()
    return bool(mine and its) and (its in mine or mine in its or bool(common_words([mine], [its])))


def answers_for_all(executive: Executive) -> bool:
    """The chief executive, and who has no area, answer for the whole company."""
    return not executive.area.strip() or role_of(executive.role) == "CEO"


def common_words(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """Words of `one` that `other` has too, in the order of `one`; one may be the beginning of the other."""
    theirs = _words(other)
    return tuple(
        dict.fromkeys(
            word
            for word in _words(one)
            if any(word.startswith(each) or each.startswith(word) for each in theirs)
        )
    )


@value
class _Ranked:
    """A fit with its place in the order."""

    fit: StoryFit
    order: tuple[bool, int, int, int]

    @classmethod
    def of(
        cls, story: ApprovedStory, executive: Executive | None, aims: Sequence[str], *, is_told: bool
    ) -> "_Ranked":
        reasons = []
        about = (story.area, story.touchpoint)
        is_near = executive is not None and any(is_of_area(text, executive) for text in about)
        if is_near and executive is not None:
            reasons.append(f"of their area, {executive.area}")
        shared = common_words((story.touchpoint, story.theme, story.quote), aims)
        if shared:
            reasons.append(f"speaks of what their goals speak of: {', '.join(shared[:4])}")
        age = -story.approved_on.toordinal()
        return cls(
            fit=StoryFit(story=story, reasons=tuple(reasons), is_told=is_told),
            order=(is_told, -int(is_near), -len(shared), age),
        )


def _named_in_moves(executive: Executive | None, company: Company) -> set[str]:
    """The stories that a move of empathy to this executive names by their id."""
    texts = [
        f"{move.brief} {move.note}".split()
        for move in company.moves
        if executive is not None and move.executive == executive.id and move.lever is Lever.EMPATHY
    ]
    return {story.id for story in company.stories for words in texts if story.id in words}


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    found = (word for text in texts for word in _WORD.findall(text.casefold()))
    return tuple(dict.fromkeys(word for word in found if word not in _SAYS_NOTHING))
