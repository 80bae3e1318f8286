"""What `brightline check` finds: errors of reading, else everything that ought to be mended.

One claim a file; the file's name is the claim, and its `problems` yields where it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from brightline.rulebook.checking import (
    basis_must_be_verified,
    conditions_must_unfold,
    examples_must_decide_as_expected,
    fault_should_differ_in_severity,
    golden_cases_must_be_well_formed,
    law_should_be_rechecked,
    reviews_should_not_be_overdue,
    violations_should_carry_a_notice,
)
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.reading import Sources, read_with_sources

Claim = Callable[[Rulebook, Sources, date], Iterator[Problem]]
CLAIMS: tuple[Claim, ...] = (
    basis_must_be_verified.problems,
    conditions_must_unfold.problems,
    examples_must_decide_as_expected.problems,
    fault_should_differ_in_severity.problems,
    law_should_be_rechecked.problems,
    reviews_should_not_be_overdue.problems,
    violations_should_carry_a_notice.problems,
)
"""Everything a rulebook without errors is held to."""


def check(path: Path, today: date) -> list[Problem]:
    """Every problem of the rulebook in a folder, by file and line; dates are judged as of a day."""
    rulebook, sources, found = read_with_sources(path)
    if rulebook is not None:
        for claim in CLAIMS:
            found.extend(claim(rulebook, sources, today))
        found.extend(golden_cases_must_be_well_formed.problems(rulebook, Path(path)))
    return sorted(found, key=lambda problem: problem.order)


__all__ = ["CLAIMS", "check"]
