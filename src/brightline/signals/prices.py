"""Amounts of Vietnamese money written in a text: `1.200.000đ`, `1tr2`, `199k`, `150-200k`.

Works on the normal form of a text (see `text.normal`). A number counts only with a mark of money;
phone numbers, sizes, dates and model numbers have none. Every pattern below is anchored or starts
at a digit and never backs up, so that time grows with the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_NUMBER = 24
"""A run of digits, points and commas longer than this is no price."""
LARGEST = float(2**53)

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(r"([1-9][0-9]{0,2})((?:\.[0-9]{3})+|(?:,[0-9]{3})+)\Z")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:[.,][0-9]{1,3})?\Z")
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)\Z")

_UNITS = {
    "đ": 1.0, "₫": 1.0, "vnđ": 1.0, "vnd": 1.0, "đồng": 1.0, "dong": 1.0, "d": 1.0,
    "k": 1e3, "nghìn": 1e3, "nghin": 1e3, "ngàn": 1e3, "ngan": 1e3,
    "tr": 1e6, "triệu": 1e6, "trieu": 1e6, "củ": 1e6,
    "tỷ": 1e9, "tỉ": 1e9,
}  # fmt: skip
_UNIT = re.compile(rf" ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![^\W\d_])")
_MORE = re.compile(r"([0-9]{1,3})(?: ?(k|nghìn|nghin|ngàn|ngan))?(?![\w.,])")
_SPACED_MORE = re.compile(r" ([0-9]{1,3})(?: ?(k|nghìn|nghin|ngàn|ngan))?(?![\w.,%])")
_HALF = re.compile(r" (?:rưỡi|ruoi)(?!\w)")
_TO = re.compile(r" ?(?:-|–|—|~|đến|tới) ?(?=[0-9])")
_CURRENCY_FIRST = re.compile(r"(?:(?<!\w)(?:vnđ|vnd)|₫|(?<!\w)đ) ?\Z")
_OTHER_MONEY_FIRST = re.compile(r"[$€£¥] ?\Z")
_PRICE_WORD = re.compile(
    r"(?<!\w)(?:giá|gia|chỉ|chỉ còn|chi|chi con|còn|sale|bán|đồng giá|only|price)"
    r"(?: (?:bán|chỉ|từ|chỉ từ|còn|chỉ còn|sỉ|lẻ|sale|gốc|rẻ|tốt|sốc|ưu đãi|khoảng))?"
    r" ?[:=]? ?\Z"
)
_NOT_THE_PRICE = re.compile(
    r"(?<!\w)(?:giảm|giảm ngay|giảm đến|giảm tới|giảm thêm|voucher|mã|hoàn|hoàn tiền|tiết kiệm"
    r"|ship|phí ship|freeship|cọc|đặt cọc|đã bán|bán được|sold|tặng)(?: ?[:=])? ?-?\Z"
)
_COUNTED = re.compile(
    r" ?(?:\+|lượt|luot|follow|like|view|người|nguoi|khách|đánh giá|đơn|sản phẩm|sp|cái đã|km"
    r"|lệ|giá(?! )|mah|hz|điểm)"
)
_MAYBE_NOT_MONEY = frozenset({1, 2, 4, 5, 6, 8, 9, 10, 12, 14, 16, 18, 22, 24})
"""`4k` is a screen, `18k` is gold: with so few thousand, a word of price must stand before."""
_BEFORE = 24


class Amount(NamedTuple):
    """An amount in dong and its place in the normal form of the text."""

    value: float
    start: int
    end: int


class _Written(NamedTuple):
    """An amount before it is known to be one: `value` in units of `unit`."""

    value: float
    unit: str | None
    start: int
    end: int


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of money in a text, in order; both ends of a range.

    `text` is in normal form. Yields finite values of at most 2^53 dong.
    """
    at = 0
    for match in _NUMBER.finditer(text):
        if match.start() < at:
            continue
        for amount in _amounts_at(text, match):
            at = amount.end
            if amount.value <= LARGEST:
                yield amount


