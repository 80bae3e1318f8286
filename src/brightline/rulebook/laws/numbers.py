"""The numbers that a text names, whatever language it is in."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

_MONTHS = {
    name: str(number)
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DATE_WORDS = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\.?(?:\s+(\d{{4}}))?\b|"
    rf"\b({'|'.join(_MONTHS)})\.?\s+(\d{{1,2}})(?:,\s*(\d{{4}}))?\b",
    re.IGNORECASE,
)
_WORDS = {
    "vi": "một hai ba bốn năm sáu bảy tám chín mười",
    "en": "one two three four five six seven eight nine ten",
}
_QUOTED = re.compile(r"(?<!\*)\*[^*\n]+\*(?!\*)|“[^”]*”|\"[^\"\n]*\"")
"""Words of others, in italics or quotes: each language has its own."""
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})+(?![\d])|\d+(?:[.,]\d+)?")


def numbers_in(text: str, language: str) -> Counter[Decimal]:
    """Every number written in digits; dates as day, month, year; 1.000 and 1,000 as a thousand.

    What is quoted, or set in italics as quoted words are, is left out.
    """
    text = _DATE_WORDS.sub(_date, _QUOTED.sub(" ", text))
    found: Counter[Decimal] = Counter()
    for match in _NUMBER.finditer(text):
        found[_value(match[0], language)] += 1
    return found


def words_in(text: str, language: str) -> frozenset[Decimal]:
    """The numbers up to ten that a text may name in words."""
    words = set(re.findall(r"\w+", text.lower()))
    known = enumerate(_WORDS.get(language, "").split(), 1)
    return frozenset(Decimal(number) for number, word in known if word in words)


def _date(match: re.Match[str]) -> str:
    day, month, year = (
        (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    )
    return f"{day}/{_MONTHS[month.lower()]}" + (f"/{year}" if year else "")


def _value(written: str, language: str) -> Decimal:
    if re.fullmatch(r"\d+(?:[.,]\d{3})+", written):
        mark = "." if language == "vi" else ","
        if mark in written or written.count(",") + written.count(".") > 1:
            return Decimal(re.sub(r"[.,]", "", written))
    return Decimal(written.replace(",", "."))
