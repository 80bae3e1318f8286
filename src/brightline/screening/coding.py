"""Facts as codes, an integer array a tested column: what signals tell and what a case gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from brightline.rulebook.columns import UNKNOWN, FactError
from brightline.rulebook.columns import Column as Fact
from brightline.rulebook.model import Kind
from brightline.rulebook.tests import number_range

if TYPE_CHECKING:
    from brightline.signals.columns import Column as Told

Codes = npt.NDArray[np.int16]
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?"
)


def number_codes(
    fact: Fact, numbers: npt.NDArray[np.float64], valid: npt.NDArray[np.bool_] | None = None
) -> Codes:
    """The codes of numbers; NaN, what is not valid, and what is out of range are unknown."""
    low, high = number_range(fact.fact)
    inside = (numbers >= low) & (numbers <= high)  # false for NaN
    if valid is not None:
        inside &= valid
    codes = np.searchsorted(np.array(fact.cuts), numbers, side="right").astype(np.int16)
    codes[~inside] = UNKNOWN
    return codes


def told_codes(fact: Fact, told: Told, least_trust: int) -> Codes:
    """The codes of what signals tell; what is less trusted than `least_trust` is unknown."""
    if told.codes is not None:
        codes = told.codes.astype(np.int16, copy=True)
    else:
        assert told.numbers is not None
        codes = number_codes(fact, told.numbers, told.valid)
    if told.trust is not None:
        codes[told.trust < least_trust] = UNKNOWN
    return codes


def given_codes(
    fact: Fact, values: Sequence[object], from_text: bool
) -> tuple[Codes, list[object], dict[int, str]]:
    """The codes of values that came with the cases, the values as Brightline writes them, and
    why some cannot be (position → reason).

    `from_text`: the values come from a file that has only text (CSV), so numbers are read from it.
    """
    known: dict[tuple[type, object], tuple[int, object, str | None]] = {}
    codes = np.empty(len(values), dtype=np.int16)
    cleaned: list[object] = []
    wrong: dict[int, str] = {}
    for at, value in enumerate(values):
        key = (value.__class__, repr(value) if isinstance(value, (list, dict)) else value)
        found = known.get(key)
        if found is None:
            found = _coded(fact, _read(fact, value) if from_text else value)
            if len(known) < 100_000:
                known[key] = found
        codes[at], clean, reason = found
        cleaned.append(clean)
        if reason is not None:
            wrong[at] = reason
    return codes, cleaned, wrong


def _coded(fact: Fact, value: object) -> tuple[int, object, str | None]:
    try:
        return fact.code(value), fact.clean(value), None
    except FactError as error:
        return UNKNOWN, None, error.message if not error.hint else f"{error.message}: {error.hint}"


def _read(fact: Fact, value: object) -> object:
    """A value read from text: `true` and `false` are yes and no, a number is a number."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    if fact.fact.kind is Kind.NUMBER:
        return float(text) if _NUMBER.fullmatch(text) else text
    if fact.fact.kind is Kind.YES_NO:
        return {"true": "yes", "false": "no"}.get(text.lower(), text)
    return text


def overridden(codes: Codes | None, given: Codes) -> Codes:
    """What is given where it is, else what was told."""
    return given if codes is None else np.where(given == UNKNOWN, codes, given)
