"""A brief as something that a browser takes: its own page with a policy for it alone, or a file to keep."""

import re
from base64 import b64encode
from hashlib import sha256

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from fulcrum.briefing.formats import FORMATS
from fulcrum.records.models import Brief, BriefKind

WORDS = {"pdf": "PDF", "pptx": "Slides", "xlsx": "Spreadsheet", "html": "Web page"}
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def as_document(page: bytes) -> HttpResponse:
    """A brief's own web page: its style sheet by fingerprint, its own fonts, nothing else."""
    response = HttpResponse(page, content_type=FORMATS["html"].media_type)
    response.headers["Content-Security-Policy"] = policy_for(page)
    return response


def policy_for(page: bytes) -> str:
    """What the browser lets this one page do."""
    marks = [b64encode(sha256(sheet).digest()).decode() for sheet in _STYLE.findall(page)]
    sheets = " ".join(f"'sha256-{mark}'" for mark in marks) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {sheets}",
            "font-src data:",
            "img-src data:",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "base-uri 'none'",
            "sandbox",
        )
    )


def as_file(brief: Brief, format_name: str, content: bytes) -> HttpResponse:
    """A file to keep, under a name that says for whom and of which day it is."""
    response = HttpResponse(content, content_type=FORMATS[format_name].media_type)
    header = content_disposition_header(as_attachment=True, filename=file_name(brief, format_name))
    response.headers["Content-Disposition"] = header or "attachment"
    return response


def file_name(brief: Brief, format_name: str) -> str:
    """Such as tidewater-coo-2026-11-16.pdf."""
    is_vision = brief.kind == BriefKind.VISION
    whom = "all" if is_vision else "board"
    if brief.executive is not None:
        whom = slugify(brief.executive.key) or "executive"
    whom = f"vision-{whom}" if is_vision else whom
    return f"{brief.workspace.slug}-{whom}-{brief.as_of.isoformat()}.{FORMATS[format_name].extension}"
