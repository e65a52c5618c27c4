"""What stands on the page of alignment: headline, figures with their drawings, and the outside argument."""

from collections.abc import Sequence
from typing import Any

from fulcrum.core import wording
from fulcrum.core.alignment import Alignment, Changed, OwnedThen, Ownership
from fulcrum.core.pulses import NOBODY, SUCCESS, VISION
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.records.queries.alignment import Aligned
from fulcrum.web.drawings.alignment import Named, on_scale, places_drawn, who_leads
from fulcrum.web.drawings.intervals import Scale, interval_cell
from fulcrum.web.drawings.marks import on_both

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_QUESTIONS = {VISION: "The vision, in their own words", SUCCESS: "What would make it a success"}


def shown(seen: Aligned) -> dict[str, Any]:
    """Everything on the page but the navigation."""
    found, names = seen.alignment, dict(seen.names)
    parts = {
        "ownership": _ownership(found.ownership, names),
        "priorities": _priorities(found),
        "perception": _perception(found),
        "spread": _spread(found),
    }
    return {
        **parts,
        "methods": [
            (row["label"], row["method"])
            for part in parts.values()
            for row in part["figures"]
            if "method" in row
        ],
        "headline": headline(found, names, is_hidden=seen.is_chief_hidden),
        "deck": _deck(found),
        "asked": found.asked,
        "is_chief_hidden": seen.is_chief_hidden,
        "cautions": found.cautions,
        "history": [_then(one, names) for one in found.history],
        "words": [
            {"title": _QUESTIONS[one.question], "texts": one.texts, "refused": _why(one.refused)}
            for one in found.words
        ],
        "since": found.since,
        "changes": _changes(found.changes),
        "trace": next(iter(found.traces), None),
    }


def headline(found: Alignment, names: dict[str, str], *, is_hidden: bool) -> str:
    """What the newest pulse says, in one sentence."""
    owned = found.ownership
    if found.asked is None:
        return "Do the executives see the same thing?"
    if isinstance(owned.colleagues, Unknown):
        return "Too few have answered to say what they agree on."
    n = owned.colleagues.n or 0
    share = f"{wording.number_word(round(owned.colleagues.value * n))} of {wording.number_word(n)} colleagues"
    if is_hidden or owned.own is None:
        return wording.sentence(f"{share} name the chief executive as who leads customer experience")
    if owned.own == owned.chief:
        return f"The chief executive says that they lead customer experience; {share} say so too."
    named = "nobody" if owned.own == NOBODY else names.get(owned.own, owned.own)
    return f"The chief executive names {named}; {share} name the chief executive."


def _deck(found: Alignment) -> str:
    if found.asked is None:
        return (
            "One minute of each executive, by a personal link and without an account: who leads customer "
            "experience, what comes first, and what they believe customers feel."
        )
    seen = found.perception
    if isinstance(seen.guess, Unknown):
        return ""
    believed = f"They believe that customers would answer {wording.say(seen.guess)}"
    if isinstance(seen.said, Unknown):
        return f"{believed}; what customers answer is not at hand."
    return f"{believed}; customers answered {wording.say(seen.said)}."


def figure_row(label: str, result: Result, *, is_difference: bool = False) -> dict[str, Any]:
    """A figure with its interval drawn, or the place of a refusal."""
    scale = _scale(result, is_difference=is_difference)
    drawn = on_both(
        interval_cell(result, scale, label=label), interval_cell(result, scale, label=label, is_narrow=True)
    )
    if isinstance(result, Unknown):
        return {"label": label, "refused": result.reason, "needed": result.needs, "drawing": drawn}
    words = wording.worded(result, is_difference=is_difference)
    return {
        "label": label,
        "said": words.said,
        "interval": words.interval or "complete count",
        "drawing": drawn,
        "n": wording.say_n(result),
        "method": result.method,
    }


def _scale(result: Result, *, is_difference: bool) -> Scale | None:
    """The whole range that the figure could have, so that a place means the same on every page."""
    if isinstance(result, Unknown):
        return None
    unit = result.unit
    if is_difference or unit.kind == "points":
        reach = unit.scale[1] - unit.scale[0] if unit.scale is not None else 1.0
        ends = max(abs(result.interval.low), abs(result.interval.high))
        reach = min(reach, 1.0 if unit.kind != "score" else max(2.0, ends))
        return Scale(low=-reach, high=reach, unit=unit, centre=0.0)
    low, high = unit.scale or (min(0.0, result.interval.low), max(1.0, result.interval.high))
    return Scale(low=low, high=high, unit=unit)


