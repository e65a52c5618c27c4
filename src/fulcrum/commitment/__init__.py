"""Where each executive stands, and which lever comes next: pure judgement over dated observations.

This room never reads a file, a clock or a database, and holds no knowledge of its own: constants, matrix
and steps come in as values. Read `belief` first, then `choose`.
"""
