"""`stories`: what customers write about, how common it is, and masked stories that a person may approve."""

from datetime import date
from pathlib import Path

from fulcrum import __version__, from_comments, workflow
from fulcrum.cli import say
from fulcrum.cli.itinerary import show_itinerary
from fulcrum.core import wording
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.stories import FoundStories, FoundStory, Moment, Theme

UNAPPROVED = (
    "Nothing here is approved. Masking is no promise that nobody is recognised: read each story, check what "
    "still looks personal, ask the customer where you can."
)
HOW_TO_APPROVE = (
    "To approve: `fulcrum stories DIR --draft stories.csv` writes these stories as rows. Keep those that may "
    "be shown, mask or shorten their words (write [masked name] or […]; add nothing), fill in approved_by, "
    "approved_on and consent (agreed, covered by terms, not asked), and put the rows into stories.csv of the "
    "folder. Only these reach a brief."
)


def run_stories(
    folder: Path,
    as_of: date | None,
    *,
    as_json: bool,
    draft: Path | None = None,
    itinerary: str | None = None,
) -> None:
    """Show every theme with its figures and stories; or write a draft to approve, or show an itinerary."""
    workspace = workflow.open_workspace(folder, today=say.today(), as_of=as_of)
    if itinerary is not None:
        from_comments.person_in(workspace.company, itinerary)
    say.progress("Reading the customers' comments …")
    found = from_comments.find_stories(workspace)
    if draft is not None:
        _write_draft(draft, found)
        return
    about = {"fulcrum": __version__, "company": workspace.company.name, "as_of": workspace.company.as_of}
    if itinerary is not None:
        made = from_comments.itinerary_for(workspace, found, itinerary)
        if as_json:
            say.whole({**about, "itinerary": made})
        else:
            show_itinerary(made)
        return
    if as_json:
        say.whole({**about, "approved": False, "stories": found})
        return
    for theme in found.themes:
        _show(theme)
    _show_rest(found)
    _show_approved(found)


def _write_draft(path: Path, found: FoundStories) -> None:
    """The proposals as rows of stories.csv that nobody has approved yet."""
    count = from_comments.write_draft(found, path)
    say.line(f"{wording.many(count, 'proposal')} written to {path}. None is approved.")
    say.line(HOW_TO_APPROVE)


def _show(theme: Theme) -> None:
    mood = "praise: " if theme.is_praise else ""
    say.heading(f"{theme.id}  {mood}{', '.join(theme.label) or 'no words in common'}")
    say.line(_shares(theme))
    say.line(f"Score: {_said(theme.score)}. Money of its customers: {_said(theme.at_stake)}{_a_year(theme)}.")
    if isinstance(theme.change, Estimate):
        turn = "a signal" if theme.change.is_signed else "no clear change"
        say.line(f"Newer against older half: {_said(theme.change)}, {turn}.")
    if not theme.stories:
        say.line("No story: no comment is both typical and long enough to tell.")
    for story in theme.stories[:1]:
        _tell("Story", story)
    if theme.counter_story is not None:
        _tell("Against it", theme.counter_story)


def _shares(theme: Theme) -> str:
    parts = []
    for share, whom in ((theme.share, "comments"), (theme.among_leavers, "those of customers who left")):
        if isinstance(share, Estimate):
            parts.append(f"{wording.one_in(share)} of {whom}: {wording.say_fully(share)}")
        else:
            parts.append(f"of {whom} unknown. {wording.say_unknown(share)}")
    counted = f"{wording.many(theme.comments, 'comment')} by {wording.many(theme.customers, 'customer')}"
    return f"{wording.sentence('; '.join(parts))[:-1]} ({counted})."


def _tell(head: str, story: FoundStory) -> None:
    score = "" if story.score is None else f", score {story.score:g}"
    at = f", {story.touchpoint}" if story.touchpoint else ""
    say.line(f"{head} {story.id}{at}{score}: “{' '.join(story.told.text.split())}”", indent=2)
    if story.journey:
        say.line(f"Journey: {'; '.join(map(_moment, story.journey))}.", indent=4)
    if story.doubtful:
        doubtful = wording.listed([f"“{story.told.text[one.start : one.end]}”" for one in story.doubtful])
        say.line(f"Still looks personal: {doubtful}.", indent=4)


def _moment(moment: Moment) -> str:
    if moment.days == 0:
        return f"{moment.what} (that day)"
    side = "before" if moment.days < 0 else "after"
    return f"{moment.what} ({wording.many(abs(moment.days), 'day')} {side})"


def _show_rest(found: FoundStories) -> None:
    say.heading("What this rests on")
    say.line(
        f"{wording.many(found.comments, 'comment')} by {wording.many(found.customers, 'customer')}"
        + "".join(f"; set apart: {wording.count(n)} {why}" for why, n in found.set_apart)
        + "."
    )
    for caution in found.cautions:
        say.line(caution)
    for unknown in found.missing:
        say.line(wording.say_unknown(unknown))
    if found.themes:
        say.line(UNAPPROVED)
        say.line(HOW_TO_APPROVE)


def _show_approved(found: FoundStories) -> None:
    """How common each approved story is today, where its comment was found again."""
    if not found.placed:
        return
    say.heading("Approved stories, counted anew")
    for one in found.placed:
        theme = found.theme(one.theme)
        said = "in no theme that is shown" if theme is None else f"{theme.id}, {_shares(theme)}"
        say.line(f"{one.story}: {said}")
        if one.wrong:
            say.line(f"Its words are not those of the comment: {one.wrong}", indent=2)


def _said(result: Result) -> str:
    return "unknown" if isinstance(result, Unknown) else wording.say_fully(result)


def _a_year(theme: Theme) -> str:
    return " a year" if isinstance(theme.at_stake, Estimate) else ""
