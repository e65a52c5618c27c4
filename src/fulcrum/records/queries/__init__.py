"""Reads across tables; each takes the actor, and gives what that actor may see.

`company.py` gives the one `Company` value on which all judgement rests.
"""
