"""The listening itinerary: from themes, approved stories and one executive to half an hour of listening."""

from collections.abc import Collection, Sequence

from fulcrum.core import wording
from fulcrum.core.company import ApprovedStory, Company
from fulcrum.core.itinerary import Itinerary, Stop
from fulcrum.core.people import Executive
from fulcrum.core.playbook import GoalMetric, ListeningPart
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.stories import FoundStories, Theme
from fulcrum.core.story_choice import aims_of, common_words, is_of_area, stories_for
from fulcrum.stories.timeline import ANSWER

_STORIES_READ = 2
_NOT_LIVED = ("contact", "became a customer", "left", ANSWER)
_WAYS = ("read", "sit", "call", "write down")


def itinerary_for(
    executive: Executive,
    company: Company,
    found: FoundStories,
    parts: Sequence[ListeningPart],
    *,
    minutes: int,
    metrics: Sequence[GoalMetric] = (),
    told: Collection[str] = (),
) -> Itinerary:
    """Where this executive listens: about the theme that is nearest to what they answer for.

    The theme is of their area, else near their goals, else the one that those who left write about most. It
    is called about by a customer who left where one of its proposals tells of that. `minutes` are shared by
    the parts' own minutes, whole, and sum. Nothing depends on what is believed of anybody.
    """
    theme, because = _theme_for(executive, company, found, metrics)
    about = _about(theme)
    fits = stories_for(executive, company, metrics=metrics, told=told)
    of_it = (fit.story for fit in fits if theme is None or _speaks_of(fit.story, theme))
    stories = tuple(of_it)[:_STORIES_READ]
    chosen = [part for way in _WAYS if (part := _part(parts, way, theme, has_stories=bool(stories)))]
    stops = [
        _stop(part, many, about, theme, stories)
        for part, many in zip(chosen, shared_out([part.minutes for part in chosen], minutes), strict=True)
    ]
    return Itinerary(
        executive=executive.id,
        minutes=minutes,
        theme="" if theme is None else ", ".join(theme.label),
        about=about,
        because=because,
        stops=tuple(stops),
        missing=tuple(_missing(theme, stories)),
    )


def shared_out(parts: Sequence[int], whole: int) -> tuple[int, ...]:
    """`whole` minutes shared by the parts' sizes (largest remainders): whole minutes, none below one."""
    if not parts or whole < len(parts):
        raise ValueError("there must be a minute for each part")
    exact = [part * whole / sum(parts) for part in parts]
    shares = [max(1, int(one)) for one in exact]
    places = range(len(parts))
    while sum(shares) < whole:
        shares[max(places, key=lambda at: (exact[at] - shares[at], exact[at]))] += 1
    while sum(shares) > whole:
        shares[
            max((at for at in places if shares[at] > 1), key=lambda at: (shares[at] - exact[at], -exact[at]))
        ] -= 1
    return tuple(shares)


def _theme_for(
    executive: Executive, company: Company, found: FoundStories, metrics: Sequence[GoalMetric]
) -> tuple[Theme | None, tuple[str, ...]]:
    """The theme and why it; complaints before praise, for they are where something can be mended."""
    complaints = [theme for theme in found.themes if not theme.is_praise] or list(found.themes)
    aims = aims_of(executive, company, metrics)

    def fit(theme: Theme) -> tuple[bool, int, float, int]:
        words = _words_of(theme)
        near = any(is_of_area(text, executive) for text in (*words, *_areas_of(theme, company)))
        leavers = theme.among_leavers.value if isinstance(theme.among_leavers, Estimate) else 0.0
        return near, len(common_words(words, aims)), leavers, theme.comments

    if not complaints:
        return None, ()
    best = max(complaints, key=fit)
    near, shared, _, _ = fit(best)
    because = []
    if near:
        because.append(f"It is of their area, {executive.area}.")
    if shared:
        because.append(f"Their goals speak of {wording.listed(common_words(_words_of(best), aims))}.")
    if not because:
        because.append("No theme names their area or goals; it is the one that weighs most.")
    return best, tuple(because)


def _areas_of(theme: Theme, company: Company) -> tuple[str, ...]:
    """The areas for which stories of this theme's touchpoint were approved: a person said whose they are."""
    return tuple(story.area for story in company.stories if _speaks_of(story, theme))


def _words_of(theme: Theme) -> tuple[str, ...]:
    return (*theme.touchpoints[:1], *theme.label)


