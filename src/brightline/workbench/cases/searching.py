"""Words of a case to search in, and which cases are nearly the same. No extension of a database."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W_]+")
_MOST = 4_000


def fold(text: str) -> str:
    """Lower case without accents, `đ` as `d`: `Đồng hồ ĐẸP` → `dong ho dep`."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("đ", "d")
    marks = unicodedata.normalize("NFD", plain)
    return unicodedata.normalize("NFC", "".join(c for c in marks if not unicodedata.combining(c)))


def texts_of(attributes: Mapping[str, object]) -> Iterable[str]:
    """The texts among raw attributes, in order."""
    for value in attributes.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, str))


def search_text(ref: str, attributes: Mapping[str, object]) -> str:
    """What a case can be found by, at most 4,000 characters."""
    return fold(" ".join([ref, *texts_of(attributes)]))[:_MOST]


def fingerprint(attributes: Mapping[str, object]) -> int:
    """The same for texts that differ in accents, case, digits, punctuation or the order of words.

    A signed 64-bit number; 0 where there are fewer than three words to go by.
    """
    words = sorted(
        {w for w in _WORD.findall(fold(" ".join(texts_of(attributes)))) if not w.isdigit()}
    )
    if len(words) < 3:
        return 0
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
