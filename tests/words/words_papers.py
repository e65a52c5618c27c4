"""Documents made on the spot: PDF and DOCX as their bytes are, without the programs that write them."""

import io
import zipfile

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_pdf(pages: list[list[str]], *, password: str = "") -> bytes:
    """A PDF with these lines on each page; an empty page is like a scan without text recognition."""
    writer = PdfWriter()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(name) for key, name in font.items()})
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): named})}
        )
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 11 Tf 50 780 Td\n{shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_docx(paragraphs: list[str], *, head: str = "", extra: str = "") -> bytes:
    """A DOCX with these paragraphs; `head` stands before the document, `extra` within its body."""
    said = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    body = f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{said}{extra}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return out.getvalue()
