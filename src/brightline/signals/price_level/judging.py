"""One price beside the prices of its group."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from brightline.i18n import _, format_number
from brightline.signals.price_level.groups import Group, Groups
from brightline.signals.price_level.reference import Level

LEAST_LISTINGS = 30
"""With fewer a quartile is a matter of chance."""
MOST_SCALE = 0.6
"""Of a wider group (see `Level.scale`) 0.3 of the median is within two scales of it."""
BAIT_RATIO = 5.0
"""A title that names this many times the price asked, and no lower amount, asks another price."""


class Verdict(NamedTuple):
    """What was found: yes, no or, where nobody can know, None; a ratio where that was asked.

    `told` gives in words for a person what the price was held against, or why there is nothing.
    """

    value: bool | float | None
    told: Callable[[], str]


def price_ratio(price: float, group: Group, groups: Groups, least: float) -> Verdict:
    """The price over the median of its brand in its category.

    Unknown where the brand sells things of very different prices: there a third of the median is
    nothing unusual, and the ratio would accuse the mouse pad of not being a laptop.
    """
    level, told = _level(price, group, groups, least)
    if level is not None and level.scale > MOST_SCALE:
        return Verdict(None, partial(_too_mixed, level, group))
    return Verdict(None if level is None else round(level.ratio(price), 4), told)


def too_cheap(price: float, group: Group, groups: Groups, least: float) -> Verdict:
    """Whether the price is below all that is ordinary for its brand in its category."""
    level, told = _level(price, group, groups, least)
    return Verdict(None if level is None else price < level.fence, told)


def bait(
    price: float, group: Group, groups: Groups, least: float, amounts: Iterable[float]
) -> Verdict:
    """Whether the price only draws people: far below its category, or below what the title says.

    `amounts` are those named in the title. The category counts as a whole, whatever the brand.
    """
    named = min((amount for amount in amounts if amount > 0), default=None)
    if named is not None and named >= BAIT_RATIO * price:
        return Verdict(True, partial(_named, named, price))
    return too_cheap(price, Group(group.category, ""), groups, least)


def _level(
    price: float, group: Group, groups: Groups, least: float
) -> tuple[Level | None, Callable[[], str]]:
    """What to hold a price against, and in words what that is or why there is nothing."""
    level = groups.level(group)
    if level is not None and level.listings >= least:
        return level, partial(_beside, price, level, group)
    return None, partial(_too_few, level, group, least)


def _named(amount: float, price: float) -> str:
    return _("the title names {amount}, the price is {price}").format(
        amount=rounded(amount), price=rounded(price)
    )


def _too_few(level: Level | None, group: Group, least: float) -> str:
    return _("{n} prices of {group} are known, at least {least} are needed").format(
        n=format_number(round(level.listings) if level else 0),
        group=_shown(group),
        least=format_number(least),
    )


def _too_mixed(level: Level, group: Group) -> str:
    return _("prices of {group} differ too widely to compare ({n} prices, median {median})").format(
        group=_shown(group),
        n=format_number(round(level.listings)),
        median=rounded(level.median),
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
