"""A word of a list, letter by letter, and the byte patterns under which it may hide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, product

from brightline.signals.disguises.letters import class_of, letter_or_leet, seen
from brightline.signals.text import normal

SHORTEST = 3
"""Words of fewer letters are never looked for: too many innocent texts hold them."""
MOST_PATTERNS = 16


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a word. `syllable`: which of its syllables it belongs to, from 0."""

    letter: str
    shaped: str
    tone: str
    syllable: int

    @property
    def code(self) -> int:
        """The byte of its class."""
        return class_of(letter_or_leet(self.letter)[:1] or self.letter)


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for. `respelt`: it is itself a disguise (teencode), whatever is done to it."""

    text: str
    letters: tuple[Letter, ...]
    respelt: bool = False

    @property
    def seams(self) -> int:
        """How many spaces it has."""
        return self.letters[-1].syllable

    @property
    def accented(self) -> bool:
        """Whether any letter of it bears an accent."""
        return any(letter.tone or letter.shaped != letter.letter for letter in self.letters)

    @property
    def tones(self) -> dict[int, str]:
        """Syllable → its tone, where it has one."""
        return {letter.syllable: letter.tone for letter in self.letters if letter.tone}

    def patterns(self) -> list[bytes]:
        """The bytes under which it may stand in a stream of runs.

        A letter that is doubled may be one run (`google`) or several (`g.o.o.gle`).
        """
        runs = [(code, len(list(group))) for code, group in groupby(x.code for x in self.letters)]
        ways = 1
        for _code, count in runs:
            ways *= count
        if ways > MOST_PATTERNS:
            return [bytes(code for code, _count in runs)]
        choices = [[bytes([code]) * times for times in range(1, count + 1)] for code, count in runs]
        return [b"".join(parts) for parts in product(*choices)]


def word_of(text: str, respelt: bool = False) -> Word | None:
    """The word, or None where it has too few letters or a character that is no letter or digit."""
    letters = []
    for syllable, part in enumerate(normal(text).split(" ")):
        for char in part:
            shown = seen(char)
            if not shown.letter or not shown.plain or not char.isalnum():
                return None
            letters.append(Letter(shown.letter, shown.shaped, shown.tone, syllable))
    if sum(letter.letter.isalpha() for letter in letters) < SHORTEST:
        return None
    if any(not letter_or_leet(x.letter) and x.letter.isdigit() for x in letters):
        return None  # a digit that stands for no letter has no class of its own
    return Word(normal(text), tuple(letters), respelt)


def words_of(texts: Iterable[str]) -> list[Word]:
    """Those of the words that can be looked for."""
    return [word for text in texts if (word := word_of(text)) is not None]
