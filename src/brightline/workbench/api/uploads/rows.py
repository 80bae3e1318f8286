"""Rows of a file as cases on their way in; a bad row is told apart with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from brightline.i18n import _
from brightline.rulebook.model import Kind, Rulebook
from brightline.screening.errors import UnusableCases
from brightline.screening.planning import Plan, plan_of
from brightline.screening.reading import Cases, Chunk, Rejected
from brightline.screening.results import facts_in_output
from brightline.screening.rows import Rows, Source, rows_of
from brightline.workbench.api.uploads.mapping import (
    LANGUAGE,
    PARTS,
    REF,
    RISK,
    SELLER,
    SOURCE,
    case_mapping,
)
from brightline.workbench.api.v1.schemas import CaseIn
from brightline.workbench.api.v1.wrong import first_wrong
from brightline.workbench.cases.actions.receive import Incoming

Row = tuple[int, int | None, str, Incoming | str]
"""Its number, its line, the row as it came, and the case, or why it is none."""


class UploadReader:
    """Reads one file. `share` says how much of it is read."""

    def __init__(
        self, path: Path, rulebook: Rulebook, market: str, subject: str, chosen: Mapping[str, str]
    ) -> None:
        """Raises `UnusableCases`."""
        self._path, self._market, self._rulebook = path, market, rulebook
        mapping, self._columns_of = case_mapping(subject, chosen) if chosen else (None, {})
        self._mapping = mapping
        self._numbers = {n for n, kind in facts_in_output(rulebook) if kind is Kind.NUMBER}
        self.share = 0.0

    def lots(self) -> Iterator[list[Row]]:
        """The rows in order, a few at a time. Raises `UnusableCases` where reading cannot go on."""
        with Cases(self._path) as cases:
            plan = plan_of(self._rulebook, self._mapping, cases.columns)
            wanted = list(dict.fromkeys([*plan.columns, *self._extra(cases.columns)]))
            for chunk in cases.chunks(wanted):
                yield self._lot(chunk, cases.columns, plan)
                self.share = min(1.0, chunk.bytes_read / max(1, cases.size))

    def _extra(self, columns: tuple[str, ...]) -> list[str]:
        if self._mapping is not None:
            return list(self._columns_of.values())
        return [name for name in (*PARTS, "id") if name in columns]

    def _lot(self, chunk: Chunk, columns: tuple[str, ...], plan: Plan) -> list[Row]:
        rows = rows_of(chunk, columns, plan.mapped)
        found: list[Row] = [(r.row, r.line, r.raw, r.reason) for r in chunk.rejected]
        cases = list(self._cases(rows, plan))
        for at, number in enumerate(chunk.numbers):
            line = chunk.lines_at[at] if chunk.lines_at is not None else None
            said = rows.rejects.get(at) or cases[at]
            found.append((number, line, rows.raw(at), said))
        return sorted(found, key=lambda row: row[0])

    def _cases(self, rows: Rows, plan: Plan) -> Iterator[Incoming | str]:
        kept: dict[Source, list[Any] | None] = {}

        def value(source: Source, at: int) -> Any:
            if source not in kept:
                kept[source] = rows.values(source)
            column = kept[source]
            return None if column is None else column[at]

        def part(name: str, at: int) -> Any:
            column = self._columns_of.get(name) if self._mapping else name
            return None if column is None else value(Source(column), at)

        for at in range(len(rows)):
            try:
                yield self._case(rows, plan, at, value, part)
            except ValidationError as error:
                reason, field = first_wrong(error.errors(include_url=False, include_input=False))
                yield f"{field}: {reason}" if field else reason
            except UnusableCases as error:
                yield str(error)

    def _case(self, rows: Rows, plan: Plan, at: int, value: Any, part: Any) -> Incoming:
        subject = plan.subject or (value(plan.subject_source, at) if plan.subject_source else None)
        if subject is None and len(plan.subjects) == 1:
            subject = next(iter(plan.subjects))
        of = plan.subjects.get(subject) if isinstance(subject, str) else None
        if of is None:
            raise UnusableCases(_("no subject named {name}").format(name=str(subject)[:60]))
        attributes = {name: value(source, at) for name, source in of.attributes.items()}
        if of.facts is not None:
            facts = {name: value(source, at) for name, source in of.facts.items()}
        else:
            inside = {name: Source(name, "facts", False) for name in rows.names("facts")}
            facts = {name: value(source, at) for name, source in inside.items()}
        ref = part(REF, at)
        if ref is None and self._mapping is None:
            ref = value(Source("id"), at)
        raw: dict[str, Any] = {
            "ref": "" if ref is None else str(ref).strip(),
            "market": self._market,
            "subject": subject,
            "attributes": {n: _plain(v) for n, v in attributes.items() if v is not None},
            "facts": {
                n: self._number(n, v) if rows.text else _plain(v)
                for n, v in facts.items()
                if v is not None
            },
        }
        for name in (LANGUAGE, SOURCE):
            if part(name, at):
                raw[name] = part(name, at)
        if part(SELLER, at) is not None:
            raw[SELLER] = str(part(SELLER, at))
        if part(RISK, at) is not None:
            raw[RISK] = part(RISK, at)
        case = CaseIn.model_validate(raw)
        return Incoming(
            ref=case.ref, subject=case.subject, attributes=case.attributes, facts=case.facts,
            language=case.language, source=case.source.value, seller=case.seller, risk=case.risk,
        )  # fmt: skip

    def _number(self, name: str, value: str) -> object:
        """A fact of a CSV file: every cell is text, numbers too."""
        if name not in self._numbers:
            return value
        try:
            return float(value.replace(",", "."))
        except ValueError:
            return value


def _plain(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, float) and value.is_integer() and math.fabs(value) < 1e15:
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def preview(path: Path, most: int = 5) -> tuple[tuple[str, ...], list[list[str]], list[Rejected]]:
    """The columns and the first rows as text, and what is wrong with the first. Raises
    `UnusableCases`."""
    with Cases(path) as cases:
        columns = cases.columns
        chunk = next(iter(cases.chunks(columns)), None)
        if chunk is None:
            return columns, [], []
        if chunk.lines is not None:
            lines = rows_of(chunk, columns, False)
            raw = [[lines.raw(at)[:300]] for at in range(min(most, len(chunk)))]
            return columns, raw, chunk.rejected[:most]
        rows = rows_of(chunk, columns, True)
        shown = []
        lists = {name: rows.values(Source(name)) for name in columns}
        for at in range(min(most, len(rows))):
            cells = [(lists[name] or [None] * len(rows))[at] for name in columns]
            shown.append(["" if cell is None else str(cell)[:120] for cell in cells])
        return columns, shown, chunk.rejected[:most]
