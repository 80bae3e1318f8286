"""How a Vietnamese word is written in teencode: `phá thai` as `fá thai`, `hàng giả` as `hàg jả`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from brightline.signals.text import normal

SHORTEST = 5
"""Letters a word must have; shorter ones would meet other words."""
MOST_AT_ONCE = 2
"""Rules that are applied together to one word."""

_RULES = (
    (r"\bph", "f"), (r"\bqu", "w"), (r"\bgi(?=[^ ])", "j"), (r"\bgi(?=[^ ])", "z"),
    (r"\bd(?=[^ ])", "z"), (r"\bc(?=[^h ])", "k"), (r"(?<=\w\w)c\b", "k"),
    (r"\bkh", "k"), (r"\bkh", "x"),
    (r"ng\b", "g"), (r"nh\b", "h"), (r"\bv", "w"),
    (r"(?<=[^ ])i\b", "j"), (r"ch\b", "k"),
)  # fmt: skip
"""What is written for what; every place in the word where a rule fits changes together.

Not among them: `tr` for `ch`, `s` for `x`, as many people speak and some write; they make other
words (`chuyện`, `xài`) of innocent ones.
"""


def spellings(term: str) -> Iterator[str]:
    """Other spellings of a term, none twice, none the term itself."""
    word = normal(term)
    if sum(char.isalpha() for char in word) < SHORTEST:
        return
    told = {word}
    rules = [rule for rule in _RULES if re.search(rule[0], word)]
    for count in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(rules, count):
            other = word
            for pattern, sign in chosen:
                other = re.sub(pattern, sign, other)
            if other not in told:
                told.add(other)
                yield other
