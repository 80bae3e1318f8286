"""A text that is the same in two languages has been written in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.laws.texts import Role, texts_of
from brightline.rulebook.problems import Problem

MOST_WORDS = 3
"""Names, units and borrowed words may be the same in both; sentences are not."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for written in texts_of(sop):
            if written.role is Role.EXAMPLE:
                continue
            for one, other in pairwise(at.rulebook.languages):
                text = written.text.get(one, "")
                if text == written.text.get(other) and len(_WORD.findall(text)) > MOST_WORDS:
                    yield at.at_sop(
                        "BL-521",
                        sop,
                        (*written.place, other),
                        _("the text is the same in {one} and {other}").format(one=one, other=other),
                        _("write it in each language"),
                        [written.about],
                        key=True,
                    )
