"""The desk's drawings: values in, SVG text out; the marks and classes are those of `fulcrum.briefing.svg`.

This room never reads a record, a request or a clock, and never words a number: `core.wording` does.
Read `rows` first (one belief on one beam), then `ribbons` (the same belief over time).
"""
