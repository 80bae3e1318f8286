"""All the contacts of a text, each place told once."""

from __future__ import annotations

import re

from brightline.signals.contact.addresses import EMAIL, HANDLE, LINK, WEBSITE, addresses
from brightline.signals.contact.digits import WORDS
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

_SECOND = "|".join(word for word, digit in WORDS.items() if digit in "35789")
_DIGITS = re.compile(r"\d(?:[^\n\w]{0,4}_?[\doOlI|]){5}")
_OTHER_DIGITS = re.compile(
    r"[\u2070-\u2089\u20e3\u2460-\u24ff\u2776-\u2793\uff10-\uff19\U0001d7ce-\U0001d7ff]"
)
_ANY = "|".join(sorted(WORDS, key=len, reverse=True))
_WORDS = re.compile(
    rf"(?<!\w)(?:(?:kh[ôo]ng|zero|linh|[0o])[^\w\n]{{0,4}}(?:{_SECOND})"
    rf"|\d+[^\w\n]{{1,4}}(?:{_ANY})[^\w\n]{{1,4}}(?:{_ANY}))(?!\w)"
)
_SIGNS_OF_ADDRESS = (
    *("@", "http", "www", "(dot", "(at", "[at", " . ", "chấm ", "cham ", " dot ", "a còng"),
    *("a cong", ".com", ".vn", ".net", ".org", ".shop", ".store", ".xyz", ".site", ".online"),
    *(".info", ".asia", ".biz", ".top", ".me", ".ly", ".id", ".at", ".ee", ".page", ".gl"),
)
_CHANNELS = (
    *("zalo", "za lo", "zl", "tele", "fb", "face", "ig", "insta", "tiktok", "line", "wechat"),
    *("viber", "whatsapp", "skype"),
)


def _may_be_number(text: str, low: str) -> bool:
    """Six digits, digits of another kind, or the words of a number's first two."""
    return bool(_DIGITS.search(text) or _OTHER_DIGITS.search(text) or _WORDS.search(low))


def _may_be_address(low: str) -> bool:
    """Something that an address cannot do without."""
    if any(sign in low for sign in _SIGNS_OF_ADDRESS):
        return True
    return (":" in low or "=" in low) and any(channel in low for channel in _CHANNELS)


def contacts(text: str, own: frozenset[str] = frozenset()) -> list[Contact]:
    """The contacts of a text in order; of those that overlap, the longest."""
    found: list[Contact] = []
    low = text.lower()
    if _may_be_number(text, low):
        found += phones(text)
        found += accounts(text)
    if _may_be_address(low):
        found += addresses(text, own)
    if len(found) < 2:
        return found
    taken: list[Contact] = []
    for contact in sorted(found, key=lambda c: (c.start - c.end, c.start, c.kind)):
        if all(contact.end <= other.start or other.end <= contact.start for other in taken):
            taken.append(contact)
    return sorted(taken, key=lambda contact: contact.start)
