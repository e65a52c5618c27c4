"""The brief as an accessible PDF (PDF/UA-1) on A4: the same bytes from the same brief.

All words go to the typesetter as data, never as markup. Its fonts cover Latin scripts; a letter that they do
not hold is replaced by [?] and the page says so, and a text that is mostly in another script is refused.
"""

import json
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from fulcrum.briefing.contents import texts_in
from fulcrum.briefing.letters import covered, readable
from fulcrum.briefing.pdf_blocks import block_to_data
from fulcrum.core import wording
from fulcrum.core.brief import Brief, Section
from fulcrum.core.errors import FulcrumError

_MOST_MISSING = 0.2  # of all letters; beyond this the PDF would say nothing
_PARTS = {2: "The evidence behind it", 3: "Where each number comes from"}


def to_pdf(brief: Brief) -> bytes:
    """The brief as one PDF file; refused where its script needs a font that does not come along."""
    data = json.dumps(_data(brief), ensure_ascii=False, sort_keys=True)
    assets = files("fulcrum.briefing") / "assets"
    with as_file(assets) as folder, tempfile.TemporaryDirectory() as empty:
        made: bytes = typst.compile(  # type: ignore[misc]  # its stub cannot name a source in memory
            (folder / "brief.typ").read_bytes(),
            root=Path(empty),
            font_paths=[folder / "fonts"],
            ignore_system_fonts=True,
            sys_inputs={"brief": data},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    return made


def _data(brief: Brief) -> dict[str, Any]:
    letters = [letter for text in texts_in(brief) for letter in text if not letter.isspace()]
    missing = sum(letter not in covered() for letter in letters)
    if missing > _MOST_MISSING * len(letters):
        raise FulcrumError(
            "This brief is mostly in a script that the PDF's fonts do not hold. "
            "The web page and the slides show it: ask for html or pptx."
        )
    note = ""
    if missing:
        noun = wording.many(
            missing, "character of another script stands", "characters of other scripts stand"
        )
        note = f"{noun} as [?] in this PDF; the web page shows the original."
    parts = [_part(brief, number) for number in (1, 2, 3) if brief.page(number)]
    plain = {
        "title": brief.title,
        "author": brief.company,
        "subject": f"A brief for the {brief.audience}, {wording.day(brief.as_of)}",
        "simulated": brief.is_simulated,
        "confidential": brief.confidential,
        "note": note,
        "parts": parts,
    }
    made: dict[str, Any] = _readable(plain)
    return made


def _part(brief: Brief, number: int) -> dict[str, Any]:
    reader, on = f"For the {brief.audience}", wording.day(brief.as_of)
    is_first = number == 1
    contact = f"Does a figure look wrong? {brief.contact}" if brief.contact else ""
    return {
        "left": reader if is_first else _PARTS[number],
        "after": f" · {on}" if is_first else "",
        "right": brief.company if is_first else f"{reader} · {on}",
        "under": "Every figure: its grade and source overleaf" if is_first else contact,
        "sections": [_section(section, k) for k, section in enumerate(brief.page(number))],
    }


def _section(section: Section, place: int) -> dict[str, Any]:
    is_lead = section.page > 1 and (place == 0 or section.key in ("figures", "traces"))
    return {
        "key": section.key,
        "heading": section.heading,
        "lead": is_lead,
        "side": 270 if section.page == 1 else 330,
        "blocks": [block_to_data(block) for block in section.blocks],
        "beside": [block_to_data(block) for block in section.beside],
    }


def _readable(data: Any) -> Any:
    """The same data with every text made of letters that the fonts hold, and with long words breakable."""
    match data:
        case str():
            return data if data.startswith("<svg") and data.isascii() else readable(data)
        case list() | tuple():
            return [_readable(item) for item in data]
        case dict():
            return {key: _readable(item) for key, item in data.items()}
        case _:
            return data
