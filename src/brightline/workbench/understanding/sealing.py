"""Secrets that others gave us and that have to be used again: sealed with the key of this server.

A copy of the database alone opens none of them. Where the server's key was changed they are lost
and have to be given anew.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Sealed(ValueError):
    """What was sealed cannot be opened: the key of the server is another one now."""


def sealed(text: str) -> str:
    """A text that only this server can read."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What was sealed. Raises `Sealed`."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        raise Sealed from None


def _box() -> Fernet:
    key = hashlib.sha256(f"brightline-channel:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
