"""A reading made safe: its value is one that the fact can have, or it is unknown with a reason."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind
from brightline.signals.converting import LARGEST
from brightline.signals.options import option_ids, quoted

if TYPE_CHECKING:
    from brightline.signals.spec import Reading, Request, Value


def cleaned(request: Request, reading: Reading) -> Reading:
    """The reading with a value of the fact's own kind and within its range, under its trust."""
    value, reason = _fitting(request, reading.value)
    plain = value is not None or not reading.evidence
    if plain and value is reading.value and reading.trust == request.trust:
        return reading  # most are as they should be: making them again would cost more
    if value is None:
        reason = reason or reading.reason
        return replace(reading, value=None, trust=request.trust, evidence=(), reason=reason)
    return replace(reading, value=value, trust=request.trust)


def number_limits(low: float | None, high: float | None) -> tuple[float, float]:
    """The closed range of a number fact, in which doubles and whole numbers agree."""
    limit = float(LARGEST)
    return max(-limit, -limit if low is None else low), min(limit, limit if high is None else high)


def _fitting(request: Request, value: object) -> tuple[Value | None, str | None]:
    if value is None:
        return None, None
    fact = request.kind
    if fact.kind is not Kind.NUMBER:
        if isinstance(value, bool) and fact.kind is Kind.YES_NO:
            value = YES if value else NO
        if isinstance(value, str) and value in option_ids(fact):
            return value, None
        return None, _("no such option: {value}").format(value=quoted(value))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None, _("a number is expected here")
    low, high = number_limits(fact.min, fact.max)
    if low <= value <= high:
        return float(value), None
    if isinstance(value, float) and not math.isfinite(value):
        return None, _("{value} is no number that can be used").format(value=quoted(value))
    if value < low:
        return None, _("out of range: {value} is less than {least}").format(
            value=_written(value), least=_written(low)
        )
    return None, _("out of range: {value} is more than {most}").format(
        value=_written(value), most=_written(high)
    )


def _written(value: float) -> str:
    return f"{value:.15g}" if abs(value) <= LARGEST else quoted(value)
