"""What is said of cases: the answers that occur, each once, and a number for every case."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from brightline.rulebook.deciding import Reported, Verdict
from brightline.screening.keys import I32
from brightline.screening.layout import U64


@dataclass(frozen=True, slots=True)
class Answer:
    """What a `Verdict` says apart from what is still open; shared by many cases."""

    action: str
    determined: bool
    reported: tuple[Reported, ...]
    points: int
    contradictions: tuple[int, ...] = ()

    @classmethod
    def of(cls, verdict: Verdict) -> Answer:
        return cls(
            verdict.action,
            verdict.determined,
            verdict.reported,
            verdict.points,
            verdict.contradictions,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answers to a batch of cases.

    `index` (int32, n) points into `distinct`. `open` (uint64, n × words of 64 facts) holds a bit
    for every fact (index into `table.tested`) that is unknown and that the decision hangs on.
    """

    index: I32
    open: U64
    distinct: list[Answer]

    def open_facts(self, case: int) -> tuple[int, ...]:
        """The open facts of one case, as indexes into `table.tested`."""
        return bits_of(self.open[case])


def bits_of(words: U64) -> tuple[int, ...]:
    """The bits set in a row of 64-bit words."""
    return tuple(
        64 * at + bit
        for at, word in enumerate(words.tolist())
        for bit in range(64)
        if word >> bit & 1
    )


class Numbered:
    """Answers by number, in the order in which they are met. Safe to share between threads."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self._numbers: dict[Answer, int] = {}
        self._lock = Lock()

    def number(self, verdict: Verdict) -> int:
        """The number of the answer that a verdict gives."""
        answer = Answer.of(verdict)
        with self._lock:
            if answer not in self._numbers:
                self.answers.append(answer)
                self._numbers[answer] = len(self.answers) - 1
            return self._numbers[answer]