def _about(theme: Theme | None) -> str:
    if theme is None:
        return "whatever comes"
    return f"“{theme.touchpoints[0] if theme.touchpoints else ', '.join(theme.label)}”"


def _speaks_of(story: ApprovedStory, theme: Theme) -> bool:
    is_there = bool(story.touchpoint) and story.touchpoint in theme.touchpoints[:1]
    return is_there or story.theme == ", ".join(theme.label)


def _part(
    parts: Sequence[ListeningPart], way: str, theme: Theme | None, *, has_stories: bool
) -> ListeningPart | None:
    """The part of this way that suits the theme; nothing to read without an approved story."""
    if way == "read" and not has_stories:
        return None
    suits = {"any"} if theme is None else {"any", "praise" if theme.is_praise else "complaint"}
    if theme is not None and _who_left(theme):
        suits.add("leaver")
    of_way = [part for part in parts if part.way == way and part.for_whom in suits]
    return max(of_way, key=lambda part: part.for_whom == "leaver", default=None)


def _who_left(theme: Theme) -> tuple[str, ...]:
    """The answers, among the proposals, of customers who left, where those who left write of it more."""
    if not isinstance(theme.among_leavers, Estimate) or not isinstance(theme.share, Estimate):
        return ()
    if theme.among_leavers.value <= theme.share.value:
        return ()
    return tuple(one.comment for one in theme.stories if any(moment.what == "left" for moment in one.journey))


def _stop(
    part: ListeningPart, minutes: int, about: str, theme: Theme | None, stories: Sequence[ApprovedStory]
) -> Stop:
    def filled(text: str) -> str:
        return text.replace("{about}", about)

    return Stop(
        way=part.way,
        minutes=minutes,
        title=filled(part.title),
        how=filled(part.how),
        why=_why(part, theme),
        questions=tuple(map(filled, part.questions)),
        never=filled(part.never),
        stories=tuple(stories) if part.way == "read" else (),
        for_team=_for_team(part, theme),
        sources=part.sources,
    )


def _why(part: ListeningPart, theme: Theme | None) -> str:
    """How common the theme is; where somebody sits, by which ways customers came."""
    if theme is None or part.way == "write down":
        return ""
    if part.way == "sit":
        return _contacts(theme)
    if part.way == "call":
        return _described(theme)
    share, leavers = theme.share, theme.among_leavers
    said = []
    if isinstance(share, Estimate):
        said.append(f"{wording.one_in(share)} comments speak of it, {wording.say_fully(share)}")
    if isinstance(leavers, Estimate):
        said.append(f"{wording.one_in(leavers)} among those who left")
    return wording.sentence("; ".join(said)) if said else ""


def _contacts(theme: Theme) -> str:
    """By which ways customers with such a story came, as far as their journeys tell."""
    ways = [
        moment.what.removeprefix("contact: ")
        for story in theme.stories
        for moment in story.journey
        if moment.what.startswith("contact: ")
    ]
    if not ways:
        return ""
    common = sorted(set(ways), key=lambda way: (-ways.count(way), way))[:2]
    return f"Customers who wrote this were in contact by: {'; '.join(common)}."


def _described(theme: Theme) -> str:
    """Who could be called, as a kind of customer: nobody in particular."""
    scores = sorted(story.score for story in theme.stories if story.score is not None)
    said = [theme.touchpoints[0]] if theme.touchpoints else []
    if scores:
        few, many = f"{scores[0]:g}", f"{scores[-1]:g}"
        said.append(f"score {few}" if few == many else f"score {few} to {many}")
    lived = [
        moment.what
        for story in theme.stories
        for moment in story.journey
        if not moment.what.startswith(_NOT_LIVED)
    ]
    said += sorted(set(lived) - set(said), key=lambda what: (-lived.count(what), what))[:2]
    return f"Somebody like those who wrote of it: {', '.join(said)}." if said else ""


def _for_team(part: ListeningPart, theme: Theme | None) -> tuple[str, ...]:
    if part.way != "call" or theme is None:
        return ()
    return _who_left(theme) if part.for_whom == "leaver" else tuple(one.comment for one in theme.stories)


def _missing(theme: Theme | None, stories: Sequence[ApprovedStory]) -> list[Unknown]:
    missing = []
    if theme is None:
        missing.append(
            Unknown(reason="There is no theme to listen for.", needs="A search of the customers' comments.")
        )
    if not stories:
        missing.append(
            Unknown(reason="No approved story may be read by them.", needs="A story of this theme, approved.")
        )
    return missing
