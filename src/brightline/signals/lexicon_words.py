"""What each `lexicon` request asks, in terms of the words that one automaton looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from brightline.i18n import _
from brightline.rulebook.model import YES, Kind, Rulebook, Term
from brightline.signals.choosing import Hit, counting
from brightline.signals.columns import UNKNOWN
from brightline.signals.disguises.finding import DisguiseFinder
from brightline.signals.lexicon import EXCEPT
from brightline.signals.lexicon import UNKNOWN as UNKNOWN_WORD
from brightline.signals.matching import WordFinder
from brightline.signals.options import option_ids, quoted
from brightline.signals.parameters import mapping, one_of, words
from brightline.signals.text import bare, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    from brightline.signals.disguises.finding import DisguiseTrace
    from brightline.signals.matching import Found, Trace
    from brightline.signals.spec import Request

    class Finder(Protocol):
        """Finds words in texts: as they are written, or in disguise."""

        same: list[int]

        def find(self, texts: Sequence[str]) -> Found: ...

        def trace(self, texts: Sequence[str]) -> Trace | DisguiseTrace: ...


DISGUISED = "disguised"
"""The parameter that asks for words in disguise, and for them alone."""
NOT_MEANT = np.iinfo(np.int16).max
"""The rank of a word that a question does not ask for."""


def in_disguise(request: Request) -> bool:
    """Whether a request asks for words in disguise only (`disguised: yes`)."""
    given = request.supply.parameters.get(DISGUISED)
    return given is True or given == YES


class Question:
    """One request, once the words are known.

    `ranks` (int16) and `harmless` (bool) have one entry per word of the finder: which of
    `options` it stands for, and whether a hit inside it does not count. `codes` (int16,
    options + 1) is the index of each option among the fact's, the last one unknown.
    """

    def __init__(self, request: Request, rulebook: Rulebook) -> None:
        given = request.supply.parameters
        self.request = request
        self.lists = words(given.get("list"))
        self.source = ("disguised:" if in_disguise(request) else "lexicon:") + "+".join(self.lists)
        self.attributes = tuple(dict.fromkeys(words(given.get("in"))))
        self.by_kind = mapping(given.get("values"))
        self.only = frozenset(words(given.get("kind")))
        known = option_ids(request.kind)
        absent = one_of(given.get("absent"), known, UNKNOWN_WORD)
        self.absent = None if absent == UNKNOWN_WORD else absent
        self._unknown_lists = [name for name in self.lists if name not in rulebook.lexicons]
        self.usable = self.refused() is None
        self.options = tuple(self.by_kind.values()) if self.by_kind else (YES,)
        index = {option: i for i, option in enumerate(known)}
        self.codes = np.array(
            [index.get(option, UNKNOWN) for option in self.options] + [UNKNOWN], dtype=np.int16
        )
        self.absent_code = np.int16(index.get(absent, UNKNOWN))
        self.ranks: npt.NDArray[np.int16] = np.zeros(0, dtype=np.int16)
        self.harmless: npt.NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self.ranked = len(self.options) > 1
        self.terms: dict[int, str] = {}
        self.told_nothing = request.reading(None, self.source)
        self.told_absent = request.reading(self.absent, self.source)

    def refused(self) -> str | None:
        """Why the request cannot be answered at all."""
        if self.request.kind.kind is Kind.NUMBER:
            return _("words cannot supply a number; use the signal number")
        if self.request.kind.kind is Kind.CHOICE and not self.by_kind:
            return _("values is missing: say which kind of word means which option")
        for name in self._unknown_lists:
            return _("no word list named {value}").format(value=quoted(name))
        for option in self.by_kind.values():
            if option not in option_ids(self.request.kind):
                return _("no option named {value}").format(value=quoted(option))
        return None

    def rank_of(self, term: Term) -> int | None:
        """Which option a term stands for; None where the request does not ask for its kind."""
        if term.kind == EXCEPT or (self.only and term.kind not in self.only):
            return None
        if not self.by_kind:
            return 0
        return list(self.by_kind).index(term.kind) if term.kind in self.by_kind else None

    def learn(self, entries: Iterable[tuple[str, Term, int]], count: int) -> None:
        """Takes the words of the finder: (list, term, index of its word), `count` in all."""
        self.ranks = np.full(count, NOT_MEANT, dtype=np.int16)
        self.harmless = np.zeros(count, dtype=np.bool_)
        for name, term, word in entries:
            if name not in self.lists:
                continue
            if term.kind == EXCEPT:
                self.harmless[word] = True
            rank = self.rank_of(term)
            if rank is not None and rank < self.ranks[word]:
                self.ranks[word] = rank
                self.terms[word] = term.term

    def counting(self, places: Iterable[tuple[int, int, int]]) -> list[Hit]:
        """Of the places (start, end, word) in one text, the hits that count, in order."""
        hits, harmless = [], []
        for start, end, word in places:
            rank = int(self.ranks[word])
            if rank != NOT_MEANT:
                hits.append(Hit(start, end, rank, word))
            if self.harmless[word]:
                harmless.append((start, end))
        return counting(hits, harmless) if hits else []


class Words:
    """The words of all the lists that some requests use, and the requests as questions."""

    def __init__(
        self, requests: Sequence[Request], rulebook: Rulebook, disguised: bool = False
    ) -> None:
        self.questions = [Question(request, rulebook) for request in requests]
        lists = dict.fromkeys(name for q in self.questions for name in q.lists)
        written: list[tuple[str, Term, str]] = []
        for name in lists:
            for term in rulebook.lexicons.get(name, ()):
                forms = [normal(term.term)]
                if term.fold and not disguised:
                    forms.append(bare(forms[0]))
                written += [(name, term, form) for form in dict.fromkeys(forms)]
        forms = [form for _name, _term, form in written]
        self.finder: Finder
        if disguised:
            self.finder = DisguiseFinder(forms, [term.kind == EXCEPT for _, term, _ in written])
        else:
            self.finder = WordFinder(forms)
        entries = [
            (name, term, word)
            for (name, term, _form), word in zip(written, self.finder.same, strict=True)
        ]
        for question in self.questions:
            question.learn(entries, len(set(self.finder.same)))
