"""Word lists made ready: every attribute is searched once, for all facts together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from brightline.signals.columns import UNKNOWN, Column, of_codes, unknown
from brightline.signals.lexicon_words import NOT_MEANT, Question, Words, in_disguise
from brightline.signals.raw import labelled_texts, texts_of_column
from brightline.signals.spec import Evidence, Reading, Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from brightline.rulebook.model import Rulebook
    from brightline.signals.choosing import Hit
    from brightline.signals.disguises.finding import DisguiseTrace
    from brightline.signals.lexicon_words import Finder
    from brightline.signals.matching import Found, Trace

T = TypeVar("T")
MOST_EVIDENCE = 20
"""How many places one reading shows; a value never depends on it."""


class LexiconReader:
    """Answers `lexicon` requests of one subject: those for plain words, or those for disguised."""

    def __init__(
        self, requests: Sequence[Request], rulebook: Rulebook, disguised: bool = False
    ) -> None:
        self._words = Words(requests, rulebook, disguised)
        self._questions = self._words.questions
        self._finder: Finder = self._words.finder
        usable = [q for q in self._questions if q.usable]
        self._attributes = tuple(dict.fromkeys(a for q in usable for a in q.attributes))
        self._asking: dict[int, list[int]] = {}
        for at, question in enumerate(self._questions):
            for word in np.flatnonzero(question.ranks != NOT_MEANT).tolist():
                self._asking.setdefault(word, []).append(at)

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request, with the places in the original texts."""
        return self.read_many([attributes])[0]

    def read_many(self, cases: Sequence[Mapping[str, object]]) -> list[list[Reading]]:
        """For each case what `read` gives: all their texts are searched in one pass."""
        texts: list[str] = []
        labels: list[str] = []
        places: list[dict[str, range]] = []
        for attributes in cases:
            of: dict[str, range] = {}
            for name in self._attributes:
                first = len(texts)
                for label, text in labelled_texts(name, attributes.get(name)):
                    labels.append(label)
                    texts.append(text)
                of[name] = range(first, len(texts))
            places.append(of)
        trace = self._finder.trace(texts)
        found = trace.found
        hits: list[list[tuple[int, int, int]]] = [[] for _text in texts]
        for text, start, end, word in zip(
            found.text.tolist(),
            found.start.tolist(),
            found.end.tolist(),
            found.word.tolist(),
            strict=True,
        ):
            hits[text].append((start, end, word))
        blank = found.blank.tolist()
        return [self._readings(_Case(texts, labels, of, hits, blank, trace)) for of in places]

    def _readings(self, case: _Case) -> list[Reading]:
        """A question none of whose words stand in the case is answered without looking closer."""
        words = {
            word for texts in case.of.values() for text in texts for _s, _e, word in case.hits[text]
        }
        close: set[int] = set()
        for word in words:
            close.update(self._asking.get(word, ()))
        return [
            self._reading(question, case) if at in close else self._nothing(question, case)
            for at, question in enumerate(self._questions)
        ]

    def _nothing(self, question: Question, case: _Case) -> Reading:
        """The reading where no word was found: always the same one, unless it has to be worded."""
        if not question.usable:
            return self._reading(question, case)
        if question.absent is not None and case.written(question.attributes):
            return question.told_absent
        return question.told_nothing

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request: the values of `read`, without evidence."""
        sought = {}
        for name in self._attributes:
            if name in columns:
                texts, owner = texts_of_column(columns[name])
                sought[name] = _Sought(self._finder.find(texts), owner)
        close: set[int] = set()
        for one in sought.values():
            for word in np.unique(one.found.word).tolist():
                close.update(self._asking.get(word, ()))
        return [
            self._column(question, sought, rows, at in close)
            for at, question in enumerate(self._questions)
        ]

    def _reading(self, question: Question, case: _Case) -> Reading:
        request = question.request
        if not question.usable:
            return request.reading(None, question.source, reason=question.refused())
        places: list[tuple[int, Hit]] = []
        written = False
        for name in question.attributes:
            for text in case.of[name]:
                written = written or not case.blank[text]
                if case.hits[text]:
                    places += [(text, hit) for hit in question.counting(case.hits[text])]
        if not places:
            absent = question.absent if written else None
            return request.reading(absent, question.source)
        rank = min(hit.rank for _text, hit in places)
        evidence: list[Evidence] = []
        for text, hit in places:
            if hit.rank == rank and len(evidence) < MOST_EVIDENCE:
                start, end = case.trace.span(text, hit.start, hit.end)
                term = question.terms[hit.word]
                seen = case.texts[text][start:end]
                evidence.append(Evidence(case.labels[text], start, end, seen, term))
        return request.reading(question.options[rank], question.source, tuple(evidence))

    def _column(
        self, question: Question, sought: Mapping[str, _Sought], rows: int, close: bool
    ) -> Column:
        """The values for a question; `close` says that some word of its stands in the batch."""
        fact = question.request.kind
        if not question.usable:
            return unknown(fact, rows)
        rank = np.full(rows, NOT_MEANT, dtype=np.int16)
        written = np.zeros(rows, dtype=np.bool_)
        for name in question.attributes:
            if name in sought:
                if close:
                    sought[name].lower(question, rank)
                if question.absent is not None:
                    written[sought[name].owner[~sought[name].found.blank]] = True
        codes = question.codes[np.minimum(rank, len(question.codes) - 1)]
        if question.absent is not None:
            codes = np.where((codes == UNKNOWN) & written, question.absent_code, codes)
        return of_codes(fact, codes)


class LexiconReaders:
    """Answers the requests for plain words, and beside them those for disguised ones."""

    def __init__(self, requests: Sequence[Request], rulebook: Rulebook) -> None:
        self._parts: list[tuple[list[int], LexiconReader]] = []
        self._count = len(requests)
        for disguised in (False, True):
            places = [i for i, one in enumerate(requests) if in_disguise(one) is disguised]
            if places:
                asked = [requests[place] for place in places]
                self._parts.append((places, LexiconReader(asked, rulebook, disguised)))

    def read(self, attributes: Mapping[str, object]) -> list[Reading]:
        """One reading per request."""
        return self._in_order((at, reader.read(attributes)) for at, reader in self._parts)

    def read_many(self, cases: Sequence[Mapping[str, object]]) -> list[list[Reading]]:
        """For each case one reading per request."""
        parts = [(at, reader.read_many(cases)) for at, reader in self._parts]
        return [self._in_order((at, told[n]) for at, told in parts) for n in range(len(cases))]

    def read_columns(self, columns: Mapping[str, pa.Array[Any]], rows: int) -> list[Column]:
        """One column per request."""
        return self._in_order((at, part.read_columns(columns, rows)) for at, part in self._parts)

    def _in_order(self, told: Iterable[tuple[list[int], list[T]]]) -> list[T]:
        by_place = {
            place: one for at, all_of in told for place, one in zip(at, all_of, strict=True)
        }
        return [by_place[place] for place in range(self._count)]


class _Case:
    """The texts of one case and what was found in them."""

    def __init__(
        self,
        texts: list[str],
        labels: list[str],
        of: dict[str, range],
        hits: list[list[tuple[int, int, int]]],
        blank: list[bool],
        trace: Trace | DisguiseTrace,
    ) -> None:
        self.texts, self.labels, self.of = texts, labels, of
        self.hits, self.blank, self.trace = hits, blank, trace
        self._written = {name: not all(blank[text] for text in texts) for name, texts in of.items()}

    def written(self, attributes: Sequence[str]) -> bool:
        """Whether anything can be read in one of the attributes."""
        return any(self._written[name] for name in attributes)


class _Sought:
    """What was found in one attribute of a batch; `owner`: the row of each text."""

    def __init__(self, found: Found, owner: npt.NDArray[np.intp]) -> None:
        self.found = found
        self.owner = owner

    def lower(self, question: Question, rank: npt.NDArray[np.int16]) -> None:
        """Lowers the rank of every row to that of its best hit for a question."""
        found = self.found
        ranks = question.ranks[found.word]
        meant = ranks != NOT_MEANT
        if not meant.any():
            return
        texts = found.text[meant]
        careful = self._careful(question, texts, ranks[meant])
        plain = meant if not len(careful) else meant & ~np.isin(found.text, careful)
        np.minimum.at(rank, self.owner[found.text[plain]], ranks[plain])
        for text, hits in _by_text(found, careful):
            best = min((hit.rank for hit in question.counting(hits)), default=NOT_MEANT)
            row = self.owner[text]
            rank[row] = min(int(rank[row]), best)

    def _careful(
        self, question: Question, texts: npt.NDArray[np.intp], ranks: npt.NDArray[np.int16]
    ) -> npt.NDArray[np.intp]:
        """The texts where overlap may change the answer: harmless words, or words of two ranks."""
        careful = np.zeros(len(self.found.blank), dtype=np.bool_)
        harmless = question.harmless[self.found.word]
        careful[self.found.text[harmless]] = True
        if question.ranked:
            first = np.full(len(careful), NOT_MEANT, dtype=np.int16)
            np.minimum.at(first, texts, ranks)
            careful[texts[ranks != first[texts]]] = True
        meant = np.zeros(len(careful), dtype=np.bool_)
        meant[texts] = True
        return np.flatnonzero(careful & meant)


def _by_text(
    found: Found, wanted: npt.NDArray[np.intp]
) -> Iterable[tuple[int, list[tuple[int, int, int]]]]:
    """The places of each wanted text."""
    if not len(wanted):
        return
    at = np.flatnonzero(np.isin(found.text, wanted))
    hits: dict[int, list[tuple[int, int, int]]] = {}
    for text, start, end, word in zip(
        found.text[at].tolist(),
        found.start[at].tolist(),
        found.end[at].tolist(),
        found.word[at].tolist(),
        strict=True,
    ):
        hits.setdefault(text, []).append((start, end, word))
    yield from hits.items()
