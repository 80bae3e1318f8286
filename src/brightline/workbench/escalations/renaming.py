"""What a precedent's rule is called now; it keeps the names of the day it was made."""

from __future__ import annotations

from brightline.workbench.escalations.about import About
from brightline.workbench.rulebooks import renaming
from brightline.workbench.rulebooks.renaming import Named, Renames, renames_in

__all__ = ["Renames", "renames_in", "today"]


def today(what: About, renames: list[Renames]) -> About:
    """The names of a thing now, whenever it got the ones it has."""
    return About(*renaming.today(Named(what.sop, what.clause, what.fact), renames))
