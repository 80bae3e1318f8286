"""What pydantic finds wrong, in words for the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brightline.i18n import N_, _

WORDS = {
    "missing": N_("it is missing"),
    "extra_forbidden": N_("there is no such field"),
    "string_type": N_("a text is expected"),
    "string_too_short": N_("it is too short: the least length is {min_length}"),
    "string_too_long": N_("it is too long: the greatest length is {max_length}"),
    "string_pattern_mismatch": N_("it does not have the form {pattern}"),
    "dict_type": N_("an object of names and values is expected"),
    "model_type": N_("an object of names and values is expected"),
    "model_attributes_type": N_("an object of names and values is expected"),
    "list_type": N_("a list is expected"),
    "too_short": N_("it has too few items: at least {min_length}"),
    "too_long": N_("it has too many items: at most {max_length}"),
    "float_type": N_("a number is expected"),
    "float_parsing": N_("a number is expected"),
    "finite_number": N_("a number is not finite, or beyond 10^15"),
    "greater_than_equal": N_("it is less than {ge}"),
    "less_than_equal": N_("it is more than {le}"),
    "enum": N_("it is none of {expected}"),
    "nul": N_("it holds a NUL character"),
    "surrogate": N_("it holds half a character"),
    "control": N_("it holds control characters, or spaces at its ends"),
    "name": N_("a name has 1 to 160 characters"),
    "items": N_("a list has more than 200 items"),
    "large": N_("it has more than 200,000 characters in all"),
    "long": N_("a text has more than 50,000 characters"),
    "number": N_("a number is not finite, or beyond 10^15"),
    "nested": N_("a value is nested: send texts, numbers, or lists of them"),
    "kind": N_("a value is of no kind that a case has"),
}


def first_wrong(errors: Sequence[Mapping[str, Any]], skip: int = 0) -> tuple[str, str | None]:
    """The first error in words, and its field (`pictures.0.url`); `skip` parts of its place go."""
    error = errors[0]
    place = ".".join(str(part)[:80] for part in error["loc"][skip:]) or None
    words = WORDS.get(error["type"])
    if words is None:
        return _("it cannot be read: {error}").format(error=str(error["msg"])[:200]), place
    return _(words).format(**(error.get("ctx") or {})), place
