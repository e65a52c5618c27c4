"""How far a team of executives sees the same thing: who owns it, what comes first, what customers feel.

Knows answers of pulses and the state of mechanisms; nothing of levels, and of the customers' data only the
number that it is handed. Never shows a figure on fewer answers than the rules ask for. Read `measure` first.
"""
