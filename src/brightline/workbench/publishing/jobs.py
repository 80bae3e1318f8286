"""The periodic jobs of this room."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from brightline.workbench.jobs import every
from brightline.workbench.publishing.watch_words import tell
from brightline.workbench.publishing.watching import VARIABLE, Watch


@cache
def _watch_of(named: str) -> Watch:
    return Watch(Path(named), tell)


@every(seconds=1)
def watch_folder() -> None:
    """Look at the folder that `brightline serve --rulebook DIR --watch` names, if it does."""
    named = os.environ.get(VARIABLE)
    if named:
        _watch_of(named).step()
