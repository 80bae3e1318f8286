"""Drafts of the rulebook: working copies, their revisions, and what people say about them."""

from __future__ import annotations

from pathlib import Path


def static_folder() -> Path:
    """Where the scripts of the editor are."""
    return Path(__file__).parent / "static" / "drafts"