def _amounts_at(text: str, match: re.Match[str]) -> list[Amount]:
    """The amount that starts at a number, or the two of a range."""
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if not _may_begin(before) or _NOT_THE_PRICE.search(before):
        return []
    low = _written(text, match)
    if low is None:
        return []
    marked = low.unit is not None or _CURRENCY_FIRST.search(before) is not None
    to = _TO.match(text, low.end)
    second = _NUMBER.match(text, to.end()) if to else None
    if second is not None and (high := _written(text, second)) is not None and high.unit:
        unit = low.unit or high.unit
        first = Amount(_in_dong(low.value, unit), low.start, low.end)
        last = Amount(_in_dong(high.value, high.unit), high.start, high.end)
        if first.value <= last.value and _is_money(text, high, before):
            return [first, last]
    if marked and (low.unit is None or _is_money(text, low, before)):
        return [Amount(_in_dong(low.value, low.unit), low.start, low.end)]
    if low.unit is None and _PRICE_WORD.search(before) and _looks_like_dong(match[0]):
        return [Amount(low.value, low.start, low.end)]
    return []


def _may_begin(before: str) -> bool:
    """Whether an amount may stand after this: not inside a word, a code, a date or a fraction."""
    if _OTHER_MONEY_FIRST.search(before):
        return False
    if not before or _CURRENCY_FIRST.search(before):
        return True
    last, previous = before[-1], before[-2:-1]
    if last.isalnum() or last in "/\\_#@.,":
        return False
    return not (last in "-:–x" and previous.isalnum() and not (last == ":" and previous.isalpha()))


def _written(text: str, match: re.Match[str]) -> _Written | None:
    """The number at a match with its unit and what follows it: `1tr2`, `1 triệu rưỡi`."""
    value = _value(match[0])
    if value is None:
        return None
    unit = _UNIT.match(text, match.end())
    if unit is None or (unit[1] == "d" and not _GROUPED.match(match[0])):
        return _Written(value, None, match.start(), match.end())
    name, end = unit[1], unit.end()
    factor = _UNITS[name]
    if factor > 1:
        value, end = _with_rest(text, value, factor, end)
    tail = re.compile(r" ?(?:đồng|vnđ|vnd|đ|₫)(?!\w)").match(text, end)
    return _Written(value, name, match.start(), tail.end() if tail else end)


def _with_rest(text: str, value: float, factor: float, end: int) -> tuple[float, int]:
    """Adds what follows the unit: a half, or digits (`1tr25` 1.25, `1tr200k` 1.2)."""
    half = _HALF.match(text, end)
    if half:
        return value + 0.5, half.end()
    more = _MORE.match(text, end) or (_SPACED_MORE.match(text, end) if factor >= 1e6 else None)
    if more is None or not value.is_integer():
        return value, end
    if more[2]:
        return (value + float(more[1]) * 1e3 / factor, more.end()) if factor > 1e3 else (value, end)
    return value + float(more[1]) / 10 ** len(more[1]), more.end()


def _value(written: str) -> float | None:
    """A number as Vietnamese write it: groups of three after points or commas, or a decimal."""
    if len(written) > LONGEST_NUMBER:
        return None
    grouped = _GROUPED.match(written)
    if grouped:
        return float(grouped[1] + re.sub("[.,]", "", grouped[2]))
    return float(written.replace(",", ".")) if _DECIMAL.match(written) else None


def _in_dong(value: float, unit: str | None) -> float:
    return float(round(value * _UNITS[unit or "đ"], 2))


def _is_money(text: str, written: _Written, before: str) -> bool:
    """Whether a number with a unit is an amount of money and not a count, a screen, or gold."""
    if _COUNTED.match(text, written.end):
        return False
    after = text[written.end : written.end + 2]
    if written.unit == "k" and written.value in _MAYBE_NOT_MONEY:
        return after.startswith("/") or _PRICE_WORD.search(before) is not None
    if written.unit == "củ":
        return not after[1:].isalnum() or _PRICE_WORD.search(before) is not None
    return True


def _looks_like_dong(written: str) -> bool:
    """Whether a number after a word of price is an amount of dong although no unit follows."""
    if _GROUPED.match(written):
        return True
    return bool(_PLAIN.match(written)) and 5 <= len(written) <= 10 and written.endswith("00")
