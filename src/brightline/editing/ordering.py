"""The order in which a rulebook's files have their entries: that of the models."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from brightline.rulebook.model import (
    Acceptance,
    Action,
    Clause,
    Example,
    Fact,
    FollowUp,
    Ladder,
    Law,
    Queue,
    Rulebook,
    Sop,
    Step,
    Subject,
    TableUse,
)

_OF_LISTS: dict[str, type[BaseModel]] = {
    "accept": Acceptance,
    "actions": Action,
    "clauses": Clause,
    "examples": Example,
    "facts": Fact,
    "law": Law,
    "queues": Queue,
    "steps": Step,
    "subjects": Subject,
    "tables": TableUse,
    "then": FollowUp,
}


def order_of(path: tuple[str, ...]) -> list[str]:
    """The keys that a mapping at a path may have, in the order they are written."""
    if not path:
        return [*_keys(Sop), *(key for key in _keys(Rulebook) if key not in _keys(Sop))]
    if path == ("ladder",):
        return _keys(Ladder)
    inside = path[-2] if len(path) > 1 else ""
    if inside in _OF_LISTS and (len(path) == 2 or inside in ("then", "steps")):
        return _keys(_OF_LISTS[inside])
    return ["vi", "en"]


@cache
def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
