"""The child process that reads one PDF or DOCX: `python -m fulcrum.words.document_child OPTIONS < file`.

It takes its limits, reads the document from standard input and answers in JSON: its text, and Problems.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from fulcrum.reading.confined import confine


def main(options: dict[str, Any]) -> None:
    """Read the document on standard input and answer on standard output."""
    confine(options)
    data, file = sys.stdin.buffer.read(), str(options["file"])
    if options["ending"] == "pdf":
        from fulcrum.words.pdf import text_of_pdf as text_of
    else:
        from fulcrum.words.docx import text_of_docx as text_of
    text, problems = text_of(data, file=file)
    answer = {"text": text, "problems": [asdict(problem) for problem in problems]}
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8", errors="replace"))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
