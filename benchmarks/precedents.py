"""Likeness of precedents: recall of near-duplicates and time a query, among real listings.

Run: `BRIGHTLINE_DATA=FOLDER python benchmarks/precedents.py [TEXTS]`, where FOLDER holds
`tiki-listings/listings.csv`, which is not part of this repository.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import machine
from brightline.workbench.cases.searching import fold
from brightline.workbench.escalations.likeness import LEAST, Likeness

QUERIES = 1_000


def listings(folder: Path, most: int) -> list[tuple[str, str, str]]:
    """Title, description and category of listings whose titles all differ."""
    found: dict[str, tuple[str, str, str]] = {}
    with (folder / "tiki-listings" / "listings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = fold(row["title"])
            if len(row["description"].split()) >= 12:
                found.setdefault(key, (row["title"], row["description"], row["section"]))
    every = list(found.values())
    random.Random(5).shuffle(every)
    return every[:most]


def retold(text: str, chance: random.Random, left: float) -> str:
    """The text as another seller might write it: words dropped, neighbours swapped, no accents."""
    words = [word for word in fold(text).split() if chance.random() < left]
    for place in range(0, len(words) - 1, 7):
        words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join([*words, "freeship", "cam", "ket", "gia", "tot"])


def measured(name: str, index: Likeness, asked: list[tuple[int, str]]) -> None:
    """How often the right text comes first and among three; milliseconds a query."""
    first = third = 0
    times: list[float] = []
    for key, query in asked:
        start = time.perf_counter()
        found = [at for at, _score in index.like(query, 3, LEAST)]
        times.append((time.perf_counter() - start) * 1000)
        first += found[:1] == [key]
        third += key in found
    times.sort()
    n = len(asked)
    print(
        f"  {name:44} first {first / n:6.1%}  in three {third / n:6.1%}  "
        f"median {statistics.median(times):5.1f} ms  p99 {times[int(n * 0.99)]:5.1f} ms"
    )


def main() -> None:
    print(machine.described(), end="")
    folder = machine.real_data()
    if folder is None:
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rows = listings(folder, most)
    chance = random.Random(7)
    picked = chance.sample(range(len(rows)), min(QUERIES, len(rows)))
    start = time.perf_counter()
    index = Likeness()
    index.add((at, fold(f"{title} {text}")) for at, (title, text, _s) in enumerate(rows))
    print(f"{len(rows):,} texts indexed in {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    index.add([(len(rows), fold(" ".join(rows[0][:2]) + " bản sửa"))])
    print(f"one more added in {(time.perf_counter() - start) * 1000:.1f} ms")
    whole: Callable[[int], str] = lambda at: " ".join(rows[at][:2])  # noqa: E731
    print("near-duplicates:")
    for left in (0.8, 0.5, 0.25):
        asked = [(at, retold(whole(at), chance, left)) for at in picked]
        measured(f"no accents, {left:.0%} of the words left", index, asked)
    measured("the title alone, no accents", index, [(at, fold(rows[at][0])) for at in picked])
    accented = Likeness()
    accented.add((at, " ".join(row[:2]).casefold()) for at, row in enumerate(rows))
    asked = [(at, retold(whole(at), chance, 0.5)) for at in picked]
    measured("for comparison: an index that keeps accents", accented, asked)
    others(index, rows, picked)


def others(index: Likeness, rows: list[tuple[str, str, str]], picked: list[int]) -> None:
    """What else a text is like: how alike, and whether of the same section."""
    same, alike, nothing = [], [], 0
    for at in picked:
        found = [one for one in index.like(fold(" ".join(rows[at][:2])), 6) if one[0] != at][:5]
        found = [one for one in found if one[0] < len(rows) and one[1] >= LEAST]
        nothing += not found
        same += [rows[key][2] == rows[at][2] for key, _score in found]
        alike += [score for _key, score in found]
    chance = random.Random(11)
    apart = []
    for at in chance.sample(picked, min(100, len(picked))):
        scores = dict(index.like(fold(" ".join(rows[at][:2])), len(rows) + 1))
        apart += [scores.get(chance.randrange(len(rows)), 0.0) for _ in range(50)]
    apart.sort()
    print(
        f"five most alike of another listing: {statistics.mean(same):.1%} in its section, "
        f"likeness median {statistics.median(alike):.2f}; nothing above {LEAST} for {nothing}"
    )
    print(
        f"two listings drawn at random: likeness median {statistics.median(apart):.3f}, 95th "
        f"percentile {apart[int(len(apart) * 0.95)]:.3f}, 99th {apart[int(len(apart) * 0.99)]:.3f}"
    )


if __name__ == "__main__":
    main()
