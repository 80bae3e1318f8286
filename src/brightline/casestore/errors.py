"""What makes a store of cases unusable, told to a person."""

from __future__ import annotations


class UnusableStore(ValueError):
    """A store, or what is to go into it, that cannot be used: `message`, maybe a `hint`."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
