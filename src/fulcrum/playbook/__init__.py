"""What Fulcrum recommends, as data that a CX leader can read, check and override.

This room reads and checks; it never computes a belief, a case or a choice. Read the files in `data/`
first, then `load` and `check`. A company's own `playbook/` folder adds to it or overrides it.
"""
