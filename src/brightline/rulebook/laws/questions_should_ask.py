"""What a moderator is asked is a question."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for name, fact in sop.facts.items():
            for language, text in (fact.ask or {}).items():
                if not text.rstrip("”\"’') ").endswith("?"):
                    message = _("the question for {fact} does not end with a question mark")
                    yield at.at_fact(
                        "BL-526",
                        sop,
                        name,
                        message.format(fact=name),
                        _("ask it, so that the answer is one of the options"),
                        step=("ask", language),
                    )
                    break
