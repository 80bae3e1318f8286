"""One word, one spelling: Vietnamese places the tone of oa, oe, uy in two ways (hòa, hoà)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.laws.texts import texts_of
from brightline.rulebook.model import Sop
from brightline.rulebook.problems import Problem

_TONE = "[\u0300\u0301\u0303\u0309\u0323]"
_END = "(?![\\w\u0300-\u036f])"
_OLD = re.compile(rf"\b([^\W\d_]*?)(o{_TONE}[ae]|u{_TONE}y){_END}", re.IGNORECASE)
_NEW = re.compile(rf"\b([^\W\d_]*?)(o[ae]{_TONE}|uy{_TONE}){_END}", re.IGNORECASE)


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        old, new = _spelt(sop, _OLD), _spelt(sop, _NEW)
        for bare in sorted(old.keys() & new.keys()):
            one, other = old[bare], new[bare]
            yield at.at_sop(
                "BL-527",
                sop,
                (*other[1], "vi"),
                _("one word is spelt in two ways: {one} and {other}").format(
                    one=one[0], other=other[0]
                ),
                _("keep to one way of placing the tone"),
                key=True,
            )


def _spelt(sop: Sop, pattern: re.Pattern[str]) -> dict[str, tuple[str, tuple[str | int, ...]]]:
    """Words in a spelling, by what they are without regard to where the tone stands."""
    found: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    for written in texts_of(sop):
        text = unicodedata.normalize("NFD", written.text.get("vi", ""))
        for match in pattern.finditer(text):
            if match[1].lower().endswith("q") and match[2].lower().startswith("u"):
                continue  # quý has one spelling only
            tone = re.search(_TONE, match[2])
            assert tone is not None
            bare = (match[1] + re.sub(_TONE, "", match[2]) + tone[0]).lower()
            found.setdefault(bare, (unicodedata.normalize("NFC", match[0]), written.place))
    return found
