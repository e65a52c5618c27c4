"""The brief as one self-contained web page: no script, no request, light and dark, phone and paper.

Every text is escaped. Fonts travel inside the page; the extended Latin ones only where a letter needs them.
"""

from base64 import b64encode
from html import escape
from importlib.resources import files

from fulcrum.briefing.contents import texts_in
from fulcrum.briefing.html_blocks import block_to_html
from fulcrum.briefing.letters import writable
from fulcrum.core import wording
from fulcrum.core.brief import Brief, Section

_FACES = (
    ("Newsreader", "normal", "400 500", "newsreader-latin", "", False),
    (
        "Newsreader",
        "normal",
        "400",
        "newsreader-latin-ext",
        "U+100-2AF,U+1E00-1EFF,U+20A0-20AB,U+20AD-20C0",
        True,
    ),
    ("Newsreader", "italic", "450", "newsreader-italic-latin", "", False),
    ("Public Sans", "normal", "400 650", "public-sans-latin", "", False),
    ("Public Sans", "normal", "400 650", "public-sans-latin-ext", "U+100-2AF,U+1E00-1EFF,U+20A0-20C0", True),
)
_PAGES = {1: "two minutes", 2: "the evidence behind it", 3: "where each number comes from"}


def to_html(brief: Brief) -> bytes:
    """The brief as one HTML file."""
    pages = [number for number in (1, 2, 3) if brief.page(number)]
    sheets = "".join(_sheet(brief, number, place + 1, len(pages)) for place, number in enumerate(pages))
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(_for(brief))}: {escape(brief.title)}</title>\n"
        f"<style>\n{_fonts(brief)}{_asset('brief.css').decode()}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the brief</a>\n'
        f'<main class="desk" id="main">\n{sheets}</main>\n</body>\n</html>\n'
    )
    return writable(page).encode()


def _sheet(brief: Brief, number: int, place: int, of: int) -> str:
    on = wording.day(brief.as_of)
    tag = '<span class="sim">Simulated</span>' if brief.is_simulated else ""
    if number == 1:
        left, right = f"<b>{escape(_for(brief))}</b> · {on}", f"{escape(brief.company)}{tag}"
    else:
        left = f"<b>{_PAGES[number].capitalize()}</b>"
        right = f"{escape(_for(brief))} · {on}{tag}"
    title = f"<h1>{escape(brief.title)}</h1>\n" if number == 1 else ""
    sections = "".join(_section(section, is_first=k == 0) for k, section in enumerate(brief.page(number)))
    contact = f"Does a figure look wrong? {escape(brief.contact)}" if brief.contact else ""
    under = "Every figure: its grade and source overleaf" if number == 1 else contact
    return (
        f'<article class="sheet" aria-label="Part {place} of {of}: {_PAGES[number]}">\n'
        f'<div class="top"><span>{left}</span><span>{right}</span></div>\n{title}{sections}'
        f'<div class="foot"><p><span>Part {place} of {of}. {escape(brief.confidential)}</span> '
        f"<span>{under or escape('Fulcrum ' + brief.provenance.version)}</span></p></div>\n</article>\n"
    )


def _section(section: Section, *, is_first: bool) -> str:
    is_lead = is_first or section.key in ("figures", "traces")
    heading = f'<h2 id="s-{escape(section.key)}">{escape(section.heading)}</h2>'
    blocks = "".join(block_to_html(block) for block in section.blocks)
    opened = f'<section class="part{" lead" if is_lead and section.page > 1 else ""}'
    labelled = f'aria-labelledby="s-{escape(section.key)}"'
    if not section.beside:
        return f'{opened}" {labelled}>{heading}{blocks}</section>\n'
    beside = "".join(block_to_html(block) for block in section.beside)
    wide = " wide" if section.page > 1 else ""
    return (
        f'{opened} two{wide}" {labelled}><div class="cell">{heading}{blocks}</div>'
        f'<div class="cell">{beside}</div></section>\n'
    )


def _for(brief: Brief) -> str:
    return f"For the {brief.audience}"


def _fonts(brief: Brief) -> str:
    letters = {letter for text in texts_in(brief) for letter in text}
    needs_more = any(
        letter != "€" and (letter.isalpha() or "₠" <= letter <= "₿") for letter in letters if letter > "ÿ"
    )
    return "".join(
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{b64encode(_asset(f'fonts/{name}.woff2')).decode()}) "
        f'format("woff2"){f";unicode-range:{span}" if span else ""}}}\n'
        for family, style, weight, name, span, is_more in _FACES
        if needs_more or not is_more
    )


def _asset(name: str) -> bytes:
    return (files("fulcrum.briefing") / "assets" / name).read_bytes()
