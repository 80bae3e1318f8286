"""In which folder of a store a row is filed: by its subject and its month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from brightline.casestore.errors import UnusableStore
from brightline.casestore.kinds import NO_MONTH, Kind
from brightline.i18n import _

_HARMLESS = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,80}$"


def partitions(kind: Kind, table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows by folder, in their order. Raises `UnusableStore` on a subject that is no name."""
    if not table.num_rows:
        return
    days: Any = pc.strftime(table.column(kind.day), "%Y-%m")
    months: Any = pc.fill_null(days, NO_MONTH)
    front: Any = pa.scalar(f"{kind.name}/month=")
    names: Any = pc.binary_join_element_wise(front, months, "")
    if kind.by_subject:
        subjects: Any = table.column("subject")
        _check(subjects)
        names = pc.binary_join_element_wise(
            f"{kind.name}/subject=", subjects, "/month=", months, ""
        )
    whole = names.combine_chunks() if isinstance(names, pa.ChunkedArray) else names
    coded: Any = whole.dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    folders = coded.dictionary.to_pylist()
    if len(folders) == 1:
        yield folders[0], table
        return
    for code, folder in enumerate(folders):
        places: Any = pa.array(np.flatnonzero(codes == code))
        yield folder, table.take(places)


def _check(subjects: Any) -> None:
    for subject in pc.unique(subjects).to_pylist():
        if not pc.match_substring_regex(pa.array([str(subject)]), _HARMLESS)[0].as_py():
            raise UnusableStore(
                _("a subject cannot be called {name}").format(name=repr(str(subject)[:60])),
                _("a subject is named by letters, digits, - and _"),
            )
