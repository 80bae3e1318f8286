"""Amounts of Vietnamese money written in words: `hai trăm nghìn`, `một triệu hai`, `trăm rưỡi`.

Works on the normal form of a text (see `text.normal`). Sellers write prices out so that no search
for figures finds them. Words for numbers are everyday words too (`năm` is a year, `ba` a father),
so an amount counts only with a word of thousands or more, or after a word of price, and where what
stands around it does not say that something else is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from brightline.signals.prices import COUNTED, LARGEST, NOT_THE_PRICE, PRICE_WORD, Amount

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9,
}  # fmt: skip
_CONTRACTED = {"mốt", "tư", "lăm", "nhăm"}
"""Ones that stand after a word of tens only: `hai lăm` is 25."""
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "củ": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_TENS, _LINK = {"mươi", "chục"}, {"lẻ", "linh"}
_HUNDRED, _TEN, _HALF = "trăm", "mười", "rưỡi"
_KNOWN = {*_ONES, *_SCALES, *_TENS, *_LINK, _HUNDRED, _TEN, _HALF}

HINTS = (*_SCALES, *_TENS, _HUNDRED)
"""Without one of these words a text holds no amount in words."""
_LONG_HINTS = tuple(hint for hint in HINTS if len(hint) > 2)
_SHORT_HINT = re.compile(rf"(?:{'|'.join(hint for hint in HINTS if len(hint) <= 2)})(?!\w)")
"""`củ` stands in `của` too."""
LONGEST_RUN = 30
"""No amount has more words."""
_TOKEN = re.compile(r"[^\W_]+")
_CURRENCY = re.compile(r" ?(?:đồng(?! (?:hồ|phục|bộ|nghiệp|thời|chí|đội|tính))|vnđ|vnd|đ|₫)(?!\w)")
_PIECE = "chiếc|cái|đôi|bộ|hộp|gói|lọ|chai|tuýp|kg|cân|lạng|con|combo|sét|set"
_EACH = re.compile(rf" ?/| (?:một|1|mỗi) (?:{_PIECE})(?!\w)")
_ENDING = "thôi|nha|nhé|ạ|bao ship|free ?ship|cả ship|có ship"
_STOP = re.compile(rf" ?(?:\Z|[.,;!?)\]|•…–-])| (?:{_ENDING})(?!\w)")
_ROUGHLY = re.compile(r"(?<!\w)(?:vài|mấy|hàng|cả|hơn|chục) ?\Z")
_BEFORE = 24
_LEAST_BARE = 10_000
"""Less than this is no price unless something around it says so."""


class _Part(NamedTuple):
    """A number read from words: its value, and the index of the first word after it."""

    value: float
    end: int


def spelled_amounts(text: str) -> Iterator[Amount]:
    """The amounts of money in words in a text (normal form), in order."""
    for run in _runs(text):
        at = 0
        while at < len(run):
            amount, at = _amount(text, run, at)
            if amount is not None and amount.value <= LARGEST:
                yield amount


def may_be_spelled(text: str) -> bool:
    """Whether a text (normal form) may hold an amount in words; False is certain, and cheap."""
    return any(hint in text for hint in _LONG_HINTS) or _SHORT_HINT.search(text) is not None


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Words for numbers that stand side by side, one space apart; what is too long is cut."""
    run: list[re.Match[str]] = []
    for word in _TOKEN.finditer(text):
        known = word[0] in _KNOWN
        joined = known and bool(run) and text[run[-1].end() : word.start()] == " "
        if run and (not joined or len(run) == LONGEST_RUN):
            yield run
            run = []
        if known:
            run.append(word)
    if run:
        yield run


