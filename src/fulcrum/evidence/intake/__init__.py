"""From a mapping and its files to typed tables in the engine, with an account of every row.

Knows what columns mean and how texts become values; never computes a result. `sources` is the only file that
knows DuckDB. Read `mapping` (the values) and `tables` (the whole path) first.
"""
