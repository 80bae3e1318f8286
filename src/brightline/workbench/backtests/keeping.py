"""Decided cases onto files: what changed since the last time, into the market's store of cases.

A case goes out with the facts that its decision in force rests on; its other decisions stand beside
it, and what a senior settled is its label. People go out as numbers, never by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from brightline.casestore.appending import Appended, Appender
from brightline.casestore.kinds import CASES, DECISIONS, LABELS
from brightline.casestore.store import Store
from brightline.rulebook.model import CANNOT_TELL
from brightline.screening.fact_parts import full_name
from brightline.workbench.cases.models import Case, Decision, How
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of

CHUNK = 2_000
OVERLAP = timedelta(days=1)
"""Decisions are read again from so long before the newest that is kept: one whose transaction took
long may have come to light after a newer one. What is kept already is not doubled."""
LABELLED = {How.ADJUDICATION: "adjudicated", How.APPEAL: "appeal"}
"""Decisions that say what a case ought to have come to, and what that label is called."""

Told = Mapping[str, Appended]


def store_of(market: str) -> Path:
    """The folder of a market's store of cases."""
    return Path(settings.CASE_STORE) / market


def keep_decided(market: str, root: Path, *, texts: bool = True, samples: bool = False) -> Told:
    """Put into a store what was decided since it was last told, and say what became of it.

    `texts`: the attributes of cases too. `samples`: the demo's made-up cases too. All appears at
    once or not at all. Raises `UnusableStore`.
    """
    store = Store.at(root, market)
    found = Decision.objects.filter(case__market=market)
    if not samples:
        found = found.filter(case__sample=False)
    newest = _newest(store)
    if newest is not None:
        found = found.filter(at__gte=newest - OVERLAP)
    with Appender(store) as batch:
        for decisions in _chunks(found):
            batch.add(DECISIONS.name, _decision_rows(decisions))
            labels = [_label(one) for one in decisions if one.how in LABELLED]
            if labels:
                batch.add(LABELS.name, pa.Table.from_pylist(labels, schema=LABELS.schema))
            for table in _case_tables({one.case_id for one in decisions}, texts):
                batch.add(CASES.name, table)
        return batch.commit()


def _newest(store: Store) -> datetime | None:
    """When the newest decision was made that the store has."""
    tops = [pc.max(batch.column("at")).as_py() for batch in store.batches("decisions", ("at",))]
    return max((top for top in tops if top is not None), default=None)


def _chunks(found: QuerySet[Decision]) -> Iterator[Sequence[Decision]]:
    """The decisions in the order they were written, a few at a time."""
    found = found.select_related("case", "task").annotate(
        given=Count("task__answers", filter=~Q(task__answers__fact="")),
        taken_back=Count("task__answers", filter=Q(task__answers__fact="")),
    )
    after = 0
    while rows := list(found.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        yield rows
        after = rows[-1].pk


def _decision_rows(decisions: Iterable[Decision]) -> pa.Table:
    rows = [
        {
            "decision": str(one.pk),
            "id": one.case.ref,
            "subject": one.case.subject,
            "day": one.case.day,
            "at": one.at,
            "how": one.how,
            "by": None if one.by_id is None else f"person-{one.by_id}",
            "queue": one.task.queue if one.task is not None else None,
            "rulebook": one.sha,
            "action": one.action,
            "clauses": [f"{clause['sop']}/{clause['clause']}" for clause in one.clauses],
            "points": one.points,
            "violation": one.violation,
            "exception": one.exception,
            "in_force": one.in_force,
            "questions": max(0, one.given - one.taken_back),  # type: ignore[attr-defined]
            "seconds": one.seconds if one.by_id is not None else None,
            "claimed_at": one.task.claimed_at if one.task is not None else None,
            "due_at": one.task.due_at if one.task is not None else one.case.due_at,
        }
        for one in decisions
    ]
    return pa.Table.from_pylist(rows, schema=DECISIONS.schema)


def _label(one: Decision) -> dict[str, Any]:
    fault = next(iter(one.clause_ids), None)
    return {
        "id": one.case.ref,
        "subject": one.case.subject,
        "day": one.case.day,
        "label": LABELLED[How(one.how)],
        "action": one.action,
        "clause": "/".join(fault) if fault is not None else None,
        "by": None if one.by_id is None else f"person-{one.by_id}",
        "at": one.at,
        "note": None,
    }


def _case_tables(ids: set[int], texts: bool) -> Iterator[pa.Table]:
    """The cases with the facts of their decisions in force, by the rulebook that these name."""
    standing: dict[int, Decision] = {}
    found = Decision.objects.filter(case_id__in=ids, in_force=True)
    for one in found.select_related("case").order_by("at", "pk"):
        standing[one.case_id] = one
    by_book: dict[tuple[str, str], list[Decision]] = {}
    for one in standing.values():
        by_book.setdefault((one.sha, one.case.subject), []).append(one)
    for (sha, subject), decisions in by_book.items():
        rows = [_case(one.case, sha, texts) for one in decisions]
        table = pa.Table.from_pylist(rows, schema=CASES.schema)
        for name, struct in _parts(sha, subject, decisions).items():
            table = table.append_column(name, struct)
        yield table


def _case(case: Case, sha: str, texts: bool) -> dict[str, Any]:
    return {
        "id": case.ref,
        "subject": case.subject,
        "day": case.day,
        "at": case.received_at,
        "source": case.source,
        "seller": case.seller or None,
        "rulebook": sha,
        "attributes": json.dumps(case.attributes, ensure_ascii=False) if texts else None,
    }


def _parts(sha: str, subject: str, decisions: list[Decision]) -> dict[str, pa.Array[Any]]:
    """The structs of facts, by their full names in the rulebook of the decisions."""
    named = _Names(sha, subject)
    columns: dict[str, dict[str, list[Any]]] = {"facts": {}, "suggested": {}, "sources": {}}
    for row, one in enumerate(decisions):
        for fact, stored in one.facts.items():
            name, numeric = named.of(fact, one)
            relied = stored.get("relied_on", True)
            value = stored["value"]
            told: dict[str, Any] = {"sources": str(stored["source"])}
            if not (numeric and value == CANNOT_TELL):  # a number that cannot be told has a source
                told["facts" if relied else "suggested"] = float(value) if numeric else str(value)
            for part, of in told.items():
                columns[part].setdefault(name, [None] * len(decisions))[row] = of
    return {
        part: pa.StructArray.from_arrays([pa.array(of[name]) for name in of], list(of))
        for part, of in columns.items()
        if of
    }


class _Names:
    """The full names of facts in one rulebook, and which of them are numbers."""

    def __init__(self, sha: str, subject: str) -> None:
        self._subject = subject
        self._engine: Engine | None = None
        with suppress(NoRulebook):  # a release that is gone: names stay as they are
            self._engine = engine_of(sha)

    def of(self, fact: str, decision: Decision) -> tuple[str, bool]:
        """(full name, whether it is a number) of a fact of a decision."""
        value = decision.facts[fact]["value"]
        plain = isinstance(value, (int, float)) and not isinstance(value, bool)
        if self._engine is None:
            return fact, plain
        table = self._engine.table(self._subject, decision.day)
        place = table.places.get(fact)
        if place is None:
            return fact, plain
        column = table.columns[place]
        return full_name(column), column.numeric
