"""Changed cases told in sentences: what the case is, what became of it, and which clause did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brightline.backtesting.judging import Finding, Label
from brightline.backtesting.pair import Pair
from brightline.backtesting.results import Kind, Outcome, TellingCase
from brightline.i18n import LANGUAGES, _, use
from brightline.rulebook.columns import CANNOT_TELL_CODE, UNKNOWN
from brightline.rulebook.deciding import Verdict
from brightline.rulebook.model import CANNOT_TELL
from brightline.rulebook.table import Table
from brightline.rulebook.telling_rows import Rows
from brightline.rulebook.telling_words import Words, all_of, any_of, conditions, points_in_words
from brightline.rulebook.tracing import Status

MOST_FACTS = 6
"""Facts in the sentence about a case."""
MOST_CLAUSES = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A case that stands for all that changed in its way. Codes are those of the tested columns."""

    id: str
    old: Sequence[int]
    new: Sequence[int]
    like_it: int
    kind: Kind


def told(pair: Pair, then: Label, now: Label, case: Shown) -> TellingCase:
    """The case in every language."""
    sides = _Side(pair, case.old, True, then), _Side(pair, case.new, False, now)
    texts: list[dict[str, str]] = [{}, {}, {}, {}]
    for language in LANGUAGES:
        with use(language):
            teller = _Teller(pair, *sides)
            for text, said in zip(texts, teller.sentences(), strict=True):
                text[language] = said
    return TellingCase(
        case.id,
        pair.subject,
        case.kind,
        case.like_it,
        _facts(*sides),
        sides[0].outcome(),
        sides[1].outcome(),
        *(dict(text) for text in texts),
    )


class _Side:
    """A case under one of the two tables."""

    def __init__(self, pair: Pair, codes: Sequence[int], old: bool, label: Label) -> None:
        side = pair.old if old else pair.new
        self.table: Table = side.table
        self.label, self._renames = label, pair.match.renames if old else None
        coded = [-1] * len(self.table.columns)
        for place, code in zip(self.table.tested, codes, strict=True):
            coded[place] = code
        self.codes = coded
        standing = self.table.standing_of(coded)
        self.verdict: Verdict = side.kernel.decider.verdict_on(standing)
        self.rows = Rows(self.table, standing)
        self.traces = side.kernel.decider.tracer.trace(standing)

    def outcome(self) -> Outcome:
        """What the version says of the case."""
        verdict = self.verdict
        return Outcome(
            verdict.action,
            verdict.determined,
            (*self.label.faults, *self.label.quiet),
            verdict.points,
            verdict.possible_actions,
        )

    def clause(self, key: tuple[str, str]) -> int | None:
        """The index of a clause, by its newer name; None where the version has none such."""
        for at, of in enumerate(self.table.clauses):
            if self.key(of.sop.sop, of.clause.id) == key:
                return at
        return None

    def key(self, sop: str, clause: str) -> tuple[str, str]:
        """A clause of this version by its newer name."""
        if self._renames is None:
            return sop, clause
        return self._renames.sop_now(sop) or sop, self._renames.clause_now(sop, clause) or clause


