"""A sample of the cases of a store: drawn by lot, the same for the same seed.

Every case has a lot of its own, the hash of the seed and its key; the lowest ones are drawn. So the
sample depends on the cases alone: not on how they lie in files, nor on the order they came in. A
larger sample of the same seed holds the smaller one.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.columns import fields_in
from brightline.casestore.errors import UnusableStore
from brightline.casestore.files import StoredFile
from brightline.casestore.manifest import Stored
from brightline.casestore.standing import case_keys, standing
from brightline.casestore.store import Store
from brightline.i18n import _, format_number

GROUPS = ("subject", "month", "source", "seller", "rulebook", "action", "how")
"""What a sample can be drawn by; besides, `fact:NAME`."""
MOST_GROUPS = 10_000
_OF_DECISION = ("action", "how")
NONE = "-"
"""The group of cases that have no such value."""


@dataclass(frozen=True, slots=True)
class Group:
    """Of `cases` with these values (in the order of `by`), `drawn` are in the sample."""

    values: tuple[str, ...]
    cases: int
    drawn: int

    @property
    def inclusion(self) -> float:
        """The probability with which a case of the group was drawn; rates weigh by one over it."""
        return self.drawn / self.cases


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: the groups with their sizes, and the cases, ready to be written as JSON."""

    groups: tuple[Group, ...]
    cases: tuple[dict[str, Any], ...]


def sample(store: Store, size: int, seed: int, by: Sequence[str] = ()) -> Sample:
    """Draw `size` cases, all alike; with `by` as many of every group, as far as it has them.

    Raises `UnusableStore` on a group that is none, or more groups than cases.
    """
    for name in by:
        if name not in GROUPS and not name.startswith("fact:"):
            raise UnusableStore(
                _("cases cannot be grouped by {name}").format(name=repr(name[:60])),
                _("group by one of: {names}, fact:NAME").format(names=", ".join(GROUPS)),
            )
    drawing = _Drawing(store, size, seed, tuple(by))
    return drawing.drawn()


Lot = tuple[int, str, int, int]
"""A case's lot (negated: the heap holds the lowest), its key, its file and row."""


