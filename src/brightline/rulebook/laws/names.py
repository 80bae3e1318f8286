"""What a condition names: facts and definitions."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.rulebook.model import Condition


def terms_in(condition: Condition) -> Iterator[str]:
    """The definitions that a condition uses directly."""
    for key in ("is", "is_not"):
        raw = condition.get(key, ())
        yield from (raw if isinstance(raw, (list, tuple)) else [raw])


def facts_in(condition: Condition) -> Iterator[str]:
    """The facts that a condition tests directly."""
    yield from (name for name in condition if name not in ("is", "is_not"))
