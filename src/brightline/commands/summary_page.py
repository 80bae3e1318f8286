"""What came of a screening, as a page in the terminal: every share with its denominator."""

from __future__ import annotations

import click

from brightline.commands.page import say
from brightline.commands.scoring import Share
from brightline.commands.tables import show_table
from brightline.i18n import _, format_number, ngettext
from brightline.rulebook.model import MANUAL_REVIEW, Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.screening.summary import ClauseLine, Summary


def show_summary(summary: Summary, rulebook: Rulebook, kept: bool = True) -> None:
    """Print the page; `kept` says that the files will still be there afterwards."""
    pages = _Page(summary, rulebook)
    pages.head()
    if summary.decided:
        pages.actions()
        pages.clauses()
        pages.unknown()
    if kept:
        pages.foot()


class _Page:
    """One summary in the words of its rulebook."""

    def __init__(self, summary: Summary, rulebook: Rulebook) -> None:
        from brightline.i18n import language

        self.summary, self.rulebook, self.language = summary, rulebook, language()

    def head(self) -> None:
        summary = self.summary
        cases = ngettext("{n} case", "{n} cases", summary.rows).format(
            n=format_number(summary.rows)
        )
        pace = _("{cases} in {seconds} seconds ({pace} a second)").format(
            cases=cases,
            seconds=format_number(summary.seconds, 1),
            pace=format_number(round(summary.rows_per_second)),
        )
        click.secho(pace, bold=True)
        lines = [(_("decided automatically"), Share(summary.automatic, summary.decided))]
        lines.append((_("need a person"), Share(summary.person, summary.decided)))
        if summary.contradicted:
            lines.append((_("  of these: facts contradict"), _of(summary, summary.contradicted)))
        for subject in summary.subjects if len(summary.subjects) > 1 else ():
            title = in_language(self.rulebook.subjects[subject.subject].title, self.language)
            label = _("{subject}: decided automatically").format(subject=title)
            lines.append((label, Share(subject.automatic, subject.cases)))
        if summary.rejected:
            lines.append((_("rejected"), Share(summary.rejected, summary.rows)))
        for label, share in lines:
            say(f"{label}: {share}", "  ")

    def actions(self) -> None:
        rows = [
            (self._action(name), _count(n), _percent(n, self.summary.decided))
            for name, n in self.summary.actions.items()
        ]
        share = _("of {n} decided").format(n=format_number(self.summary.decided))
        show_table(_("By action"), ("", _("cases"), share), rows)

    def clauses(self) -> None:
        found = [line for line in self.summary.clauses if line.violation]
        if not found:
            say()
            say(_("No clause found a fault."))
            return
        rows = [(self._clause(line), _count(line.cases)) for line in found]
        show_table(_("Faults found most often, by clause"), ("", _("cases")), rows)

    def unknown(self) -> None:
        if not self.summary.unknown:
            return
        whole = self.summary.undetermined
        rows = [
            (self._fact(line.fact), _count(line.cases), _percent(line.cases, whole))
            for line in self.summary.unknown
        ]
        share = _("of {n} undecided").format(n=format_number(whole))
        show_table(_("What the undecided cases hang on"), ("", _("cases"), share), rows)

    def foot(self) -> None:
        say()
        say(_("Decisions: {path}").format(path=self.summary.output))
        if self.summary.rejected_output:
            line = _("Rejected rows, each with its reason: {path}")
            say(line.format(path=self.summary.rejected_output), fg="yellow")

    def _action(self, name: str) -> str:
        if name == MANUAL_REVIEW:
            return _("a person decides")
        return in_language(self.rulebook.actions[name].title, self.language, name)

    def _clause(self, line: ClauseLine) -> str:
        sop = self.rulebook.sop_named(line.sop)
        clause = next(one for one in sop.clauses if one.id == line.clause)
        title = in_language(clause.title, self.language, line.clause)
        return f"{line.sop} {line.clause} — {title}"

    def _fact(self, name: str) -> str:
        sop, _dot, bare = name.rpartition(".")
        facts = [self.rulebook.sop_named(sop).facts] if sop else [self.rulebook.facts]
        facts += [one.facts for one in self.rulebook.sops] if not sop else []
        fact = next((own[bare] for own in facts if bare in own), None)
        title = in_language(fact.title, self.language, bare) if fact else bare
        return f"{title} ({name})"


def _of(summary: Summary, count: int) -> Share:
    return Share(count, summary.person)


def _count(number: int) -> str:
    return format_number(number)


def _percent(part: int, whole: int) -> str:
    return f"{format_number(100 * part / whole, 1)}%" if whole else "–"
