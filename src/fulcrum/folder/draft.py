"""Proposed stories as rows of stories.csv, to be read, masked further and approved by a person."""

import csv
import io
from pathlib import Path

from fulcrum.core.company import StoryKind
from fulcrum.core.errors import WrongUse
from fulcrum.core.stories import FoundStories, FoundStory, Theme
from fulcrum.folder.tables import STORIES
from fulcrum.folder.write import write_text


def write_stories_draft(found: FoundStories, path: Path) -> int:
    """Every proposal once, with approved_by, approved_on and consent left empty; how many there are.

    Rows without an approval are not read, so that a draft in place of stories.csv approves nothing.
    """
    if path.exists():
        raise WrongUse(f"{path} is there already; name a new file.")
    rows = {
        story.id: _row(theme, story)
        for theme in found.themes
        for story in (*theme.stories, theme.counter_story)
        if story is not None
    }
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(STORIES.headers)
    writer.writerows([row.get(column.header, "") for column in STORIES.columns] for row in rows.values())
    try:
        write_text(path, buffer.getvalue())
    except OSError as error:
        raise WrongUse(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
    return len(rows)


def _row(theme: Theme, story: FoundStory) -> dict[str, str]:
    """The cells of one row, texts guarded against being run as formulas."""
    counter = theme.counter_story
    is_counter = counter is not None and counter.id == story.id
    told = {
        "id": story.id,
        "quote": " ".join(story.told.text.split()),
        "touchpoint": story.touchpoint,
        "score": story.score,
        "kind": StoryKind.PRAISE if theme.is_praise is not is_counter else StoryKind.COMPLAINT,
        "theme": ", ".join(theme.label),
        "counter_story": "" if counter is None or is_counter else counter.id,
    }
    cells = {column.header: column.cell for column in STORIES.columns}
    return {name: cells[name].write(held) for name, held in told.items() if held not in ("", None)}
