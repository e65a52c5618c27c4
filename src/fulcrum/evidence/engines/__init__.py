"""Where the counting is done: what an engine must offer, and one small adapter for each warehouse.

Knows how to put a query into an engine's own words and how to bring the answer back; never what a column
means, and never creates or changes anything in a warehouse. Read `engine` first, then `warehouse`.
"""
