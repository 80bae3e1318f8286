"""A folder of YAML and CSV to a `Rulebook`, with every error in one go.

read(path)               the rulebook; raises UnusableRulebook with all that is wrong
read_with_sources(path)  the rulebook or None, where each part stands, the problems
"""

from __future__ import annotations

from pathlib import Path

from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem, UnusableRulebook
from brightline.rulebook.reading.assembling import assemble
from brightline.rulebook.reading.files import Shelf, read_files
from brightline.rulebook.reading.sources import Sources


def read(path: Path) -> Rulebook:
    """The rulebook in a folder. Raises `UnusableRulebook` with every error in it."""
    rulebook, _sources, problems = read_with_sources(path)
    if rulebook is None:
        raise UnusableRulebook(problems)
    return rulebook


def read_with_sources(
    path: Path, shelf: Shelf | None = None, unfinished: bool = False
) -> tuple[Rulebook | None, Sources, list[Problem]]:
    """The rulebook (None where it has errors), its sources, and its problems in file order.

    A `shelf` that is used again saves parsing what has not changed. `unfinished` gives a rulebook
    too where texts are missing in some language, for someone who is still writing it.
    """
    book = read_files(Path(path), shelf)
    rulebook = assemble(book, unfinished)
    for document in book.documents:
        document.name_places()
    found = (problem for document in book.documents for problem in document.problems)
    problems = sorted(found, key=lambda problem: problem.order)
    sources = Sources({document.name: document for document in book.documents})
    return (rulebook if unfinished or not problems else None), sources, problems


__all__ = ["Shelf", "Sources", "read", "read_with_sources"]
