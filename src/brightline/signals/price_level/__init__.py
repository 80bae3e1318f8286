"""How a price stands beside the prices of its brand and category.

reference.py   a distribution of prices that listings can be added to, and the bounds read from it
groups.py      the distributions of all brands and categories: filled from listings, kept as a table
judging.py     one price beside its group: too cheap to be genuine, a bait
signal.py      the signal `price_level`
"""
