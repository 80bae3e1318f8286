"""The order in which a rulebook's files have their entries: that of the models."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from brightline.rulebook.model import Acceptance, Clause, Example, Fact, Rulebook, Sop

_OF_LISTS: dict[str, type[BaseModel]] = {
    "clauses": Clause,
    "examples": Example,
    "facts": Fact,
    "accept": Acceptance,
}


def order_of(path: tuple[str, ...]) -> list[str]:
    """The keys that a mapping at a path may have, in the order they are written."""
    if not path:
        return [*_keys(Sop), *(key for key in _keys(Rulebook) if key not in _keys(Sop))]
    if len(path) == 2 and path[0] in _OF_LISTS:
        return _keys(_OF_LISTS[path[0]])
    return ["vi", "en"]


@cache
def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
