"""What we remember: the only tables, who wrote what in them, and who may see it.

Knows Django's models and the core's values. Judges nothing: it asks `workflow`, and keeps the answer as a
snapshot. Read first: `access.py`, then `models/workspace.py`, `actions/`, `queries/`.
"""
