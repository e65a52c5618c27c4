"""What one round says: ownership, priorities, customers' place, perception, spread, and own words."""

from collections import Counter
from hashlib import sha256

from fulcrum.alignment.agreement import chance_of, kendall_w, krippendorff_alpha, ranked, without_each
from fulcrum.alignment.given import Given
from fulcrum.alignment.intervals import deviation_of, difference, exact_share, jackknife, variance_of
from fulcrum.alignment.rounds import Sheet
from fulcrum.core.alignment import (
    CustomersPlace,
    InOwnWords,
    Ownership,
    Perception,
    Priorities,
    RankedItem,
    Spread,
)
from fulcrum.core.pulses import CUSTOMERS, IN_OWN_WORDS, TOP, WHERE_WE_STAND, WOULD_RECOMMEND
from fulcrum.core.quantities import RATIO, SHARE, Estimate, Result, Unit, Unknown, score_unit

RECOMMEND = score_unit(0, 10)
STAND = score_unit(1, 5)
_DEVIATION = Unit(kind="score")
_UNRANKED = 1_000.0
_NO_CHIEF = Unknown(
    reason="No executive is known as the chief executive.",
    needs="One executive, and no more, whose role says chief executive.",
)
_CHIEF_SILENT = Unknown(
    reason="The chief executive has not answered.", needs="Their answer to who leads customer experience."
)


def ownership(given: Given) -> Ownership:
    """The chief executive's own answer on who leads, against that of their colleagues."""
    chief, own = given.round.chief, given.round.own
    named = None if own is None else own.leads
    asked = [sheet for sheet in given.round.colleagues if sheet.leads is not None]
    refused = _NO_CHIEF if chief is None else given.too_few(asked)
    silent = _CHIEF_SILENT if refused is None and named is None else refused
    share = refused or given.share(sum(sheet.leads == chief for sheet in asked), len(asked))
    counts = Counter(str(sheet.leads) for sheet in asked) if given.too_few(asked) is None else Counter()
    return Ownership(
        chief=chief,
        own=named,
        colleagues=share,
        gap=silent or given.less(float(named == chief), share),
        agree=silent or given.share(sum(sheet.leads == named for sheet in asked), len(asked)),
        named=tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
        place=None if own is None or not own.is_ranking_whole else place_of(own),
        has_ranked=own is not None and own.is_ranking_whole,
    )


def priorities(given: Given) -> Priorities:
    """How alike they rank. Items outside a top five share the ranks below it."""
    whole = [sheet for sheet in given.round.sheets if sheet.is_ranking_whole]
    broken = sum(bool(sheet.ranks) and not sheet.is_ranking_whole for sheet in given.round.sheets)
    refused = given.too_few(whole)
    if refused is not None:
        return _unranked(refused, len(whole), broken)
    items = sorted({item for sheet in whole for item, _ in sheet.ranks})
    rows = [[float(dict(sheet.ranks).get(item, _UNRANKED)) for item in items] for sheet in whole]
    found = concordance(given, rows)
    places = [ranked(row) for row in rows]
    listed = [
        RankedItem(
            item=item,
            mean_rank=sum(row[at] for row in places) / len(places),
            in_top=sum(row[at] <= TOP for row in rows),
        )
        for at, item in enumerate(items)
    ]
    return Priorities(
        w=found,
        chance=_chance(given, rows),
        alpha=_alpha(given, rows),
        items=tuple(sorted(listed, key=lambda one: (one.mean_rank, one.item))),
        rankings=len(whole),
        set_apart=broken,
    )


def concordance(given: Given, rows: list[list[float]]) -> Result:
    """Kendall's W; its interval is the jackknife's over people of the mean agreement of two of them.

    Two people's mean agreement is a = (m W - 1) / (m - 1), which unlike W does not fall with m.
    """
    people = len(rows)
    w = kendall_w(rows)
    without = without_each(rows, lambda rest: kendall_w([[x or 0.0 for x in row] for row in rest]))
    if w is None or without is None:
        return _ALL_TIED
    pairwise = jackknife(
        _between_two(w, people), [_between_two(x, people - 1) for x in without], given.confidence
    )
    low, high = ((1 + (people - 1) * max(-1 / (people - 1), min(1.0, end))) / people for end in pairwise)
    method = "Kendall's W corrected for ties, jackknife over people"
    return given.estimate(w, (max(0.0, low), min(1.0, high)), RATIO, n=people, method=method)


def customers_place(given: Given) -> CustomersPlace:
    """Where the chief executive's colleagues put customers."""
    asked = [sheet for sheet in given.round.colleagues if sheet.is_ranking_whole]
    refused = given.too_few(asked)
    if refused is not None:
        return CustomersPlace(share=refused, places=())
    places = [place_of(sheet) for sheet in asked]
    inside = sum(place is not None for place in places)
    in_order = sorted(places, key=lambda place: (place is None, place))
    return CustomersPlace(share=given.share(inside, len(places)), places=tuple(in_order))


