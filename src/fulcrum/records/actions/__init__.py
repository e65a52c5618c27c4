"""Writes: one keyword-only function for each intention, one transaction, one line in the audit.

Web and commands call the same functions. `deed.py` holds what all of them share.
"""
