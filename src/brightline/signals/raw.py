"""Raw attributes as texts, from one case or from a column of cases."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_LATELY: deque[tuple[pa.Array[Any], tuple[list[str], npt.NDArray[np.intp]]]] = deque(maxlen=4)
"""The columns read last: several signals read the same ones, one after another."""


def labelled_texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The texts of an attribute, each with its name: `title`, or `tags[0]`, `tags[1]`, …

    What is neither a text nor a list of texts has none.
    """
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            if isinstance(item, str):
                yield f"{name}[{number}]", item


def texts_of_column(column: pa.Array[Any]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The texts of a column and the row each stands in (intp, ascending). Not to be changed."""
    for known, told in _LATELY:
        if known is column:
            return told
    told = _texts_of(column)
    _LATELY.append((column, told))
    return told


def _texts_of(column: pa.Array[Any]) -> tuple[list[str], npt.NDArray[np.intp]]:
    values: list[Any] = column.to_pylist()
    if _is_text(column.type) and not column.null_count:
        return values, np.arange(len(values), dtype=np.intp)
    texts: list[str] = []
    owner: list[int] = []
    for row, value in enumerate(values):
        for _label, text in labelled_texts("", value):
            texts.append(text)
            owner.append(row)
    return texts, np.array(owner, dtype=np.intp)


def rows_written(
    texts: Sequence[str], owner: npt.NDArray[np.intp], rows: int
) -> npt.NDArray[np.bool_]:
    """For each row of a column whether any of its texts holds more than white space."""
    written = np.zeros(rows, dtype=np.bool_)
    blank = [not text or text.isspace() for text in texts]
    written[owner[~np.array(blank, dtype=np.bool_)]] = True
    return written


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
