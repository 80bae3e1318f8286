"""The sentence every health supplement must show, as it is written and miswritten."""

from __future__ import annotations

import re

from brightline.signals.text import folded

_HINT = re.compile("[tT][hH][uU][oOôÔốỐ]")
"""Without this, in whatever case, a text does not hold the sentence."""
SENTENCE = "Thực phẩm này không phải là thuốc và không có tác dụng thay thế thuốc chữa bệnh"
_PARTS = tuple(
    tuple(folded(way) for way in ways)
    for ways in (
        ("không phải là thuốc", "không phải thuốc", "ko phải là thuốc", "k phải là thuốc"),
        ("thay thế thuốc chữa bệnh", "thay thế thuốc", "thay thuốc chữa bệnh"),
    )
)


def has_sentence(text: str) -> bool:
    """Whether both halves of the sentence stand in the text, in order, not far from each other.

    Accents, case and small slips (*ko*, *phải thuốc*) do not matter; a half alone is not enough.
    """
    if _HINT.search(text) is None:
        return False
    line = folded(text)
    for first in _PARTS[0]:
        at = line.find(first)
        while at >= 0:
            rest = line[at : at + len(SENTENCE) + 40]
            if any(second in rest for second in _PARTS[1]):
                return True
            at = line.find(first, at + 1)
    return False
