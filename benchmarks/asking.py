"""Which question next: how long choosing takes, and how much moderators' time it saves.

Run: `python benchmarks/asking.py`. Strategies compared: ours; the document's order, asking only
what can still matter (what a careful person does with a printed SOP); the document's order, asking
everything until the case is decided; and the optimum, by dynamic programming over all states.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product

import numpy as np

from brightline.paths import bundled_rulebook
from brightline.rulebook.asking import Asker, History, choosing
from brightline.rulebook.columns import UNKNOWN
from brightline.rulebook.deciding import Decider
from brightline.rulebook.reading import read
from brightline.rulebook.table import Table
from machine import described
from random_tables import random_rulebook

TODAY = date(2026, 11, 23)
Policy = Callable[[tuple[int, ...]], int | None]


class Small:
    """A table small enough that every strategy's expected cost is computed exactly."""

    def __init__(self, table: Table, chances: Sequence[Sequence[float]]) -> None:
        self.table, self.chances = table, chances
        self.costs = [column.fact.cost for column in table.columns]
        sizes = [column.atoms for column in table.columns]
        decider, ids = Decider(table), {}
        self.decisions = np.zeros(sizes, dtype=np.int64)
        for codes in product(*map(range, sizes)):
            verdict = decider.verdict_on(table.standing_of(codes))
            found = (verdict.action, frozenset(r.clause for r in verdict.reported if r.violation))
            self.decisions[codes] = ids.setdefault(found, len(ids))

    def open_part(self, state: tuple[int, ...]) -> np.ndarray:
        return self.decisions[
            tuple(slice(None) if c == UNKNOWN else slice(c, c + 1) for c in state)
        ]

    def relevant(self, state: tuple[int, ...]) -> list[int]:
        part = self.open_part(state)
        return [
            at for at, code in enumerate(state)
            if code == UNKNOWN and (part.min(axis=at) != part.max(axis=at)).any()
        ]  # fmt: skip

    def expected(self, policy: Policy) -> float:
        """The expected cost of a strategy from nothing known."""
        known: dict[tuple[int, ...], float] = {}

        def cost(state: tuple[int, ...]) -> float:
            if state not in known:
                fact = policy(state)
                known[state] = 0.0 if fact is None else self.costs[fact] + sum(
                    chance * cost((*state[:fact], code, *state[fact + 1 :]))
                    for code, chance in enumerate(self.chances[fact])
                )  # fmt: skip
            return known[state]

        return cost((UNKNOWN,) * len(self.costs))

    def optimum(self) -> float:
        known: dict[tuple[int, ...], float] = {}

        def cost(state: tuple[int, ...]) -> float:
            if state not in known:
                known[state] = min(
                    (
                        self.costs[fact] + sum(
                            chance * cost((*state[:fact], code, *state[fact + 1 :]))
                            for code, chance in enumerate(self.chances[fact])
                        )
                        for fact in self.relevant(state)
                    ),
                    default=0.0,
                )  # fmt: skip
            return known[state]

        return cost((UNKNOWN,) * len(self.costs))

    def in_order(self, state: tuple[int, ...]) -> int | None:
        return next(iter(self.relevant(state)), None)

    def everything_in_order(self, state: tuple[int, ...]) -> int | None:
        if not self.relevant(state):
            return None
        return next(at for at, code in enumerate(state) if code == UNKNOWN)

    def ours(self, asker: Asker) -> Policy:
        return lambda state: asker.next_question(self.table.standing_of(state))


def skewed(chance: random.Random, atoms: int) -> list[float]:
    """Chances as they are in practice: one answer is common, the others rare."""
    weights = [chance.gammavariate(0.5, 1.0) + 1e-3 for _atom in range(atoms)]
    return [weight / sum(weights) for weight in weights]


def small_tables(count: int, known: bool, planned: bool) -> None:
    """Ours against the others on random small tables; `known`: a history tells the chances.

    `planned` off switches the exact plan off: what is chosen in tables too large to plan.
    """
    ratios, shares = [], {"order": [], "everything": []}
    most = choosing.MOST_COMPLETIONS
    if not planned:
        choosing.MOST_COMPLETIONS = 0
    for seed in range(count):
        chance = random.Random(seed)
        table = Table(random_rulebook(chance.randint(5, 9), 6, seed), "listing", TODAY)
        if np.prod([column.atoms for column in table.columns]) > 3000:
            continue
        plain = [[1 / column.atoms] * column.atoms for column in table.columns]
        chances = [skewed(chance, column.atoms) for column in table.columns] if known else plain
        small = Small(table, chances)
        history = None
        if known:
            rng = np.random.default_rng(seed)
            history = History.from_codes(
                np.array([rng.choice(len(c), 2000, p=c) for c in chances]).T
            )
        best = small.optimum()
        if not best:
            continue
        mine = small.expected(small.ours(Asker(table, history)))
        ratios.append(mine / best)
        shares["order"].append(mine / small.expected(small.in_order))
        shares["everything"].append(mine / small.expected(small.everything_in_order))
    choosing.MOST_COMPLETIONS = most
    print(
        f"| {'history' if known else 'even chances'} | {'planned' if planned else 'sampled'} | "
        f"{len(ratios)} | {statistics.mean(ratios):.3f} | {max(ratios):.2f} | "
        f"{1 - statistics.mean(shares['order']):.0%} | "
        f"{1 - statistics.mean(shares['everything']):.0%} |"
    )


