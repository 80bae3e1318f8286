"""Whatever an event keeps has a label in the log."""

from __future__ import annotations

import ast
from pathlib import Path

import brightline.workbench
from brightline.workbench.records.labels import LABELS

ROOMS = Path(brightline.workbench.__file__).parent


def kept_keys() -> dict[str, str]:
    """The keys that acts write into the `before` and `after` of their events, and where."""
    found = {}
    for path in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = getattr(getattr(node, "func", None), "id", "")
            if not isinstance(node, ast.Call) or named not in ("record", "Told"):
                continue
            sides = [k.value for k in node.keywords if k.arg in ("before", "after")]
            written = [d for side in sides for d in ast.walk(side) if isinstance(d, ast.Dict)]
            found |= {
                key.value: path.name for d in written for key in d.keys
                if isinstance(key, ast.Constant)
            }  # fmt: skip
    return found


def test_the_search_finds_what_acts_keep():
    assert {"ref", "queue", "points", "clause"} <= set(kept_keys())


def test_every_key_has_a_label():
    assert not {key: at for key, at in kept_keys().items() if key not in LABELS}
