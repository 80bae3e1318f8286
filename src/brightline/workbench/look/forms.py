"""What every form of ours shares: errors in our own words, and strange characters kept out."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms

from brightline.i18n import N_, _

_WORDS = {
    "required": N_("Fill this in."),
    "max_length": N_("This is too long."),
    "invalid_choice": N_("Choose one of the list."),
    "unique": N_("This name is taken."),
}


class Form(forms.Form):
    """A form whose texts are NFC, without control characters, and whose errors are in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for code, words in _WORDS.items():
                if code in field.error_messages:
                    field.error_messages[code] = _(words)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and "password" not in name:
                self.cleaned_data[name] = plain(value)


class UserNameField(forms.CharField):
    """A name to log in with."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, **kwargs)

    def clean(self, value: Any) -> Any:
        """The name in NFKC, as it is looked up at login. Raises `ValidationError`."""
        name = unicodedata.normalize("NFKC", str(super().clean(value)))
        if not re.fullmatch(r"[\w.@+-]+", name):
            raise forms.ValidationError(_("Use letters, digits and . _ - @ + only."))
        return name


def plain(text: str) -> str:
    """The text in NFC without control and direction characters; lines stay."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in composed if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


def whole(text: str, otherwise: int | None = None) -> Any:
    """The whole number that a query names, at most 18 digits; `otherwise` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else otherwise