def _amount(text: str, run: Sequence[re.Match[str]], at: int) -> tuple[Amount | None, int]:
    """The amount that begins at a word of a run, if one does; and the word to go on with."""
    words = [word[0] for word in run]
    number = _number(words, at)
    if number is None:
        return None, at + 1
    last = run[number.end - 1]
    if last[0] in ("một", "1") and number.end > at + 1 and not _STOP.match(text, last.end()):
        number = _number(words[: number.end - 1], at) or number  # "hai nghìn một gói"
    start, end = run[at].start(), run[number.end - 1].end()
    before = text[max(0, start - _BEFORE) : start]
    used = words[at : number.end]
    if (
        NOT_THE_PRICE.search(before)
        or COUNTED.match(text, end)
        or before[-1:] in (".", ",")  # "3.9 tỷ"
        or all(word.isdigit() or word in _SCALES for word in used)  # `prices` reads these
        or (used[0] == _HUNDRED and _ROUGHLY.search(before))  # "vài trăm nghìn"
    ):
        return None, number.end
    currency = _CURRENCY.match(text, end)
    priced = PRICE_WORD.search(before) is not None
    value, scaled = number.value, any(word in _SCALES for word in used)
    stops = _STOP.match(text, end) is not None
    if not scaled and not currency:
        if not (priced and value >= 100 and stops):
            return None, number.end
        value *= 1000  # "giá hai trăm rưỡi"
    elif not (
        priced
        or (currency and value >= 100)
        or _EACH.match(text, end)
        or (stops and value >= _LEAST_BARE)
    ):
        return None, number.end
    return Amount(value, start, currency.end() if currency else end), number.end


def _number(words: Sequence[str], at: int) -> _Part | None:
    """The number that begins at a word: groups of up to three figures, each with its scale."""
    total, scale, end = 0.0, float("inf"), at
    while True:
        group = _group(words, end)
        if group is None:
            break
        word = words[group.end] if group.end < len(words) else ""
        step = _SCALES.get(word)
        if step is None:
            total += _tail(group.value, words[end : group.end], scale)
            end = group.end
            break
        if step >= scale:
            break
        total, scale, end = total + group.value * step, step, group.end + 1
        if end < len(words) and words[end] == _HALF:
            return _Part(total + scale / 2, end + 1)
    return _Part(total, end) if end > at else None


def _tail(value: float, words: Sequence[str], scale: float) -> float:
    """What figures without a scale come to after one: in `một triệu hai` the two is 200,000."""
    if scale == float("inf") or words[0] in _LINK:
        return value
    if value >= 100:
        return value * max(1.0, scale / 1000)
    return value * scale / (10 if value < 10 else 100)


def _group(words: Sequence[str], at: int) -> _Part | None:
    """A number below 1000; a bare `trăm` is 100."""

    def word(nth: int) -> str:
        return words[nth] if nth < len(words) else ""

    hundreds, end = 0.0, at
    if word(at) == _HUNDRED:
        hundreds, end = 100.0, at + 1
    elif word(at) in _ONES and word(at + 1) == _HUNDRED:
        hundreds, end = _ONES[word(at)] * 100.0, at + 2
    if hundreds and word(end) == _HALF:
        return _Part(hundreds + 50, end + 1)
    rest = _below_hundred(words, end)
    if rest is None:
        return _Part(hundreds, end) if hundreds else None
    value = rest.value
    if hundreds and rest.end == end + 1 and word(end) in _ONES:
        value *= 10  # "trăm hai" is 120
    return _Part(hundreds + value, rest.end)


def _below_hundred(words: Sequence[str], at: int) -> _Part | None:
    def word(nth: int) -> str:
        return words[nth] if nth < len(words) else ""

    first = word(at)
    if first in _LINK and word(at + 1) in _ONES:
        return _Part(_ONES[word(at + 1)], at + 2)
    if first == _TEN:
        if word(at + 1) in _ONES:
            return _Part(10 + _ONES[word(at + 1)], at + 2)
        return _Part(10, at + 1)
    if first not in _ONES:
        return None
    if word(at + 1) in _TENS:
        tens = _ONES[first] * 10
        after = word(at + 2)
        if after in _ONES and word(at + 3) not in (*_TENS, _HUNDRED):
            return _Part(tens + _ONES[after], at + 3)
        return _Part(tens, at + 2)
    if word(at + 1) in _CONTRACTED:
        return _Part(_ONES[first] * 10 + _ONES[word(at + 1)], at + 2)
    return _Part(_ONES[first], at + 1)
