"""Captions (SRT, WebVTT) as running text: no numbers, times or marks of style; a line for each speaker."""

import re

_TIMES = re.compile(
    r"^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}.*$"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^>\n]{0,60}>|<\d[\d:.]{0,20}>|\{\\[^}\n]{0,40}\}")
_SPEAKER = re.compile(r"^(?:>>|[-–—] )|^[^:]{2,60}:\s")
_BLOCK = re.compile(r"^(?:WEBVTT|NOTE|STYLE|REGION)\b")


def is_captions(text: str) -> bool:
    """Whether the text holds at least one line of times."""
    return any(_TIMES.match(line) for line in text.splitlines())


def text_of_captions(text: str) -> str:
    """What is said in captions. A line that a rolling caption repeats is taken once."""
    said: list[str] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n\ufeff ").split("\n")
        times = next((at for at, line in enumerate(lines) if _TIMES.match(line)), None)
        if times is None or (_BLOCK.match(lines[0]) and times > 1):
            continue
        for line in lines[times + 1 :]:
            plain = _TAG.sub("", _VOICE.sub(r"\1: ", line)).strip()
            if plain and plain not in said[-2:]:
                said.append(plain)
    return _joined(said)


def _joined(lines: list[str]) -> str:
    """Lines of captions break anywhere; only a speaker begins a new one."""
    out = ""
    for line in lines:
        out += ("\n" if _SPEAKER.match(line) else " ") + line if out else line
    return out
