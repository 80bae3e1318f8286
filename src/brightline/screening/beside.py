"""Labels and decisions that come in a file, put beside the cases of a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.appending import Appended, Appender
from brightline.casestore.kinds import DECISIONS, LABELS, Kind
from brightline.casestore.store import Store
from brightline.i18n import _
from brightline.rulebook.tests import did_you_mean
from brightline.screening.days import day_of
from brightline.screening.errors import UnusableCases
from brightline.screening.reading import Cases, Rejected
from brightline.screening.rows import Rows, Source, rows_of
from brightline.screening.storing import moment_of

_TRUE = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
Case = tuple[str, date | None]
"""The subject and day of a case: with its id, what names it."""


@dataclass(slots=True)
class Put:
    """What became of a file: rows read, what came of them, what was turned away."""

    rows: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    told: Appended = field(default_factory=Appended)


def put_labels(store: Store, path: Path, label: str) -> Put:
    """Put labels beside cases: columns `id` and `action`; `subject`, `day`, `clause`, `by`, `at`,
    `note` and `label` (else `label` is it) where the file has them.

    A row whose case is not in the store is turned away. Raises `UnusableCases`, `UnusableStore`.
    """
    return _Putting(store, LABELS, {"label": label}, ("id", "action")).put(path)


def put_decisions(store: Store, path: Path) -> Put:
    """Put decisions beside cases: columns `id`, `action` and `at`; those of `kinds.DECISIONS` where
    the file has them. Without `decision`, a row is named by its case and moment. Likewise."""
    usual = {"how": "review", "in_force": True}
    return _Putting(store, DECISIONS, usual, ("id", "action", "at")).put(path)


class _Putting:
    def __init__(
        self, store: Store, kind: Kind, usual: Mapping[str, Any], needed: tuple[str, ...]
    ) -> None:
        self._store, self._kind, self._usual, self._needed = store, kind, usual, needed

    def put(self, path: Path) -> Put:
        made = Put()
        names = self._kind.schema.names
        with Cases(path) as cases, Appender(self._store) as batch:
            for name in self._needed:
                if cases.columns and name not in cases.columns:
                    raise UnusableCases(
                        _("{path} has no column {name}").format(path=path.name, name=name),
                        did_you_mean(name, cases.columns)
                        or _("the columns are: {names}").format(names=", ".join(names)),
                    )
            wanted = [name for name in names if name in cases.columns]
            for chunk in cases.chunks(wanted):
                rows = rows_of(chunk, cases.columns, False)
                made.rows += len(chunk) + len(chunk.rejected)
                table = self._table(rows)
                made.rejected += chunk.rejected
                made.rejected += [
                    Rejected(
                        chunk.numbers[at], reason, rows.raw(at),
                        chunk.lines_at[at] if chunk.lines_at is not None else None,
                    )
                    for at, reason in rows.rejects.items()
                ]  # fmt: skip
                batch.add(self._kind.name, table)
            made.told = batch.commit()[self._kind.name]
        made.rejected.sort(key=lambda row: row.row)
        return made

    def _table(self, rows: Rows) -> pa.Table:
        columns = {name: rows.values(Source(name)) for name in self._kind.schema.names}
        ids = [None if v in (None, "") else str(v) for v in columns["id"] or [None] * len(rows)]
        known = self._known([one for one in ids if one is not None])
        made = []
        for at in range(len(rows)):
            if at in rows.rejects:
                continue
            raw = {
                n: v[at] for n, v in columns.items() if v is not None and v[at] not in (None, "")
            }
            try:
                made.append(self._row(raw, ids[at], known))
            except _Wrong as wrong:
                rows.reject(at, str(wrong))
        return pa.Table.from_pylist(made, schema=self._kind.schema)

    def _row(
        self, raw: dict[str, Any], id_: str | None, known: Mapping[str, list[Case]]
    ) -> dict[str, Any]:
        row: dict[str, Any] = dict(self._usual)
        for field_ in self._kind.schema:
            if field_.name in raw:
                row[field_.name] = _value(field_, raw[field_.name])
        for name in self._needed:
            if row.get(name) is None:
                raise _Wrong(_("it has no {name}").format(name=name))
        assert id_ is not None
        row["id"] = id_
        found = [
            (subject, day)
            for subject, day in known.get(id_, ())
            if row.get("subject") in (None, subject) and ("day" not in row or row["day"] == day)
        ]
        if not found:
            raise _Wrong(_("no case {id} in the store").format(id=id_[:80]))
        if len(found) > 1:
            raise _Wrong(
                _("several cases {id} in the store: say subject and day").format(id=id_[:80])
            )
        row["subject"], row["day"] = found[0]
        if self._kind is DECISIONS and row.get("decision") is None:
            row["decision"] = f"{id_}@{row['at'].isoformat()}"
        return row

    def _known(self, ids: list[str]) -> dict[str, list[Case]]:
        """The cases of the store that have one of these ids."""
        wanted: Any = pa.array(ids, pa.string())
        found: dict[str, list[Case]] = {}
        for batch in self._store.batches("cases", ("id", "subject", "day")):
            table = pa.Table.from_batches([batch])
            for row in table.filter(pc.is_in(table.column("id"), value_set=wanted)).to_pylist():
                found.setdefault(row["id"], []).append((row["subject"], row["day"]))
        return found


class _Wrong(Exception):
    """Why a row cannot be used."""


def _value(field_: pa.Field[Any], raw: Any) -> Any:
    kind = field_.type
    try:
        if pa.types.is_list(kind):
            items = raw if isinstance(raw, list) else [s for s in str(raw).split(";") if s.strip()]
            return [str(item).strip() for item in items]
        if pa.types.is_timestamp(kind):
            moment = moment_of(raw)
            return moment or datetime.combine(day_of(raw), time.min, UTC)
        if pa.types.is_date(kind):
            return day_of(raw)
        if pa.types.is_boolean(kind):
            return raw if isinstance(raw, bool) else _TRUE[str(raw).strip().lower()]
        if pa.types.is_integer(kind):
            return int(raw)
        if pa.types.is_floating(kind):
            return float(raw)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise _Wrong(
            _("{name} cannot be {value}").format(name=field_.name, value=repr(raw)[:60])
        ) from None
    return raw if isinstance(raw, str) else str(raw)
