"""A sentence that has to be read twice is read wrongly once."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _, format_number
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.laws.texts import Role, sentences, texts_of
from brightline.rulebook.problems import Problem

MOST = {"vi": 55, "en": 40}
"""Words a sentence may have; Vietnamese writes each syllable as a word. Plain-language guides ask
for 25 English words at most on average; this is where nobody could call a sentence short."""
MOST_ELSEWHERE = 45


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for written in texts_of(sop):
            if written.role is Role.EXAMPLE:
                continue  # a seller's own words
            for language, text in written.text.items():
                most = MOST.get(language, MOST_ELSEWHERE)
                longest = max(sentences(text), key=lambda one: len(one.split()), default="")
                count = len(longest.split())
                if count > most:
                    message = _("a sentence of {count} words ({language}): “{start} …”")
                    yield at.at_sop(
                        "BL-515",
                        sop,
                        (*written.place, language),
                        message.format(
                            count=format_number(count),
                            language=language,
                            start=" ".join(longest.split()[:6]),
                        ),
                        _("make it two; {most} words are the most").format(most=most),
                        [written.about],
                        key=True,
                    )
