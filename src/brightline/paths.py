"""Where the files that travel with Brightline are: in a checkout, or inside an installed wheel.

`hatch_build.py` copies `rulebooks/` and `samples/` into the wheel as `brightline/_data/`; a
checkout (an editable installation) reads them where they are edited.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent.parent)


def bundled(name: str) -> Path:
    """A bundled file or folder by its path in the repository, such as `rulebooks/vietnam`.

    Raises `FileNotFoundError` where this installation does not have it.
    """
    for root in _ROOTS:
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"this installation of Brightline has no {name}")


def bundled_rulebook(name: str = "vietnam") -> Path:
    """The folder of a rulebook that travels with Brightline; raises as `bundled` does."""
    return bundled(f"rulebooks/{name}")
