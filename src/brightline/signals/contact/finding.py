"""All the contacts of a text, each place told once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from ahocorasick_rs import AhoCorasick

from brightline.signals.contact.addresses import EMAIL, HANDLE, LINK, WEBSITE, addresses
from brightline.signals.contact.digits import OTHER_DIGITS, WORDS
from brightline.signals.contact.numbers import (
    BANK_ACCOUNT,
    HIDDEN_PHONE,
    HOTLINE,
    PHONE,
    Contact,
    accounts,
    phones,
)

KINDS = (PHONE, HIDDEN_PHONE, HOTLINE, EMAIL, WEBSITE, LINK, HANDLE, BANK_ACCOUNT)

_DIGITS = re.compile(r"\d(?:[^\n\w]{0,4}_?[\doOlI|]){5}")
_SIGNS = (
    *("@", "http", "www", "(dot", "(at", "[at", " . ", "chấm ", "cham ", " dot ", "a còng"),
    *("a cong", ".com", ".vn", ".net", ".org", ".shop", ".store", ".xyz", ".site", ".online"),
    *(".info", ".asia", ".biz", ".top", ".me", ".ly", ".id", ".at", ".ee", ".page", ".gl"),
)
_CHANNELS = (
    *("zalo", "za lo", "zl", "tele", "telegram", "fb", "facebook", "face", "ig", "insta"),
    *("instagram", "tiktok", "line", "wechat", "viber", "whatsapp", "skype"),
)
_ADDRESS = [*_SIGNS, *(channel + sign for channel in _CHANNELS for sign in (":", "=", " :", " ="))]
_BETWEEN = (" ", ".", "-", ",", ", ", " - ", "  ", "_", "*")
_NUMBER = [
    first + between + second for first in (*WORDS, " o") for second in WORDS for between in _BETWEEN
]
_RANGES = re.findall("(.)-(.)", OTHER_DIGITS)
_SINGLE = ["\u20e3", *(chr(c) for a, z in _RANGES for c in range(ord(a), ord(z) + 1))]
_GATE = AhoCorasick(_ADDRESS + _NUMBER + _SINGLE)


def _may_be(text: str) -> tuple[bool, bool]:
    """Whether a text may hold a number (six digits, or two digit words), and an address."""
    held = {
        match[0] < len(_ADDRESS)
        for match in _GATE.find_matches_as_indexes(f" {text.lower()}", overlapping=True)
    }
    number = False in held or _DIGITS.search(text)
    return bool(number), True in held


def contacts(text: str, own: frozenset[str] = frozenset()) -> list[Contact]:
    """The contacts of a text in order; of those that overlap, the longest."""
    return _contacts(text, own, *_may_be(text))


def contacts_of(
    texts: Sequence[str], own: frozenset[str] = frozenset()
) -> Iterator[tuple[int, list[Contact]]]:
    """(index of a text, its contacts), for the texts that have any; looked over in one pass."""
    whole = "\n".join(texts)
    low = whole.lower()
    if len(low) != len(whole):  # a capital that two small letters stand for
        found = ((row, contacts(text, own)) for row, text in enumerate(texts))
        yield from ((row, told) for row, told in found if told)
        return
    ends = np.cumsum([len(text) + 1 for text in texts])
    numbers = [match.start() for match in _DIGITS.finditer(whole)]
    addresses_at: list[int] = []
    for pattern, start, _end in _GATE.find_matches_as_indexes(f" {low}", overlapping=True):
        (addresses_at if pattern < len(_ADDRESS) else numbers).append(max(0, start - 1))
    with_number = set(np.searchsorted(ends, numbers, side="right").tolist())
    with_address = set(np.searchsorted(ends, addresses_at, side="right").tolist())
    for row in sorted(with_number | with_address):
        told = _contacts(texts[row], own, row in with_number, row in with_address)
        if told:
            yield row, told


def _contacts(text: str, own: frozenset[str], number: bool, address: bool) -> list[Contact]:
    found: list[Contact] = []
    if number:
        found += phones(text)
        found += accounts(text)
    if address:
        found += addresses(text, own)
    if len(found) < 2:
        return found
    taken: list[Contact] = []
    for contact in sorted(found, key=lambda c: (c.start - c.end, c.start, c.kind)):
        if all(contact.end <= other.start or other.end <= contact.start for other in taken):
            taken.append(contact)
    return sorted(taken, key=lambda contact: contact.start)
