"""Amounts of Vietnamese money written in a text: `1.200.000đ`, `1tr2`, `199k`, `150-200k`.

Works on the normal form of a text (see `text.normal`). A number counts only with a mark of money;
phone numbers, sizes, dates and model numbers have none. Every pattern below is anchored or starts
at a digit and never backs up, so that time grows with the length of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_NUMBER = 20
"""A run of digits, points and commas longer than this is no price: 15 digits and their points."""
LARGEST = float(2**53)

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2})(?:((?:\.[0-9]{3})+)(?:,([0-9]{1,2}))?|((?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?)\Z"
)
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:[.,][0-9]{1,3})?\Z")
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)\Z")

_UNITS = {
    "đ": 1.0, "₫": 1.0, "vnđ": 1.0, "vnd": 1.0, "đồng": 1.0, "dong": 1.0, "d": 1.0,
    "k": 1e3, "nghìn": 1e3, "nghin": 1e3, "ngàn": 1e3, "ngan": 1e3,
    "tr": 1e6, "triệu": 1e6, "trieu": 1e6, "củ": 1e6,
    "tỷ": 1e9, "tỉ": 1e9,
}  # fmt: skip
_UNIT = re.compile(rf" ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![^\W\d_])")
_MORE = re.compile(r"([0-9]{1,3})(?: ?(k|nghìn|nghin|ngàn|ngan))?(?![.,]?\w)")
_SPACED_MORE = re.compile(
    r" ([0-9]{1,3})(?: ?(k|nghìn|nghin|ngàn|ngan)(?!\w)|(?= ?(?:\Z|[;!?)]|[.,](?!\w))))"
)
_TAIL = re.compile(r" ?(?:đồng|vnđ|vnd|đ|₫)(?!\w)")
_HALF = re.compile(r" (?:rưỡi|ruoi)(?!\w)")
_TO = re.compile(r" ?(?:-|–|—|~|đến|tới) ?(?=[0-9])")
_CURRENCY_FIRST = re.compile(r"(?:(?<!\w)(?:vnđ|vnd)|₫|(?<!\w)đ) ?\Z")
_OTHER_MONEY_FIRST = re.compile(r"[$€£¥] ?\Z")
PRICE_WORD = re.compile(
    r"(?<!\w)(?:giá|gia|chỉ|chỉ còn|chi|chi con|còn|sale|bán|đồng giá|only|price)"
    r"(?: (?:bán|chỉ|từ|chỉ từ|còn|chỉ còn|sỉ|lẻ|sale|gốc|rẻ|tốt|sốc|ưu đãi|khoảng))?"
    r" ?[:=]? ?\Z"
)
NOT_THE_PRICE = re.compile(
    r"(?<!\w)(?:giảm|giảm giá|giảm ngay|giảm đến|giảm tới|giảm thêm|voucher|mã|hoàn|hoàn tiền"
    r"|tiết kiệm|ship|phí ship|freeship|cọc|đặt cọc|đã bán|bán được|sold|tặng"
    r"|đền|thưởng|phạt|tối đa|nặng|đựng)(?: (?:từ|khoảng|đến))?(?: ?[:=])? ?-?\Z"
)
COUNTED = re.compile(
    r" ?(?:\+|(?:lượt|luot|follow|followers?|views?|người|nguoi|khách hàng|đánh giá|đơn hàng"
    r"|km|lệ|điểm|đô(?: la)?|dola|dollars?|usd|mah|hz|like(?! new| auth))(?!\w))"
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
    spaced: bool = False


def amounts(text: str) -> Iterator[Amount]:
    """The amounts of money in a text, in order; both ends of a range.

    `text` is in normal form. Yields finite values of at most 2^53 dong.
    """
    at = 0
    for match in _NUMBER.finditer(text):
        if match.start() < at:
            continue
        for amount in _amounts_at(text, match, at):
            at = amount.end
            if amount.value <= LARGEST:
                yield amount


def _amounts_at(text: str, match: re.Match[str], used: int) -> list[Amount]:
    """The amount that starts at a number, or the two of a range; `used` ends the one before."""
    start = match.start()
    before = text[max(used, start - _BEFORE) : start]
    if not _may_begin(text[max(0, start - 5) : start]) or NOT_THE_PRICE.search(before):
        return []
    low = _written(text, match)
    if low is None:
        return []
    pair = _range(text, low, before)
    if pair:
        return pair
    if low.unit is not None:
        return [_amount(low, low.unit)] if _is_money(text, low, before) else []
    if _CURRENCY_FIRST.search(before) and (low.value >= 1000 or low.value == 0):
        return [_amount(low, "đ")]
    if PRICE_WORD.search(before) and _looks_like_dong(match[0]):
        return [_amount(low, "đ")]
    return []


def _range(text: str, low: _Written, before: str) -> list[Amount]:
    """Both amounts of `150-200k`, where a second one follows and is not the smaller."""
    to = _TO.match(text, low.end)
    second = _NUMBER.match(text, to.end()) if to else None
    high = _written(text, second) if second else None
    if high is None or high.unit is None or not _is_money(text, high, before):
        return []
    last = _amount(high, high.unit)
    first = _amount(low, low.unit or high.unit)
    if low.unit is None and low.value < 1000 <= high.value and _UNITS[high.unit] == 1:
        first = first._replace(value=first.value * 1000)  # "100-200.000đ"
    return [first, last] if first.value <= last.value else []


def _amount(written: _Written, unit: str) -> Amount:
    return Amount(round(written.value * _UNITS[unit], 2), written.start, written.end)


def _may_begin(before: str) -> bool:
    """Whether an amount may stand after these few characters.

    Not inside a word or a code (`TA63`, `A-15k`), a date, a fraction, nor after another currency.
    """
    if _OTHER_MONEY_FIRST.search(before):
        return False
    if not before or _CURRENCY_FIRST.search(before):
        return True
    last, previous = before[-1], before[-2:-1]
    if last.isalnum() or last in "\\_#@":
        return False
    if last in ",:":
        return not previous.isdigit()
    return not (last in "-–./" and previous.isalnum())


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
    if factor >= 1e6 and _GROUPED.match(match[0]):
        return None  # "1.250 triệu": 1.25 or 1250?
    if factor > 1:
        value, end = _with_rest(text, value, factor, end)
        if text[end : end + 1].isalnum():
            return None  # "1tr2tr3"
    elif not value.is_integer() and not _GROUPED.match(match[0]):
        return _Written(value, None, match.start(), match.end())
    tail = _TAIL.match(text, end)
    spaced = text[match.end()] == " "
    return _Written(value, name, match.start(), tail.end() if tail else end, spaced)


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
        whole = re.sub("[.,]", "", grouped[1] + (grouped[2] or grouped[4]))
        return float(f"{whole}.{grouped[3] or grouped[5] or 0}")
    return float(written.replace(",", ".")) if _DECIMAL.match(written) else None


def _is_money(text: str, written: _Written, before: str) -> bool:
    """Whether a number with a unit is an amount of money and not a count, a screen, or gold."""
    if COUNTED.match(text, written.end):
        return False
    after = text[written.end : written.end + 2]
    if written.unit == "k" and (written.value in _MAYBE_NOT_MONEY or written.spaced):
        return after.startswith("/") or PRICE_WORD.search(before) is not None
    if written.unit == "đ" and written.spaced:
        return written.value >= 1000  # "lớp 1 đ…" may be any word that was cut
    if written.unit == "củ":
        return not after[1:].isalnum() or PRICE_WORD.search(before) is not None
    return True


def _looks_like_dong(written: str) -> bool:
    """Whether a number after a word of price is an amount of dong although no unit follows."""
    if _GROUPED.match(written):
        return True
    return bool(_PLAIN.match(written)) and 5 <= len(written) <= 10 and written.endswith("00")


def plain_numbers(text: str) -> Iterator[Amount]:
    """The numbers in a text (normal form), whatever they count; not those inside a word."""
    for match in _NUMBER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        value = None if before.isalnum() or before == "_" else _value(match[0])
        if value is not None and value <= LARGEST:
            yield Amount(value, match.start(), match.end())
