"""Raw attributes out of a file of cases, without deciding anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brightline.rulebook.model import Rulebook
from brightline.screening.mapping import CaseMapping, read_mapping
from brightline.screening.planning import plan_of
from brightline.screening.reading import Cases
from brightline.screening.rows import rows_of


class Attributes(NamedTuple):
    """Some rows: a tuple of raw values each, None where a value is missing.

    `other` counts the rows that are of another subject, `rejected` those that cannot be read;
    `share` is how much of the file is read (0 to 1).
    """

    rows: list[tuple[object, ...]]
    other: int
    rejected: int
    share: float


def attribute_rows(
    rulebook: Rulebook,
    cases_path: Path,
    subject: str,
    names: Sequence[str],
    mapping: CaseMapping | Path | None = None,
) -> Iterator[Attributes]:
    """The attributes of the cases of one subject, part by part; memory does not grow.

    Raises `UnusableCases` where the file or the mapping cannot be used.
    """
    if isinstance(mapping, Path):
        mapping = read_mapping(mapping)
    with Cases(cases_path) as cases:
        plan = plan_of(rulebook, mapping, cases.columns)
        of = plan.subjects[subject]
        for chunk in cases.chunks(plan.columns):
            rows = rows_of(chunk, cases.columns, plan.mapped)
            count = len(rows)
            subjects: list[object] = [plan.subject] * count
            if plan.subject is None:
                told = rows.values(plan.subject_source) if plan.subject_source else None
                only = next(iter(rulebook.subjects)) if len(rulebook.subjects) == 1 else None
                subjects = [value or only for value in told or [only] * count]
            values = []
            for name in names:
                if name in of.constant_attributes:
                    values.append([of.constant_attributes[name]] * count)
                else:
                    source = of.attributes.get(name)
                    found = rows.values(source) if source is not None else None
                    values.append(found if found is not None else [None] * count)
            ours = [at for at in range(count) if subjects[at] == subject and at not in rows.rejects]
            share = min(1.0, chunk.bytes_read / cases.size) if cases.size else 1.0
            yield Attributes(
                [tuple(column[at] for column in values) for at in ours],
                sum(subjects[at] != subject for at in range(count) if at not in rows.rejects),
                len(chunk.rejected) + len(rows.rejects),
                share,
            )
