"""A new SOP to begin from: one question, one clause, an otherwise; or another SOP copied."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from brightline.editing.edits import set_value
from brightline.exchange import yaml_text
from brightline.exchange.documents.drafting import folded
from brightline.rulebook.model import Rulebook

Texts = dict[str, str]


def new_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title, that no other SOP has."""
    stem = "-".join(
        "".join(c if c.isascii() and c.isalnum() else " " for c in folded(title)).split()
    )
    stem = stem[:50].strip("-")
    stem = stem if stem[:1].isalpha() else f"sop-{stem}".rstrip("-")
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def blank(book: Rulebook, name: str, title: Texts, subject: str, owner: str, today: date) -> str:
    """The file of a new SOP, with words in the rulebook's languages to write over.

    Raises `KeyError` on an unknown subject or team.
    """
    _known = (book.subjects[subject], book.teams[owner])
    prefix = "".join(word[0] for word in name.split("-"))[:3].upper()
    faults = sorted((a.severity, n) for n, a in book.actions.items() if a.violation)
    people = [n for n, a in book.actions.items() if a.person]
    fault = faults[len(faults) // 2][1] if faults else book.default_action

    def said(vi: str, en: str) -> Texts:
        known = {"vi": vi, "en": en}
        return {code: known.get(code, vi) for code in book.languages}

    data: dict[str, Any] = {
        "sop": name, "title": title, "subject": subject, "owner": owner,
        "review_by": today.replace(day=1, year=today.year + 1).isoformat(),
        "purpose": said("Vì sao có quy định này, bảo vệ ai, không gỡ nhầm gì.",
                        "Why there is this rule, whom it protects, what must not be hit."),
        "facts": {"breaks_rule": {
            "kind": "yes_no", "title": said("Thuộc diện cấm", "Falls under the ban"),
            "ask": said("Sản phẩm có thuộc diện cấm không?", "Does the item fall under the ban?"),
            "guidance": said("Nhìn vào đâu, dễ nhầm với gì.", "Where to look, what looks alike."),
        }},
        "clauses": [
            {"id": f"{prefix}-1", "title": said("Thuộc diện cấm", "Falls under the ban"),
             "when": {"breaks_rule": "yes"}, "action": fault, "basis": ["policy"],
             "notice": said("Tin đã bị xử lý vì … Hãy … Khiếu nại trong 30 ngày.",
                            "The listing was acted on because … Please … Appeal within 30 days.")},
            {"id": f"{prefix}-9", "title": said("Khác", "Anything else"), "otherwise": "yes",
             "action": book.default_action},
        ],
        "cannot_tell": people[0] if people else book.default_action,
    }  # fmt: skip
    return yaml_text.document(data)


def copied(text: str, name: str, title: Texts) -> str:
    """The file of an SOP as the file of another, comments and all."""
    return set_value(set_value(text, ("sop",), name).text, ("title",), title).text
