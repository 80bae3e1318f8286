"""One price beside the prices of its group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from brightline.i18n import _, format_number
from brightline.signals.price_level.groups import Group, Groups
from brightline.signals.price_level.reference import Level

LEAST_LISTINGS = 30
"""With fewer a quartile is a matter of chance."""
BAIT_RATIO = 5.0
"""A title that names this many times the price asked, and no lower amount, asks another price."""


class Verdict(NamedTuple):
    """What was found: yes, no or, where nobody can know, None; a ratio where that was asked.

    `told` says why in words for a person.
    """

    value: bool | float | None
    told: str


def price_ratio(price: float, group: Group, groups: Groups, least: float) -> Verdict:
    """The price over the median of its brand in its category."""
    level, missing = _level(group, groups, least)
    if level is None:
        return Verdict(None, missing)
    return Verdict(round(level.ratio(price), 4), _beside(price, level, group))


def too_cheap(price: float, group: Group, groups: Groups, least: float) -> Verdict:
    """Whether the price is below all that is ordinary for its brand in its category."""
    level, missing = _level(group, groups, least)
    if level is None:
        return Verdict(None, missing)
    return Verdict(price < level.fence, _beside(price, level, group))


def bait(
    price: float, group: Group, groups: Groups, least: float, amounts: Iterable[float]
) -> Verdict:
    """Whether the price only draws people: far below its category, or below what the title says.

    `amounts` are those named in the title. The category counts as a whole, whatever the brand.
    """
    named = min((amount for amount in amounts if amount > 0), default=None)
    if named is not None and named >= BAIT_RATIO * price:
        told = _("the title names {amount}, the price is {price}")
        return Verdict(True, told.format(amount=rounded(named), price=rounded(price)))
    whole = Group(group.category, "")
    level, missing = _level(whole, groups, least)
    if level is None:
        return Verdict(None, missing)
    return Verdict(price < level.fence, _beside(price, level, whole))


def _level(group: Group, groups: Groups, least: float) -> tuple[Level | None, str]:
    """What to hold a price against, or why there is nothing to hold it against."""
    level = groups.level(group)
    if level is not None and level.listings >= least:
        return level, ""
    return None, _("{n} prices of {group} are known, at least {least} are needed").format(
        n=format_number(round(level.listings) if level else 0),
        group=_shown(group),
        least=format_number(least),
    )


def _beside(price: float, level: Level, group: Group) -> str:
    return _(
        "{price} beside a median of {median} ({n} prices of {group}; ordinary from {fence})"
    ).format(
        price=rounded(price),
        median=rounded(level.median),
        n=format_number(round(level.listings)),
        group=_shown(group),
        fence=rounded(level.fence),
    )


def _shown(group: Group) -> str:
    return " · ".join(part for part in (group.brand, group.category) if part)


def rounded(amount: float) -> str:
    """An amount with three figures: more would feign a precision that the bins do not have."""
    digits = len(str(int(amount))) - 3
    return format_number(round(amount, -digits) if digits > 0 else round(amount))
