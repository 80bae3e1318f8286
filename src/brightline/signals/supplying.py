"""The facts of a case, from its raw attributes: every signal is asked once, the first wins."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from brightline.i18n import _
from brightline.signals.asked import facts_of, requests_of
from brightline.signals.cleaning import cleaned
from brightline.signals.options import quoted
from brightline.signals.registry import Registry, registry
from brightline.signals.spec import (
    ColumnReader,
    ManyReader,
    Reader,
    Reading,
    Request,
    Signal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

    from brightline.rulebook.model import Fact, Rulebook
    from brightline.signals.columns import Column

_log = logging.getLogger(__name__)


class Supplier:
    """Fills the facts of cases of one subject, as the rulebook's `from:` entries say.

    A fact that has no `from:` is not among them. A signal that fails leaves its facts unknown,
    with the reason, and the rest goes on.
    """

    def __init__(self, rulebook: Rulebook, subject: str, known: Registry | None = None) -> None:
        self.facts: dict[str, Fact] = {
            name: fact for name, fact in facts_of(rulebook, subject) if fact.supplied_by
        }
        self._requests = {name: requests_of(name, fact) for name, fact in self.facts.items()}
        by_signal: dict[str, list[tuple[str, int]]] = {}
        for name, requests in self._requests.items():
            for entry, request in enumerate(requests):
                by_signal.setdefault(request.supply.signal, []).append((name, entry))
        signals = (known or registry()).signals
        self._groups = [
            _Group(places, [self._requests[n][e] for n, e in places], signals.get(name), rulebook)
            for name, places in by_signal.items()
        ]

    def supply(self, attributes: Mapping[str, object]) -> dict[str, Reading]:
        """Fact → reading. Where no entry knows, the last reason given stands. Raises nothing."""
        told: dict[tuple[str, int], Reading] = {}
        for group in self._groups:
            told.update(zip(group.places, group.read(attributes), strict=True))
        return {
            name: _first([told[name, entry] for entry in range(len(requests))])
            for name, requests in self._requests.items()
        }

    def supply_many(self, cases: Sequence[Mapping[str, object]]) -> list[dict[str, Reading]]:
        """For each case what `supply` gives; signals that can read them together. Raises nothing.

        Time and memory grow with the number of cases: give it a few hundred at once.
        """
        by_case: list[dict[tuple[str, int], Reading]] = [{} for _case in cases]
        for group in self._groups:
            for told, readings in zip(by_case, group.read_many(cases), strict=True):
                told.update(zip(group.places, readings, strict=True))
        entries = {
            name: [(name, entry) for entry in range(len(requests))]
            for name, requests in self._requests.items()
        }
        return [
            {name: _first([told[place] for place in places]) for name, places in entries.items()}
            for told in by_case
        ]

    def supply_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> dict[str, Column]:
        """Fact → column of `rows` values, with `entry` and `trust` saying who told each.

        The values and trusts are those of `supply`, row by row. Raises nothing.
        """
        from brightline.signals.merging import merged

        told: dict[tuple[str, int], Column] = {}
        for group in self._groups:
            told.update(zip(group.places, group.columns(columns, rows), strict=True))
        return {
            name: merged(
                self.facts[name],
                [told[name, entry] for entry in range(len(requests))],
                [request.trust for request in requests],
                rows,
            )
            for name, requests in self._requests.items()
        }


class _Group:
    """All the requests of one signal, prepared together."""

    def __init__(
        self,
        places: Sequence[tuple[str, int]],
        requests: Sequence[Request],
        signal: Signal | None,
        rulebook: Rulebook,
    ) -> None:
        self.places = places
        self._requests = requests
        self._name = requests[0].supply.signal
        self._reader: Reader | None = None
        self._broken: Callable[[], str] | None = None
        self._warned = False
        if signal is None:
            self._broken = lambda: _("no signal named {value}").format(value=quoted(self._name))
            return
        try:
            self._reader = signal.prepare(requests, rulebook)
        except Exception as error:  # noqa: BLE001 - a plug-in's
            self._fail(error)

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request, every value one that its fact can have."""
        if self._reader is None or self._broken is not None:
            return self._unknown(self._broken() if self._broken else None)
        try:
            readings = list(self._reader.read(attributes))
            if len(readings) != len(self._requests):
                raise ValueError(f"{len(readings)} readings for {len(self._requests)} requests")
            return [cleaned(q, r) for q, r in zip(self._requests, readings, strict=True)]
        except Exception as error:  # noqa: BLE001 - a plug-in's
            return self._unknown(self._failed(error))

    def read_many(self, cases: Sequence[Mapping[str, object]]) -> list[list[Reading]]:
        """For each case what `read` gives."""
        if self._broken is None and isinstance(self._reader, ManyReader):
            try:
                told = self._reader.read_many(cases)
                if all(len(of) == len(self._requests) for of in told) and len(told) == len(cases):
                    return [
                        [cleaned(q, r) for q, r in zip(self._requests, of, strict=True)]
                        for of in told
                    ]
            except Exception:  # noqa: BLE001 - one bad case must not spoil the others
                pass  # read again one by one: the bad one says what is wrong, and is logged
        return [self.read(case) for case in cases]

    def columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request; its values are those of `read`, row by row."""
        from brightline.signals.columns import of_values, rows_of
        from brightline.signals.merging import checked

        facts = [request.kind for request in self._requests]
        if isinstance(self._reader, ColumnReader):
            try:
                told = list(self._reader.read_columns(columns, rows))
                if len(told) == len(facts):
                    return [checked(f, c, rows) for f, c in zip(facts, told, strict=True)]
            except Exception as error:  # noqa: BLE001 - a plug-in's
                self._failed(error)
        readings = [self.read(case) for case in rows_of(columns, rows)]
        return [
            of_values(fact, [row[at].value for row in readings]) for at, fact in enumerate(facts)
        ]

    def _fail(self, error: Exception) -> None:
        words = self._failed(error)
        self._broken = lambda: words

    def _failed(self, error: Exception) -> str:
        said = f"{type(error).__name__}: {str(error)[:200]}"
        if not self._warned:
            self._warned = True
            _log.warning("signal %s failed: %s", self._name, said, exc_info=error)
        return _("the signal {signal} failed: {error}").format(signal=self._name, error=said)

    def _unknown(self, reason: str | None) -> list[Reading]:
        return [q.reading(None, self._name, reason=reason) for q in self._requests]


def _first(readings: Sequence[Reading]) -> Reading:
    """The first reading that knows; else the last that gives a reason; else the last."""
    for reading in readings:
        if reading.value is not None:
            return reading
    return next((r for r in reversed(readings) if r.reason is not None), readings[-1])
