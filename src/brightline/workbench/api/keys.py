"""Keys to the API: made at random, kept as a hash, counted by the minute."""

from __future__ import annotations

import hashlib
import secrets
import time

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api.models import ApiKey

BEGINNING = "blk_"
SCOPES = (
    Permission.CASES_CASE_RECEIVE,
    Permission.CASES_CASE_READ,
    Permission.QUEUES_QUEUE_WATCH,
    Permission.RULEBOOKS_RELEASE_READ,
    Permission.RULEBOOKS_RELEASE_PUSH,
)
"""What a key can be for: what the API has calls for."""


def new_token() -> str:
    """A key as its holder gets it: 256 bits at random."""
    return BEGINNING + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a key. It is random, so a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(token: str) -> ApiKey | None:
    """The key in force for what a caller sent."""
    if not token.startswith(BEGINNING) or len(token) > 80:
        return None
    return (
        ApiKey.objects.select_related("user")
        .filter(digest=digest_of(token), withdrawn_at=None, user__is_active=True)
        .first()
    )


def spend(key: ApiKey, calls: int) -> int:
    """Count calls against the key's limit a minute; 0, or the seconds until there are more.

    The count is in the database, so it holds for all worker processes together. While any are
    left a call goes through whatever its size, so that a batch larger than the limit can pass too.
    """
    now = time.time()
    window = int(now // 60)
    counted = ApiKey.objects.filter(pk=key.pk).filter(~Q(window=window) | Q(used__lt=key.rate))
    same = When(window=window, then=F("used") + calls)
    if counted.update(
        used=Case(same, default=Value(calls)), window=window, last_used_at=timezone.now()
    ):
        return 0
    return max(1, int((window + 1) * 60 - now) + 1)
