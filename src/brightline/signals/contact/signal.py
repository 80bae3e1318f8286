"""The signal `contact`: yes where a text shows a way of reaching someone outside the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind, Rulebook
from brightline.signals.columns import of_rows
from brightline.signals.contact.finding import KINDS, contacts, contacts_of
from brightline.signals.options import did_you_mean, quoted
from brightline.signals.parameters import attribute_problems, value_problem, words
from brightline.signals.raw import labelled_texts, rows_written, texts_of_column
from brightline.signals.spec import Evidence, Reading, Request

if TYPE_CHECKING:
    import pyarrow as pa

    from brightline.signals.columns import Column
    from brightline.signals.contact.numbers import Contact

UNKNOWN = "unknown"
MOST_EVIDENCE = 20


class ContactSignal:
    """Looks for contacts of some kinds in one or several attributes."""

    name = "contact"
    parameters = ("in", "finds", "own", "absent")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        found = attribute_problems(words(given.get("in")), request, rulebook, "in")
        found += value_problem("absent", given.get("absent"), (UNKNOWN, NO), UNKNOWN)
        found += [
            _("no kind of contact named {value}; {hint}").format(
                value=quoted(kind), hint=did_you_mean(kind, KINDS)
            )
            for kind in words(given.get("finds"))
            if kind not in KINDS
        ]
        if request.kind.kind is not Kind.YES_NO:
            found.append(_("the signal contact supplies a fact of kind yes_no only"))
        return found

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> ContactReader:
        del rulebook  # a phone number is one under every rulebook
        return ContactReader(requests)


class ContactReader:
    """Answers all the `contact` requests of one subject; each text is searched once."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self._questions = [_Question(request) for request in requests]
        self._attributes = tuple(dict.fromkeys(a for q in self._questions for a in q.attributes))
        self._owns = tuple(dict.fromkeys(question.own for question in self._questions))

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request, with the places in the original texts."""
        texts = {
            name: list(labelled_texts(name, attributes.get(name))) for name in self._attributes
        }
        found = {
            (label, own): [(text, contact) for contact in contacts(text, own)]
            for pairs in texts.values()
            for label, text in pairs
            for own in self._owns
        }
        return [question.reading(texts, found) for question in self._questions]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request: the values of `read`, without evidence."""
        told: dict[tuple[str, frozenset[str]], dict[int, set[str]]] = {}
        written: dict[str, npt.NDArray[np.bool_]] = {}
        for name in self._attributes:
            if name not in columns:
                continue
            texts, owner = texts_of_column(columns[name])
            written[name] = rows_written(texts, owner, rows)
            for own in self._owns:
                told[name, own] = {}
            rows_of = owner.tolist()
            for own in self._owns:
                for at, found in contacts_of(texts, own):
                    kinds = told[name, own].setdefault(rows_of[at], set())
                    kinds.update(contact.kind for contact in found)
        return [question.column(told, written, rows) for question in self._questions]


class _Question:
    """One request: where to look, what for, and what nothing means."""

    def __init__(self, request: Request) -> None:
        given = request.supply.parameters
        self.request = request
        self.attributes = tuple(dict.fromkeys(words(given.get("in"))))
        self.finds = frozenset(words(given.get("finds"))) or frozenset(KINDS)
        self.own = frozenset(domain.lower() for domain in words(given.get("own")))
        self.absent = NO if given.get("absent") == NO else None

    def value(self, kinds: list[set[str]], written: bool) -> str | None:
        """The fact's value, from the kinds found in each attribute."""
        if self.request.kind.kind is not Kind.YES_NO:
            return None
        if any(self.finds & found for found in kinds):
            return YES
        return self.absent if written else None

    def column(
        self,
        told: Mapping[tuple[str, frozenset[str]], dict[int, set[str]]],
        written: Mapping[str, npt.NDArray[np.bool_]],
        rows: int,
    ) -> Column:
        """The values of a batch, from the kinds found in each attribute by row."""
        yes = [
            row
            for name in self.attributes
            for row, found in told.get((name, self.own), {}).items()
            if self.finds & found
        ]
        no = None
        if self.absent is not None:
            no = np.zeros(rows, dtype=np.bool_)
            for name in self.attributes:
                if name in written:
                    no |= written[name]
        return of_rows(self.request.kind, yes, no, rows)

    def reading(
        self,
        texts: Mapping[str, list[tuple[str, str]]],
        found: Mapping[tuple[str, frozenset[str]], list[tuple[str, Contact]]],
    ) -> Reading:
        """The same for one case, with where it was seen."""
        source = "contact:" + "+".join(sorted(self.finds))
        pairs = [pair for name in self.attributes for pair in texts[name]]
        evidence = [
            Evidence(label, at.start, at.end, text[at.start : at.end], at.kind)
            for label, _text in pairs
            for text, at in found[label, self.own]
            if at.kind in self.finds
        ]
        written = any(text and not text.isspace() for _label, text in pairs)
        value = self.value([{item.term or "" for item in evidence}], written)
        return self.request.reading(value, source, tuple(evidence[:MOST_EVIDENCE]))
