"""Both changes of one line in brackets: `title: {vi: …, en: …}`, one language each."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from brightline.exchange.round_trip import yaml

_GONE = object()


def merged_inline(base: str, mine: str, theirs: str) -> str | None:
    """The text of one entry with the changes of both; None where they touch the same value."""
    try:
        loaded = [yaml().load(text) for text in (base, mine, theirs)]
    except (YAMLError, ValueError):
        return None
    if not all(isinstance(one, CommentedMap) and len(one) == 1 for one in loaded):
        return None
    old, my, their = loaded
    if not _merge(old, my, their) or any(_comments(text) for text in (base, mine, theirs)):
        return None
    out = io.StringIO()
    yaml().dump(their, out)
    indent = len(theirs) - len(theirs.lstrip(" "))
    return "".join(f"{' ' * indent}{line}" for line in out.getvalue().splitlines(keepends=True))


def _merge(base: Any, mine: Any, theirs: Any) -> bool:
    """Puts what is mine alone into theirs; False where both changed one value."""
    for key in dict.fromkeys([*base, *mine, *theirs]):
        old, my, their = (one.get(key, _GONE) for one in (base, mine, theirs))
        if my in (old, their):
            continue
        if their == old:
            if my is _GONE:
                del theirs[key]
            else:
                theirs[key] = my
        elif not (
            isinstance(old, dict) and isinstance(my, dict) and isinstance(their, dict)
            and _merge(old, my, their)
        ):  # fmt: skip
            return False
    return True


def _comments(text: str) -> bool:
    return " #" in text
