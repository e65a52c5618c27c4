"""How we say it: composes a brief from what is known, and renders it to HTML, PDF, slides and a spreadsheet.

Knows words, digits, drawings and layouts. Never computes a result, never drops a caveat, never holds an
assessment of anybody. Read `compose` first, then `wording`, then one of the `to_*` renderers.
"""
