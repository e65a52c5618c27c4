"""The business case: upside of action and downside of inaction of one initiative, with their doubts.

`formula` is the closed arithmetic that the spreadsheet repeats; `draws` the chance around it; `one_case` puts
them together on the `grounds` of a measured `basis`; `recast` moves these by hand.
"""
