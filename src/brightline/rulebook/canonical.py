"""The canonical form of a rulebook: one JSON text for one meaning, and the SHA-256 that names it.

Comments, spacing, quotes, the order of keys and the order of files do not count. What a person
sees in order keeps it: clauses, options, facts, terms, and every other mapping from ids. Values
left to their default are left out, so that a language which grows keeps the names of old versions.
The rows of tables are no part of it: they are data that changes from day to day.
Text is NFC, a whole number is written whole, a length of time is seconds, a date `2026-06-30`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel

from brightline.rulebook.model import Rulebook, Text
from brightline.rulebook.nodes import nfc
from brightline.rulebook.shapes import bare, inside


def digest(rulebook: Rulebook) -> str:
    """The SHA-256 of the canonical form, in hexadecimal: the name of this version."""
    return hashlib.sha256(to_json(rulebook).encode()).hexdigest()


def form(part: BaseModel) -> Any:
    """The canonical form of one part of a rulebook, as JSON data."""
    return _form(part, type(part))


def to_json(rulebook: Rulebook) -> str:
    """The canonical form. `from_json` gives an equal rulebook back, without the rows of tables."""
    whole = _form(rulebook, Rulebook)
    whole["sops"].sort(key=lambda sop: sop["sop"])
    whole["lexicons"] = dict(sorted(whole.get("lexicons", {}).items()))
    return nfc(json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def from_json(text: str) -> Rulebook:
    """The rulebook of a canonical form. Raises `pydantic.ValidationError` or `ValueError`."""
    return Rulebook.model_validate(json.loads(text), by_alias=True, by_name=False)


def _form(value: Any, annotation: Any = None) -> Any:
    """A value as JSON data; `annotation` is its type where that matters."""
    if isinstance(value, BaseModel):
        form = {}
        for key, name, default, inner in _fields(type(value)):
            part = getattr(value, name)
            if part != default:
                form[key] = _form(part, inner)
        form.update({key: _form(part) for key, part in sorted((value.model_extra or {}).items())})
        return form
    if isinstance(value, dict):
        order = sorted(value) if annotation == Text else list(value)
        return {key: _form(value[key], inside(annotation, key)) for key in order}
    if isinstance(value, (list, tuple)):
        return [_form(part, inside(annotation, 0)) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, Any, Any], ...]:
    """Key in the form, name in the model, default and type of every field, by key."""
    return tuple(
        sorted(
            (
                field.alias or name,
                name,
                field.get_default(call_default_factory=True),
                bare(field.annotation),
            )
            for name, field in model.model_fields.items()
            if not field.exclude
        )
    )
