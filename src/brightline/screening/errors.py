"""What makes a whole file of cases unusable, told to a person."""

from __future__ import annotations


class UnusableCases(ValueError):
    """A file of cases, a mapping or an output that cannot be used: `message`, maybe a `hint`."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
