"""Themes and stories as pages show them: figures in words, drawings, and what still looks personal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fulcrum.core import wording
from fulcrum.core.company import Consent, StoryKind
from fulcrum.core.quantities import Estimate, Result
from fulcrum.core.shown import TrendLine
from fulcrum.core.stories import FoundStories, FoundStory, PlacedStory, Span, Theme
from fulcrum.core.value import value
from fulcrum.records.models import Story
from fulcrum.records.queries.stories import Use
from fulcrum.web.drawings.journey import journey_line
from fulcrum.web.drawings.marks import on_both
from fulcrum.web.drawings.shares import highest_share, share_bars

_FEWEST_MONTHS = 3
_DOUBTS = {
    "digits": "three digits and more",
    "at sign": "an @",
    "capital": "a capital within a sentence: perhaps a name",
}


@value
class Piece:
    """A run of a masked text; `doubt` says why a person should look at it."""

    text: str
    is_mask: bool = False
    doubt: str = ""


@value
class Fact:
    """One figure with its name: in words, in full, and the trace it leads to; a refusal says why."""

    name: str
    said: str
    fully: str = ""
    note: str = ""


def theme_groups(found: FoundStories) -> list[dict[str, Any]]:
    """The themes in the order of their size, complaints and praise apart where the data tell them apart."""
    highest = highest_share(share for one in found.themes for share in (one.share, one.among_leavers))
    has_praise = any(one.is_praise for one in found.themes)
    groups = []
    for is_praise, heading in (
        (False, "What they complain of" if has_praise else ""),
        (True, "What they praise"),
    ):
        rows = [theme_row(one, highest) for one in found.themes if one.is_praise is is_praise]
        if rows:
            groups.append({"heading": heading, "rows": rows})
    return groups


def theme_row(theme: Theme, highest: float) -> dict[str, Any]:
    """One theme in a row of the list."""
    change = theme.change
    label = label_of(theme)
    return {
        "id": theme.id,
        "label": label,
        "drawing": on_both(
            *(
                share_bars(theme.share, theme.among_leavers, highest=highest, label=label, is_narrow=narrow)
                for narrow in (False, True)
            )
        ),
        "share": _one_in(theme.share),
        "leavers": _one_in(theme.among_leavers),
        "score": _short(theme.score),
        "money": _short(theme.at_stake),
        "change": _short(change),
        "is_signal": isinstance(change, Estimate) and change.is_signed,
        "stories": len(theme.stories),
    }


def label_of(theme: Theme) -> str:
    """The theme's name in the customers' own words."""
    return ", ".join(theme.label) or "no words in common"


def theme_facts(theme: Theme) -> tuple[Fact, ...]:
    """The figures of one theme."""
    return (
        _fact("Of all comments", theme.share, _one_in(theme.share)),
        _fact("Of the comments of those who left", theme.among_leavers, _one_in(theme.among_leavers)),
        _fact("Score", theme.score),
        _fact(
            "Money of its customers, a year",
            theme.at_stake,
            note="a sum, with no claim that the theme moves it",
        ),
        _fact("Newer half against older", theme.change, note=_turn(theme.change)),
    )


def story_shown(story: FoundStory, approved: Mapping[str, Story]) -> dict[str, Any]:
    """One proposal: its words in pieces, its journey, and whether it is approved."""
    row = approved.get(story.id)
    return {
        "id": story.id,
        "pieces": pieces_of(story),
        "about": story.touchpoint,
        "score": None if story.score is None else f"{story.score:g}",
        "journey": journey_line(story.journey) if story.journey else "",
        "doubts": doubts_of(story),
        "approved": row if row is not None and row.taken_back_at is None else None,
        "comment": story.comment,
    }


def pieces_of(story: FoundStory) -> tuple[Piece, ...]:
    """The masked text in runs: plain, masked, doubtful."""
    marks = [(span, True) for span in story.told.spans] + [(span, False) for span in story.doubtful]
    pieces, at = [], 0
    for span, is_mask in sorted(marks, key=lambda mark: (mark[0].start, mark[0].end)):
        if span.start < at:
            continue
        pieces.append(Piece(text=story.told.text[at : span.start]))
        doubt = "" if is_mask else _DOUBTS.get(span.kind, span.kind)
        pieces.append(Piece(text=story.told.text[span.start : span.end], is_mask=is_mask, doubt=doubt))
        at = span.end
    return tuple(one for one in (*pieces, Piece(text=story.told.text[at:])) if one.text)


def doubts_of(story: FoundStory) -> tuple[tuple[str, str], ...]:
    """What still looks personal, each part once with the reason."""
    said = {_cut(story, span): _DOUBTS.get(span.kind, span.kind) for span in story.doubtful}
    return tuple(said.items())


def approved_shown(
    row: Story, found: FoundStories | None, uses: Sequence[Use], counted: str
) -> dict[str, Any]:
    """One approved story: what its consent permits, how common it is as counted now, where it was used."""
    consent = None if row.consent is None else Consent(row.consent)
    placed = next((one for one in found.placed if one.story == row.key), None) if found else None
    theme = None if found is None else _theme_of(row.key, placed, found)
    return {
        "row": row,
        "kind": None if row.kind is None else StoryKind(row.kind).value,
        "consent": "Consent was not recorded" if consent is None else consent.meaning,
        "permits": Consent.BY_TERMS.permits if consent is None else consent.permits,
        "counted": counted,
        "theme": None
        if theme is None
        else {"id": theme.id, "label": label_of(theme), "said": _prevalence(theme)},
        "wrong": "" if placed is None else placed.wrong,
        "is_lost": found is not None and placed is None and bool(row.theme) and found.told(row.key) is None,
        "uses": uses,
    }


def _theme_of(key: str, placed: PlacedStory | None, found: FoundStories) -> Theme | None:
    """The theme of an approved story as the search counted it, be it approved before the search or after."""
    if placed is not None:
        return found.theme(placed.theme)
    return next((theme for theme in found.themes if any(one.id == key for one in theme.stories)), None)


def apart(found: FoundStories) -> str:
    """By how many customers the comments are, and what was set apart."""
    said = f"They are by {wording.many(found.customers, 'customer')}"
    return said + "".join(f"; set apart: {wording.count(n)} {why}" for why, n in found.set_apart) + "."


def months_of(theme: Theme) -> TrendLine | None:
    """The share by month as a line, without limits: a signal is named by the two halves alone."""
    known = [(month, share) for month, share in theme.by_month if isinstance(share, Estimate)]
    if len(known) < _FEWEST_MONTHS:
        return None
    first, last = known[0], known[-1]
    return TrendLine(
        at=tuple(month for month, _ in known),
        values=tuple(100 * share.value for _, share in known),
        centre=None,
        low=None,
        high=None,
        signals=(),
        summary=f"Share of comments by month: {wording.say(first[1])} in {wording.period(first[0])}, "
        f"{wording.say(last[1])} in {wording.period(last[0])}.",
    )


def _prevalence(theme: Theme) -> str:
    parts = [
        f"{wording.one_in(share)} {whom}, {wording.say_fully(share)}"
        for share, whom in ((theme.share, "comments"), (theme.among_leavers, "among those who left"))
        if isinstance(share, Estimate)
    ]
    return "; ".join(parts) if parts else "not to be told: too few customers"


def _fact(name: str, result: Result, said: str = "", note: str = "") -> Fact:
    if not isinstance(result, Estimate):
        return Fact(name=name, said="not known", note=wording.say_unknown(result))
    fully = wording.say_fully(result)
    return Fact(name=name, said=said or fully, fully=fully if said else "", note=note)


def _turn(change: Result) -> str:
    if not isinstance(change, Estimate):
        return ""
    return "a signal" if change.is_signed else "no clear change"


def _one_in(share: Result) -> str:
    return wording.one_in(share) if isinstance(share, Estimate) else "not known"


def _short(result: Result) -> str:
    return wording.say(result) if isinstance(result, Estimate) else "not known"


def _cut(story: FoundStory, span: Span) -> str:
    return story.told.text[span.start : span.end]


def by_key(rows: Iterable[Story]) -> dict[str, Story]:
    """Approved stories by the id under which they were proposed."""
    return {row.key: row for row in rows}
