"""A place in a file of a draft, in a person's words: `Clause › K-2 › Points`."""

from __future__ import annotations

from collections.abc import Sequence

from brightline.i18n import N_, _

_WORDS = {
    "clauses": N_("Clause"),
    "facts": N_("Question"),
    "examples": N_("Example"),
    "definitions": N_("Definition"),
    "title": N_("Title"),
    "purpose": N_("Purpose"),
    "when": N_("Conditions"),
    "action": N_("Action"),
    "points": N_("Points"),
    "basis": N_("Rests on"),
    "notice": N_("Notice to the seller"),
    "note": N_("Note for the moderator"),
    "ask": N_("Question to the moderator"),
    "guidance": N_("How to tell"),
    "options": N_("Options"),
    "text": N_("Text"),
    "steps": N_("Steps that follow"),
    "vi": "Tiếng Việt",
    "en": "English",
}


def place_in_words(path: Sequence[str]) -> str:
    """The place, in the language in force; what has no word of its own stands as in the file."""
    return " › ".join(_(_WORDS[part]) if part in _WORDS else part for part in path)