class _Drawing:
    def __init__(self, store: Store, size: int, seed: int, by: tuple[str, ...]) -> None:
        self._store, self._size, self._by = store, size, by
        self._seed = seed.to_bytes(16, "little", signed=True)
        self._files = store.manifest.of("cases")
        self._standing = standing(store)
        self._lots: dict[tuple[str, ...], list[Lot]] = {}
        self._counts: dict[tuple[str, ...], int] = {}

    def drawn(self) -> Sample:
        for number, file in enumerate(self._files):
            row = 0
            for table in self._tables(file):
                self._take(number, row, table)
                row += table.num_rows
        if len(self._lots) > self._size:
            raise UnusableStore(
                _("there are {n} groups, more than the {size} cases asked for").format(
                    n=format_number(len(self._lots)), size=format_number(self._size)
                ),
                _("ask for more cases, or group by less"),
            )
        shares = _shares({group: self._counts[group] for group in self._lots}, self._size)
        chosen: list[tuple[int, str, int, int, tuple[str, ...]]] = []
        for group, lots in self._lots.items():
            lowest = sorted((-lot, key, file, row) for lot, key, file, row in lots)
            chosen += [(*one, group) for one in lowest[: shares[group]]]
        chosen.sort()
        groups = tuple(
            Group(group, self._counts[group], shares[group]) for group in sorted(self._lots)
        )
        return Sample(groups, tuple(self._told(chosen, {g.values: g for g in groups})))

    def _tables(self, file: Stored) -> Iterator[pa.Table]:
        with StoredFile(self._store.root, file.path) as opened:
            known = fields_in(opened.schema, "facts")
            names = ["id", "subject", "day", "source", "seller", "rulebook"]
            facts = [name.removeprefix("fact:") for name in self._by if name.startswith("fact:")]
            names += [f"facts.{fact}" for fact in facts if fact in known]
            for batch in opened.batches(names):
                yield pa.Table.from_batches([batch])

    def _take(self, file: int, first: int, table: pa.Table) -> None:
        keys = case_keys(table)
        columns = [self._values(name, table, keys) for name in self._by]
        groups = list(zip(*columns, strict=True)) if columns else [()] * table.num_rows
        seed, lots, counts, size = self._seed, self._lots, self._counts, self._size
        named: list[Any] = keys.to_pylist()
        for at, (key, group) in enumerate(zip(named, groups, strict=True)):
            digest = hashlib.blake2b(key.encode(), digest_size=8, key=seed).digest()
            lot = (-int.from_bytes(digest, "big"), key, file, first + at)
            held = lots.get(group)
            if held is None:
                if len(lots) >= MOST_GROUPS:
                    raise UnusableStore(
                        _("there are more than {n} groups").format(n=format_number(MOST_GROUPS)),
                        _("group by something that has fewer values"),
                    )
                held = lots[group] = []
                counts[group] = 0
            counts[group] += 1
            if len(held) < size:
                heapq.heappush(held, lot)
            elif lot > held[0]:
                heapq.heapreplace(held, lot)

    def _values(self, name: str, table: pa.Table, keys: pa.Array[Any]) -> list[str]:
        column: Any
        if name == "month":
            column = pc.strftime(table.column("day"), "%Y-%m")
        elif name in _OF_DECISION:
            at = pc.index_in(keys, value_set=self._standing.column("case").combine_chunks())
            column = self._standing.column(name).combine_chunks().take(at)
        elif name.startswith("fact:"):
            fact = name.removeprefix("fact:")
            if fact not in fields_in(table.schema, "facts"):
                return [NONE] * table.num_rows
            column = pc.struct_field(table.column("facts"), [fact])
        else:
            column = table.column(name)
        return [NONE if value is None else str(value) for value in column.to_pylist()]

    def _told(
        self,
        chosen: list[tuple[int, str, int, int, tuple[str, ...]]],
        groups: dict[tuple[str, ...], Group],
    ) -> Iterator[dict[str, Any]]:
        wanted: dict[int, list[int]] = {}
        for _lot, _key, file, row, _group in chosen:
            wanted.setdefault(file, []).append(row)
        found: dict[tuple[int, int], dict[str, Any]] = {}
        for file, rows in wanted.items():
            for row, case in self._rows(self._files[file], sorted(rows)):
                found[file, row] = case
        keys = [key for _lot, key, _file, _row, _group in chosen]
        decisions = _by_case(self._standing, keys)
        labels = _labels(self._store, keys)
        for _lot, key, file, row, group in chosen:
            made = _case(found[file, row])
            if key in decisions:
                made["decision"] = decisions[key]
            if key in labels:
                made["labels"] = labels[key]
                if "expected" in labels[key]:
                    made["expect"] = labels[key]["expected"]
            if self._by:
                made["group"] = dict(zip(self._by, group, strict=True))
            made["inclusion"] = groups[group].inclusion
            yield made

    def _rows(self, file: Stored, rows: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
        first, at = 0, 0
        with StoredFile(self._store.root, file.path) as opened:
            for batch in opened.batches():
                until = first + batch.num_rows
                here = []
                while at < len(rows) and rows[at] < until:
                    here.append(rows[at])
                    at += 1
                if here:
                    taken = batch.take(pa.array([row - first for row in here])).to_pylist()
                    yield from zip(here, taken, strict=True)
                first = until


def _shares(counts: dict[tuple[str, ...], int], size: int) -> dict[tuple[str, ...], int]:
    """How many of every group: alike, and what a small one leaves goes to the others."""
    shares: dict[tuple[str, ...], int] = {}
    left, waiting = size, sorted(counts, key=lambda group: (counts[group], group))
    for place, group in enumerate(waiting):
        shares[group] = min(counts[group], left // (len(waiting) - place))
        left -= shares[group]
    return shares


def _case(row: dict[str, Any]) -> dict[str, Any]:
    """A stored case as a case file has it: `brightline screen` and `decide` take it."""
    attributes = json.loads(row["attributes"]) if row["attributes"] else {}
    if row["day"] is not None:
        attributes.setdefault("created_at", row["day"].isoformat())
    facts = {name: value for name, value in (row.get("facts") or {}).items() if value is not None}
    for name, source in (row.get("sources") or {}).items():
        only_suggested = (row.get("suggested") or {}).get(name) is not None
        if source is not None and name not in facts and not only_suggested:
            facts[name] = "cannot_tell"
    made = {"id": row["id"], "subject": row["subject"], "attributes": attributes, "facts": facts}
    return made | {name: row[name] for name in ("source", "seller") if row[name] is not None}


def _by_case(table: pa.Table, keys: list[str]) -> dict[str, dict[str, Any]]:
    here = table.filter(pc.is_in(table.column("case"), value_set=pa.array(keys, pa.string())))
    wanted = ("action", "clauses", "how", "by", "queue", "questions", "seconds", "at")
    return {
        row["case"]: {
            name: row[name].isoformat() if name == "at" else row[name]
            for name in wanted
            if row[name] is not None
        }
        for row in here.to_pylist()
    }


def _labels(store: Store, keys: list[str]) -> dict[str, dict[str, dict[str, str]]]:
    wanted: Any = pa.array(keys, pa.string())
    found: dict[str, dict[str, dict[str, str]]] = {}
    for batch in store.batches("labels"):
        table = pa.Table.from_batches([batch])
        table = table.append_column("case", case_keys(table))
        for row in table.filter(pc.is_in(table.column("case"), value_set=wanted)).to_pylist():
            said = {n: row[n] for n in ("action", "clause", "note") if row[n] is not None}
            found.setdefault(row["case"], {})[row["label"]] = said
    return found
