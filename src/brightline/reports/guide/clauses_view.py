"""The clauses of an SOP: condition, action, law, notice, follow-up steps, examples."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _, format_date
from brightline.reports.guide.book import Book, sentence
from brightline.reports.guide.markdown import as_inline, as_plain
from brightline.rulebook.model import CANNOT_TELL, POLICY, Clause, Example, Sop
from brightline.rulebook.telling_boxes import Where
from brightline.rulebook.telling_words import length_of_time, points_in_words


def clauses(book: Book, sop: Sop) -> list[dict[str, Any]]:
    """Every clause, in the order of the file."""
    return [_clause(book, sop, clause) for clause in sop.clauses]


_SORTS = {"fine": "good", "person": "unsure"}
"""How the examples of a clause are headed, by the tone of its action."""


def _clause(book: Book, sop: Sop, clause: Clause) -> dict[str, Any]:
    where, action = condition(book, sop, clause), book.action(clause.action)
    return {
        "id": clause.id,
        "title": book.text(clause.title, clause.id),
        "where": where,
        "sentence": sentence(where),
        "action": action,
        "sort": _SORTS.get(str(action["tone"]), "bad"),
        "points": points_in_words(clause.points) if clause.points else "",
        "basis": [basis(book, name) for name in clause.basis],
        "notice": book.text(clause.notice),
        "note": book.text(clause.note),
        "dates": book.dates(clause.starts, clause.ends),
        "active": clause.active(book.on),
        "steps": [
            {
                "do": book.text(step.do),
                "role": book.text(book.rulebook.roles.get(step.role), step.role),
                "within": _("within {time}").format(time=length_of_time(step.within))
                if step.within
                else "",
            }
            for step in clause.then
        ],
        "examples": [_example(book, sop, one) for one in sop.examples if one.expect == clause.id],
    }


def condition(book: Book, sop: Sop, clause: Clause) -> Where:
    """When a clause holds, in words."""
    if clause.otherwise:
        return Where(_("no other clause of this SOP holds"))
    return book.where(sop, book.boxes(sop, clause.when))


def _example(book: Book, sop: Sop, example: Example) -> dict[str, Any]:
    table, words = book.tables.speaking(sop.subject), book.words[sop.subject]
    told = []
    for name, value in example.facts.items():
        place = table.places.get(f"{sop.sop}.{name}", table.places.get(name))
        if place is not None:
            column = table.columns[place]
            told.append(words.statement(column, column.clean(value)))
    text = book.text(example.text)
    return {"id": example.id, "text": as_plain(text), "said": as_inline(text), "facts": told}


def untold_examples(book: Book, sop: Sop) -> list[dict[str, Any]]:
    """The examples of cases that cannot be told."""
    return [_example(book, sop, one) for one in sop.examples if one.expect == CANNOT_TELL]


def basis(book: Book, name: str) -> dict[str, Any]:
    """What a clause rests on: the platform's own rule, or an entry of the register."""
    law = book.rulebook.law.get(name)
    if name == POLICY or law is None:
        return {"law": "", "cite": _("the marketplace's own rules")}
    cite = book.text(law.cite, name)
    return {
        "law": name,
        "cite": f"{cite}, {law.article}" if law.article else cite,
        "title": book.text(law.title),
        "effective": format_date(law.effective) if law.effective else "",
        "verified": law.status == "verified",
        "checked_on": format_date(law.checked_on) if law.checked_on else "",
        "source": web(law.source),
    }


def web(address: str | None) -> str:
    """An address that may be linked to: of the web; else nothing."""
    known = address and address.lower().startswith(("https://", "http://"))
    return str(address) if known else ""
