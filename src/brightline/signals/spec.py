"""What a signal is: what it is asked for, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from brightline.rulebook.model import Fact, Rulebook, Supply
    from brightline.signals.columns import Column

Trust = Literal["decides", "suggests"]
Value = str | float
"""A fact's value: an option (`yes` and `no` among them) or a number."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a signal saw it.

    `start` and `end` are code points in the attribute's text as it came, `end` excluded, so that
    `attributes[attribute][start:end] == text`. An item of a list is named `tags[2]`.
    """

    attribute: str
    start: int
    end: int
    text: str
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a signal says of one fact of one case.

    `value` is an option's id or a finite number; None means the signal does not know. `reason`
    says in words for a person why it does not, or what the value was judged by. `source` names the
    signal and what it read (`lexicon:vaping`, `attribute:price`).
    """

    value: Value | None
    source: str
    trust: Trust
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One `from:` entry of one fact: what a signal is asked to supply.

    `fact` is the full name: `category` for a shared fact, `sop.fact` for an SOP's own.
    """

    fact: str
    kind: Fact
    supply: Supply
    trust: Trust

    def reading(
        self,
        value: Value | None,
        source: str,
        evidence: tuple[Evidence, ...] = (),
        reason: str | None = None,
    ) -> Reading:
        """A reading of this request, with its trust."""
        return Reading(value, source, self.trust, evidence, reason)


class Reader(Protocol):
    """A signal made ready for one rulebook and one kind of case.

    A reader of columns too offers `read_columns(columns, rows)` (see `ColumnReader`); one that
    does not is read row by row.
    """

    def read(self, attributes: Mapping[str, object]) -> Sequence[Reading]:
        """One reading per request, in the order of the requests.

        `attributes` holds raw values by name: str, int, float, bool, None, or a list of those.
        """
        ...


@runtime_checkable
class ColumnReader(Reader, Protocol):
    """A reader that also reads a batch of cases at once."""

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> Sequence[Column]:
        """One column per request; its values equal those of `read`, row by row.

        `columns` holds arrays of `rows` values by attribute name; an attribute that no case of
        the batch carries is missing from it.
        """
        ...


@runtime_checkable
class ManyReader(Reader, Protocol):
    """A reader that also reads several cases at once, evidence and all."""

    def read_many(self, cases: Sequence[Mapping[str, object]]) -> Sequence[Sequence[Reading]]:
        """For each case exactly what `read` gives."""
        ...


class Signal(Protocol):
    """A way of turning raw attributes into facts. Plug-ins register theirs through pluggy."""

    @property
    def name(self) -> str:
        """What a rulebook writes after `signal:`."""
        ...

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters it takes."""
        ...

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        """What is wrong with the parameters of a request, one sentence each; for `check`."""
        ...

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> Reader:
        """A reader for these requests, all of cases of one subject."""
        ...
