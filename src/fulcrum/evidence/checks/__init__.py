"""What may be wrong with the data, found before any number is shown, each as a Problem with a remedy.

Never mends anything. Read `all_checks` first.
"""
