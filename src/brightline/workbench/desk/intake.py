"""What comes to the desk by itself: reports of unclear rules, and precedents."""

from __future__ import annotations


def listen() -> None:
    """Hang on the audit log; called once, when the app is ready."""
