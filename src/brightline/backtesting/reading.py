"""Cases out of a file, coded for both versions: what `screen` reads, or a folder of Parquet files.

Signals are read once where both versions read the same, else once for each version. Both versions
judge all cases by the rules of one day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from brightline.backtesting.grouping import GROUPINGS, WEEK, By, Names, week_of
from brightline.backtesting.matching import Match
from brightline.backtesting.pair import Batch
from brightline.backtesting.signals_alike import same_signals
from brightline.backtesting.subject_reading import SubjectReader
from brightline.i18n import _
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Rulebook
from brightline.screening.coding import Codes
from brightline.screening.errors import UnusableCases
from brightline.screening.grouping import Grouper
from brightline.screening.ids import ids_of
from brightline.screening.mapping import CaseMapping
from brightline.screening.object_rows import within
from brightline.screening.one import names_of_facts
from brightline.screening.planning import Plan, plan_of
from brightline.screening.reading import Chunk, Rejected
from brightline.screening.rows import Rows, Source, rows_of
from brightline.screening.stored_cases import is_store, open_cases
from brightline.screening.supplied import FactReader
from brightline.signals.columns import DECIDES, SUGGESTS


@dataclass(frozen=True, slots=True)
class Part:
    """Cases of one subject out of one chunk. `told`: place in a table → [case] told by signals."""

    subject: str
    batch: Batch
    ids: list[str]
    told_old: Mapping[int, Codes]
    told_new: Mapping[int, Codes]


@dataclass(frozen=True, slots=True)
class Step:
    """What one chunk held, and how much of the file is read (0 to 1)."""

    parts: list[Part]
    refused: list[Rejected]
    rows: int
    share: float


class OpenCases(Protocol):
    """Cases that can be gone through once. `size`: in bytes; 0 where it is not known."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def size(self) -> int: ...

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        """The rows in order."""


def files_of(path: Path) -> list[Path]:
    """The file or store itself, or the Parquet files in a folder and below.

    Raises `UnusableCases`.
    """
    if not path.is_dir() or is_store(path):
        return [path]
    found = sorted(p for p in path.rglob("*.parquet") if not p.name.startswith((".", "_")))
    if not found:
        raise UnusableCases(
            _("{path} holds no Parquet files").format(path=path),
            _("name a file of cases (.csv, .jsonl, .parquet), or a folder of Parquet files"),
        )
    return found


