"""What changed between two rounds, each figure with an interval for the change."""

from collections.abc import Callable

from fulcrum.alignment.given import Given
from fulcrum.alignment.intervals import difference, mean_change, mean_of, score_share, share_change_paired
from fulcrum.alignment.rounds import Round, Sheet
from fulcrum.alignment.views import RECOMMEND, STAND, place_of
from fulcrum.core.alignment import Changed
from fulcrum.core.pulses import WHERE_WE_STAND, WOULD_RECOMMEND
from fulcrum.core.quantities import POINTS, RATIO, Result, Unit, Unknown

Sheets = tuple[Sheet, ...]


def changes(before: Given, now: Given, w: tuple[Result, Result]) -> tuple[Changed, ...]:
    """The change of every figure since the round `before`; `w` is the agreement then and now.

    It is counted among the same people where the same people answered both rounds, or where the others are as
    many as may be shown: with fewer, the figures of the rounds and of the same people together would tell
    what those few said. Otherwise all answers are compared as of different people, which if
    anything widens the interval.
    """
    return (
        _of_shares(before, now, "chief_leads", "Colleagues who name the chief executive", _names_chief),
        _of_shares(
            before, now, "customers_in_top", "Colleagues with customers in their top five", _has_place
        ),
        _of_means(before, now, WOULD_RECOMMEND, "What they believe customers would answer", RECOMMEND),
        _of_means(before, now, WHERE_WE_STAND, "Where they place the company", STAND),
        _of_agreement(now, w),
    )


def _names_chief(round: Round, sheet: Sheet) -> bool | None:
    return None if sheet.leads is None or round.chief is None else sheet.leads == round.chief


def _has_place(_: Round, sheet: Sheet) -> bool | None:
    return place_of(sheet) is not None if sheet.is_ranking_whole else None


def _of_shares(
    before: Given, now: Given, key: str, title: str, says: Callable[[Round, Sheet], bool | None]
) -> Changed:
    then, today = (
        {
            sheet.respondent: said
            for sheet in given.round.colleagues
            if (said := says(given.round, sheet)) is not None
        }
        for given in (before, now)
    )
    refused = _refused(before, then) or _refused(now, today)
    if refused is not None:
        return _not(key, title, refused)
    shares = before.share(sum(then.values()), len(then)), now.share(sum(today.values()), len(today))
    same = _same(now, then, today)
    if same:
        gained = sum(today[one] and not then[one] for one in same)
        lost = sum(then[one] and not today[one] for one in same)
        figure = (gained - lost) / len(same)
        ends = share_change_paired(gained, lost, len(same), now.confidence)
        method = "change among the same people, Bonett & Price"
    else:
        figure = shares[1].value - shares[0].value
        scores = [score_share(sum(held.values()), len(held), now.confidence) for held in (today, then)]
        ends = difference(shares[1].value, scores[0], shares[0].value, scores[1])
        method = "difference of two shares, Newcombe"
    people = len(same) or len(then) + len(today)
    change = now.estimate(figure, ends, POINTS, n=people, method=method)
    return Changed(
        key=key,
        title=title,
        before=shares[0],
        now=shares[1],
        change=change,
        is_paired=bool(same),
        people=people,
    )


def _of_means(before: Given, now: Given, question: str, title: str, unit: Unit) -> Changed:
    then, today = (
        {
            sheet.respondent: number
            for sheet in given.round.sheets
            if (number := sheet.number(question)) is not None
        }
        for given in (before, now)
    )
    refused = _refused(before, then) or _refused(now, today)
    if refused is not None:
        return _not(question, title, refused)
    means = before.mean(list(then.values()), unit), now.mean(list(today.values()), unit)
    same = _same(now, then, today)
    if same:
        moved = [float(today[one] - then[one]) for one in same]
        figure, ends = sum(moved) / len(moved), mean_of(moved, now.confidence, step=2**0.5)
        method = "mean change of the same people, Student's interval"
    else:
        figure = means[1].value - means[0].value
        ends = mean_change(list(then.values()), list(today.values()), now.confidence, step=1)
        method = "difference of two means, Welch"
    people = len(same) or len(then) + len(today)
    change = now.estimate(figure, ends, unit, n=people, method=method)
    return Changed(
        key=question,
        title=title,
        before=means[0],
        now=means[1],
        change=change,
        is_paired=bool(same),
        people=people,
    )


def _of_agreement(now: Given, w: tuple[Result, Result]) -> Changed:
    key, title = "agreement", "Agreement on priorities (W)"
    before, today = w
    if isinstance(before, Unknown) or isinstance(today, Unknown):
        return _not(key, title, next(one for one in w if isinstance(one, Unknown)))
    ends = difference(
        today.value,
        (today.interval.low, today.interval.high),
        before.value,
        (before.interval.low, before.interval.high),
    )
    change = now.estimate(
        today.value - before.value,
        ends,
        RATIO,
        n=(before.n or 0) + (today.n or 0),
        method="difference of two agreements, interval from both",
    )
    people = (before.n or 0) + (today.n or 0)
    return Changed(
        key=key, title=title, before=before, now=today, change=change, is_paired=False, people=people
    )


def _refused(given: Given, answers: dict[str, int] | dict[str, bool]) -> Unknown | None:
    return given.too_few([sheet for sheet in given.round.sheets if sheet.respondent in answers])


def _same(
    now: Given, then: dict[str, int] | dict[str, bool], today: dict[str, int] | dict[str, bool]
) -> list[str]:
    """Who is compared with themselves; nobody where that would tell what a few others said."""
    fewest = now.rules.answers_at_least.value
    same = [one for one in today if one in then]
    others = (len(then) - len(same), len(today) - len(same))
    return same if len(same) >= fewest and all(rest == 0 or rest >= fewest for rest in others) else []


def _not(key: str, title: str, why: Unknown) -> Changed:
    return Changed(key=key, title=title, before=why, now=why, change=why, is_paired=False, people=0)
