"""The first page: SOPs by subject and category, actions, ladder; and the register of law."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _, format_date, format_number, ngettext
from brightline.reports.guide.book import Book
from brightline.reports.guide.clauses_view import web
from brightline.reports.guide.sop_view import SopView
from brightline.rulebook.model import Kind, Sop
from brightline.rulebook.telling_words import length_of_time, points_in_words
from brightline.rulebook.tests import tree


def overview(book: Book, sops: list[SopView]) -> dict[str, Any]:
    """What the first page shows."""
    rulebook = book.rulebook
    return {
        "counts": _counts(book),
        "subjects": [
            {
                "id": name,
                "title": book.text(subject.title, name),
                "groups": _groups(book, [view for view in sops if view.sop.subject == name]),
            }
            for name, subject in rulebook.subjects.items()
            if any(view.sop.subject == name for view in sops)
        ],
        "actions": [
            {
                **book.action(name),
                "violation": action.violation,
                "person": action.person,
                "clauses": sum(c.action == name for sop in rulebook.sops for c in sop.clauses),
            }
            for name, action in sorted(rulebook.actions.items(), key=lambda one: -one[1].severity)
        ],
        "ladder": _ladder(book),
    }


def _counts(book: Book) -> list[str]:
    sops = book.rulebook.sops
    n = {
        "sops": len(sops),
        "clauses": sum(len(sop.clauses) for sop in sops),
        "examples": sum(len(sop.examples) for sop in sops),
        "laws": len(book.rulebook.law),
    }
    words = (
        ngettext("{n} SOP", "{n} SOPs", n["sops"]).format(n=format_number(n["sops"])),
        ngettext("{n} clause", "{n} clauses", n["clauses"]).format(n=format_number(n["clauses"])),
        ngettext("{n} example", "{n} examples", n["examples"]).format(
            n=format_number(n["examples"])
        ),
        ngettext("{n} legal instrument", "{n} legal instruments", n["laws"]).format(
            n=format_number(n["laws"])
        ),
    )
    return list(words)


def _groups(book: Book, views: list[SopView]) -> list[dict[str, Any]]:
    """SOPs by the categories they apply to; those for every category come last."""
    by_category: dict[str, list[SopView]] = {}
    for view in views:
        by_category.setdefault(_category(book, view.sop), []).append(view)
    everywhere = by_category.pop("", [])
    groups = [{"title": title, "sops": own} for title, own in by_category.items()]
    if everywhere:
        title = _("Every category") if groups else ""
        groups.append({"title": title, "sops": everywhere})
    return [
        {"title": group["title"], "sops": [view.data for view in group["sops"]]}  # type: ignore[attr-defined]
        for group in groups
    ]


def _category(book: Book, sop: Sop) -> str:
    """The top categories of an SOP's scope, where it names at most two of them."""
    category = book.rulebook.facts.get("category")
    if category is None or category.kind is not Kind.CHOICE or not sop.scope:
        return ""
    columns = book.columns(sop.subject)
    place = next((p for p, column in enumerate(columns) if column.key == (None, "category")), None)
    boxes = book.boxes(sop, sop.scope)
    if place is None or not all(place in box for box in boxes):
        return ""
    passing = 0
    for box in boxes:
        passing |= box[place]
    inside = {o for i, o in enumerate(columns[place].options) if passing >> i & 1}
    tops = dict.fromkeys(
        above[0] if above else name
        for name, _option, above in tree(category.options)
        if name in inside
    )
    if len(tops) > 2:
        return ""
    words = book.words[sop.subject]
    return " · ".join(words.option(columns[place], name) for name in tops)


def _ladder(book: Book) -> dict[str, Any] | None:
    ladder = book.rulebook.ladder
    if ladder is None:
        return None
    return {
        "window": _("Points count for {time}.").format(time=length_of_time(ladder.window)),
        "checked_on": format_date(ladder.checked_on) if ladder.checked_on else "",
        "note": book.text(ladder.note),
        "steps": [
            {"at": points_in_words(step.at), "title": book.text(step.title)}
            for step in sorted(ladder.steps, key=lambda step: step.at)
        ],
    }


def register(book: Book) -> list[dict[str, Any]]:
    """Every entry of the register of law."""
    return [
        {
            "id": name,
            "cite": book.text(law.cite, name),
            "title": book.text(law.title),
            "article": law.article or "",
            "effective": format_date(law.effective) if law.effective else "",
            "verified": law.status == "verified",
            "checked_on": format_date(law.checked_on) if law.checked_on else "",
            "recheck_by": format_date(law.recheck_by),
            "overdue": law.recheck_by < book.on,
            "source": web(law.source),
            "source_text": law.source or "",
            "owner": book.text(book.rulebook.teams.get(law.owner), law.owner),
            "note": book.text(law.note),
            "clauses": [
                {"sop": sop.sop, "title": book.text(sop.title, sop.sop), "clause": clause}
                for sop, clause in book.resting_on(name)
            ],
        }
        for name, law in book.rulebook.law.items()
    ]
