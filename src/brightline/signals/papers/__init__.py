"""Numbers of papers: of a notification, a registration, a confirmation, a taxpayer.

kinds.py      how each kind of number is written, and what no true one can be
finding.py    the numbers in a text, with their places
register.py   the table of numbers that the team uploads
judging.py    what a number comes to: in order, expired, of another product, made up …
signal.py     the signal `papers`
"""