def speed(clauses: int, facts: int, interviews: int = 40) -> None:
    """Milliseconds to choose, over whole interviews from nothing known."""
    table = Table(random_rulebook(clauses, facts), "listing", TODAY)
    asker, chance, took, asked = Asker(table), random.Random(7), [], []
    for _interview in range(interviews):
        codes = [UNKNOWN] * len(table.columns)
        questions = 0
        while True:
            standing = table.standing_of(codes)
            start = time.perf_counter()
            place = asker.next_question(standing)
            took.append((time.perf_counter() - start) * 1000)
            if place is None:
                break
            codes[place] = chance.randrange(table.columns[place].atoms)
            questions += 1
        asked.append(questions)
    took.sort()
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(
        f"| {clauses} × {facts} | {len(took)} | {p50:.2f} | {p95:.2f} | {took[-1]:.2f} | "
        f"{statistics.mean(asked):.1f} |"
    )


def vietnam(interviews: int = 300) -> None:
    """Interviews on the SOPs of the Vietnam rulebook, answers even and independent."""
    book = read(bundled_rulebook())
    for sop in book.sops:
        table = Table(book.model_copy(update={"sops": (sop,)}), sop.subject, TODAY)
        asker, decider, chance = Asker(table), Decider(table), random.Random(11)
        places = [p for p in table.tested if table.columns[p].fact.ask]
        # a fact that nobody can be asked is known in every strategy
        fixed = [p for p in table.tested if p not in places]

        def undecided(codes: Sequence[int], decider: Decider = decider) -> bool:
            return not decider.verdict_on(decider.table.standing_of(codes)).determined

        def ours(codes: Sequence[int], asker: Asker = asker) -> int | None:
            return asker.next_question(asker.table.standing_of(codes))

        def in_order(codes: Sequence[int], places: Sequence[int] = places) -> int | None:
            if not undecided(codes):
                return None
            return next((p for p in places if codes[p] == UNKNOWN), None)

        mine, order = [], []
        for _interview in range(interviews):
            truth = [chance.randrange(column.atoms) for column in table.columns]
            if any(
                all(cell >> truth[p] & 1 for p, cell in row.cells.items())
                for row in table.rows[table.rule_rows :]
            ):
                continue  # these facts cannot go together
            for policy, into in ((ours, mine), (in_order, order)):
                start = [truth[p] if p in fixed else UNKNOWN for p in range(len(truth))]
                told = interview_from(table, truth, start, policy)
                into.append(told)
        seconds = [statistics.mean(s for s, _q in found) for found in (mine, order)]
        questions = [statistics.mean(q for _s, q in found) for found in (mine, order)]
        print(
            f"| {sop.sop} | {len(mine)} | {questions[0]:.1f} | {questions[1]:.1f} | "
            f"{seconds[0]:.1f} | {seconds[1]:.1f} | {1 - seconds[0] / seconds[1]:.0%} |"
        )


def interview_from(
    table: Table, truth: Sequence[int], start: Sequence[int], policy: Policy
) -> tuple[float, int]:
    codes = list(start)
    seconds, questions = 0.0, 0
    while (place := policy(tuple(codes))) is not None:
        codes[place] = truth[place]
        seconds += table.columns[place].fact.cost
        questions += 1
    return seconds, questions


def main() -> None:
    print(described())
    print("| clauses × facts | questions chosen | p50 ms | p95 ms | max ms | questions a case |")
    print("|---|---|---|---|---|---|")
    speed(60, 15)
    speed(300, 40)
    print("\nmean expected cost, random tables of 6 facts and 5–9 clauses")
    print("| chances | choice | tables | ours ÷ optimum | worst | saved against the document's "
          "order | … asking everything |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    for known in (False, True):
        for planned in (True, False):
            small_tables(400, known, planned)
    print("\nthe Vietnam rulebook, random answers")
    print("| SOP | cases | questions, ours | in order | seconds, ours | in order | saved |")
    print("|---|---|---|---|---|---|---|")
    vietnam()


if __name__ == "__main__":
    main()
