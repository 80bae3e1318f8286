"""What a number of a paper comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from brightline.i18n import _, format_date
from brightline.signals.papers.finding import PaperNumber
from brightline.signals.papers.kinds import PaperKind
from brightline.signals.papers.register import EXPIRED, REVOKED, Entry
from brightline.signals.text import folded

OUTCOMES = (
    "revoked", "expired", "other_product", "not_in_register", "implausible", "malformed",
    "missing", "unchecked", "valid",
)  # fmt: skip
"""What can come of it, the gravest first: of several numbers the gravest outcome counts.

`unchecked`: of the right form, and no register to look it up in. `valid`: in the register, in
force, and of this product.
"""
LEAST_SHARED = 1 / 3
"""A title with fewer of the words of the registered name is that of another product."""
LONGEST_TITLE = 2_000
LONGEST_PATTERN = 4
"""Up to so many equal or rising digits are a matter of chance."""
_WORD = re.compile(r"\w+")


class Finding(NamedTuple):
    """What a number comes to, and why, in words for a person."""

    outcome: str
    told: str


@dataclass(frozen=True, slots=True)
class Judge:
    """How numbers of a kind are judged.

    `register` is None where nothing was uploaded; `complete` says that a number which is not in
    it does not exist, if it is no younger than `register_day`. `years`: how long a paper is in
    force, by the number's own year; None where the number does not tell. Where the day of a case
    is not known, what the register's own day shows to be past is past.
    """

    kind: PaperKind
    register: Mapping[str, tuple[Entry, ...]] | None = None
    register_day: date | None = None
    complete: bool = False
    years: float | None = None

    def of(self, number: PaperNumber, on: date | None, product: str = "") -> Finding:
        """What a number comes to on a day, for a product of that name ("" leaves it out)."""
        entries = self.register.get(number.key, ()) if self.register is not None else ()
        if entries:
            return self._listed(entries, on, product)
        doubt = self._doubt(number, on)
        if doubt:
            return Finding("implausible", doubt)
        if self._too_old(number, on):
            return Finding("expired", _("numbers of {year} are past").format(year=number.year))
        if self.register is None:
            return Finding("unchecked", _("no register was uploaded to look it up in"))
        if not self.complete:
            return Finding("unchecked", _("it is not in the register, which is not complete"))
        if self._younger_than_register(number, on):
            return Finding("unchecked", _("it may be younger than the register"))
        return Finding(
            "not_in_register",
            _("it is not in the register of {day}").format(day=self._register_told()),
        )

    def _listed(self, entries: Sequence[Entry], on: date | None, product: str) -> Finding:
        """What several rows on one number come to.

        Those of this product count before others. A renewal adds a row, so the mildest counts;
        but what was revoked stays revoked, unless a row in force was issued after that.
        """
        found = [(entry, self._entry(entry, on, product)) for entry in entries]
        own = [pair for pair in found if same_product(pair[0].product, product)] or found
        issued = [e.issued for e, f in own if f.outcome == "valid" and e.issued is not None]
        renewed = max(issued, default=date.min)
        for entry, finding in own:
            if finding.outcome == "revoked" and renewed <= (entry.issued or date.max):
                return finding
        return max((finding for _e, finding in own), key=lambda f: OUTCOMES.index(f.outcome))

    def _register_told(self) -> str:
        return format_date(self.register_day) if self.register_day else "–"

    def _doubt(self, number: PaperNumber, on: date | None) -> str:
        """Why no true number can read so; "" where it can."""
        digits = number.serial
        if not digits.strip("0"):
            return _("its serial number is zero")
        if len(digits) > LONGEST_PATTERN and (
            len(set(digits)) == 1 or digits in "01234567890" or digits in "9876543210"
        ):
            return _("its digits are a pattern")
        if self.kind.checksum is not None and not self.kind.checksum(digits):
            return _("its check digit is wrong")
        if number.year is not None and on is not None and number.year > on.year:
            return _("its year {year} is in the future").format(year=number.year)
        return ""

    def _entry(self, entry: Entry, on: date | None, product: str) -> Finding:
        told = _("register of {day}: {what}")
        what = " · ".join(part for part in (entry.product, entry.holder) if part) or "–"
        words = told.format(day=self._register_told(), what=what)
        today = on or self.register_day
        if entry.status == REVOKED:
            return Finding("revoked", _("revoked; {words}").format(words=words))
        if entry.status == EXPIRED or (entry.valid_to and today and today > entry.valid_to):
            return Finding("expired", _("expired; {words}").format(words=words))
        if not same_product(entry.product, product):
            return Finding("other_product", words)
        return Finding("valid", words)

    def _too_old(self, number: PaperNumber, on: date | None) -> bool:
        return (
            self.years is not None
            and number.year is not None
            and on is not None
            and on.year - number.year > self.years
        )

    def _younger_than_register(self, number: PaperNumber, on: date | None) -> bool:
        if self.register_day is None:
            return True
        if number.year is not None:
            return number.year >= self.register_day.year
        return on is None or on > self.register_day


def same_product(registered: str, title: str) -> bool:
    """Whether a title may be that of the product a register names: a third of its words shared.

    Too little to prove that they are the same, enough to see that they are not. A name of a single
    word, or none, is held against nothing; so is a case without a title.
    """
    name = _words(registered)
    if len(name) < 2 or not title:
        return True
    return len(name & _words(title)) >= LEAST_SHARED * len(name)


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    """The words of a name or title, without case and accents."""
    return frozenset(_WORD.findall(folded(text[:LONGEST_TITLE])))
