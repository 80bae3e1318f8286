"""Cases in, decisions out: one case (`one`), or a file of millions (`screen`).

Importing this package costs nothing: NumPy and Arrow are loaded by the modules that need them.
"""
