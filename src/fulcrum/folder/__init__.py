"""The company folder: plain files to a `Company` and back, without loss.

Knows the files, their columns and the words allowed in them, and names every mistake at once with file, row,
column and remedy. Never judges, never reads customers' data. Read `tables` first, then `read`.
"""