class CaseReader:
    """Reads cases for two versions. `matches`: the tables of every subject of either version."""

    def __init__(
        self,
        old: Rulebook,
        new: Rulebook,
        matches: Mapping[str, Match],
        *,
        mapping: CaseMapping | None = None,
        by: By | None = None,
        as_of: date,
        assume_suggestions: bool = False,
    ) -> None:
        self._old, self._new, self._matches = old, new, matches
        self._mapping, self._by, self._as_of = mapping, by or By(), as_of
        self._least = SUGGESTS if assume_suggestions else DECIDES
        self._renames = Renames(old, new)
        self.names: dict[str, Names] = {name: Names() for name in GROUPINGS}
        self._same_signals = {s: same_signals(old, new, self._renames, s) for s in matches}

    def steps(self, path: Path) -> Iterator[Step]:
        """A file chunk by chunk. Raises `UnusableCases`."""
        again = not all(self._same_signals.values())
        with open_cases(path, (self._old, self._new), again) as cases:
            yield from self.steps_of(cases)

    def steps_of(self, cases: OpenCases) -> Iterator[Step]:
        """The same of cases that are open already."""
        old, new = self._plans(cases.columns)
        readers: dict[str, SubjectReader] = {}
        grouper = Grouper(self._new, replace(new, time=None, day=None), self._as_of)
        columns = self._columns(old, new, cases.columns)
        for chunk in cases.chunks(columns):
            yield self._step(chunk, cases, old, new, grouper, readers)

    def columns(self, known: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the columns that have to be read. Raises `UnusableCases`."""
        return self._columns(*self._plans(known), known)

    def _plans(self, known: tuple[str, ...]) -> tuple[Plan, Plan]:
        """The places of everything in the file, for each version. Raises `UnusableCases`."""
        own, theirs = _all_names(self._old), _all_names(self._new)
        plans = []
        for book, others in ((self._old, theirs - own), (self._new, own - theirs)):
            mapping = self._mapping
            if mapping is not None:
                mapping = replace(
                    mapping,
                    attributes=_without(mapping.attributes, others),
                    facts=_without(mapping.facts, others),
                    constants=_without(mapping.constants, others),
                )
            shown = [c for c in known if c.removeprefix("facts.") not in others or "." not in c]
            plan = plan_of(book, mapping, shown)
            plans.append(plan if mapping is None else replace(plan, mapped=True))
        return plans[0], plans[1]

    def _columns(self, old: Plan, new: Plan, known: Sequence[str]) -> tuple[str, ...]:
        """The columns to read (none named: the rows name their own)."""
        wanted = [*old.columns, *new.columns]
        heads = {name.split(".")[0] for name in known}
        for name in GROUPINGS:
            found = [c for c in self._by.columns(name) if c in known or c.split(".")[0] in heads]
            if getattr(self._by, name, None) is not None and known and not found:
                raise UnusableCases(
                    _("the file has no column {name}").format(name=self._by.columns(name)[0][:80])
                )
            wanted += found[:1]
        return tuple(dict.fromkeys(wanted))

    def _step(
        self,
        chunk: Chunk,
        cases: OpenCases,
        old: Plan,
        new: Plan,
        grouper: Grouper,
        readers: dict[str, SubjectReader],
    ) -> Step:
        rows = rows_of(chunk, cases.columns, new.mapped)
        ids = ids_of(rows, new.id, chunk.numbers)
        groups = []
        for group in grouper.groups(rows):
            if group.subject in self._matches:
                groups.append(group)
                continue
            reason = _("only one of the versions knows the subject {name}")
            for row in group.at.tolist():
                rows.reject(row, reason.format(name=group.subject))
        read = []
        for group in groups:
            if group.subject not in readers:
                readers[group.subject] = self._reader(group.subject, old, new)
            read.append(readers[group.subject].read(rows, group, self._least))
        named = {name: self._grouped(name, rows, old, new) for name in GROUPINGS}
        parts = []
        for group, one in zip(groups, read, strict=True):
            kept = np.ones(len(group.at), np.bool_)
            if rows.rejects:
                kept = ~np.isin(group.at, np.array(list(rows.rejects), np.intp))
            at = group.at[kept]
            batch = one.batch(kept, {n: of[at] for n, of in named.items() if of is not None})
            told = [{p: of[kept] for p, of in t.items()} for t in (one.told_old, one.told_new)]
            named_rows: list[Any] = ids.to_pylist()
            part_ids = [str(named_rows[row]) for row in at.tolist()]
            parts.append(Part(group.subject, batch, part_ids, *told))
        refused = chunk.rejected + [
            Rejected(chunk.numbers[at], reason, "") for at, reason in rows.rejects.items()
        ]
        refused.sort(key=lambda one: one.row)
        share = min(1.0, chunk.bytes_read / cases.size) if cases.size else 1.0
        return Step(parts, refused, len(chunk) + len(chunk.rejected), share)

    def _reader(self, subject: str, old: Plan, new: Plan) -> SubjectReader:
        match, same = self._matches[subject], self._same_signals[subject]
        return SubjectReader(
            match,
            old.subjects[subject],
            new.subjects[subject],
            FactReader(self._old, subject, old.subjects[subject]),
            None if same else FactReader(self._new, subject, new.subjects[subject]),
        )

    def _grouped(
        self, name: str, rows: Rows, old: Plan, new: Plan
    ) -> npt.NDArray[np.uint16] | None:
        """[row] the number of its group; None where the rows have nothing of the kind."""
        for column in self._by.columns(name):
            found = self._values(column, name, rows, new) or self._values(column, name, rows, old)
            if found is not None:
                values = [week_of(raw) for raw in found] if name == WEEK else found
                return self.names[name].numbers(values)
        return None

    def _values(self, column: str, name: str, rows: Rows, plan: Plan) -> list[Any] | None:
        """The values of an attribute of that name, else of a column; a constant for every row."""
        chosen = getattr(self._by, name, None) is not None
        if name == WEEK and plan.time is not None:
            return rows.values(plan.time)
        for of in plan.subjects.values() if not chosen else ():
            if column in of.attributes and (found := rows.values(of.attributes[column])):
                return found
            if column in of.constant_attributes:
                return [of.constant_attributes[column]] * len(rows)
        found = rows.values(Source(column, None if plan.mapped else "attributes"))
        found = found or rows.values(Source(column, None if plan.mapped else "facts"))
        head, dot, rest = column.partition(".")
        if found is None and dot and (outer := rows.values(Source(head))):
            found = [within(row, rest) if isinstance(row, dict) else None for row in outer]
        return found


def _all_names(book: Rulebook) -> set[str]:
    found = {name for subject in book.subjects for name in names_of_facts(book, subject)}
    return found | {name for of in book.subjects.values() for name in of.attributes}


def _without(of: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in of.items() if name not in names}
