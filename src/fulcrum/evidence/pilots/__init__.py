"""Pilots: from a design and the company's own numbers to what it needs, from results to what they say.

Knows designs, results files and the customers' data; never decides by anything that was not stated before.
Read first: `plan` (before the start), then `read_out` (after it); the statistics are in `evidence.methods`.
"""
