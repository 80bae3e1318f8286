"""A chunk of rows seen as columns, whatever format they came in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow as pa

    from brightline.screening.reading import Chunk

Part = Literal["attributes", "facts"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value of a case stands: in a column, or inside an object of the case.

    `inside` names the object, which is looked at first; with `beside` the column of that name
    serves where the object has no such name.
    """

    column: str
    inside: Part | None = None
    beside: bool = True


class MixedTypes(Exception):
    """One attribute is text in one row and a number in another: no array holds both."""


class Rows(ABC):
    """The rows of a chunk as columns."""

    text = False
    """Whether every value is text, as in a CSV file."""

    def __init__(self) -> None:
        self.rejects: dict[int, str] = {}
        """Position in the chunk → why the row is turned away. Grows as values are looked at."""

    def reject(self, at: int, reason: str) -> None:
        """Turn a row away; the first reason stands."""
        self.rejects.setdefault(at, reason)

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def names(self, part: Part | None) -> Set[str]:
        """The names that rows of this chunk have, in themselves or inside an object."""

    @abstractmethod
    def values(self, source: Source) -> list[Any] | None:
        """The values, None where empty; None where the chunk has no such name."""

    @abstractmethod
    def array(self, source: Source) -> pa.Array[Any] | None:
        """The same as an array. Raises `MixedTypes` where the rows hold values of several types."""

    @abstractmethod
    def raw(self, at: int) -> str:
        """A row as it came, cut short."""


def rows_of(chunk: Chunk, columns: Sequence[str], mapped: bool) -> Rows:
    """The rows of a chunk. `columns` is the header of a CSV file.

    `mapped`: a mapping names the columns, so that `a.b` is looked up inside `a`.
    """
    if chunk.lines is not None:
        from brightline.screening.object_rows import ObjectRows

        return ObjectRows(chunk.lines, mapped)
    if chunk.batch is not None:
        from brightline.screening.arrow_rows import BatchRows

        return BatchRows(chunk.batch)
    from brightline.screening.cell_rows import CellRows

    assert chunk.cells is not None
    return CellRows(chunk.cells, columns)
