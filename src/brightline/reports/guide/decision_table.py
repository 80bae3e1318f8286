"""An SOP as a decision table in the sense of DMN: clauses as rows, facts as columns."""

from __future__ import annotations

from typing import Any

from brightline.i18n import _
from brightline.reports.guide.book import Book, Cells
from brightline.rulebook.columns import Column
from brightline.rulebook.model import Hit, Sop
from brightline.rulebook.telling_words import Words, any_of


def decision_table(book: Book, sop: Sop) -> dict[str, Any]:
    """`facts`: the columns; `rows`: one a box, the first of a clause with its number of boxes."""
    columns, words = book.columns(sop.subject), book.words[sop.subject]
    listed = list(sop.clauses)
    if sop.hit is not Hit.FIRST:
        listed.sort(key=lambda clause: -book.rulebook.actions[clause.action].severity)
    listed.sort(key=lambda clause: clause.otherwise)
    boxes: dict[str, list[Cells]] = {
        c.id: [{}] if c.otherwise else book.boxes(sop, c.when) for c in listed
    }
    places = sorted({place for own in boxes.values() for box in own for place in box})
    rows = []
    for clause in listed:
        for number, box in enumerate(boxes[clause.id]):
            rows.append(
                {
                    "clause": clause.id,
                    "title": book.text(clause.title, clause.id),
                    "span": 0 if number else len(boxes[clause.id]),
                    "otherwise": clause.otherwise,
                    "cells": [
                        _cell(words, columns[place], box[place]) if place in box else ""
                        for place in places
                    ],
                    "action": book.action(clause.action),
                    "points": clause.points,
                }
            )
    facts = [{"id": columns[p].key[1], "title": words.fact(columns[p])} for p in places]
    return {"facts": facts, "rows": rows}


def _cell(words: Words, column: Column, passing: int) -> str:
    inside = words.values(column, passing)
    outside = words.values(column, (1 << column.atoms) - 1 & ~passing)
    if outside and not column.numeric and len(outside) < len(inside):
        return _("not {values}").format(values=any_of(outside))
    return any_of(inside)
