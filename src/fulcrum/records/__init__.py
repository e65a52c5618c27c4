"""What we remember: the only tables, who wrote what in them, and who may see it.

Knows Django's models and the core's values. Judges nothing: it asks `workflow`, and keeps the answer as a
sealed snapshot. Takes nothing that the company folder would not take. Read first: `access.py`, `taking.py`,
`actions/deed.py`; then `models/`, `standings.py`, `queries/`.
"""
