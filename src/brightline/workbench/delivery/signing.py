"""Signatures of webhooks, after Standard Webhooks (standardwebhooks.com).

`webhook-signature` holds `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, once for
each secret that is valid, with a space between. The receiver compares in constant time and turns
away timestamps older than a few minutes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable


def headers_of(identity: str, timestamp: int, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """The headers of a signed call; `timestamp` is Unix time in seconds."""
    return {
        "Content-Type": "application/json",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(identity, timestamp, body, key) for key in keys),
    }


def signature(identity: str, timestamp: int, body: bytes, key: bytes) -> str:
    """One signature: `v1,…`."""
    said = f"{identity}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
