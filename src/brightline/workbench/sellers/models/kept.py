"""Rows that stay as they were written."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Kept(models.Model):
    """A row that is written once: what a seller was told, what was booked."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it. Raises `TypeError` on one that is already there."""
        if not self._state.adding:
            raise TypeError("it is never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError("it is never deleted")
