"""Real comments, in two languages: what masking must not leave, and themes that come of them."""

import csv
import re
from pathlib import Path

import pytest

from fulcrum.core.stories import Comment
from fulcrum.stories.redact import redact
from stories.stories_made import themes_of

pytestmark = pytest.mark.shared_data


def texts_of(path: Path, column: str, most: int) -> list[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        found = [(row[column], row) for row in csv.DictReader(file) if row[column]]
    return found[:most]


def test_no_long_number_no_mail_and_no_link_is_left_in_real_comments(shared_data: Path) -> None:
    tweets = texts_of(shared_data / "airline_tweets" / "Tweets.csv", "text", 1500)
    reviews = texts_of(
        shared_data / "olist" / "olist_order_reviews_dataset.csv", "review_comment_message", 1500
    )
    left = [masked for text, _ in (*tweets, *reviews) if _gives_away(masked := redact(text).text)]
    assert left == []


def test_portuguese_reviews_part_into_themes_with_words_of_their_own(shared_data: Path) -> None:
    rows = texts_of(shared_data / "olist" / "olist_order_reviews_dataset.csv", "review_comment_message", 1200)
    comments = [
        Comment(id=str(i), customer=row["order_id"], text=text, score=2 * float(row["review_score"]))
        for i, (text, row) in enumerate(rows)
    ]
    found = themes_of(comments)
    assert 4 <= len(found.themes) <= 24
    assert all(theme.label and theme.stories for theme in found.themes[:4])
    assert any("entrega" in " ".join(theme.label).casefold() for theme in found.themes)


def _gives_away(text: str) -> bool:
    return re.search(r"(?<!\w)\d{7,}(?!\w)|\w@\w+\.\w|https?://\w", text) is not None
