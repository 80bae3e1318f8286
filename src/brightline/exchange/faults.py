"""What is wrong with a file that was handed to us: problems that name a cell or an element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from brightline.rulebook.nodes import MOST_PROBLEMS
from brightline.rulebook.problems import Problem

WORKBOOK, CELL, DMN_FILE, DMN_PART = "BL-405", "BL-406", "BL-407", "BL-408"
"""A workbook as a whole; one of its cells; a DMN file as a whole; a part of it with no place."""


@dataclass(frozen=True, slots=True)
class CellProblem(Problem):
    """A problem in a workbook; `sheet` and `cell` say where, the line and column stay 0."""

    sheet: str = ""
    cell: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """By sheet and cell as they are written."""
        return (self.file, 0, 0, self.code, self.message)

    def as_dict(self) -> dict[str, object]:
        """The problem as JSON gives it."""
        found = Problem.as_dict(self)
        return {**found, "sheet": self.sheet, "cell": self.cell}


class Unreadable(Exception):
    """A file that cannot be taken over; `problems` holds all that is wrong, `notes` what is not."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.file}: {p.code}: {p.message}" for p in self.problems))


class Faults:
    """Gathers the problems of one file; raises `Unreadable` with the hundredth."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """One more."""
        self.found.append(problem)
        if len(self.found) >= MOST_PROBLEMS:
            raise Unreadable(self.found)

    def whole(self, code: str, message: str, hint: str | None = None) -> None:
        """A fault of the file as a whole."""
        self.add(Problem(self.file, 0, 0, 0, code, message, hint))

    def line(self, code: str, line: int, message: str, hint: str | None = None) -> None:
        """A fault in a line of the file."""
        self.add(Problem(self.file, line, 1, 2, code, message, hint))

    def cell(self, sheet: str, cell: str, message: str, hint: str | None = None) -> None:
        """A fault in a cell."""
        place = f"{self.file}: {sheet}!{cell}" if cell else f"{self.file}: {sheet}"
        self.add(CellProblem(place, 0, 0, 0, CELL, message, hint, sheet=sheet, cell=cell))

    def stop_if_any(self) -> None:
        """Raises `Unreadable` where anything was found."""
        if self.found:
            raise Unreadable(self.found)


def at_cell(problem: Problem, file: str, sheet: str, cell: str) -> CellProblem:
    """A problem of the reading, told as one of a cell."""
    plain = replace(problem, about=())
    return CellProblem(
        f"{file}: {sheet}!{cell}", 0, 0, 0, plain.code, plain.message, plain.hint, plain.path,
        sheet=sheet, cell=cell,
    )  # fmt: skip