def _ownership(owned: Ownership, names: dict[str, str]) -> dict[str, Any]:
    named = dict(owned.named)
    if owned.own is not None:
        named.setdefault(owned.own, 0)
    if owned.chief is not None and named:
        named.setdefault(owned.chief, 0)
    rows = [
        Named(said=_name(who, names), count=count, is_chiefs=who == owned.own) for who, count in named.items()
    ]
    figures = [figure_row("Colleagues who name the chief executive", owned.colleagues)]
    if owned.own is not None and owned.own != owned.chief:
        figures.append(figure_row("Colleagues who name the same person as the chief executive", owned.agree))
    figures.append(figure_row("Gap: own answer less the colleagues’ share", owned.gap))
    return {
        "drawing": on_both(who_leads(rows), who_leads(rows, is_narrow=True)) if owned.named else "",
        "figures": figures,
        "own": "" if owned.own is None else _name(owned.own, names),
        "place": _place(owned),
    }


def _then(one: OwnedThen, names: dict[str, str]) -> dict[str, Any]:
    owned = one.ownership
    place = "outside" if owned.place is None else _ORDINALS[owned.place - 1]
    return {
        "on": one.asked.last,
        "own": "not shown" if owned.own is None else _name(owned.own, names),
        "place": place if owned.has_ranked else "not shown",
        "colleagues": _said(owned.colleagues) if isinstance(owned.colleagues, Estimate) else "too few",
        "interval": wording.say_interval(owned.colleagues) if isinstance(owned.colleagues, Estimate) else "",
    }


def _place(owned: Ownership) -> str:
    if not owned.has_ranked:
        return ""
    if owned.place is None:
        return "Customers are not among the chief executive’s own top five."
    return f"Customers stand {_ORDINALS[owned.place - 1]} among the chief executive’s own top five."


def _priorities(found: Alignment) -> dict[str, Any]:
    ranked, places = found.priorities, found.customers.places
    owned = found.ownership
    drawn = [
        places_drawn(places, owned.place, has_own=owned.has_ranked, is_narrow=one) for one in (False, True)
    ]
    return {
        "figures": [
            figure_row("Agreement (Kendall’s W, 0 to 1)", ranked.w),
            figure_row("Rankings made by chance that agree as much", ranked.chance),
            figure_row("Krippendorff’s alpha, on what was ranked", ranked.alpha),
            figure_row("Colleagues with customers in their top five", found.customers.share),
        ],
        "items": [
            {
                "item": one.item,
                "rank": f"{one.mean_rank:.1f}",
                "top": one.in_top,
                "is_ours": one.item == "customers",
            }
            for one in ranked.items
        ],
        "rankings": ranked.rankings,
        "set_apart": ranked.set_apart,
        "drawing": on_both(*drawn) if places else "",
    }


def _perception(found: Alignment) -> dict[str, Any]:
    seen = found.perception
    what = "What executives believe customers would answer, 0 to 10"
    return {
        "figures": [
            figure_row("Executives believe", seen.guess),
            figure_row("Customers answered", seen.said),
            figure_row("Gap", seen.gap, is_difference=True),
        ],
        "drawing": _on_both_scales(seen.guesses, (0, 10), seen.guess, what, seen.said),
    }


def _spread(found: Alignment) -> dict[str, Any]:
    stand = found.spread
    what = "Where executives place the company, 1 to 5"
    return {
        "figures": [figure_row("Mean", stand.mean), figure_row("Standard deviation", stand.deviation)],
        "drawing": _on_both_scales(stand.places, (1, 5), stand.mean, what, None),
        "said": f"From {stand.places[0]} to {stand.places[-1]}." if stand.places else "",
    }


def _on_both_scales(
    answers: Sequence[int], ends: tuple[int, int], middle: Result, what: str, against: Result | None
) -> str:
    if not answers:
        return ""
    wide, narrow = (
        on_scale(answers, *ends, middle=middle, what=what, against=against, is_narrow=one)
        for one in (False, True)
    )
    return on_both(wide, narrow)


def _changes(changes: Sequence[Changed]) -> list[dict[str, Any]]:
    found = []
    for one in changes:
        row = figure_row(one.title, one.change, is_difference=True)
        row["before"], row["now"] = _said(one.before), _said(one.now)
        if isinstance(one.change, Estimate):
            row["turn"] = "a change" if one.change.is_signed else "no clear change"
            row["among"] = (
                f"the same {wording.number_word(one.people)}"
                if one.is_paired
                else "as if of different people"
            )
        found.append(row)
    return found


def _said(result: Result) -> str:
    return "none" if isinstance(result, Unknown) else wording.say(result)


def _why(refused: Unknown | None) -> str:
    return "" if refused is None else wording.say_unknown(refused)


def _name(who: str, names: dict[str, str]) -> str:
    return "Nobody" if who == NOBODY else names.get(who, who)
