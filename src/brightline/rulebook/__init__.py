"""The language of rulebooks: reading, checking, compiling, deciding and asking.

Pure Python and NumPy: no database, no web, nothing of ours but `brightline.i18n`.
Importing this package costs nothing; its modules load what they need.
"""
