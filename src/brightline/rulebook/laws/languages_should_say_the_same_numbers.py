"""A threshold, a deadline or a date that differs between languages makes two rules of one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from brightline.i18n import _
from brightline.rulebook.laws.numbers import numbers_in, words_in
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.laws.texts import Role, texts_of
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for written in texts_of(sop):
            if written.role is Role.EXAMPLE:
                continue  # told freely in each language
            for one, other in pairwise(at.rulebook.languages):
                left, right = written.text.get(one, ""), written.text.get(other, "")
                only = _only_in(left, one, right, other), _only_in(right, other, left, one)
                for language, numbers in zip((one, other), only, strict=True):
                    if numbers:
                        message = _(
                            "the text in {language} names {numbers}, that in {other} does not"
                        )
                        yield at.at_sop(
                            "BL-516",
                            sop,
                            (*written.place, language),
                            message.format(
                                numbers=", ".join(f"{number:f}" for number in numbers),
                                language=language,
                                other=other if language == one else one,
                            ),
                            _("say the same in every language"),
                            [written.about],
                            key=True,
                        )
                        break


def _only_in(text: str, language: str, other: str, its_language: str) -> list[Decimal]:
    """The numbers of a text that another does not name, in digits or in words."""
    known = numbers_in(other, its_language)
    in_words = words_in(other, its_language)
    return [one for one in numbers_in(text, language) if one not in known and one not in in_words]
