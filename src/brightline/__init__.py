"""Brightline: moderation rulebooks that people read, machines run and solvers prove.

`brightline.rulebook` is the language, `brightline.signals` turns raw cases into facts,
`brightline.screening` decides them by the million. Importing the package itself costs nothing.
"""

__version__ = "0.1.0"
