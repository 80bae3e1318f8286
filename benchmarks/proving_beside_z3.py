"""The proofs about an SOP beside z3, asked the same questions: milliseconds, encoding included.

Run: `python benchmarks/proving_beside_z3.py`. Which clauses are never the answer, whether some case
in scope meets no clause but `otherwise`, and which clauses contradict each other (how z3 is asked:
asked_of_z3.py). The ratio is the faster of z3's two encodings to Brightline.
No two actions of the random tables are equally severe, so nothing contradicts in them; those named
`equals` (`warn` is as severe as `remove`) and `unique` are for that question.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from asked_of_z3 import BOOLEANS, LIMIT, NATURAL, Answers, TooLongError, by_z3
from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Hit, Rulebook
from brightline.rulebook.proving.conflicts import conflicts
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.reading import read
from brightline.rulebook.table import Table
from machine import described
from proving import TODAY, by_severity, milliseconds
from random_tables import random_rulebook

ONCE = 2000.0
"""What takes this many milliseconds is run once; of what takes less, the median of five runs."""


def by_brightline(table: Table) -> Answers:
    """What Brightline's own proofs answer."""
    found = Answers(set(), set(), set())
    for segment in table.segments:
        proofs = SopProofs(table, segment)
        clauses = [c for c in proofs.clauses if c not in proofs.otherwise]
        found.dead.update(clause for clause in clauses if clause not in proofs.winning)
        found.gaps.update([segment.sop.sop] if proofs.has_gap else [])
        found.pairs.update((conflict.first, conflict.second) for conflict in conflicts(proofs))
    return found


def timed(answer: Callable[[], Answers]) -> tuple[Answers | None, float]:
    """The answers and the milliseconds they took; None where z3 ran out of time."""
    start = time.perf_counter()
    try:
        found = answer()
    except TooLongError:
        return None, LIMIT * 1000
    took = (time.perf_counter() - start) * 1000
    return found, took if took >= ONCE else milliseconds(answer)


def compared(name: str, table: Table) -> bool:
    """Print a line of the table of results, and whatever differs below it.

    Whether nothing does is returned.
    """
    ours, took = timed(partial(by_brightline, table))
    assert ours is not None
    theirs = {
        "Booleans": timed(partial(by_z3, table, BOOLEANS)),
        "natural": timed(partial(by_z3, table, NATURAL)),
    }
    answered = {encoding: found for encoding, (found, _ms) in theirs.items() if found is not None}
    wrong = [encoding for encoding, found in answered.items() if found != ours]
    same = "NO" if wrong else "yes" if answered else "nothing compared"
    notes = [f"{len(ours.dead)} dead, {len(ours.gaps)} with a gap, {len(ours.pairs)} pairs"]
    notes += [f"{encoding} not compared" for encoding in theirs if encoding not in answered]
    shown = [
        f"{ms:.1f}" if encoding in answered else f"> {LIMIT:.0f} s"
        for encoding, (_found, ms) in theirs.items()
    ]
    ratio = min(ms for _found, ms in theirs.values()) / took
    cells = (name, f"{took:.1f}", *shown, f"{ratio:.1f}", f"{same}: {'; '.join(notes)}")
    print(f"| {' | '.join(cells)} |", flush=True)
    for encoding in wrong:
        print(f"    Brightline: {ours}\n    z3, {encoding}: {answered[encoding]}")
    return not wrong


def unique(rulebook: Rulebook) -> Rulebook:
    """The same rulebook under `unique`."""
    sop = rulebook.sops[0].model_copy(update={"hit": Hit.UNIQUE})
    return rulebook.model_copy(update={"sops": (sop,)})


def equals(rulebook: Rulebook) -> Rulebook:
    """The same rulebook under `most_severe`, with `warn` as severe as `remove`."""
    actions = dict(rulebook.actions)
    severity = actions["remove"].severity
    actions["warn"] = actions["warn"].model_copy(update={"severity": severity})
    return by_severity(rulebook).model_copy(update={"actions": actions})


def tables() -> Iterator[tuple[str, Table]]:
    """What is compared, with a name for each."""
    for clauses, facts in ((60, 15), (300, 25), (1000, 40)):
        book = random_rulebook(clauses, facts)
        yield f"{clauses} × {facts}, first", Table(book, "listing", TODAY)
        yield f"{clauses} × {facts}, most severe", Table(by_severity(book), "listing", TODAY)
    small, middle = random_rulebook(60, 15), random_rulebook(300, 25)
    yield "60 × 15, unique", Table(unique(small), "listing", TODAY)
    yield "60 × 15, equals", Table(equals(small), "listing", TODAY)
    yield "300 × 25, equals", Table(equals(middle), "listing", TODAY)
    book = read(bundled_rulebook())
    for subject in book.subjects:
        yield f"Vietnam, {subject}", Table(book, subject, TODAY)


def main() -> None:
    print(described("z3-solver"))
    print("| table | Brightline ms | z3 Booleans ms | z3 natural ms | ratio | same answers |")
    print("|---|---|---|---|---|---|")
    same = [compared(name, table) for name, table in tables()]
    sys.exit(0 if all(same) else 1)


if __name__ == "__main__":
    main()
