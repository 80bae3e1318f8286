"""Words in disguise: what is found of each trick, what is found wrongly, and how fast.

Run: `./run bench disguise_signal`; with `BRIGHTLINE_DATA=FOLDER` on real texts too
(`tiki-listings`, `vihos`, `vispamreviews`), where every distinct hit is printed to be read.
Beside it: a regular expression of all words without regard to case, and Aho-Corasick over
lower-cased text, the two things a team would write first.
"""

from __future__ import annotations

import csv
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ahocorasick_rs import AhoCorasick

import machine
from brightline.signals.disguises.finding import DisguiseFinder
from brightline.signals.disguises.spellings import spellings
from brightline.signals.disguises.terms import word_of
from brightline.signals.matching import WordFinder
from brightline.signals.text import bare

TERMS = Path(__file__).resolve().parents[1] / "tests" / "signals" / "evasion_terms.csv"
LEET = str.maketrans("aeiosAEIOS", "4310543105")
CYRILLIC = str.maketrans("aeopcxyAEOPCXM", "аеорсхуАЕОРСХМ")
MOST_SHOWN = 80


def inner(word: str, change: Callable[[str], str]) -> str:
    """The word with one letter inside it changed, the first that can be."""
    for at in range(1, len(word) - 1):
        if (other := change(word[at])) != word[at]:
            return word[:at] + other + word[at + 1 :]
    return word


def between(word: str, sign: str) -> str:
    return " ".join(sign.join(part) for part in word.split(" "))


TRICKS: dict[str, Callable[[str], str]] = {
    "dots between letters": lambda w: between(w, "."),
    "dashes between letters": lambda w: between(w, "-"),
    "dots, accents left out": lambda w: between(bare(w), "."),
    "letters spaced": lambda w: " ".join(w.replace(" ", "")),
    "a digit for a letter": lambda w: inner(w, lambda c: bare(c).translate(LEET)),
    "@ for a": lambda w: inner(w, lambda c: "@" if c == "a" else c),
    "Cyrillic letters": lambda w: w.translate(CYRILLIC),
    "mathematical letters": lambda w: "".join(
        chr(0x1D41A + ord(c) - 97) if c.isascii() and c.islower() else c for c in w
    ),
    "full-width letters": lambda w: "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in w
    ),
    "zero-width spaces": "\u200b".join,
    "struck through": lambda w: "".join(c + "\u0336" if c.isalpha() else c for c in w),
    "accents as marks of their own": lambda w: unicodedata.normalize("NFD", w),
    "written together": lambda w: w.replace(" ", ""),
    "a letter repeated": lambda w: w + w[-1] * 4,
    "teencode": lambda w: next(iter(spellings(w)), w),
}


def tried() -> Iterator[tuple[str, str, str]]:
    """(trick, word, the word so disguised), where the trick changes the word."""
    for word in WORDS:
        for trick, change in TRICKS.items():
            if (other := change(word)) != word:
                yield trick, word, other


with TERMS.open(encoding="utf-8") as _file:
    WORDS = [
        row["term"].lower() for row in csv.DictReader(_file) if word_of(row["term"]) is not None
    ]


class RegularExpression:
    name = "regular expression"

    def __init__(self, words: Sequence[str]) -> None:
        parts = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(self._pattern.findall(text)) for text in texts]


class PlainAhoCorasick:
    name = "Aho-Corasick, lower case"

    def __init__(self, words: Sequence[str]) -> None:
        self._matcher = AhoCorasick([word.lower() for word in words])

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(self._matcher.find_matches_as_indexes(text.lower())) for text in texts]


class Ours:
    name = "Brightline, plain and in disguise"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = WordFinder(words)
        self.disguises = DisguiseFinder(words)

    def count(self, texts: Sequence[str]) -> list[int]:
        hits = Counter(self.words.find(texts).text.tolist())
        hits.update(self.disguises.find(texts).text.tolist())
        return [hits[row] for row in range(len(texts))]


ENGINES = (RegularExpression, PlainAhoCorasick, Ours)


def recall() -> None:
    """How many of the words each engine finds under each trick."""
    tests = list(tried())
    texts = [f"Bán {other} giá tốt, giao nhanh" for _trick, _word, other in tests]
    found = [engine(WORDS).count(texts) for engine in ENGINES]
    total = Counter(trick for trick, _word, _other in tests)
    print(f"{len(WORDS)} words of three letters or more, {len(tests)} disguised ones\n")
    print("| trick | words | " + " | ".join(engine.name for engine in ENGINES) + " |")
    print("|---|---|" + "---|" * len(ENGINES))
    for trick in (*total, ""):
        rows = [i for i, test in enumerate(tests) if trick in ("", test[0])]
        cells = [sum(counts[i] > 0 for i in rows) for counts in found]
        shares = [f"{cell} ({cell / len(rows):.0%})" for cell in cells]
        print(f"| {trick or '**all**'} | {len(rows)} | " + " | ".join(shares) + " |")


def pairs(data: Path) -> list[str]:
    """Title and description of each listing, as one text."""
    with (data / "tiki-listings" / "listings.csv").open(encoding="utf-8", newline="") as file:
        return [f"{row['title']}\n{row['description']}" for row in csv.DictReader(file)]


def comments(data: Path) -> list[str]:
    csv.field_size_limit(sys.maxsize)
    found: list[str] = []
    for name, column in (("vihos", "text"), ("vispamreviews", "Comment")):
        for path in sorted((data / name).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                found += [row[column] or "" for row in csv.DictReader(file)]
    return found


def wrongful(name: str, texts: Sequence[str]) -> None:
    """Every distinct hit on real texts, most frequent first: to be read by a person."""
    finder = DisguiseFinder(WORDS)
    words = dict(zip(finder.same, WORDS, strict=True))
    hits = finder.find(texts)
    told = Counter(
        (words[word], texts[text][start:end])
        for text, word, start, end in zip(hits.text, hits.word, hits.start, hits.end, strict=True)
    )
    print(f"\n{name}: {sum(told.values())} hits in {len(texts):,} texts, {len(told)} distinct")
    for (word, seen), count in told.most_common(MOST_SHOWN):
        print(f"    {count} × {word!r}: {seen!r}")


def speed(texts: Sequence[str]) -> None:
    """Texts a second, one process."""
    characters = sum(map(len, texts)) / len(texts)
    print(
        f"\n{len(texts):,} title and description pairs of {characters:.0f} characters, one core\n"
    )
    print("| engine | pairs/s | M characters/s |\n|---|---|---|")
    for engine in ENGINES:
        ready = engine(WORDS)
        ready.count(texts[:200])
        best = min(_seconds(ready.count, texts) for _turn in range(3))
        rate = len(texts) / best
        print(f"| {engine.name} | {rate:,.0f} | {rate * characters / 1e6:.1f} |")


def _seconds(count: Callable[[Sequence[str]], list[int]], texts: Sequence[str]) -> float:
    began = time.perf_counter()
    count(texts)
    return time.perf_counter() - began


def main() -> None:
    print(machine.described("ahocorasick-rs", "confusable-homoglyphs"))
    recall()
    if data := machine.real_data():
        listings = pairs(data)
        speed(listings)
        wrongful("Listings", listings)
        wrongful("Comments and reviews", comments(data))


if __name__ == "__main__":
    main()
