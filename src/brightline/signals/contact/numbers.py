"""Vietnamese phone numbers and bank accounts among the digits of a text.

Mobile numbers: ten digits from 03, 05, 07, 08 or 09, or the same with +84 for the 0. Landlines:
eleven digits from 02. Service lines: 1800 and 1900 with four to six more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from brightline.signals.contact.digits import Token, runs

PHONE, HIDDEN_PHONE, HOTLINE, BANK_ACCOUNT = "phone", "hidden_phone", "hotline", "bank_account"

_MOBILE = re.compile(r"0[35789]\d{8}|84[35789]\d{8}|0084[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")
_SERVICE = re.compile(r"1[89]00\d{4,6}")
LENGTHS = (8, 9, 10, 11, 13)
_GROUPS = frozenset(
    {
        (10,), (4, 3, 3), (3, 3, 4), (3, 4, 3), (4, 6), (5, 5), (6, 4), (4, 2, 2, 2), (4, 4, 2),
        (2, 2, 2, 2, 2), (3, 7), (4, 2, 4), (3, 2, 2, 3), (2, 4, 4), (3, 3, 2, 2), (3, 4, 4),
        (4, 3, 4), (11,), (3, 8), (4, 7), (2, 9), (2, 3, 3, 3), (2, 3, 2, 2, 2), (2, 2, 3, 4),
        (2, 2, 3, 2, 2), (3, 3, 3, 2), (2, 3, 6), (2, 4, 5), (13,), (4, 9), (4, 3, 3, 3), (8,),
        (4, 4), (4, 2, 2), (4, 1, 3), (4, 5), (9,), (4, 3, 2), (3, 3, 5), (4, 3, 6),
    }
)  # fmt: skip
"""How people group the digits of a phone number. `03 08 2026 10` is none of these."""
_NO_PHONE = re.compile(
    r"(?:mã|ma|sku|code|model|isbn|barcode|vạch|imei|serial|s/n|sn|lô|đơn hàng|order|mst|"
    r"số thuế|đơn|vận đơn|giấy phép|số đăng ký|đkkd|công bố|msp|sp|id|pin|part)[\s.:#\-nosố]*$"
    r"|\w[\-_/.]$",
    re.IGNORECASE,
)
"""What stands before a number that is a code, or the end of one."""
_BANKS = (
    "vietcombank|vcb|techcombank|tcb|mbbank|mb bank|bidv|vietinbank|agribank|acb|vpbank|tpbank|"
    "sacombank|hdbank|vib|shb|ocb|msb|eximbank|seabank|lpbank|momo|zalopay|viettel money"
)
_ACCOUNT_WORDS = ("stk", "s.t.k", "st.k", "s.tk", "khoản", "khoan", "tê ka", *_BANKS.split("|"))
_ACCOUNT = re.compile(
    rf"(?:\b(?:stk|số tài khoản|so tai khoan|tài khoản|sờ tê ka|s\.?t\.?k|{_BANKS})\b)"
    r"[^\d\n]{0,25}(\d[\d .\-]{5,22}\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A way of reaching someone, at a place of the text as given."""

    kind: str
    start: int
    end: int


def phones(text: str) -> Iterator[Contact]:
    """Phone numbers and service lines, in order, none inside another."""
    for run in runs(text):
        first = 0
        while first < len(run):
            found = _at(text, run, first)
            if found is None:
                first += 1
            else:
                contact, first = found
                yield contact


def _at(text: str, run: list[Token], first: int) -> tuple[Contact, int] | None:
    """The number that begins with a token, and the token after it."""
    digits = ""
    for last in range(first, min(first + 13, len(run))):
        digits += run[last].digits
        if len(digits) > max(LENGTHS):
            return None
        kind = _kind(text, run[first : last + 1], digits) if len(digits) in LENGTHS else None
        follows = run[last + 1] if last + 1 < len(run) else None
        if kind and not (follows and follows.start == run[last].end):
            return Contact(kind, run[first].start, run[last].end), last + 1
    return None


def _kind(text: str, taken: list[Token], digits: str) -> str | None:
    plain = all(token.plain for token in taken)
    if _SERVICE.fullmatch(digits):
        return HOTLINE if plain and _grouped(taken) else None
    if not _MOBILE.fullmatch(digits) and not _LANDLINE.fullmatch(digits):
        return None
    before = text[max(0, taken[0].start - 20) : taken[0].start]
    if len(set(digits[1:])) == 1 or _NO_PHONE.search(before):
        return None
    if plain and _grouped(taken):
        return PHONE
    written = sum(char.isdigit() for token in taken for char in text[token.start : token.end])
    if written < 2 and sum(token.word for token in taken) < 6:
        return None
    singles = all(len(token.digits) == 1 for token in taken)
    odd = sum(not token.plain for token in taken)
    words = sum(token.word for token in taken)
    if singles or (odd and (words == 0 or words >= 3)):
        return HIDDEN_PHONE
    return None


def _grouped(taken: list[Token]) -> bool:
    return tuple(len(token.digits) for token in taken) in _GROUPS


def accounts(text: str) -> Iterator[Contact]:
    """Bank accounts and wallets: a number after the name of a bank or the word for an account."""
    low = text.lower()
    if not any(word in low for word in _ACCOUNT_WORDS):
        return
    for match in _ACCOUNT.finditer(text):
        if 6 <= sum(char.isdigit() for char in match[1]) <= 19:
            yield Contact(BANK_ACCOUNT, match.start(), match.end(1))
