"""What the experience is worth, so that a CFO cannot knock it down.

Knows: files and tables, cells, and the methods that turn cells into findings or refusals. Never lets a raw
row leave the engine, never shows a number without interval, n, grade and trace, never imports the playbook.
Read `engine` (the whole path in one function) first, then `cells`.
"""
