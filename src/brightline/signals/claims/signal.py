"""The signal `claims`: yes where a text makes a claim of some kinds, or shows the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind, Rulebook
from brightline.signals.claims.finding import claims, kinds_of
from brightline.signals.claims.patterns import KINDS
from brightline.signals.claims.sentence import has_sentence
from brightline.signals.columns import of_rows
from brightline.signals.options import did_you_mean, quoted
from brightline.signals.parameters import attribute_problems, value_problem, words
from brightline.signals.raw import labelled_texts, rows_written, texts_of_column
from brightline.signals.spec import Evidence, Reading, Request

if TYPE_CHECKING:
    import pyarrow as pa

    from brightline.signals.columns import Column

UNKNOWN = "unknown"
SENTENCE = "mandatory_sentence"
KNOWN = (*KINDS, SENTENCE)
MOST_EVIDENCE = 20


class ClaimsSignal:
    """Looks for claims of some kinds, or for the mandatory sentence, in some attributes."""

    name = "claims"
    parameters = ("in", "finds", "absent")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        found = attribute_problems(words(given.get("in")), request, rulebook, "in")
        found += value_problem("absent", given.get("absent"), (UNKNOWN, NO), UNKNOWN)
        finds = words(given.get("finds"))
        if not finds:
            found.append(_("finds is missing: name a kind of claim"))
        found += [
            _("no kind of claim named {value}; {hint}").format(
                value=quoted(kind), hint=did_you_mean(kind, KNOWN)
            )
            for kind in finds
            if kind not in KNOWN
        ]
        if request.kind.kind is not Kind.YES_NO:
            found.append(_("the signal claims supplies a fact of kind yes_no only"))
        return found

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> ClaimsReader:
        del rulebook  # a promise to cure is one under every rulebook
        return ClaimsReader(requests)


class ClaimsReader:
    """Answers all the `claims` requests of one subject; each text is read once."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self._questions = [_Question(request) for request in requests]
        self._attributes = tuple(dict.fromkeys(a for q in self._questions for a in q.attributes))
        self._sentence = any(SENTENCE in question.finds for question in self._questions)

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request, with the places in the original texts."""
        texts = {n: list(labelled_texts(n, attributes.get(n))) for n in self._attributes}
        found: dict[str, list[Evidence]] = {}
        for name, pairs in texts.items():
            found[name] = [
                Evidence(label, claim.start, claim.end, text[claim.start : claim.end], claim.kind)
                for label, text in pairs
                for claim in claims(text)
            ]
            if self._sentence:
                found[name] += [
                    Evidence(label, 0, len(text), text, SENTENCE)
                    for label, text in pairs
                    if has_sentence(text)
                ]
        return [question.reading(texts, found) for question in self._questions]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request: the values of `read`, without evidence."""
        told: dict[str, dict[int, set[str]]] = {}
        written: dict[str, npt.NDArray[np.bool_]] = {}
        for name in self._attributes:
            if name not in columns:
                continue
            texts, owner = texts_of_column(columns[name])
            told[name], written[name] = {}, rows_written(texts, owner, rows)
            rows_of = owner.tolist()
            if self._sentence:
                for text, row in zip(texts, rows_of, strict=True):
                    if has_sentence(text):
                        told[name].setdefault(row, set()).add(SENTENCE)
            for at, found in kinds_of(texts):
                told[name].setdefault(rows_of[at], set()).update(found)
        return [question.column(told, written, rows) for question in self._questions]


class _Question:
    """One request: where to look, what for, and what nothing means."""

    def __init__(self, request: Request) -> None:
        given = request.supply.parameters
        self.request = request
        self.attributes = tuple(dict.fromkeys(words(given.get("in"))))
        self.finds = frozenset(words(given.get("finds")))
        self.absent = NO if given.get("absent") == NO else None

    def value(self, told: list[set[str]], written: bool) -> str | None:
        """The fact's value, from the kinds found in each attribute."""
        if self.request.kind.kind is not Kind.YES_NO:
            return None
        if any(self.finds & found for found in told):
            return YES
        return self.absent if written else None

    def column(
        self,
        told: Mapping[str, dict[int, set[str]]],
        written: Mapping[str, npt.NDArray[np.bool_]],
        rows: int,
    ) -> Column:
        """The values of a batch, from the kinds found in each attribute by row."""
        yes = [
            row
            for name in self.attributes
            for row, found in told.get(name, {}).items()
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
        self, texts: Mapping[str, list[tuple[str, str]]], found: Mapping[str, list[Evidence]]
    ) -> Reading:
        """The same for one case, with where it was seen."""
        evidence = [
            item for name in self.attributes for item in found[name] if item.term in self.finds
        ]
        pairs = [pair for name in self.attributes for pair in texts[name]]
        written = any(text and not text.isspace() for _label, text in pairs)
        value = self.value([{item.term or "" for item in evidence}], written)
        source = "claims:" + "+".join(sorted(self.finds))
        return self.request.reading(value, source, tuple(evidence[:MOST_EVIDENCE]))
