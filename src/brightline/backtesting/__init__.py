"""Back-tests: past cases under two versions of a rulebook, and what an edit does while it is typed.

It stands on `screening` (one compiled table, the same masks) and writes nothing: `results` is what
came of it, as plain data.
"""
