"""A decision put into words for the seller: what, why, on what rule, how it was found.

`Telling.told` gives a plain dictionary in the language in force, to be stored as it is. It holds
nothing of how the workbench works inside: no names of people, word lists or signals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from brightline.i18n import N_, _
from brightline.rulebook.deciding import Decision as Ruling
from brightline.rulebook.deciding import Supplied
from brightline.rulebook.model import POLICY, Rulebook
from brightline.rulebook.telling import Explanation, Reason, explain, law_in_words
from brightline.rulebook.telling_rows import Rows
from brightline.rulebook.telling_words import GIVEN, MODERATOR, Words, points_in_words
from brightline.workbench.cases.models import Case, Decision, How, Source
from brightline.workbench.rulebooks.in_force import engine_of

FOUND = {
    Source.PROACTIVE: N_("By the platform's own checks."),
    Source.USER_REPORT: N_("After a report by a user."),
    Source.AUTHORITY: N_("At the request of an authority."),
    Source.APPEAL: N_("On an appeal."),
}
EXCEPTION = N_("No clause settles such a case: someone with the authority to do so decided it.")
DECIDED = {
    "fully": N_("Decided automatically, without a person. You can ask for a person to look at it."),
    "partly": N_("Decided by a person, on facts some of which were read automatically."),
    "not": N_("Decided by a person."),
}
_SIGNALLESS = (GIVEN, MODERATOR, "attribute")
_NAME_LENGTH, _MOST_WORDS = 200, 12


def ruling_of(decision: Decision) -> Ruling:
    """The decision, made again from its facts under its rulebook."""
    return engine_of(decision.sha).decide(decision.case.subject, decision.day, decision.facts)


class Telling:
    """What there is to tell of a decision; `told` puts it into the language in force."""

    def __init__(self, decision: Decision) -> None:
        self.decision, self.case = decision, decision.case
        self.ruling = ruling_of(decision)
        self.book = self.ruling.table.rulebook
        rows = Rows(self.ruling.table, self.ruling.standing)
        self._clauses = {
            (of.sop.sop, of.clause.id): (of.clause.basis, rows.reasons(number))
            for number, of in enumerate(self.ruling.table.clauses)
            if number in self.ruling.verdict.outcomes
        }

    @cached_property
    def by_signal(self) -> bool:
        """Whether a signal supplied some fact that a violated clause rests on."""
        facts = (self.ruling.facts.get(name) for name in self._names)
        return any(fact is not None and _kind(fact) not in _SIGNALLESS for fact in facts)

    @cached_property
    def detected(self) -> bool:
        """Whether the platform's own signals pointed at it, rather than a person."""
        if self.case.source != Source.PROACTIVE:
            return False
        return self.by_signal or any(
            str(self.case.facts.get(name, {}).get("source", GIVEN)).partition(":")[0]
            not in _SIGNALLESS
            for name in self._names
        )

    @cached_property
    def automated(self) -> str:
        """How far the decision itself was automatic: `fully`, `partly`, `not`."""
        if self.decision.how == How.AUTOMATIC:
            return "fully"
        return "partly" if self.by_signal else "not"

    @property
    def exception(self) -> bool:
        """Whether a person chose an action that no rule came to, as the rules left it to people."""
        return self.decision.action != self.ruling.verdict.action

    @property
    def _names(self) -> list[str]:
        violated = self.decision.clause_ids or list(self._clauses)
        places = {p for key in violated for p in self._clauses.get(key, ((), ()))[1]}
        return [self.ruling.table.columns[place].name for place in sorted(places)]

    def told(self) -> dict[str, Any]:
        """A decision in the words of the language in force.

        `reasons` are the clauses it rests on: each with what the seller is told (`notice`), the
        facts, the words found in the seller's own text, and the rules behind it.
        """
        explanation = explain(self.ruling)
        words = Words(self.book, self.case.subject)
        return {
            "headline": words.action(self.decision.action),
            "subject": words.text(self.book.subjects[self.case.subject].title, self.case.subject),
            "ref": self.case.ref,
            "name": name_of(self.case, self.book),
            "points": points_in_words(self.decision.points) if self.decision.points else "",
            "reasons": [self._reason(reason, words) for reason in self._told_of(explanation)],
            "found": _(FOUND[Source(self.case.source)]),
            "decided": _(EXCEPTION if self.exception else DECIDED[self.automated]),
        }

    def _told_of(self, explanation: Explanation) -> Sequence[Reason]:
        """The violated clauses; where there is none, those that led to what the rules came to."""
        came_to = explanation.headline
        return explanation.reasons or [r for r in explanation.quiet if r.action == came_to]

    def _reason(self, reason: Reason, words: Words) -> dict[str, Any]:
        basis, places = self._clauses.get((reason.sop, reason.clause), ((), ()))
        columns = [self.ruling.table.columns[place] for place in places]
        return {
            "sop": reason.sop,
            "clause": reason.clause,
            "sop_title": reason.sop_title,
            "title": reason.title,
            "notice": reason.notice,
            "points": reason.points,
            "facts": [
                {
                    "statement": because.statement,
                    "source": _source(self.ruling.facts.get(column.name)),
                }
                for because, column in zip(reason.because, columns, strict=False)
            ],
            "words": _words_found([c.name for c in columns], self.case.facts, words),
            "basis": [_basis(name, words) for name in basis if _stands(name, self.book)],
        }


def _kind(fact: Supplied) -> str:
    return fact.source.partition(":")[0]


def _stands(name: str, book: Rulebook) -> bool:
    """Only law that someone has verified is told as a reason."""
    return name == POLICY or (name in book.law and book.law[name].status == "verified")


def _basis(name: str, words: Words) -> dict[str, Any]:
    if name == POLICY:
        return {"law": False, "words": _("the marketplace's own rules")}
    return {"law": True, "words": law_in_words(words.rulebook.law[name], words)}


def _source(supplied: Supplied | None) -> str:
    """Who or what a fact comes from, as far as it is the seller's business."""
    if supplied is None:
        return ""
    kind = _kind(supplied)
    if kind == MODERATOR:
        return _("checked by a person")
    if kind in (GIVEN, "attribute"):
        return _("as submitted with it")
    return _("read automatically")


def _words_found(
    names: Sequence[str], facts: Mapping[str, Mapping[str, Any]], words: Words
) -> list[str]:
    """`“vape” in “Title”`: what was read in the seller's own text, as far as it bears on a fact."""
    found: list[str] = []
    for name in names:
        evidence = facts.get(name, {}).get("evidence")
        for one in evidence if isinstance(evidence, list) else ():
            said = _("“{words}” in “{attribute}”").format(
                words=one["text"], attribute=words.attribute(str(one["attribute"]))
            )
            if said not in found:
                found.append(said)
    return found[:_MOST_WORDS]


def name_of(case: Case, book: Rulebook) -> str:
    """What the seller calls the thing: the first text among its attributes; else its ref."""
    for name, attribute in book.subjects[case.subject].attributes.items():
        value = case.attributes.get(name)
        if attribute.kind == "text" and isinstance(value, str) and value.strip():
            said = " ".join(value.split())
            return said if len(said) <= _NAME_LENGTH else f"{said[: _NAME_LENGTH - 1]}…"
    return case.ref
