"""All the text signals of the Vietnam rulebook on titles and descriptions, two processes.

Run: `BRIGHTLINE_DATA=FOLDER ./run bench text_signals`, where FOLDER holds
`tiki-listings/listings.csv`; without it, on the rulebook's own golden cases, repeated. Beside it
a regular expression of all terms without regard to case, and Aho-Corasick over lower-cased text:
neither sees accents moved, disguises, contacts or claims.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from multiprocessing import get_context
from multiprocessing.pool import Pool

import pyarrow as pa
from ahocorasick_rs import AhoCorasick

import machine
from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read
from brightline.signals.asked import facts_of
from brightline.signals.claims.finding import kinds_of
from brightline.signals.contact.finding import contacts_of
from brightline.signals.disguises.finding import DisguiseFinder
from brightline.signals.matching import WordFinder
from brightline.signals.supplying import Supplier

PROCESSES = 2
BATCH = 2_000
Pairs = list[tuple[str, str]]
_TEXT_SIGNALS = {"lexicon", "contact", "claims", "number"}


def pairs() -> Pairs:
    """Title and description of each listing."""
    if data := machine.real_data():
        path = data / "tiki-listings" / "listings.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return [(row["title"], row["description"]) for row in csv.DictReader(file)]
    found = []
    for path in sorted((bundled_rulebook() / "cases").glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            cases = [json.loads(line)["attributes"] for line in file]
        found += [(c.get("title", ""), c.get("description", "")) for c in cases]
    return found * 10


class Signals:
    """Every text signal of the rulebook's facts about listings, as screening runs them."""

    name = "Brightline: all text signals"

    def __init__(self, book: Rulebook) -> None:
        sops = [sop for sop in book.sops if sop.subject == "listing"]
        self.asked = sum(
            supply.signal in _TEXT_SIGNALS
            for _name, fact in facts_of(book, "listing")
            for supply in fact.supplied_by
        )
        self.sops = len(sops)
        self._supplier = Supplier(book, "listing")

    def run(self, batch: Pairs) -> int:
        columns = {
            "title": pa.array([title for title, _text in batch]),
            "description": pa.array([text for _title, text in batch]),
        }
        told = self._supplier.supply_columns(columns, len(batch))
        return sum(int(column.known.sum()) for column in told.values())


class _Each:
    """An engine that counts something in each text."""

    def __init__(self, count: Callable[[str], int]) -> None:
        self._count = count

    def run(self, batch: Pairs) -> int:
        return sum(self._count(f"{title}\n{text}") for title, text in batch)


class RegularExpression(_Each):
    name = "regular expression of the terms"

    def __init__(self, book: Rulebook) -> None:
        words = sorted(terms(book), key=len, reverse=True)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
        super().__init__(lambda text: len(pattern.findall(text)))


class PlainAhoCorasick(_Each):
    name = "Aho-Corasick of the terms, lower case"

    def __init__(self, book: Rulebook) -> None:
        matcher = AhoCorasick([term.lower() for term in terms(book)])
        super().__init__(lambda text: len(matcher.find_matches_as_indexes(text.lower())))


class Words:
    name = "- words of the lists alone"

    def __init__(self, book: Rulebook) -> None:
        self._finder = WordFinder(terms(book))

    def run(self, batch: Pairs) -> int:
        return len(self._finder.find([f"{title}\n{text}" for title, text in batch]).text)


class Disguises(Words):
    name = "- words in disguise alone"

    def __init__(self, book: Rulebook) -> None:
        self._finder = DisguiseFinder(terms(book))  # type: ignore[assignment]


class Contacts:
    name = "- contacts alone"

    def __init__(self, _book: Rulebook) -> None:
        """Needs nothing of the rulebook."""

    def run(self, batch: Pairs) -> int:
        return sum(1 for _found in contacts_of([f"{title}\n{text}" for title, text in batch]))


class Claims:
    name = "- claims alone"

    def __init__(self, _book: Rulebook) -> None:
        """Needs nothing of the rulebook."""

    def run(self, batch: Pairs) -> int:
        return sum(1 for _found in kinds_of([f"{title}\n{text}" for title, text in batch]))


ENGINES = (Signals, Words, Disguises, Contacts, Claims, RegularExpression, PlainAhoCorasick)


def terms(book: Rulebook) -> list[str]:
    found = [term.term for words in book.lexicons.values() for term in words]
    return list(dict.fromkeys(found))


@cache
def _engine(number: int) -> Signals | Words | Claims | Contacts | _Each:
    return ENGINES[number](read(bundled_rulebook()))


@cache
def batches() -> list[Pairs]:
    """The texts in batches; each process reads its own, as a worker of `screen` does."""
    texts = pairs()
    return [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]


def _prepare(number: int) -> None:
    batches()
    _engine(number).run([("Balo nữ", "Nhẹ, bền")])


def _work(number: int, at: int) -> int:
    return _engine(number).run(batches()[at])


def rate(number: int, some: Sequence[int], count: int) -> float:
    """Pairs a second of one engine, the best of five turns, workers warmed up."""
    pool: Pool
    with get_context("spawn").Pool(PROCESSES, _prepare, (number,)) as pool:
        work = partial(_work, number)
        pool.map(work, some[:PROCESSES], chunksize=1)
        best = 0.0
        for _turn in range(5):
            began = time.perf_counter()
            pool.map(work, some, chunksize=1)
            best = max(best, count / (time.perf_counter() - began))
    return best


def main() -> None:
    print(machine.described("ahocorasick-rs"))
    texts = pairs()
    every = batches()
    book = read(bundled_rulebook())
    signals = Signals(book)
    characters = sum(len(title) + len(text) for title, text in texts) / len(texts)
    print(
        f"{len(texts):,} pairs of {characters:.0f} characters; {len(terms(book)):,} terms, "
        f"{signals.sops} SOPs, {signals.asked} questions to text signals; {PROCESSES} processes\n"
    )
    print("| engine | pairs/s |\n|---|---|")
    for number, engine in enumerate(ENGINES):
        some = range(len(every) if engine is not RegularExpression else 2)
        count = sum(len(every[at]) for at in some)
        print(f"| {engine.name} | {rate(number, some, count):,.0f} |")


if __name__ == "__main__":
    main()
