"""Files as text: bytes, tables of text, declared types, and an account of every row.

Knows what can be wrong with a file and says so with file, row, column and remedy. Never knows what a
column means, never guesses where two readings are possible, never loses a row. Read `text_table` first,
then `typed`.
"""
