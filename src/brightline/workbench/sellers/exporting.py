"""Statements of reasons as a file, a row at a time: CSV, or JSON as the DSA database takes it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from brightline import i18n
from brightline.screening.writing import csv_cell
from brightline.workbench.sellers.dsa import COLUMNS, as_row
from brightline.workbench.sellers.models import Statement, StatementKind

FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_AT_ONCE = 500
_BOM = "\ufeff"
"""Without it Excel takes Vietnamese for something else."""


def chosen(markets: set[str], start: datetime, end: datetime) -> QuerySet[Statement]:
    """The statements made from `start` up to `end` that restrict; an empty market is every one.

    One that lifts a restriction is no row of its own: it ends the row of the one it corrects.
    """
    within = Q() if "" in markets else Q(market__in=markets)
    return (
        Statement.objects.filter(within, made_at__gte=start, made_at__lt=end)
        .exclude(kind=StatementKind.LIFTED)
        .select_related("case", "decision", "corrects")
        .annotate(ended=F("corrected_by__made_at"))
        .order_by("made_at", "id")
    )


def rows(found: QuerySet[Statement]) -> Iterator[dict[str, Any]]:
    """The rows of statements that `chosen` gave, in order."""
    for statement in found.iterator(chunk_size=_AT_ONCE):
        yield as_row(statement, getattr(statement, "ended"))  # noqa: B009 - an annotation


def streamed(found: QuerySet[Statement], form: str) -> Iterator[str]:
    """The file, in the language in force now, whoever speaks when it is read."""
    lines = _csv(found) if form == "csv" else _json(found)
    return _spoken(lines, i18n.language())


def _spoken(lines: Iterator[str], language: str) -> Iterator[str]:
    while True:
        with i18n.use(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _csv(found: QuerySet[Statement]) -> Iterator[str]:
    yield _BOM + _line(list(COLUMNS))
    for row in rows(found):
        yield _line([csv_cell(row[name]) for name in COLUMNS])


def _line(cells: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _json(found: QuerySet[Statement]) -> Iterator[str]:
    yield '{"statements": ['
    for number, row in enumerate(rows(found)):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
