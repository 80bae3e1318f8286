"""Whether two versions read the same out of raw cases, so that reading once is enough."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.rulebook.boxes import FactKey
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.model import Fact, Rulebook


def same_signals(old: Rulebook, new: Rulebook, renames: Renames, subject: str) -> bool:
    """Whether what signals tell of a case of this subject is the same in both versions."""
    if old.lexicons != new.lexicons or old.data != new.data:
        return False
    if subject not in old.subjects or old.subjects[subject] != new.subjects.get(subject):
        return False
    before = {renames.fact_now(key): fact for key, fact in _supplied(old, subject)}
    after = dict(_supplied(new, subject))
    return before.keys() == after.keys() and all(
        _signal_of(before[key]) == _signal_of(after[key]) for key in after
    )


def _supplied(book: Rulebook, subject: str) -> Iterator[tuple[FactKey, Fact]]:
    for name, fact in book.facts.items():
        if fact.supplied_by:
            yield (None, name), fact
    for sop in book.sops:
        for name, fact in sop.facts.items():
            if sop.subject == subject and fact.supplied_by:
                yield (sop.sop, name), fact


def _signal_of(fact: Fact) -> object:
    return fact.kind, fact.options, fact.min, fact.max, fact.unit, fact.supplied_by, fact.trust
