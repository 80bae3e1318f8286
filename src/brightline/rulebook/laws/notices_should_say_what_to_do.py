"""A seller who is told only what is wrong writes to support to ask what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.problems import Problem

_WAYS = {
    "vi": "hãy|vui lòng|đề nghị|gửi|nộp|bỏ|sửa|đổi|thêm|bổ sung|liên hệ|đừng|chỉ nhận|phải|"
    "đăng lại|khiếu nại|có thể",
    "en": "please|do not|don't|send|give|take|remove|mend|correct|edit|change|add|upload|use|write|"
    "contact|appeal|make|may|lead|list it again",
}
"""Words by which a notice asks for something; a notice without any of them only blames."""
SHORTEST = 8
"""Fewer words cannot say what, why and how."""


def problems(at: Occasion) -> Iterator[Problem]:
    for sop, _number, clause in at.clauses():
        if clause.notice is None or not at.rulebook.actions[clause.action].violation:
            continue
        for language, text in clause.notice.items():
            ways = _WAYS.get(language)
            if ways is None:
                continue
            silent = not re.search(rf"\b(?:{ways})\b", text, re.IGNORECASE)
            if silent or len(text.split()) < SHORTEST:
                message = _("the notice of {clause} does not tell the seller what to do")
                hint = _("say how to put it right, or how to appeal and by when")
                yield at.at_clause(
                    "BL-522",
                    sop,
                    clause,
                    message.format(clause=clause.id),
                    hint,
                    step=("notice", language),
                )
                break
