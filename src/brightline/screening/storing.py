"""A file of cases into a store: signals read each case once, and what they say is kept with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from brightline.casestore.appending import Appended, Appender
from brightline.casestore.kinds import CASES, LABELS
from brightline.casestore.store import Store
from brightline.i18n import _
from brightline.rulebook.model import MANUAL_REVIEW, Rulebook
from brightline.screening.days import day_of
from brightline.screening.fact_parts import FactParts
from brightline.screening.grouping import Grouper
from brightline.screening.ids import ids_of
from brightline.screening.mapping import CaseMapping, read_mapping
from brightline.screening.planning import Plan, plan_of
from brightline.screening.reading import Cases, Chunk, Rejected
from brightline.screening.rows import Rows, Source, rows_of
from brightline.screening.screen import Progress
from brightline.screening.supplied import FactReader

EXPECTED = "expected"
"""The label of an outcome that came with the case itself, as sample cases carry one."""
_SELLER = "seller_id"


@dataclass(slots=True)
class Kept:
    """What became of files: rows read, what came of the cases and labels, what was turned away."""

    rows: int = 0
    rejected: list[tuple[Path, Rejected]] = field(default_factory=list)
    tables: Mapping[str, Appended] = field(default_factory=dict)


def keep_cases(
    rulebook: Rulebook,
    files: Sequence[Path],
    store_path: Path,
    *,
    mapping: CaseMapping | Path | None = None,
    attributes: bool = True,
    progress: Callable[[Progress], None] | None = None,
) -> Kept:
    """Read every case of these files with the rulebook's signals, and put them into a store.

    All appear at once or none. A case that is there already is not doubled; one that came with
    other facts takes its place. Rows without an id are turned away. `attributes`: keep the raw
    attributes too. Memory does not grow with the number of rows. Raises `UnusableCases` and
    `UnusableStore`.
    """
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    kept = Kept()
    readers: list[_Reader] = []
    with ExitStack() as opened:
        every = [opened.enter_context(Cases(Path(path))) for path in files]
        plans = [plan_of(rulebook, mapping, cases.columns) for cases in every]
        whole, before = sum(cases.size for cases in every), 0
        batch = opened.enter_context(Appender(Store.at(store_path, rulebook.market)))
        for cases, plan in zip(every, plans, strict=True):
            reader = next((r for r in readers if r.reads(plan, cases.columns)), None)
            if reader is None:  # signals are made ready once for all files that are alike
                reader = _Reader(rulebook, plan, cases.columns, attributes)
                readers.append(reader)
            rejected: list[Rejected] = []
            more = ("expect",) if "expect" in cases.columns else ()
            for chunk in cases.chunks((*plan.columns, *more)):
                kept.rows += len(chunk) + len(chunk.rejected)
                for table, rows in reader.read(chunk, rejected):
                    batch.add(table, rows)
                if progress is not None:
                    share = min(1.0, (before + chunk.bytes_read) / whole) if whole else 1.0
                    progress(Progress(kept.rows, share))
            before += cases.size
            rejected.sort(key=lambda row: row.row)
            kept.rejected += [(cases.path, row) for row in rejected]
        kept.tables = batch.commit()
    return kept


class _Reader:
    """Chunks of a file as rows of the store's tables."""

    def __init__(
        self, rulebook: Rulebook, plan: Plan, columns: tuple[str, ...], attributes: bool
    ) -> None:
        self._rulebook, self._plan, self._columns = rulebook, plan, columns
        self._attributes = attributes
        self._actions = {*rulebook.actions, MANUAL_REVIEW}
        self._grouper = Grouper(rulebook, plan, date.today())
        self._readers: dict[str, FactReader] = {}
        self._parts: dict[str, FactParts] = {}

    def reads(self, plan: Plan, columns: tuple[str, ...]) -> bool:
        """Whether a file with this plan and these columns is read the same way."""
        return (self._plan, self._columns) == (plan, columns)

    def read(self, chunk: Chunk, rejected: list[Rejected]) -> Iterator[tuple[str, pa.Table]]:
        """(table, rows) of a chunk; rows that cannot be used are added to `rejected`."""
        rows = rows_of(chunk, self._columns, self._plan.mapped)
        ids = self._ids(rows, chunk)
        groups = self._grouper.groups(rows)
        supplied = [self._reader(group.subject).read(rows, group) for group in groups]
        labels = self._labels(rows)
        rejected += chunk.rejected
        rejected += [
            Rejected(
                chunk.numbers[at], reason, rows.raw(at),
                chunk.lines_at[at] if chunk.lines_at is not None else None,
            )
            for at, reason in rows.rejects.items()
        ]  # fmt: skip
        days = rows.values(self._plan.time) if self._plan.time is not None else None
        for group, facts in zip(groups, supplied, strict=True):
            places = [at for at in group.at.tolist() if at not in rows.rejects]
            if not places:
                continue
            kept = pa.array([at not in rows.rejects for at in group.at.tolist()])
            columns = self._columns_of(rows, group.subject)
            own = [
                self._case(columns, at, ids[at], group.subject, days[at] if days else None)
                for at in places
            ]
            table = pa.Table.from_pylist(own, schema=CASES.schema)
            parts = self._parts_of(group.subject).structs(group.decider.table, facts, kept)
            for name, struct in parts.items():
                table = table.append_column(name, struct)
            yield CASES.name, table
            said = [
                {"id": case["id"], "subject": group.subject, "day": case["day"],
                 "label": EXPECTED, **labels[at]}
                for at, case in zip(places, own, strict=True) if at in labels
            ]  # fmt: skip
            if said:
                yield LABELS.name, pa.Table.from_pylist(said, schema=LABELS.schema)

    def _ids(self, rows: Rows, chunk: Chunk) -> list[str]:
        """The ids; a row without one is turned away: it could not be told from another."""
        found = rows.values(self._plan.id) if self._plan.id is not None else None
        for at in range(len(rows)):
            if found is None or found[at] is None or found[at] == "":
                rows.reject(at, _("it has no id, by which it would be known again"))
        found_ids: list[Any] = ids_of(rows, self._plan.id, chunk.numbers).to_pylist()
        return found_ids

    def _case(
        self, columns: Mapping[str, list[Any]], at: int, id_: str, subject: str, raw: Any
    ) -> dict[str, Any]:
        """One row of the table of cases, without its facts; `raw` is its time as it came."""
        seller = columns[_SELLER][at] if _SELLER in columns else None
        return {
            "id": id_,
            "subject": subject,
            "day": self._plan.day if raw is None or raw == "" else day_of(raw),
            "at": moment_of(raw),
            "seller": None if seller is None else str(seller),
            "rulebook": self._rulebook.sha,
            "attributes": self._told(columns, at, subject) if self._attributes else None,
        }

    def _columns_of(self, rows: Rows, subject: str) -> dict[str, list[Any]]:
        """The attributes of a subject that these rows have, and the seller: name → values."""
        sources = dict(self._plan.subjects[subject].attributes)
        if not self._plan.mapped:
            sources.setdefault(_SELLER, Source(_SELLER, "attributes"))
        found = {name: rows.values(source) for name, source in sources.items()}
        return {name: values for name, values in found.items() if values is not None}

    def _told(self, columns: Mapping[str, list[Any]], at: int, subject: str) -> str:
        plan = self._plan.subjects[subject]
        told = {
            name: values[at]
            for name, values in columns.items()
            if name in plan.attributes and values[at] is not None
        }
        return json.dumps({**plan.constant_attributes, **told}, ensure_ascii=False)

    def _labels(self, rows: Rows) -> dict[int, dict[str, str | None]]:
        """What rows expect to come to: `{"expect": {"action", "clause"}}`."""
        if "expect" not in rows.names(None):
            return {}
        found: dict[int, dict[str, str | None]] = {}
        for at, raw in enumerate(rows.values(Source("expect")) or ()):
            if raw is None:
                continue
            action = raw.get("action") if isinstance(raw, dict) else raw
            clause = raw.get("clause") if isinstance(raw, dict) else None
            if not isinstance(action, str) or action not in self._actions:
                rows.reject(
                    at, _("it expects an action {name}, which the rulebook does not have").format(
                        name=repr(action)[:60]
                    )
                )  # fmt: skip
                continue
            found[at] = {"action": action, "clause": clause if isinstance(clause, str) else None}
        return found

    def _reader(self, subject: str) -> FactReader:
        if subject not in self._readers:
            plan = self._plan.subjects[subject]
            self._readers[subject] = FactReader(self._rulebook, subject, plan)
        return self._readers[subject]

    def _parts_of(self, subject: str) -> FactParts:
        if subject not in self._parts:
            self._parts[subject] = FactParts(self._rulebook, subject)
        return self._parts[subject]


def moment_of(raw: object) -> datetime | None:
    """The moment of a time with an hour, in UTC; None of a day alone. Without an offset: UTC."""
    if isinstance(raw, str) and len(raw.strip()) > 10:
        raw = datetime.fromisoformat(raw.strip())
    if not isinstance(raw, datetime):
        return None
    return raw.astimezone(UTC) if raw.tzinfo is not None else raw.replace(tzinfo=UTC)
