"""Whether a place in a text is a word in disguise, and what was done to it.

The rules lean to the innocent side: a place counts only where no other reading is likely. They
were set on the evasion list and on real listings; `docs/reference/signals/disguises.md` has
what they find and what they miss.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from brightline.signals.disguises.clusters import Cluster, Gap, clusters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from brightline.signals.disguises.terms import Letter, Word

SPACED, DOTTED, JOINED, SEAM_SIGN = "spaced", "dotted", "joined", "sign for space"
LEET, LOOKALIKE, DECORATED, REPEATED, RESPELT = "leet", "look-alike", "marks", "repeated", "respelt"

_JOINTS = frozenset(".-_*~·•+|^='’`ˑ・")
"""The signs that join the syllables of one word; others, as `/` and `,`, part two words."""
_LISTING = frozenset(',;:?()"')
"""The signs that part the members of a list; letters with these between are no word."""
_STRONG = {SPACED, DOTTED, LEET, LOOKALIKE, DECORATED}


@dataclass(slots=True)
class _Account:
    """What was done to the letters of a word. `dropped`: accents it ought to have."""

    done: Counter[str] = field(default_factory=Counter)
    dropped: bool = False


def judged(text: str, start: int, end: int, word: Word) -> frozenset[str] | None:
    """What was done to a word that stands at a place of a text; None where it is none of it.

    Empty where the word stands there as it is written in the list.
    """
    clusters = clusters_of(text, start, end)
    pairs = _aligned(clusters, word)
    if pairs is None:
        return None
    account = _Account()
    if word.respelt:
        account.done[RESPELT] = 1
    fits = (
        _letters_fit(pairs, account)
        and _accents_fit(pairs, word, account)
        and _gaps_fit(pairs, word, account)
    )
    if not fits or not _believable(pairs, word, account):
        return None
    return frozenset(account.done)


Pairs = list[tuple[list[Cluster], list["Letter"]]]
"""A stretch of equal letters of the text, and the equal letters of the word it stands for."""


def _aligned(clusters: list[Cluster], word: Word) -> Pairs | None:
    seen_runs = [list(run) for _code, run in groupby(clusters, key=lambda c: c.code)]
    word_runs = [list(run) for _code, run in groupby(word.letters, key=lambda x: x.code)]
    if len(seen_runs) != len(word_runs):
        return None
    for run, letters in zip(seen_runs, word_runs, strict=True):
        if run[0].code != letters[0].code or len(run) < len(letters):
            return None
        extra = len(run) > len(letters)
        if extra and (any(c.leet for c in run) or any(c.gap is not Gap.NONE for c in run[1:])):
            return None
    return list(zip(seen_runs, word_runs, strict=True))


def _letters_fit(pairs: Pairs, account: _Account) -> bool:
    for run, letters in pairs:
        for at, cluster in enumerate(run):
            letter = letters[min(at, len(letters) - 1)].letter
            if not cluster.may_be(letter) and not _confused_capital(cluster, letter, pairs):
                return False
            if cluster.seen.letter != letter:
                kind = LEET if cluster.leet else LOOKALIKE
                account.done[kind] += 1
            elif not cluster.seen.plain:
                account.done[LOOKALIKE] += 1
            if cluster.seen.decorated:
                account.done[DECORATED] += 1
        if len(run) > len(letters):
            account.done[REPEATED] += len(run) - len(letters)
    return True


def _confused_capital(cluster: Cluster, letter: str, pairs: Pairs) -> bool:
    """`I` for `l` among small letters, `l` for `i` among capitals."""
    others = [c.char for run, _letters in pairs for c in run if c.char not in "Il"]
    if (cluster.char, letter) == ("I", "l"):
        return any(char.islower() for char in others)
    return (cluster.char, letter) == ("l", "i") and any(char.isupper() for char in others)


def _accents_fit(pairs: Pairs, word: Word, account: _Account) -> bool:
    """Accents must be those of the word, or missing; on letters in disguise anything goes."""
    tones: dict[int, set[str]] = {}
    free: set[int] = set()
    decorated = bool(account.done[DECORATED])
    for run, letters in pairs:
        for at, cluster in enumerate(run):
            letter = letters[min(at, len(letters) - 1)]
            if cluster.leet or not cluster.seen.plain:
                free.add(letter.syllable)
            if cluster.seen.tone:
                tones.setdefault(letter.syllable, set()).add(cluster.seen.tone)
        for letter in letters:
            mine = run if len(letters) == 1 else run[letters.index(letter) :][:1]
            shapes = {c.seen.shaped for c in mine if c.seen.letter == letter.letter}
            hidden = any(c.leet or not c.seen.plain for c in mine)
            if shapes - {letter.shaped, letter.letter} and not decorated:
                return False
            if letter.shaped not in shapes and not hidden:
                account.dropped = True
    due = word.tones
    for syllable, seen_tones in tones.items():
        if seen_tones != {due.get(syllable)} and not decorated:
            return False
    if any(syllable not in tones and syllable not in free for syllable in due):
        account.dropped = True
    return True


def _gaps_fit(pairs: Pairs, word: Word, account: _Account) -> bool:
    """Where spaces and signs stand: between single letters, or where the word has its spaces."""
    syllables = _syllables(pairs, word)
    for at, syllable in enumerate(syllables):
        gaps = [cluster.gap for cluster in syllable[1:] if cluster.gap is not Gap.NONE]
        if Gap.TOO_MUCH in gaps or not _syllable_fits(syllable, gaps, word, account):
            return False
        if at and not _seam_fits(syllables, at, word, account):
            return False
    singles = sum(len(s) for s in syllables if _single(s))
    if account.done[SPACED] and singles < 3:
        return False
    return not (account.done[DOTTED] and account.dropped and singles < 3)


def _syllables(pairs: Pairs, word: Word) -> list[list[Cluster]]:
    """The clusters of each syllable, a letter typed several times as one."""
    syllables: list[list[Cluster]] = [[] for _seam in range(word.seams + 1)]
    for run, letters in pairs:
        for at, letter in enumerate(letters):
            syllables[letter.syllable].append(run[at])
    return syllables


def _single(syllable: list[Cluster]) -> bool:
    return all(cluster.gap is not Gap.NONE for cluster in syllable[1:])


def _syllable_fits(
    syllable: list[Cluster], gaps: Sequence[Gap], word: Word, account: _Account
) -> bool:
    if not gaps:
        return True
    if any(_LISTING & set(cluster.between) for cluster in syllable[1:]):
        return False
    single = _single(syllable) and len(syllable) > 1
    if Gap.SPACE in gaps or Gap.BOTH in gaps:
        account.done[SPACED] += 1
        return single
    account.done[DOTTED] += 1
    return single or (len(word.letters) >= 4 and not account.dropped)


def _seam_fits(syllables: list[list[Cluster]], at: int, word: Word, account: _Account) -> bool:
    before, after = syllables[at - 1], syllables[at]
    gap, between = after[0].gap, after[0].between
    spelled = any(_single(s) and len(s) > 1 for s in (before, after))
    if gap is Gap.TOO_MUCH:
        return False
    if gap is Gap.NONE:
        account.done[JOINED] += 1
        return True
    if gap is Gap.SPACE or spelled:
        return True
    account.done[SEAM_SIGN] += 1
    if between == "." and before[-1].char.islower() and after[0].char.isupper():
        return False  # the end of a sentence
    return gap is Gap.SIGN and set(between) <= _JOINTS


def _believable(pairs: Pairs, word: Word, account: _Account) -> bool:
    done, count = account.done, len(word.letters)
    strong = bool(_STRONG & done.keys())
    if not _leet_believable(pairs, word, account):
        return False
    long_enough = count >= (8 if account.dropped else 5 if word.accented else 6)
    if not strong and (done[JOINED] or done[SEAM_SIGN] or done[RESPELT]) and not long_enough:
        return False
    if done[REPEATED] == 1 and count < 5:
        del done[REPEATED]
    if account.dropped and not strong:
        return long_enough and bool(done[JOINED] or done[SEAM_SIGN] or done[RESPELT])
    return not account.dropped or count >= 4


def _begins_as_number(syllable: list[Cluster]) -> bool:
    """`3m`, `24`: more likely a measure than a syllable."""
    digits = [cluster.seen.letter.isdigit() for cluster in syllable]
    return all(digits) or (digits[0] and len(digits) < 3)


def _leet_believable(pairs: Pairs, word: Word, account: _Account) -> bool:
    leet, count = account.done[LEET], len(word.letters)
    if not leet:
        return True
    if word.respelt or any(map(_begins_as_number, _syllables(pairs, word))):
        return False
    first, last = pairs[0][0][0], pairs[-1][0][-1]
    edges = ((first, word.letters[0]), (last, word.letters[-1]))
    at_edge = any(c.leet and c.seen.letter != letter.letter for c, letter in edges)
    if at_edge and (count < 4 or account.dropped):
        return False
    return leet * 2 <= count and (count >= 4 or not account.dropped)