def perception(given: Given, said: Result) -> Perception:
    """What executives believe customers would answer, against their mean answer `said` (0 to 10)."""
    asked = [sheet for sheet in given.round.sheets if sheet.said(WOULD_RECOMMEND) is not None]
    refused = given.too_few(asked)
    if refused is not None:
        return Perception(guess=refused, said=said, gap=refused, guesses=())
    guesses = sorted(number for sheet in asked if (number := sheet.number(WOULD_RECOMMEND)) is not None)
    guess = given.mean(guesses, RECOMMEND)
    return Perception(guess=guess, said=said, gap=_gap(given, guess, said), guesses=tuple(guesses))


def spread(given: Given) -> Spread:
    """Where each places the company, and how far apart they are."""
    asked = [sheet for sheet in given.round.sheets if sheet.said(WHERE_WE_STAND) is not None]
    refused = given.too_few(asked)
    if refused is not None:
        return Spread(mean=refused, deviation=refused, places=())
    places = sorted(number for sheet in asked if (number := sheet.number(WHERE_WE_STAND)) is not None)
    deviation = given.estimate(
        variance_of(places) ** 0.5,
        deviation_of(places, given.confidence, step=1),
        _DEVIATION,
        n=len(places),
        method="standard deviation, chi-square interval",
    )
    return Spread(mean=given.mean(places, STAND), deviation=deviation, places=tuple(places))


def own_words(given: Given) -> tuple[InOwnWords, ...]:
    """What they wrote, without names, in an order by which nobody can be told."""
    found = []
    for question in IN_OWN_WORDS:
        asked = [sheet for sheet in given.round.sheets if sheet.said(question)]
        refused = given.too_few(asked)
        texts = () if refused else tuple(str(sheet.said(question)) for sheet in asked)
        found.append(
            InOwnWords(question=question, texts=tuple(sorted(texts, key=_shuffled)), refused=refused)
        )
    return tuple(found)


def place_of(sheet: Sheet) -> int | None:
    """Customers' rank in this person's top five; None outside of it."""
    rank = dict(sheet.ranks).get(CUSTOMERS)
    return rank if rank is not None and rank <= TOP else None


def _gap(given: Given, guess: Estimate, said: Result) -> Result:
    if isinstance(said, Unknown):
        return said
    if said.unit != RECOMMEND or said.interval.confidence != given.confidence:
        return Unknown(
            reason="Customers were asked on another scale than executives.",
            needs="Scores from 0 to 10 on how likely customers are to recommend.",
        )
    ends = difference(guess.value, _ends(guess), said.value, _ends(said))
    method = "difference of two means, interval from both (Zou & Donner)"
    return given.estimate(guess.value - said.value, ends, RECOMMEND, n=guess.n or 0, method=method)


def _ends(estimate: Estimate) -> tuple[float, float]:
    return estimate.interval.low, estimate.interval.high


def _between_two(w: float, people: int) -> float:
    return (people * w - 1) / (people - 1)


def _chance(given: Given, rows: list[list[float]]) -> Result:
    chance = chance_of(rows, tries=int(given.rules.permutations.value), seed=given.seed)
    if chance is None:
        return _ALL_TIED
    exact = (chance.p, chance.p)
    ends = exact if chance.is_exact else exact_share(chance.hits, chance.tries, given.confidence)
    kind = "all" if chance.is_exact else f"{chance.tries:,} drawn"
    method = f"share of {kind} arrangements that agree as much"
    return given.estimate(chance.p, ends, SHARE, n=len(rows), method=method)


def _alpha(given: Given, rows: list[list[float]]) -> Result:
    """Alpha on the ranks that were given alone; what somebody did not rank is missing."""
    ratings = [[None if x == _UNRANKED else x for x in row] for row in rows]
    alpha = krippendorff_alpha(ratings, "ordinal")
    without = without_each(ratings, lambda rest: krippendorff_alpha(rest, "ordinal"))
    if alpha is None or without is None:
        return _ALL_TIED
    low, high = jackknife(alpha, without, given.confidence)
    method = "Krippendorff's alpha, ordinal, jackknife over people"
    return given.estimate(alpha, (max(-1.0, low), min(1.0, high)), RATIO, n=len(rows), method=method)


def _unranked(refused: Unknown, rankings: int, broken: int) -> Priorities:
    return Priorities(w=refused, chance=refused, alpha=refused, items=(), rankings=rankings, set_apart=broken)


_ALL_TIED = Unknown(
    reason="Too little was ranked to tell one order from another.",
    needs="Rankings of at least two items by everybody.",
)


def _shuffled(text: str) -> str:
    return sha256(text.encode()).hexdigest()
