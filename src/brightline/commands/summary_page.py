"""What came of a screening, as a page in the terminal: every share with its denominator."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby, islice
from pathlib import Path

import click

from brightline.commands.page import say, shortened
from brightline.commands.tables import show_table
from brightline.i18n import _, format_number, language, ngettext
from brightline.rulebook.model import MANUAL_REVIEW, Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.screening.summary import ClauseLine, SopLine, Summary

MOST_REJECTED = 3
"""How many of the rows that were turned away are shown with their reasons."""


def show_summary(summary: Summary, rulebook: Rulebook) -> None:
    """Print the page of a screening whose files are there to be looked into."""
    page = SummaryPage(summary, rulebook)
    page.head()
    if summary.decided:
        page.actions()
        page.sops()
        page.clauses()
        page.unknown()
    page.files()


class SummaryPage:
    """One summary in the words of its rulebook, part by part."""

    def __init__(self, summary: Summary, rulebook: Rulebook) -> None:
        self.summary, self.rulebook, self.language = summary, rulebook, language()

    def head(self) -> None:
        """How many cases, how fast, and who decides them: the machine or a person."""
        summary = self.summary
        cases = ngettext("{n} case", "{n} cases", summary.rows).format(n=_count(summary.rows))
        click.secho(
            _("{cases} in {seconds} seconds ({pace} a second)").format(
                cases=cases,
                seconds=format_number(summary.seconds, 1),
                pace=_count(round(summary.rows_per_second)),
            ),
            bold=True,
        )
        of = summary.decided
        rows = [
            (_("decided automatically"), summary.automatic, of),
            (_("need a person"), summary.person, of),
        ]
        for label, count in (
            (_("an unknown fact still matters"), summary.undetermined - summary.contradicted),
            (_("their facts contradict each other"), summary.contradicted),
            (_("a clause hands them to a person"), summary.handed_over),
        ):
            if count:
                rows.append((f"  {label}", count, summary.person))
        if summary.rejected:
            rows.append((_("rejected: the row cannot be read"), summary.rejected, summary.rows))
        shares = [
            (label, _share(count, whole), _percent(count, whole)) for label, count, whole in rows
        ]
        show_table("", ("", "", ""), shares)
        self._subjects()

    def _subjects(self) -> None:
        lines = self.summary.subjects
        if len(lines) < 2:
            return
        rows = [
            (
                in_language(self.rulebook.subjects[line.subject].title, self.language),
                _share(line.automatic, line.cases),
                _percent(line.automatic, line.cases),
            )
            for line in lines
        ]
        show_table(_("Decided automatically, by subject"), ("", "", ""), rows)

    def actions(self) -> None:
        """Each action with its share of the cases decided."""
        whole = self.summary.decided
        rows = [
            (self._action(name), _count(n), _percent(n, whole))
            for name, n in self.summary.actions.items()
        ]
        show_table(_("By action"), ("", _("cases"), _of_decided(whole)), rows)

    def sops(self) -> None:
        """What each SOP reported; a case counts once for every SOP that reports a clause."""
        if not self.summary.sops:
            return
        whole = self.summary.decided
        rows: list[tuple[str, ...]] = []
        for sop, lines in groupby(self.summary.sops, key=lambda line: line.sop):
            title = in_language(self.rulebook.sop_named(sop).title, self.language)
            rows.append((f"{sop} — {title}", "", ""))
            rows += [
                (f"  {self._action(line.action)}", _count(line.cases), _percent(line.cases, whole))
                for line in self._severest_first(tuple(lines))
            ]
        show_table(_("What each SOP reported"), ("", _("cases"), _of_decided(whole)), rows)

    def _severest_first(self, lines: Sequence[SopLine]) -> list[SopLine]:
        return sorted(lines, key=lambda line: -self.rulebook.actions[line.action].severity)

    def clauses(self, most: int = 10) -> None:
        """The clauses that find fault most often."""
        found = [line for line in self.summary.clauses if line.violation][:most]
        if not found:
            say()
            say(_("No clause found a fault."))
            return
        whole = self.summary.decided
        rows = [
            (self._clause(line), _count(line.cases), _percent(line.cases, whole)) for line in found
        ]
        show_table(
            _("Faults found most often, by clause"), ("", _("cases"), _of_decided(whole)), rows
        )

    def unknown(self, most: int = 10) -> None:
        """The unknown facts on which undecided cases hang."""
        whole = self.summary.undetermined
        rows = [
            (self._fact(line.fact), _count(line.cases), _percent(line.cases, whole))
            for line in self.summary.unknown[:most]
        ]
        if rows:
            share = _("of {n} undecided").format(n=_count(whole))
            show_table(_("What the undecided cases hang on"), ("", _("cases"), share), rows)

    def files(self) -> None:
        """Where the decisions are, and why rows were turned away."""
        say()
        say(_("Decisions: {path}").format(path=self.summary.output))
        if self.summary.rejected_output:
            line = _("Rejected rows, each with its reason: {path}")
            say(line.format(path=self.summary.rejected_output), fg="yellow")
            for reason in _first_reasons(Path(self.summary.rejected_output)):
                say(reason, "  • ")

    def _action(self, name: str) -> str:
        if name == MANUAL_REVIEW:
            return _("a person decides")
        return in_language(self.rulebook.actions[name].title, self.language, name)

    def _clause(self, line: ClauseLine) -> str:
        sop = self.rulebook.sop_named(line.sop)
        title = next((one.title for one in sop.clauses if one.id == line.clause), None)
        words = in_language(title, self.language, _("It cannot be told"))
        return f"{line.sop}/{line.clause} — {words}"

    def _fact(self, name: str) -> str:
        sop, _dot, bare = name.rpartition(".")
        facts = [self.rulebook.sop_named(sop).facts] if sop else [self.rulebook.facts]
        facts += [one.facts for one in self.rulebook.sops] if not sop else []
        fact = next((own[bare] for own in facts if bare in own), None)
        title = in_language(fact.title, self.language, bare) if fact else bare
        return f"{title} ({name})"


def _first_reasons(path: Path) -> list[str]:
    if not path.exists():  # Spark may have written it where only Spark can read
        return []
    with path.open(encoding="utf-8") as file:
        told = [json.loads(line) for line in islice(file, MOST_REJECTED)]
    return [
        _("row {row}: {reason}").format(
            row=_count(one["row"]), reason=shortened(one["reason"], 200)
        )
        for one in told
    ]


def _of_decided(whole: int) -> str:
    return _("of {n} decided").format(n=_count(whole))


def _count(number: int) -> str:
    return format_number(number)


def _share(part: int, whole: int) -> str:
    return f"{_count(part)}/{_count(whole)}"


def _percent(part: int, whole: int) -> str:
    return f"{format_number(100 * part / whole, 1)}%" if whole else "–"
