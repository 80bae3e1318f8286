"""The database wrapper that Django loads: who answered just now is not asked whether they live."""

from __future__ import annotations

import time

from django.db.backends.postgresql import base

TRUSTED = 5.0
"""Seconds for which a connection that has answered is taken to be there. One that is gone all the
same costs the request that finds out; after an error it is asked at once."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; a request is spared a round trip of the check that it is still connected."""

    _answered = float("-inf")

    def is_usable(self) -> bool:
        """Whether the server answers, or did within the last seconds."""
        now = time.monotonic()
        if not self.errors_occurred and now - self._answered < TRUSTED:
            return True
        usable = super().is_usable()
        self._answered = now if usable else float("-inf")
        return usable

    def connect(self) -> None:
        """Connect; what is new has answered."""
        super().connect()
        self._answered = time.monotonic()