class _Teller:
    """Puts one case into the language in force."""

    def __init__(self, pair: Pair, old: _Side, new: _Side) -> None:
        self.old, self.new = old, new
        self._then = Words(old.table.rulebook, pair.subject)
        self._now = Words(new.table.rulebook, pair.subject)

    def sentences(self) -> tuple[str, str, str, str]:
        """The case, before, now, and why."""
        why = " ".join(self._why())
        return self._case(), self._said(self.old, self._then), self._said(self.new, self._now), why

    def _case(self) -> str:
        known = {}
        for side, words in ((self.old, self._then), (self.new, self._now)):
            for place in self._speaking(side):
                column, code = side.table.columns[place], side.codes[place]
                if code == CANNOT_TELL_CODE:
                    said = words.statement(column, CANNOT_TELL)
                elif code >= 0:
                    said = words.test(column, 1 << code)
                else:
                    continue
                known[self._name(side, place)] = said
        facts = list(known.values())[:MOST_FACTS]
        return conditions(facts) if facts else _("nothing is known that a clause asks")

    def _name(self, side: _Side, place: int) -> object:
        key = side.table.columns[place].key
        return key if side is self.new else self.new_key(key)

    def new_key(self, key: tuple[str | None, str]) -> object:
        """A fact of the old version by its newer place."""
        renames = self.old._renames
        return renames.fact_now(key) if renames is not None else key

    def _speaking(self, side: _Side) -> list[int]:
        """The columns that the clauses which changed rest on, in the order of the clauses."""
        found: dict[int, None] = {}
        for key in self._keys():
            clause = side.clause(key)
            if clause is None:
                continue
            trace = side.traces[clause]
            if trace.status is not Status.FAILED:
                found |= dict.fromkeys(side.rows.reasons(clause))
            found |= dict.fromkeys(cell.column for cell in trace.failed)
        # Where no clause speaks for itself, whatever is known of the case.
        return list(found) or [place for place in side.table.tested if side.codes[place] != UNKNOWN]

    def _keys(self) -> list[tuple[str, str]]:
        """The clauses reported in one version only, or otherwise, by their newer names."""
        then, now = _keyed(self.old.label), _keyed(self.new.label)
        return [key for key in {**then, **now} if then.get(key) != now.get(key)]

    def _said(self, side: _Side, words: Words) -> str:
        """What a version says: the action, its clauses, the points."""
        verdict = side.verdict
        changed = set(self._keys())
        faults = {(sop, clause) for sop, clause, *_rest in side.label.faults}
        # Of clauses that find no fault only those that make the difference.
        keys = [key for key in _keyed(side.label) if key in faults or key in changed]
        clauses = [self._clause(side, words, key) for key in keys[:MOST_CLAUSES]]
        if not verdict.determined:
            possible = [words.action(name) for name in reversed(verdict.possible_actions)]
            if len(possible) == 1:
                return _("{action}, but not determined under which clauses").format(
                    action=possible[0]
                )
            return _("not determined; it can come to: {actions}").format(actions=any_of(possible))
        said = words.action(verdict.action)
        if clauses:
            said = _("{action} — {clauses}").format(action=said, clauses=all_of(clauses))
        if verdict.points:
            said = _("{said}; {points}").format(said=said, points=points_in_words(verdict.points))
        return said

    def _clause(self, side: _Side, words: Words, key: tuple[str, str]) -> str:
        at = side.clause(key)
        if at is None:
            return _("{sop}: it cannot be told").format(sop=words.sop(key[0]))
        clause = side.table.clauses[at].clause
        return _("{id} “{title}”").format(id=clause.id, title=words.text(clause.title, clause.id))

    def _why(self) -> Iterator[str]:
        then, now = _keyed(self.old.label), _keyed(self.new.label)
        for key in then:
            if key not in now and key[1] != CANNOT_TELL and not self._is_rest(key):
                yield self._lost(key)
        for key in now:
            if key not in then and key[1] != CANNOT_TELL and not self._is_rest(key):
                yield self._gained(key)
        for key in then:
            if key in now and then[key] != now[key]:
                yield self._altered(key, then[key], now[key])
        if not self.new.verdict.determined:
            columns = self.new.table.columns
            facts = [self._now.fact(columns[place]) for place in self.new.verdict.open_facts]
            if facts:
                shown = all_of(facts[:MOST_FACTS])
                yield _("To decide it now, this must be known: {facts}.").format(facts=shown)

    def _is_rest(self, key: tuple[str, str]) -> bool:
        """Whether it is the clause for all that no other meets: it explains nothing."""
        at, before = self.new.clause(key), self.old.clause(key)
        of = self.new.table.clauses[at].clause if at is not None else None
        return of is not None and of.otherwise and before is not None

    def _lost(self, key: tuple[str, str]) -> str:
        name = self._clause(self.old, self._then, key)
        at = self.new.clause(key)
        if at is None:
            return _("{clause} is gone.").format(clause=name)
        trace = self.new.traces[at]
        if trace.status is Status.FAILED:
            tests = self._tests(self.new, self._now, at)
            return _("{clause} now asks: {tests}.").format(clause=name, tests=tests)
        if trace.status is Status.OPEN:
            facts = all_of([self._now.fact(self.new.table.columns[p]) for p in trace.open])
            return _("{clause} now hangs on what is not known: {facts}.").format(
                clause=name, facts=facts
            )
        return _("{clause} still holds, but another clause comes first.").format(clause=name)

    def _gained(self, key: tuple[str, str]) -> str:
        name = self._clause(self.new, self._now, key)
        at = self.old.clause(key)
        if at is None:
            return _("{clause} is new.").format(clause=name)
        trace = self.old.traces[at]
        if trace.status is Status.FAILED:
            tests = self._tests(self.old, self._then, at)
            return _("{clause} formerly asked: {tests}.").format(clause=name, tests=tests)
        if trace.status is Status.OPEN:
            facts = all_of([self._then.fact(self.old.table.columns[p]) for p in trace.open])
            return _("{clause} formerly hung on what is not known: {facts}.").format(
                clause=name, facts=facts
            )
        return _("{clause} held before too, but another clause came first.").format(clause=name)

    def _altered(self, key: tuple[str, str], then: Finding, now: Finding) -> str:
        name = self._clause(self.new, self._now, key)
        before = self._brings(self._then, then)
        after = self._brings(self._now, now)
        return _("{clause}: formerly {before}, now {after}.").format(
            clause=name, before=before, after=after
        )

    def _brings(self, words: Words, of: Finding) -> str:
        _sop, _clause, action, points = of
        said = words.action(action)
        if not points:
            return said
        return _("{said}, {points}").format(said=said, points=points_in_words(points))

    def _tests(self, side: _Side, words: Words, clause: int) -> str:
        failed = side.traces[clause].failed
        columns = side.table.columns
        told = dict.fromkeys(words.test(columns[cell.column], cell.passing) for cell in failed)
        return conditions(list(told)[:MOST_FACTS])


def _keyed(label: Label) -> dict[tuple[str, str], Finding]:
    return {(of[0], of[1]): of for of in (*label.faults, *label.quiet)}


def _facts(old: _Side, new: _Side) -> dict[str, str]:
    """Everything that is known of a case: fact → option, or the interval that the number is in."""
    found: dict[str, str] = {}
    for side in (old, new):
        for place in side.table.tested:
            column, code = side.table.columns[place], side.codes[place]
            if code == CANNOT_TELL_CODE:
                found[column.name] = CANNOT_TELL
            elif code >= 0 and column.numeric:
                low, high = column.interval(code)
                found[column.name] = f"[{low:.15g}..{high:.15g})"
            elif code >= 0:
                found[column.name] = column.options[code]
    return found
