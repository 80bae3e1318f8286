"""A case kept beside the counts, to be shown or questioned later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A case: its codes in the tested columns of both tables, and which of them signals told."""

    id: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    told_old: tuple[bool, ...]
    told_new: tuple[bool, ...]
