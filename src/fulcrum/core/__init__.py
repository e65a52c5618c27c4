"""What Fulcrum means: small frozen values, and nothing but Python's standard library.

This room never reads a file, a clock, a setting or a network. Read `quantities` first, then `people`,
`company`, `findings`, `judgement` and `brief`.
"""
