"""Decisions beside what the authors of the cases expected, as a page in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brightline.commands.page import heading, say, shortened
from brightline.commands.scoring import Outcome, Scores, Share, score
from brightline.commands.tables import show_table
from brightline.i18n import _, format_number, ngettext
from brightline.rulebook.deciding import Decision
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling import explain
from brightline.rulebook.telling_words import Words, all_of
from brightline.rulebook.tracing import ClauseTrace


@dataclass(frozen=True)
class Compared:
    """A golden case, and what was decided on it: a row of a screening's output."""

    case: Mapping[str, Any]
    row: Mapping[str, Any]

    @property
    def outcome(self) -> Outcome:
        """The two side by side."""
        expect = self.case["expect"]
        return Outcome(
            expect["action"],
            self.row["action"],
            self.row["determined"],
            self.expected_clauses,
            tuple(self.row["clauses"]),
        )

    @property
    def expected_clauses(self) -> tuple[str, ...]:
        """The clauses expected, none, one or several."""
        clauses = self.case["expect"].get("clause") or ()
        return (clauses,) if isinstance(clauses, str) else tuple(clauses)


def show_scores(compared: Sequence[Compared], rulebook: Rulebook) -> None:
    """Print where the cases went, then precision and recall action by action."""
    scores = score([one.outcome for one in compared], rulebook.actions)
    for title, shares in _groups(scores):
        rows = [(label, share.pair, share.percent) for label, share in shares]
        show_table(title, ("", "", ""), rows)
    clauses = scores.clauses
    if clauses.of:
        say()
        said = _("Of the faults decided rightly, {share} name the clause expected, too.")
        say(said.format(share=f"{clauses.pair} ({clauses.percent})"))
    titles = Words(rulebook, next(iter(rulebook.subjects)))
    show_table(
        _("Precision and recall, by action"),
        ("", _("precision"), _("recall"), _("to a person"), _("otherwise")),
        [
            (
                titles.action(one.action),
                f"{one.precision.pair} {one.precision.percent:>6}",
                f"{one.recall.pair} {one.recall.percent:>6}",
                one.person.pair,
                one.otherwise.pair,
            )
            for one in scores.actions
        ],
    )
    say()
    say(_("precision: right, of the cases decided so without a person"), "  ", dim=True)
    said = _("recall, to a person, otherwise: what came of the cases of which this was expected")
    say(said, "  ", dim=True)


def _groups(scores: Scores) -> Iterable[tuple[str, list[tuple[str, Share]]]]:
    """Headings with their lines."""
    yield (
        _("Cases that should be acted on"),
        [
            (_("decided automatically, rightly"), scores.violations["right"]),
            (_("sent to a person"), scores.violations["person"]),
            (_("decided automatically, with another action"), scores.violations["other"]),
            (_("wrongly allowed (leakage)"), scores.violations["allowed"]),
        ],
    )
    yield (
        _("Innocent cases"),
        [
            (_("decided automatically, rightly"), scores.innocents["right"]),
            (_("sent to a person"), scores.innocents["person"]),
            (_("decided automatically, with another action"), scores.innocents["other"]),
            (_("wrongly acted on"), scores.innocents["acted"]),
        ],
    )
    if any(share.of for share in scores.for_a_person.values()):
        yield (
            _("Cases that a person should see"),
            [
                (_("sent to a person"), scores.for_a_person["person"]),
                (_("wrongly allowed"), scores.for_a_person["allowed"]),
                (_("wrongly acted on"), scores.for_a_person["acted"]),
            ],
        )


def differing(compared: Iterable[Compared]) -> list[Compared]:
    """The cases that were decided without a person, and otherwise than expected."""
    return [
        one
        for one in compared
        if one.row["determined"] and one.row["action"] != one.case["expect"]["action"]
    ]


def show_differences(
    found: Sequence[tuple[Compared, Decision]], all_of_them: int, rulebook: Rulebook
) -> None:
    """Print some of the decisions that came out otherwise, each with the reason."""
    title = ngettext(
        "{n} case decided otherwise than expected", "{n} cases decided otherwise than expected",
        all_of_them,
    )  # fmt: skip
    heading(title.format(n=format_number(all_of_them)))
    if len(found) < all_of_them:
        say(_("{n} of them:").format(n=format_number(len(found))), "  ")
    for one, decision in found:
        words = Words(rulebook, decision.table.subject)
        text = next((v for v in one.case.get("attributes", {}).values() if isinstance(v, str)), "")
        say(f"{one.case['id']} “{shortened(text, 80)}”", "  • ", "    ")
        came, due = words.action(one.row["action"]), words.action(one.case["expect"]["action"])
        named = f" ({', '.join(one.expected_clauses)})" if one.expected_clauses else ""
        say(_("{came}; expected: {due}").format(came=came, due=due + named), "    ")
        for reason in _reasons(one, decision, words):
            say(reason, "    → ")
        if one.case.get("note"):
            say(_("noted by its author: {note}").format(note=one.case["note"]), "    ", dim=True)


def _reasons(one: Compared, decision: Decision, words: Words) -> list[str]:
    """Why: the clause that held and on what, or why the clause expected did not hold."""
    told = explain(decision)
    if told.reasons:
        reason = told.reasons[0]
        because = all_of([f"{b.statement} — {b.source}" for b in reason.because if b.source])
        return [f"{reason.sop}/{reason.clause}: {because or reason.title}"]
    clauses = decision.table.clauses
    return [
        _("{clause} did not hold: {facts}").format(
            clause=name, facts=_found(entry, decision, words)
        )
        for entry in decision.trace
        for name in [f"{clauses[entry.clause].sop.sop}/{clauses[entry.clause].clause.id}"]
        if name in one.expected_clauses and entry.failed
    ]


def _found(entry: ClauseTrace, decision: Decision, words: Words) -> str:
    """The facts on which a clause failed: what they are, and who or what says so."""
    told = []
    for place in dict.fromkeys(cell.column for cell in entry.failed):
        column = decision.table.columns[place]
        supplied = decision.facts[column.name]
        said = words.statement(column, supplied.value)
        told.append(f"{said} ({words.source(supplied)})")
    return "; ".join(told)
