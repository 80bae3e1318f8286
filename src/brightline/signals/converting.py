"""One raw value as the value of a fact, or the reason why it cannot be one.

A converter takes anything a case may carry and never raises: it returns (value, None), or
(None, reason), or (None, None) for a value that is not there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind, Rulebook
from brightline.signals.options import option_ids, option_labels, quoted
from brightline.signals.parameters import mapping, subjects_of
from brightline.signals.spec import Request, Value
from brightline.signals.text import folded, normal

Converted = tuple[Value | None, str | None]
Converter = Callable[[object], Converted]

LARGEST = 2**53
"""Beyond this a double no longer tells one whole number from the next."""
LONGEST = 1_000
"""A raw value longer than this is no name of an option and no number."""

_YES = frozenset({"yes", "true", "1", "có", "co"})
_NO = frozenset({"no", "false", "0", "không", "khong"})
_GROUPED = re.compile(
    r"[+-]?[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]+)?\Z"
)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}(?:[.,][0-9]{0,40})?|[.,][0-9]{1,40})\Z")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?[eE][+-]?[0-9]{1,3}\Z")
_UNSURE = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}\Z")


def converter_for(request: Request, rulebook: Rulebook) -> Converter:
    """The converter of an `attribute` request."""
    if request.kind.kind is Kind.NUMBER:
        return number_of_money if _is_money(request, rulebook) else number
    return _Options(request)


class _Options:
    """Raw values as options: as written, then by `map`, then without case and accents."""

    def __init__(self, request: Request) -> None:
        given = request.supply.parameters
        self._known = option_ids(request.kind)
        self._yes_no = request.kind.kind is Kind.YES_NO
        self._map = mapping(given.get("map"))
        default = given.get("default")
        self._default = str(default) if default is not None else None
        absent = given.get("absent")
        self._absent = str(absent) if absent is not None and str(absent) in self._known else None
        names = [(option, option) for option in self._known]
        names += list(self._map.items())
        self._folded = _unambiguous(names)
        labels = [
            (words, option)
            for option, text in option_labels(request.kind)
            for words in text.values()
        ]
        self._labels = _unambiguous(labels)

    def __call__(self, raw: object) -> Converted:
        text = _as_text(raw)
        if text is None:
            return None, _not_text(raw)
        if not text.strip():
            return self._absent, None
        option = self._option(text)
        if option is None:
            option = self._default
        if option is None:
            return None, _("no such option: {value}").format(value=quoted(text))
        if option not in self._known:
            return None, _("no such option: {value}").format(value=quoted(option))
        return option, None

    def _option(self, text: str) -> str | None:
        if text in self._known:
            return text
        if text in self._map:
            return self._map[text]
        if len(text) > LONGEST:
            return None
        plain = folded(text)
        if plain in self._folded:
            return self._folded[plain]
        if self._yes_no and normal(text) in _YES | _NO:
            return YES if normal(text) in _YES else NO
        return self._labels.get(plain)


def _unambiguous(names: list[tuple[str, str]]) -> dict[str, str]:
    """Folded name → option, without those that could mean two options."""
    index: dict[str, str] = {}
    unclear = set()
    for name, option in names:
        plain = folded(name)
        if index.setdefault(plain, option) != option:
            unclear.add(plain)
    return {plain: option for plain, option in index.items() if plain and plain not in unclear}


def _as_text(raw: object) -> str | None:
    """A raw value as one would write it; None where it is no single value."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int):
        return str(raw) if abs(raw) <= LARGEST else None
    if isinstance(raw, float):
        if not math.isfinite(raw) or abs(raw) > LARGEST:
            return None
        return str(int(raw)) if raw.is_integer() else repr(raw)
    return None


def _not_text(raw: object) -> str:
    if isinstance(raw, (int, float)):
        return _("{value} is no number that can be used").format(value=quoted(raw))
    return _("a single value is expected here")


def number(raw: object) -> Converted:
    """A number: int, float, or written. A lone point is a decimal point: `1.250` is 1.25."""
    return _number(raw, money=False)


def number_of_money(raw: object) -> Converted:
    """An amount of money: `1.200`, `1,200` and `1.200.000` are grouped as Vietnamese prices are."""
    return _number(raw, money=True)


def _number(raw: object, money: bool) -> Converted:
    if raw is None:
        return None, None
    if isinstance(raw, Decimal):
        raw = float(raw) if raw.is_finite() else math.nan
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None, _("a number is expected here")
    if isinstance(raw, str):
        text = raw.strip()
        if not text:
            return None, None
        if not money and _UNSURE.match(text):
            return None, _("{value} may mean two numbers; write it without a comma").format(
                value=quoted(text)
            )
        parsed = _parsed(text, money)
        if parsed is None:
            return None, _("not a number: {value}").format(value=quoted(text))
        raw = parsed
    if isinstance(raw, float) and not math.isfinite(raw):
        return None, _("{value} is no number that can be used").format(value=quoted(raw))
    if abs(raw) > LARGEST:
        return None, _("this number is too large")
    return float(raw), None


def _parsed(text: str, money: bool) -> float | None:
    """A written number; None where it is none."""
    if len(text) > 100:
        return None
    grouped = _GROUPED.match(text)
    if grouped and (money or text.count(grouped[1]) > 1 or _both(text)):
        return _ungrouped(text, grouped[1])
    if _DECIMAL.match(text):
        return float(text.replace(",", "."))
    return float(text) if _SCIENTIFIC.match(text) else None


def _both(text: str) -> bool:
    return "." in text and "," in text


def _ungrouped(text: str, group: str) -> float | None:
    other = "," if group == "." else "."
    plain = text.replace(group, "").replace(other, ".")
    return float(plain) if plain.count(".") <= 1 else None


def _is_money(request: Request, rulebook: Rulebook) -> bool:
    if (request.kind.unit or "").casefold() in ("vnd", "đ", "đồng", rulebook.currency.casefold()):
        return True
    name = request.supply.parameters.get("name")
    subjects = (rulebook.subjects[s] for s in subjects_of(request, rulebook))
    kinds = (s.attributes[name].kind for s in subjects if name in s.attributes)
    return "money" in kinds
