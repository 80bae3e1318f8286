"""How many examples the property tests try: a third of what they name, all with BRIGHTLINE_DEEP=1.

Each run draws others, so that many short runs see more than one long one.
"""

from __future__ import annotations

import os

DEEP = os.environ.get("BRIGHTLINE_DEEP") == "1"


def some(full: int) -> int:
    """So many of `full` examples as this run tries."""
    return full if DEEP else max(10, full // 3)
