"""A rulebook in a folder, held to everything it must hold before it may decide cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brightline.rulebook.laws import check
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem, Severity
from brightline.signals.checking import LAWS


@dataclass(frozen=True, slots=True)
class Checked:
    """The rulebook of a folder, None where it has an error; what is wrong with it."""

    rulebook: Rulebook | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def checked(folder: Path, today: date) -> Checked:
    """Read a folder and prove it, as `brightline check` does, in the language in force."""
    found = check(folder, today, LAWS)
    errors = tuple(one for one in found.problems if one.severity is Severity.ERROR)
    warnings = tuple(one for one in found.problems if one.severity is not Severity.ERROR)
    return Checked(None if errors else found.rulebook, errors, warnings)
