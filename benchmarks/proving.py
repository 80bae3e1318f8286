"""Proofs about an SOP and the difference of two versions: milliseconds, encoding included.

Run: `python benchmarks/proving.py`. Every clause is proved able to win or not, a case is looked for
that no clause but `otherwise` meets, and all pairs of clauses are checked for contradiction (under
`most_severe`; under `first`, as the random tables are, order decides and there is none to find).
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from brightline.paths import bundled_rulebook
from brightline.reports.diff_view import sop_views
from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.tables import differences
from brightline.rulebook.model import Hit, Rulebook
from brightline.rulebook.proving.conflicts import conflicts
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.reading import read
from brightline.rulebook.table import Table
from machine import described
from random_tables import random_rulebook, random_test

TODAY = date(2026, 11, 23)


def milliseconds(run: Callable[[], object], times: int = 5) -> float:
    """The median of a few runs."""
    took = []
    for _time in range(times):
        start = time.perf_counter()
        run()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def proved(table: Table) -> tuple[int, int, int]:
    """Clauses that never win, SOPs with a gap, and pairs that contradict each other."""
    dead = gaps = pairs = 0
    for segment in table.segments:
        proofs = SopProofs(table, segment)
        clauses = [c for c in proofs.clauses if c not in proofs.otherwise]
        dead += sum(clause not in proofs.winning for clause in clauses)
        gaps += proofs.has_gap
        pairs += sum(1 for _conflict in conflicts(proofs))
    return dead, gaps, pairs


def by_severity(rulebook: Rulebook) -> Rulebook:
    """The same rulebook under `most_severe`."""
    sop = rulebook.sops[0].model_copy(update={"hit": Hit.MOST_SEVERE})
    return rulebook.model_copy(update={"sops": (sop,)})


def proofs(name: str, table: Table) -> None:
    dead, gaps, pairs = proved(table)
    took = milliseconds(lambda: proved(table))
    print(f"| {name} | {took:.1f} | {dead} | {gaps} | {pairs} |", flush=True)


def edited(rulebook: Rulebook, edits: int) -> Rulebook:
    """The rulebook with one test of each of some clauses drawn anew."""
    chance = random.Random(5)
    raw: dict[str, Any] = rulebook.model_dump(mode="json", by_alias=True)
    sop = raw["sops"][0]
    for number in chance.sample(range(len(sop["clauses"]) - 1), edits):
        when = sop["clauses"][number]["when"][0]
        fact = chance.choice(list(when))
        when[fact] = random_test(chance, sop["facts"][fact])
    return Rulebook.model_validate(raw)


def difference(clauses: int, facts: int, edits: int) -> None:
    old = random_rulebook(clauses, facts)
    new = edited(old, edits)
    before, after = Table(old, "listing", TODAY), Table(new, "listing", TODAY)

    def changes() -> int:
        found = list(differences(before, after, Renames(old, new)))
        return sum(len(difference.changes) for _name, difference in found)

    print(f"| {clauses} × {facts}, {edits} edits | {milliseconds(changes):.1f} | {changes()} |")


def report() -> None:
    """What `brightline diff` does between reading and printing, on an edited Vietnam rulebook."""
    old = read(bundled_rulebook())
    raw: dict[str, Any] = old.model_dump(mode="json", by_alias=True)
    for sop in raw["sops"]:
        del sop["clauses"][2]
    new = Rulebook.model_validate(raw)

    def compared() -> int:
        return sum(len(sop.changes) + len(sop.questions) for sop in compare(old, new, TODAY).sops)

    def told() -> object:
        return sop_views(compare(old, new, TODAY))

    print(f"| Vietnam, a clause gone from each SOP | {milliseconds(compared):.0f} | {compared()} |")
    print(f"| the same, put into sentences | {milliseconds(told):.0f} | |")


def main() -> None:
    print(described())
    print("| table | ms | dead clauses | SOPs with a gap | contradictions |")
    print("|---|---|---|---|---|")
    for clauses, facts in ((60, 15), (300, 25), (1000, 40)):
        book = random_rulebook(clauses, facts)
        proofs(f"{clauses} × {facts}, first", Table(book, "listing", TODAY))
        proofs(f"{clauses} × {facts}, most severe", Table(by_severity(book), "listing", TODAY))
    book = read(bundled_rulebook())
    for subject in book.subjects:
        proofs(f"Vietnam, {subject}", Table(book, subject, TODAY))
    print("\n| difference of two versions | ms | changes |\n|---|---|---|")
    difference(60, 15, 3)
    difference(300, 25, 10)
    report()


if __name__ == "__main__":
    main()
