"""One chunk of cases decided: rows in, decisions, rejected rows and counts out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from brightline.i18n import _
from brightline.rulebook.deciding import Decider, Deciders
from brightline.rulebook.model import Rulebook
from brightline.screening.coding import given_codes, overridden, told_codes
from brightline.screening.counting import Counts
from brightline.screening.days import TIME_ATTRIBUTE, day_of
from brightline.screening.kernel import Kernel
from brightline.screening.mapping import Plan, SubjectPlan
from brightline.screening.one import CaseError, names_of_facts, subject_named
from brightline.screening.reading import Chunk, Rejected
from brightline.screening.results import decision_columns, fact_column, fact_lists, schema_of
from brightline.screening.rows import MixedTypes, Rows, rows_of
from brightline.signals.columns import DECIDES, SUGGESTS
from brightline.signals.columns import Column as Told
from brightline.signals.supplying import Supplier

if TYPE_CHECKING:
    from brightline.rulebook.columns import Column as Fact

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Job:
    """What stays the same from chunk to chunk. Can be pickled."""

    rulebook: Rulebook
    plan: Plan
    columns: tuple[str, ...]
    as_of: date
    assume_suggestions: bool = False
    facts: bool = False


@dataclass(slots=True)
class Decided:
    """A chunk decided. `rejected` is in the order of the rows."""

    batch: pa.RecordBatch
    rejected: list[Rejected]
    counts: Counts
    bytes_read: int


@dataclass(slots=True)
class _Group:
    """The cases of one subject under one table: where they stand, their decisions as columns."""

    at: Positions
    columns: list[pa.Array[Any]]


class BatchDecider:
    """Decides chunk after chunk; keeps what is compiled. Not for several threads at once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.schema = schema_of(job.rulebook, job.facts)
        self._deciders = Deciders(job.rulebook)
        self._kernels: dict[int, Kernel] = {}
        self._suppliers: dict[str, Supplier] = {}
        self._names = {s: names_of_facts(job.rulebook, s) for s in job.rulebook.subjects}
        self._every_name = frozenset(name for of in self._names.values() for name in of)

    def decide(self, chunk: Chunk) -> Decided:
        """Decide a chunk. Raises `UnusableCases` where a column cannot be used at all."""
        counts = Counts()
        rows = rows_of(chunk, self.job.columns, self.job.plan.nested, self._every_name)
        subjects, days = self._subjects(rows), self._days(rows)
        tables: dict[tuple[str, int], tuple[Decider, list[int]]] = {}
        for at, (subject, day) in enumerate(zip(subjects, days, strict=True)):
            if subject is not None and at not in rows.rejects:
                decider = self._deciders.decider(subject, day)
                tables.setdefault((subject, id(decider)), (decider, []))[1].append(at)
        groups: list[_Group] = []
        for (subject, _id), (decider, where) in tables.items():
            groups.append(self._group(rows, subject, decider, np.array(where, np.intp), counts))
        batch = self._joined(rows, groups, chunk)
        rejected = chunk.rejected + [
            Rejected(
                chunk.numbers[at],
                reason,
                rows.raw(at),
                chunk.lines_at[at] if chunk.lines_at is not None else None,
            )
            for at, reason in rows.rejects.items()
        ]
        rejected.sort(key=lambda row: row.row)
        counts.rejected = len(rejected)
        return Decided(batch, rejected, counts, chunk.bytes_read)

    def _subjects(self, rows: Rows) -> Sequence[str | None]:
        mapping = self.job.plan.mapping
        if mapping.subject is not None:
            return [mapping.subject] * len(rows)
        found = rows.values(mapping.subject_column) if mapping.subject_column else None
        known: dict[object, str | CaseError] = {}
        subjects: list[str | None] = []
        for at, raw in enumerate(found if found is not None else [None] * len(rows)):
            key = raw if isinstance(raw, str) else repr(raw) if raw is not None else None
            if key not in known:
                try:
                    known[key] = subject_named(self.job.rulebook, raw)
                except CaseError as error:
                    known[key] = error
            subject = known[key]
            if isinstance(subject, CaseError):
                hint = f": {subject.hint}" if subject.hint else ""
                rows.rejects.setdefault(at, f"{subject.message}{hint}")
                subjects.append(None)
            else:
                subjects.append(subject)
        return subjects

    def _days(self, rows: Rows) -> Sequence[date]:
        mapping = self.job.plan.mapping
        if mapping.given:
            column = mapping.time or mapping.attributes.get(TIME_ATTRIBUTE)
            found = rows.values(column) if column else None
        else:
            found = rows.values(TIME_ATTRIBUTE, "attributes")
        if found is None:
            return [self.job.as_of] * len(rows)
        days = []
        for at, raw in enumerate(found):
            try:
                days.append(self.job.as_of if raw is None or raw == "" else day_of(raw))
            except ValueError:
                days.append(self.job.as_of)
                reason = _("{name} is no date: {value}").format(
                    name=TIME_ATTRIBUTE, value=str(raw)[:60]
                )
                rows.rejects.setdefault(at, reason)
        return days

    def _group(
        self, rows: Rows, subject: str, decider: Decider, at: Positions, counts: Counts
    ) -> _Group:
        table, plan = decider.table, self.job.plan.subjects[subject]
        told = self._told(rows, subject, plan, at)
        given = self._given(rows, subject, plan, decider, at)
        kept = np.array([row not in rows.rejects for row in at.tolist()], dtype=np.bool_)
        least = SUGGESTS if self.job.assume_suggestions else DECIDES
        by_place = {table.places[n]: c for n, c in told.items() if n in table.places}
        codes = []
        for place in table.tested:
            fact = table.columns[place]
            own = told_codes(fact, by_place[place], least) if place in by_place else None
            if place in given:
                own = overridden(own, given[place][0])
            codes.append((own if own is not None else np.full(len(at), -1, np.int16))[kept])
        answers = self._kernel(decider).decide(codes, int(kept.sum()))
        counts.add(table, answers)
        columns = decision_columns(table, answers)
        if self.job.facts:
            columns += self._fact_columns(decider, by_place, given, kept)
        return _Group(at[kept], columns)

    def _kernel(self, decider: Decider) -> Kernel:
        if id(decider) not in self._kernels:
            self._kernels[id(decider)] = Kernel(decider)
        return self._kernels[id(decider)]

    def _supplier(self, subject: str) -> Supplier:
        if subject not in self._suppliers:
            self._suppliers[subject] = Supplier(self.job.rulebook, subject)
        return self._suppliers[subject]

    def _told(
        self, rows: Rows, subject: str, plan: SubjectPlan, at: Positions
    ) -> Mapping[str, Told]:
        supplier, count = self._supplier(subject), len(at)
        every = count == len(rows)
        try:
            arrays = {}
            for name, column in plan.attributes.items():
                found = rows.array(column, "attributes")
                if found is not None:
                    arrays[name] = found if every else found.take(pa.array(at))
            for name, value in plan.constant_attributes.items():
                arrays[name] = pa.array([value] * count)
            return supplier.supply_columns(arrays, count)
        except MixedTypes:
            return self._told_one_by_one(rows, supplier, plan, at)

    def _told_one_by_one(
        self, rows: Rows, supplier: Supplier, plan: SubjectPlan, at: Positions
    ) -> Mapping[str, Told]:
        """The same for rows whose values are of several types, as no array can hold them."""
        from brightline.signals.columns import of_values

        found = {n: rows.values(column, "attributes") for n, column in plan.attributes.items()}
        lists = {name: values for name, values in found.items() if values is not None}
        readings = [
            supplier.supply({**plan.constant_attributes, **{n: v[row] for n, v in lists.items()}})
            for row in at.tolist()
        ]
        trusts = {"decides": DECIDES, "suggests": SUGGESTS}
        told = {}
        for name, fact in supplier.facts.items():
            values = of_values(fact, [reading[name].value for reading in readings])
            trust = np.array([trusts[reading[name].trust] for reading in readings], dtype=np.int8)
            told[name] = values.told(np.zeros(len(at), np.int8), trust)
        return told

    def _given(
        self, rows: Rows, subject: str, plan: SubjectPlan, decider: Decider, at: Positions
    ) -> dict[int, tuple[npt.NDArray[np.int16], list[object]]]:
        """Column of the table → codes and values that came with the cases. Rejects wrong ones."""
        table, given = decider.table, {}
        from_text = bool(self.job.columns) and isinstance(rows, _text_rows())
        for name, column in plan.facts.items():
            place = table.places.get(name)
            found = rows.values(column, "facts") if place is not None else None
            if place is None or found is None:
                continue
            values = [found[row] for row in at.tolist()]
            codes, clean, wrong = given_codes(table.columns[place], values, from_text)
            for position, reason in wrong.items():
                rows.rejects.setdefault(int(at[position]), reason)
            if place in given:
                codes = overridden(given[place][0], codes)
                clean = [b if b is not None else a for a, b in zip(given[place][1], clean, strict=True)]
            given[place] = codes, clean
        for name, value in plan.constant_facts.items():
            place = table.places.get(name)
            if place is not None and place not in given:
                codes, clean, _wrong = given_codes(table.columns[place], [value], False)
                given[place] = np.repeat(codes, len(at)), clean * len(at)
        return given

    def _fact_columns(
        self,
        decider: Decider,
        told: Mapping[int, Told],
        given: Mapping[int, tuple[npt.NDArray[np.int16], list[object]]],
        kept: npt.NDArray[np.bool_],
    ) -> list[pa.Array[Any]]:
        table, count = decider.table, int(kept.sum())
        names = {column.name: place for place, column in enumerate(table.columns)}
        suggested = np.zeros((count, max(1, -(-len(table.columns) // 64))), dtype=np.uint64)
        made: dict[str, pa.Array[Any]] = {}
        for name, place in names.items():
            fact = table.columns[place]
            codes = np.full(len(kept), -1, np.int16)
            numbers = np.zeros(len(kept))
            if place in told:
                codes = told_codes(fact, told[place], SUGGESTS)
                numbers = told[place].numbers if fact.numeric else numbers
                only = told[place].trust == SUGGESTS if told[place].trust is not None else None
                if only is not None and not self.job.assume_suggestions:
                    if place in given:
                        only = only & (given[place][0] == -1)
                    suggested[:, place // 64] |= only[kept].astype(np.uint64) << np.uint64(place % 64)
            if place in given:
                codes = overridden(codes, given[place][0])
                if fact.numeric:
                    numbers = _overridden_numbers(numbers, given[place][1])
            made[name] = fact_column(fact, codes[kept], numbers[kept] if fact.numeric else None)
        columns = [fact_lists([c.name for c in table.columns], suggested)]
        for field, (name, _kind) in zip(list(self.schema)[6:], self._facts(), strict=True):
            columns.append(made[name] if name in made else pa.nulls(count, field.type))
        return columns

    def _facts(self) -> list[tuple[str, Any]]:
        from brightline.screening.results import facts_in_output

        return facts_in_output(self.job.rulebook)

    def _joined(self, rows: Rows, groups: Sequence[_Group], chunk: Chunk) -> pa.RecordBatch:
        """The groups together, in the order of the rows, with the ids before them."""
        if not groups:
            return pa.RecordBatch.from_pylist([], schema=self.schema)
        at = np.concatenate([group.at for group in groups])
        order = np.argsort(at, kind="stable")
        ids = self._ids(rows, chunk)
        columns: list[pa.Array[Any]] = [pa.array([ids[i] for i in at[order].tolist()], pa.string())]
        for parts in zip(*(group.columns for group in groups), strict=True):
            one = parts[0] if len(parts) == 1 else pa.concat_arrays(parts).take(pa.array(order))
            columns.append(one)
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _ids(self, rows: Rows, chunk: Chunk) -> list[str]:
        """The id of every case; its row number where it has none."""
        column = self.job.plan.mapping.id
        found = rows.values(column) if column else None
        if found is None:
            return [str(number) for number in chunk.numbers]
        return [
            str(number) if value is None else value if isinstance(value, str) else str(value)
            for number, value in zip(chunk.numbers, found, strict=True)
        ]


def _text_rows() -> type:
    from brightline.screening.rows import CellRows

    return CellRows


def _overridden_numbers(
    numbers: npt.NDArray[np.float64], given: Sequence[object]
) -> npt.NDArray[np.float64]:
    found = numbers.copy()
    for at, value in enumerate(given):
        if isinstance(value, (int, float)):
            found[at] = value
    return found
