"""Texts that have broken other programs, and briefs that carry them in every place."""

from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import sample

from fulcrum.briefing.letters import writable
from fulcrum.core.brief import (
    ArgumentBlock,
    Block,
    Brief,
    NumberedList,
    Paragraph,
    Quote,
    Section,
    Span,
    Statement,
    TextTable,
)

__all__ = ["TEXTS", "assert_harmless", "brief_with", "in_japanese", "with_warned_argument", "writable"]

TEXTS = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style></svg>\"' onload='x",
    '=HYPERLINK("http://evil.example";"click")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "\t=1+1",
    '#panic("typst") #read("/etc/passwd") *bold* _it_ $x^2$ @ref <label> // comment',
    "{{ template }} ${shell} %(format)s {0}",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "שלום \u202eevil\u202c مرحبا",
    "Great \U0001f600\U0001f469\u200d\U0001f680 service",
    "Łukasz Żółć, Škoda, İstanbul, Ňuňez, œuvre, Søren",
    "tab\tnew\nline \x07bell \x00null \ud800lone",
    "_x0041_ &amp; &#60;b&#62;",
)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


def brief_with(texts: tuple[str, ...]) -> Brief:
    """The sample brief with each text as sentence, quote, item and cell; the first also as its title."""
    brief = sample.executive_brief()
    blocks: list[Block] = []
    for text in texts:
        blocks += [
            Statement(spans=(Span(text=text),)),
            Quote(text=text, source=text),
            NumberedList(items=(text, text)),
            TextTable(caption=text, head=("Column", text), rows=((text, text),), is_number=(False, False)),
        ]
    first = texts[0]
    section = Section(key="hostile", heading=first, blocks=tuple(blocks), page=2)
    return replace(brief, title=first, company=first, contact=first, sections=(*brief.sections, section))


def in_japanese() -> Brief:
    """A brief that is mostly in a script without a bundled font."""
    text = "顧客体験の改善により解約率が下がりました。" * 200
    section = Section(key="ja", heading="要約", blocks=(Paragraph(text=text),), page=2)
    brief = sample.executive_brief()
    return replace(brief, title="修理の初回解決", sections=(*brief.sections[:1], section))


def with_warned_argument(brief: Brief) -> Brief:
    """The brief with an argument that may only be shown with its warnings."""
    argument = next(a for a in sample.playbook().arguments if len(a.warnings) > 2)
    block = ArgumentBlock(
        claim=argument.claim,
        details=(("Known criticism", argument.criticism),),
        warnings=argument.warnings,
        source=argument.sources[0].title,
    )
    sections = tuple(
        replace(section, blocks=(block,)) if section.key == "arguments" else section
        for section in brief.sections
    )
    return replace(brief, sections=sections)


def assert_harmless(name: str, made: bytes) -> None:
    """No element, formula or link has come of the text."""
    if name == "html":
        seen = _Elements()
        seen.feed(made.decode())
        assert not seen.names & {"script", "img", "iframe"}
        assert not any(name.startswith("on") for name in seen.attributes)
    elif name == "xlsx":
        book = openpyxl.load_workbook(BytesIO(made))
        formulas = [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert {c.parent.title for c in formulas} == {"Case"}
        assert not any("evil" in str(c.value) or "cmd" in str(c.value) for c in formulas)
    else:
        with ZipFile(BytesIO(made)) as parts:
            links = [parts.read(part).decode() for part in parts.namelist() if part.endswith(".rels")]
        assert not any("evil.example" in text or "TargetMode" in text for text in links)
