"""Own words: what executives said or wrote themselves, as text, counted and quoted.

Knows transcripts, letters and captions, whose words are whose, and how far a count may be believed. Never
says what somebody meant, and never notes an observation: it proposes, a person confirms. Read `own_words`.
"""
