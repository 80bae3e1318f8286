"""What a check is made on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import Sources


@dataclass(frozen=True, slots=True)
class Occasion:
    """A rulebook that could be read, where its parts stand, its folder, and the day that counts."""

    rulebook: Rulebook
    sources: Sources
    folder: Path
    today: date
