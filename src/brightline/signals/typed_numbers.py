"""A number as a person types it: 45000, 45.000, 45k, 1tr2, 0,5."""

from __future__ import annotations

import re

from brightline.i18n import language

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?\Z")
_GROUPED = {"vi": re.compile(r"\d{1,3}(?:\.\d{3})+\Z"), "en": re.compile(r"\d{1,3}(?:,\d{3})+\Z")}


def number_typed(text: str, unit: str | None) -> float | None:
    """The number; None where it cannot be understood. Amounts of money may be short: 45k."""
    text = text.strip().replace(" ", "").rstrip("%₫đ")
    grouped = _GROUPED[language()]
    if grouped.match(text):
        return float(re.sub(r"[.,]", "", text))
    if _PLAIN.match(text):
        return float(text)
    if language() == "vi" and _PLAIN.match(text.replace(",", ".")):
        return float(text.replace(",", "."))
    if unit == "vnd":
        return _price(text)
    return None


def _price(text: str) -> float | None:
    from brightline.signals.prices import amounts

    found = list(amounts(text))
    return float(found[0].value) if len(found) == 1 else None
