"""How the numbers of Vietnamese papers are written, as they stand on packs and in listings.

The forms are those in use, gathered from public listings; no one has checked them against the
circulars that set them. A number of another form is therefore a reason to look, never a proof.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_DASH = "[-–—]"
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of number. Patterns are for the normal form of a text (see `text.normal`).

    `form` finds a number; its groups are `serial` and, where the number tells them, `year` and
    `place`. `mark` finds what only stands where such a number is meant; None where there is none,
    and then the number can be told from others only in an attribute of its own. No text holds form
    or mark without one of these `letters`; none are named where there is no mark.
    """

    name: str
    form: re.Pattern[str]
    mark: re.Pattern[str] | None
    letters: tuple[str, ...]
    example: str
    checksum: Callable[[str], bool] | None = None


def tax_code_is_sound(serial: str) -> bool:
    """Whether the tenth digit of a taxpayer's number fits the nine before it.

    Weights 31 … 3, 10 − sum mod 11, as python-stdnum's `vn.mst` documents. The 12 digits of a
    personal number, which serve people and households as a tax code, have no check digit: they
    begin with a province (001 to 096) and a digit for century and sex.
    """
    if len(serial) == 12:
        return 1 <= int(serial[:3]) <= 96 and serial[3] in "0123"
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, serial[:9], strict=True))
    return serial[2:9] != "0000000" and serial[:2] != "00" and str(10 - total % 11) == serial[9]


KINDS = {
    kind.name: kind
    for kind in (
        PaperKind(
            "cosmetic_notification",
            re.compile(
                rf"(?<![\d/])(?P<serial>\d{{1,7}}) ?/ ?(?P<year>(?:20)?\d\d) ?/ ?cbmp ?{_DASH} ?"
                r"(?P<place>[a-zđ]{2,6})(?![^\W_])"
            ),
            re.compile(r"cbmp"),
            ("cbmp",),
            "145280/21/CBMP-QLD",
        ),
        PaperKind(
            "food_registration",
            re.compile(r"(?<![\d/])(?P<serial>\d{1,6}) ?/ ?(?P<year>20\d\d) ?/ ?[đd]ksp(?![^\W_])"),
            re.compile(r"(?<![^\W_])[đd]ksp(?![^\W_])"),
            ("ksp",),
            "8071/2019/ĐKSP",
        ),
        PaperKind(
            "ad_confirmation",
            re.compile(
                rf"(?<![\d/])(?P<serial>\d{{1,6}}) ?/ ?(?P<year>20\d\d) ?/ ?xnqc"
                rf"(?: ?{_DASH} ?(?P<place>[a-zđ]{{2,8}}))?(?![^\W_])"
            ),
            re.compile(r"(?<![^\W_])xnqc(?![^\W_])"),
            ("xnqc",),
            "1027/2023/XNQC-ATTP",
        ),
        PaperKind(
            "device_number",
            re.compile(
                r"(?<![\d/])(?P<year>\d\d)(?P<serial>\d{5}(?:\d\d)?) ?/? ?"
                rf"(?P<place>pcb[ab]? ?{_DASH} ?[a-zđ]{{2,6}}|[đd]klh(?= ?/ ?byt))"
                rf"(?: ?/ ?byt(?: ?{_DASH} ?[a-z]{{2,4}})*)?(?![^\W_])"
            ),
            re.compile(r"(?<![^\W_])(?:pcb[ab] ?[-–—] ?[a-zđ]{2,6}|[đd]klh)(?![^\W_])"),
            ("pcb", "klh"),
            "220002087/PCBB-HCM",
        ),
        PaperKind(
            "tax_code",
            re.compile(
                r"(?<![\d.,/-])(?P<serial>\d{12}|\d{10})(?: ?[-–] ?(?P<place>\d{3}))?(?![\d/])"
            ),
            None,
            (),
            "0100233488",
            tax_code_is_sound,
        ),
    )
}
"""Every kind of number, by name."""
