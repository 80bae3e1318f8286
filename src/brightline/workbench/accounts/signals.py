"""What happens to people that rooms above want to know of."""

from __future__ import annotations

from django.dispatch import Signal

account_closed = Signal()
"""Sent with `person` and `by`, in the transaction, when an account is closed."""
