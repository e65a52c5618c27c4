"""How results are laid out for pages: which rows stand together, under which heading, with which drawing.

Takes values and gives values for templates; computes no result, and words none: `core.wording` and
`briefing` do. Read first: `findings.py`.
"""
