"""What is in a store: how much, of which days and subjects, what is known, what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.columns import fields_in
from brightline.casestore.files import StoredFile
from brightline.casestore.standing import case_keys, standing
from brightline.casestore.store import Store

CANNOT_TELL = "cannot_tell"


@dataclass(slots=True)
class Size:
    """A table on the disk."""

    rows: int = 0
    files: int = 0
    bytes: int = 0


@dataclass(slots=True)
class FactKnown:
    """A fact among the `cases` of a subject: known, suggested only, or not to be told.

    `sources`: who told it, known or suggested.
    """

    subject: str
    fact: str
    cases: int
    known: int = 0
    suggested: int = 0
    cannot_tell: int = 0
    sources: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Decided:
    """`cases` of the store have a decision in force; of those by how, and by action.

    `rows`: all decisions, older ones and those that only measure too. `strangers` are decisions in
    force on cases that are not in the store; they are not in `cases`.
    """

    rows: int
    cases: int
    strangers: int
    how: Mapping[str, int]
    actions: Mapping[str, int]
    seconds: float | None
    """The median from claim to decision of those that people made."""


@dataclass(slots=True)
class Description:
    """A store, counted. `without_day`: cases that have no day of their own."""

    market: str
    commit: int
    sizes: Mapping[str, Size]
    cases: int
    subjects: Mapping[str, int]
    months: Mapping[str, int]
    first: date | None
    last: date | None
    without_day: int
    rulebooks: Mapping[str, int]
    facts: list[FactKnown]
    decided: Decided
    labels: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        made = asdict(self)
        made["first"] = self.first and self.first.isoformat()
        made["last"] = self.last and self.last.isoformat()
        return made


def describe(store: Store) -> Description:
    """Count a store. Reads all of it, a batch at a time. Raises `UnusableStore`."""
    manifest = store.manifest
    sizes = {
        table: Size(
            sum(f.rows for f in manifest.of(table)),
            len(manifest.of(table)),
            sum(f.bytes for f in manifest.of(table)),
        )
        for table in ("cases", "decisions", "labels")
    }
    days: Counter[date | None] = Counter()
    subjects: Counter[str] = Counter()
    rulebooks: Counter[str] = Counter()
    facts: dict[tuple[str, str], FactKnown] = {}
    keys: list[pa.Array[Any]] = []
    for file in manifest.of("cases"):
        with StoredFile(store.root, file.path) as opened:
            for batch in opened.batches(_read(opened.schema)):
                table = pa.Table.from_batches([batch])
                days.update(_counted(table.column("day")))
                books: Any = table.column("rulebook")
                rulebooks.update(_counted(pc.fill_null(books, "")))
                keys.append(case_keys(table))
                own = _counted(table.column("subject"))
                subjects.update(own)
                for subject in own:
                    _facts(facts, table.filter(pc.equal(table.column("subject"), subject)), subject)
    for known in facts.values():
        known.cases = subjects[known.subject]
    dated = [day for day in days if day is not None]
    months: Counter[str] = Counter()
    for day in sorted(dated):
        months[f"{day:%Y-%m}"] += days[day]
    return Description(
        manifest.market,
        manifest.commit,
        sizes,
        sum(subjects.values()),
        dict(subjects.most_common()),
        dict(months),
        min(dated, default=None),
        max(dated, default=None),
        days[None],
        dict(rulebooks.most_common()),
        sorted(facts.values(), key=lambda one: (one.subject, -one.known, one.fact)),
        _decided(store, keys, sizes["decisions"].rows),
        _labels(store),
    )


def _read(schema: pa.Schema) -> list[str]:
    plain = ["id", "subject", "day", "rulebook"]
    return plain + [name for name in schema.names if name not in plain and name in _PARTS]


_PARTS = ("facts", "suggested", "sources")


def _facts(found: dict[tuple[str, str], FactKnown], table: pa.Table, subject: str) -> None:
    parts = {
        name: dict(zip(fields_in(table.schema, name), _fields(table, name), strict=True))
        for name in _PARTS
        if name in table.schema.names
    }
    for fact in {name for of in parts.values() for name in of}:
        known = found.setdefault((subject, fact), FactKnown(subject, fact, 0))
        value = parts.get("facts", {}).get(fact)
        source = parts.get("sources", {}).get(fact)
        only = parts.get("suggested", {}).get(fact)
        if source is not None:
            for name, count in _counted(source).items():
                if name is not None:
                    known.sources[name] = known.sources.get(name, 0) + count
        suggested = len(only) - only.null_count if only is not None else 0
        told = len(value) - value.null_count if value is not None else 0
        untold = 0
        if value is not None and pa.types.is_string(value.type):
            untold = _counted(value).get(CANNOT_TELL, 0)
            told -= untold
        elif source is not None:  # a number that cannot be told is empty, and has a source
            untold = len(source) - source.null_count - told - suggested
        known.known += told
        known.suggested += suggested
        known.cannot_tell += untold


def _fields(table: pa.Table, name: str) -> list[pa.Array[Any]]:
    column: Any = table.column(name)
    whole = pa.concat_arrays(column.chunks) if column.num_chunks else None
    return (
        whole.flatten()
        if whole is not None
        else [pa.nulls(0) for _ in fields_in(table.schema, name)]
    )


def _counted(column: Any) -> dict[Any, int]:
    return {one["values"]: one["counts"] for one in pc.value_counts(column).to_pylist()}


def _decided(store: Store, keys: list[pa.Array[Any]], rows: int) -> Decided:
    table = standing(store)
    known: Any = pa.concat_arrays(keys) if keys else pa.nulls(0, pa.string())
    here = table.filter(pc.is_in(table.column("case"), value_set=known))
    how: Any = here.column("how")
    how = pc.fill_null(how, "")
    people = here.filter(pc.not_equal(how, pa.scalar("automatic")))
    median = pc.quantile(people.column("seconds"), 0.5)[0].as_py() if people.num_rows else None
    return Decided(
        rows,
        here.num_rows,
        table.num_rows - here.num_rows,
        _by_number(here.column("how")),
        _by_number(here.column("action")),
        median,
    )


def _by_number(column: Any) -> dict[str, int]:
    return dict(Counter(_counted(pc.fill_null(column, ""))).most_common())


def _labels(store: Store) -> dict[str, int]:
    found: Counter[str] = Counter()
    for batch in store.batches("labels", ["label"]):
        found.update(_counted(batch.column("label")))
    return dict(found.most_common())
