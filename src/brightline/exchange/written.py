"""A rulebook as its files would write it: plain data, defaults left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from brightline.rulebook.model import NO, YES, Rulebook, Term

Data = dict[str, Any]
APART = {"law", "lexicons", "sops", "data"}
"""Parts of a rulebook that have files of their own."""


@dataclass(frozen=True)
class Files:
    """What the files of a rulebook hold, SOPs and lexicons by name."""

    head: Data
    law: Data
    sops: dict[str, Data] = field(default_factory=dict)
    lexicons: dict[str, tuple[Term, ...]] = field(default_factory=dict)


def files_of(rulebook: Rulebook) -> Files:
    """The files of a rulebook. The rows of tables are data of a day and no part of it."""
    return Files(
        head_of(rulebook),
        law_of(rulebook),
        {sop.sop: written(sop) for sop in rulebook.sops},
        dict(rulebook.lexicons),
    )


def head_of(rulebook: Rulebook) -> Data:
    """What rulebook.yaml holds."""
    return written(rulebook, APART)


def law_of(rulebook: Rulebook) -> Data:
    """What law.yaml holds, the laws by id; empty where there is none."""
    return {name: written(law) for name, law in rulebook.law.items()}


def written(part: BaseModel, without: set[str] | None = None) -> Data:
    """One part as its file writes it: keys by their names there, lengths of time as `6s`."""
    data = part.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=without)
    found: Data = _words(data)
    return found


def _words(value: Any) -> Any:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, dict):
        return {key: _words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_words(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
