"""The desk's door for people: pages, forms and fragments.

Asks `records` and `workflow`, and lays out what they say; computes and judges nothing. Every route declares
in `urls.py` who may use it. Read first: `pages.py`, then one file of `views/`.
"""
