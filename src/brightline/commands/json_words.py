"""What Python says of broken JSON, in words that a person who writes a case understands."""

from __future__ import annotations

from brightline.i18n import N_, _

REASONS = {
    "Expecting value": N_("a value is missing here"),
    "Expecting property name": N_("a name in double quotes is missing here"),
    "Expecting ',' delimiter": N_("a comma is missing here"),
    "Expecting ':' delimiter": N_("a colon is missing here"),
    "Extra data": N_("something stands after its end"),
    "Unterminated string": N_("the text that begins here is never closed"),
    "Invalid control character": N_("a line break or a control character stands in a text"),
    "Invalid \\escape": N_("a backslash starts a code that is not known"),
    "Invalid \\u": N_("a backslash starts a code that is not known"),
    "Illegal trailing comma": N_("there is a comma too many"),
}
"""How a message of `json` begins → what it means. One that is not here is shown as it is."""


def reason_of(message: str) -> str:
    """The reason in the language in force."""
    for begins, reason in REASONS.items():
        if message.startswith(begins):
            return _(reason)
    return message
