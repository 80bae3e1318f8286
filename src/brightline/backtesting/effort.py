"""Questions and seconds a case under both versions, by the console's own choice of questions.

Each sampled case is questioned as the console would: it begins with what signals know, the
`Asker` names the next fact, and the stored case answers. An interview that asks for a fact which
the case does not hold cannot be gone through; such cases are counted and left out of the means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from brightline.backtesting.matching import same_coding
from brightline.backtesting.pair import Pair
from brightline.backtesting.results import Effort, Mean
from brightline.rulebook.asking.choosing import Asker
from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.table import Table

SAMPLED = 200
_Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: the ends of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Interview:
    """What one interview took."""

    questions: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Former:
    """The interviewer of a version with the same columns.

    `old_rows` and `new_rows` are the rows (bits) that only it or only the newer version has. Where
    known facts rule all of them out, both versions go on with the same questions.
    """

    interviewer: Interviewer
    old_rows: int
    new_rows: int


class Interviewer:
    """Questions cases under one table; remembers what it asks where. Not for several threads."""

    def __init__(self, table: Table, former: Former | None = None) -> None:
        self.table, self._former = table, former
        self._asker = Asker(table)
        self._next: dict[tuple[int, bytes], int | None] = {}
        self._rows = (1 << 2 * table.width) - 1

    def question(self, codes: Sequence[int], told: Sequence[bool]) -> Interview | None:
        """Question a case; None where it holds no answer to a question.

        Codes and `told` (by a signal, so not asked) are those of the tested columns.
        """
        table = self.table
        known = [UNKNOWN] * len(table.columns)
        answers = dict(zip(table.tested, codes, strict=True))
        for place, by_signal in zip(table.tested, told, strict=True):
            if by_signal:
                known[place] = answers[place]
        questions, seconds = 0, 0.0
        while True:
            asked = self.asked(known)
            if asked is None:
                return Interview(questions, seconds)
            if answers[asked] == UNKNOWN:
                return None
            known[asked] = answers[asked]
            questions += 1
            seconds += table.columns[asked].fact.cost

    def asked(self, known: Sequence[int]) -> int | None:
        """The column to ask next, given a code for every column; None: no answer can matter."""
        standing = self.table.standing_of(known)
        if self._former is not None and not standing & self._former.new_rows:
            before = self._former.interviewer
            if not before.table.standing_of(known) & self._former.old_rows:
                return before.asked(known)
        # What is asked next hangs on the rows that are left and on which facts are unknown.
        pattern = bytes(min(known[place] + 2, 2) for place in self.table.tested)
        key = (standing & self._rows, pattern)
        if key not in self._next:
            self._next[key] = self._asker.next_question(standing)
        return self._next[key]


def following(pair: Pair, former: Interviewer) -> Interviewer:
    """The interviewer of the newer version; it asks the older one's where both go on alike."""
    then, now = pair.old.table, pair.new.table
    alike = (
        [column.key for column in then.columns] == [column.key for column in now.columns]
        and [column.fact for column in then.columns] == [column.fact for column in now.columns]
        and all(same_coding(overlap) for _old, _new, overlap in pair.match.columns)
        and then.tested == now.tested
        and not pair.match.everything
    )
    if not alike:
        return Interviewer(now)
    bits = [sum(1 << row for row in rows) for rows in (pair.match.old_rows, pair.match.new_rows)]
    return Interviewer(now, Former(former, *bits))


def effort_of(
    interviews: Iterable[tuple[Interview | None, Interview | None]], sampled: int, of: int
) -> Effort:
    """The means of the cases that could be gone through in both versions."""
    done = [(a, b) for a, b in interviews if a is not None and b is not None]

    def mean(value: Callable[[Interview, Interview], float]) -> Mean:
        return _mean([value(a, b) for a, b in done], sampled >= of)

    return Effort(
        of,
        sampled,
        len(done),
        mean(lambda a, b: a.questions),
        mean(lambda a, b: b.questions),
        mean(lambda a, b: b.questions - a.questions),
        mean(lambda a, b: a.seconds),
        mean(lambda a, b: b.seconds),
        mean(lambda a, b: b.seconds - a.seconds),
    )


def _mean(values: Sequence[float], every: bool) -> Mean:
    """The mean, with its 95 % interval; where `every` case was questioned there is no doubt."""
    count = len(values)
    if not count:
        return Mean(0.0, 0.0, 0.0)
    mean = sum(values) / count
    if every or count == 1:
        return Mean(mean, mean, mean)
    variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    half = _Z * sqrt(variance / count)
    return Mean(mean, mean - half, mean + half)
