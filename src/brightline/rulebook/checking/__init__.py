"""What `brightline check` finds: errors of reading, else everything that ought to be mended.

One claim a file; the file's name is the claim, and its `problems` yields where it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from brightline.rulebook.checking import (
    basis_must_be_verified,
    clauses_must_be_able_to_win,
    clauses_must_not_contradict,
    clauses_should_change_something,
    every_case_in_scope_should_meet_a_clause,
    examples_must_decide_as_expected,
    fault_should_differ_in_severity,
    golden_cases_must_be_well_formed,
    law_should_be_rechecked,
    reviews_should_not_be_overdue,
    violations_should_carry_a_notice,
)
from brightline.rulebook.checking.occasion import Occasion
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import read_with_sources

Claim = Callable[[Occasion], Iterator[Problem]]
CLAIMS: tuple[Claim, ...] = (
    basis_must_be_verified.problems,
    clauses_must_be_able_to_win.problems,
    clauses_must_not_contradict.problems,
    clauses_should_change_something.problems,
    every_case_in_scope_should_meet_a_clause.problems,
    examples_must_decide_as_expected.problems,
    fault_should_differ_in_severity.problems,
    golden_cases_must_be_well_formed.problems,
    law_should_be_rechecked.problems,
    reviews_should_not_be_overdue.problems,
    violations_should_carry_a_notice.problems,
)
"""Everything a rulebook without errors is held to."""


def check(path: Path, today: date) -> list[Problem]:
    """Every problem of the rulebook in a folder, by file and line; dates are judged as of a day."""
    return examine(path, today)[1]


def examine(
    path: Path, today: date, more: Iterable[Claim] = ()
) -> tuple[Rulebook | None, list[Problem]]:
    """The rulebook, None where it cannot be read, and every problem as `check` gives them.

    `more` are claims of the layers above, such as those on the parameters of signals.
    """
    rulebook, sources, found = read_with_sources(path)
    if rulebook is not None:
        folder = path.parent if path.is_file() else path
        occasion = Occasion(rulebook, sources, folder, today)
        for claim in (*CLAIMS, *more):
            found.extend(claim(occasion))
    return rulebook, sorted(found, key=lambda problem: problem.order)


__all__ = ["CLAIMS", "check", "examine"]
