"""The stored cases of a market by their patterns of facts, for putting drafts to them.

A market with few cases is read from the database; one with many from the files that are written
every night (`past_files`), which all workers share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.mapped import Folder
from brightline.backtesting.patterns import Patterns
from brightline.rulebook.model import Rulebook
from brightline.workbench.cases.models import Case, Decision
from brightline.workbench.drafts.coding import coded_column
from brightline.workbench.drafts.past_files import latest, moment, past_table, rows_in

FROM_DATABASE = 20_000
"""With more cases than this on file, the files are read; else so many from the database."""
Facts = dict[str, Any]


@dataclass(frozen=True)
class Past:
    """The last cases of a subject, the newest first.

    `of`: how many there are in all. `until`: the day to which the files reach; None: to this
    moment. `keys`: the cases' keys; None: they are looked up by their names.
    """

    market: str
    patterns: Patterns
    of: int
    since: date | None
    until: date | None = None
    keys: tuple[int, ...] | None = None

    @property
    def count(self) -> int:
        """How many cases these are."""
        return self.patterns.every.rows

    def named(self, cases: Iterable[int]) -> dict[int, tuple[int, str]]:
        """Key and name of cases by their numbers; those that are gone since are left out."""
        every = self.patterns.every
        names = {case: every.id(case) for case in cases}
        if self.keys is not None:
            return {case: (self.keys[case], name) for case, name in names.items()}
        rows = Case.objects.filter(
            market=self.market, subject=every.subject, ref__in=set(names.values())
        )
        by_name = dict(rows.order_by("pk").values_list("ref", "pk"))
        return {case: (by_name[name], name) for case, name in names.items() if name in by_name}


def past_place(market: str, subject: str) -> Path | None:
    """The folder of files that `last_cases` is to read; None: the database."""
    place = latest(market, subject)
    return place if place is not None and rows_in(place) > FROM_DATABASE else None


def last_cases(market: str, subject: str, book: Rulebook, place: Path | None) -> Past:
    """The last cases of a subject. Of a decided case the facts of its decision in force, what
    moderators answered included; else those that signals told. On file are decided cases only."""
    if place is not None:
        try:
            folder = Folder.open(place)
        except (OSError, ValueError):  # replaced a moment ago, or damaged
            folder = None
        if folder is not None:
            since, until = (moment(folder.about[name]) for name in ("since", "until"))
            return Past(
                market, folder.patterns(past_table(book, subject)), folder.about["of"],
                since and timezone.localdate(since), until and timezone.localdate(until),
            )  # fmt: skip
    return _from_database(market, subject, book)


def _from_database(market: str, subject: str, book: Rulebook) -> Past:
    found = Case.objects.filter(market=market, subject=subject)
    rows = list(
        found.order_by("-received_at", "-id")
        .values_list("pk", "ref", "facts", "received_at")[:FROM_DATABASE]
    )  # fmt: skip
    decided = _decided(market, subject, rows[-1][3] if rows else None)
    facts = [_values(decided.get(row[0]) or row[2]) for row in rows]
    table = past_table(book, subject)
    told = {c.key: coded_column(c, [one.get(c.name) for one in facts]) for c in table.columns}
    coded = CodedCases(subject, len(rows), told, ids=[str(row[1]) for row in rows])
    since = timezone.localdate(rows[-1][3]) if rows else None
    of = found.count() if len(rows) == FROM_DATABASE else len(rows)
    keys = tuple(row[0] for row in rows)
    return Past(market, Patterns.by(coded, table), of, since, keys=keys)


def _decided(market: str, subject: str, since: Any) -> dict[int, dict[str, Any]]:
    if since is None:
        return {}
    rows = Decision.objects.filter(
        case__market=market, case__subject=subject, case__received_at__gte=since, in_force=True
    )
    return dict(rows.order_by("at", "pk").values_list("case_id", "facts"))


def _values(facts: dict[str, dict[str, Any]]) -> Facts:
    return {name: one["value"] for name, one in facts.items() if one.get("relied_on", True)}
