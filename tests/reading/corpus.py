"""The bad-input corpus: files that go wrong in practice, each with what must come of it.

Every file is written by script, so nothing binary lies in the repository.
"""

from bad_files import Case
from corpus_texts import TEXT_CASES
from corpus_workbooks import WORKBOOK_CASES

__all__ = ["CASES", "Case"]

CASES: tuple[Case, ...] = TEXT_CASES + WORKBOOK_CASES
