"""The stored cases of a market as coded columns, for putting drafts to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from brightline.backtesting.coded import CodedCases
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.drafts.coding import coded_column

Facts = dict[str, Any]


@dataclass(frozen=True)
class Past:
    """The last cases of a subject, the newest first: keys, names, facts, and the same coded."""

    keys: list[int]
    names: list[str]
    facts: list[Facts]
    since: date | None
    coded: CodedCases


def last_cases(market: str, subject: str, book: Rulebook, most: int) -> Past:
    """The last cases of a subject. Of a decided case the facts of its decision in force, what
    moderators answered included; else those that signals told."""
    rows = list(
        Case.objects.filter(market=market, subject=subject)
        .order_by("-received_at", "-id")
        .values_list("pk", "ref", "facts", "received_at")[:most]
    )
    decided = _decided(market, subject, rows[-1][3] if rows else None)
    keys, names = [row[0] for row in rows], [str(row[1]) for row in rows]
    facts = [_values(decided.get(row[0]) or row[2]) for row in rows]
    table = Table(book, subject, timezone.localdate())
    told = {c.key: coded_column(c, [one.get(c.name) for one in facts]) for c in table.columns}
    coded = CodedCases(subject, len(rows), told, ids=names)
    since = timezone.localdate(rows[-1][3]) if rows else None
    return Past(keys, names, facts, since, coded)


def _decided(market: str, subject: str, since: Any) -> dict[int, dict[str, Any]]:
    if since is None:
        return {}
    rows = Decision.objects.filter(
        case__market=market, case__subject=subject, case__received_at__gte=since, in_force=True
    )
    return dict(rows.order_by("at", "pk").values_list("case_id", "facts"))


def _values(facts: dict[str, dict[str, Any]]) -> Facts:
    return {name: one["value"] for name, one in facts.items() if one.get("relied_on", True)}
