"""A company that does not exist, whose truth is known: for the demo, and to ask whether the engine finds it.

Knows: customers with causes in them, what they say, and executives with a true level behind what is seen.
Never part of an analysis; everything that it makes is labelled simulated. Read `truth` first.
"""
