"""The statistics: pure functions from cells to estimates or refusals, each with formula, source and limits.

Knows nothing of files, tables or companies. Read `score` and `gap` first.
"""
