"""What came of a back-test, as a page in the terminal: every number with what it is a part of."""

from __future__ import annotations

from datetime import date

import click

from brightline.backtesting.results import (
    CHANGED,
    Backtest,
    GroupLine,
    Kind,
    Mean,
    Range,
    TellingCase,
)
from brightline.commands.page import heading, say
from brightline.commands.tables import show_table
from brightline.i18n import _, format_date, format_number, language, ngettext
from brightline.rulebook.model import CANNOT_TELL, MANUAL_REVIEW
from brightline.rulebook.telling_words import in_language

MOST_LINES = 10
MOST_WEEKS = 26


def show_backtest(found: Backtest) -> None:
    """Print the page."""
    page = BacktestPage(found)
    page.head()
    if not found.cases:
        return
    page.kinds()
    page.flows()
    page.bounds()
    page.sops()
    page.clauses()
    page.groups()
    page.missing()
    page.agreement()
    page.effort()
    page.telling()


def kind_in_words(kind: str) -> str:
    """What became of a case, in words."""
    return {
        Kind.SAME: _("the same decision"),
        Kind.OTHER_CLAUSES: _("the same action, under other clauses or points"),
        Kind.STRICTER: _("a more severe action"),
        Kind.MILDER: _("a less severe action"),
        Kind.OTHER_ACTION: _("another action, as severe"),
        Kind.OPENED: _("decided before; now a fact is missing"),
        Kind.SETTLED: _("open before; now decided"),
        Kind.OPEN_SAME: _("open in both; certainly no difference"),
        Kind.OPEN: _("open in both; may differ"),
    }[Kind(kind)]


class BacktestPage:
    """One back-test in words, part by part."""

    def __init__(self, found: Backtest) -> None:
        self.found, self.language = found, language()
        self._titles = {one.action: one.title for one in found.actions}

    def head(self) -> None:
        """How many cases change, and of how many it cannot be said."""
        found = self.found
        if not found.cases:
            say(_("There is no case to test."), bold=True)
        elif not found.changed and not found.may_change:
            say(_("No case comes to anything else."), bold=True)
        else:
            changed = ngettext(
                "{n} case of {all} changes", "{n} cases of {all} change", found.changed
            )
            say(changed.format(n=_n(found.changed), all=_n(found.cases)) + ".", bold=True)
        if found.may_change:
            may = ngettext(
                "Of {n} more ({share}) the stored facts do not say whether it changes.",
                "Of {n} more ({share}) the stored facts do not say whether they change.",
                found.may_change,
            )
            say(may.format(n=_n(found.may_change), share=_percent(found.may_change, found.cases)))
        say(f"{_('Before')}: {found.old.name} · {found.old.sha[:12]}", dim=True)
        say(f"{_('Now')}: {found.new.name} · {found.new.sha[:12]}", dim=True)
        say(f"{_('As of')}: {format_date(date.fromisoformat(found.as_of))}", dim=True)
        if found.refused:
            line = ngettext(
                "{n} row of {all} cannot be read:",
                "{n} rows of {all} cannot be read:",
                found.refused,
            )
            say(line.format(n=_n(found.refused), all=_n(found.rows)), fg="yellow")
            for one in found.refusals[:3]:
                words = _("row {row}: {reason}").format(row=_n(one.row), reason=one.reason)
                say(words, "  • ")

    def kinds(self) -> None:
        """What became of the cases."""
        whole = self.found.cases
        rows = [
            (kind_in_words(kind), _n(n), _percent(n, whole))
            for kind, n in self.found.kinds.items()
            if n
        ]
        show_table(_("What becomes of the cases"), ("", _("cases"), _of(whole)), rows)
        found = self.found
        compared = [
            (_("not determined by the stored facts"), found.open_old, found.open_new),
            (_("need a person"), found.person_old, found.person_new),
        ]
        shown = [
            (
                label,
                _n(old),
                _percent(old, whole),
                _n(new),
                _percent(new, whole),
                _signed(new - old),
            )
            for label, old, new in compared
        ]
        heads = ("", _("before"), _of(whole), _("now"), _of(whole), _("change"))
        show_table("", heads, shown)

    def flows(self) -> None:
        """From action to action, the changes first."""
        whole = self.found.cases
        flows = sorted(self.found.flows, key=lambda flow: (flow.old == flow.new, -flow.cases))
        rows = [
            (f"{self._action(flow.old)} → {self._action(flow.new)}", _n(flow.cases),
             _percent(flow.cases, whole))
            for flow in flows
        ]  # fmt: skip
        show_table(_("From action to action"), ("", _("cases"), _of(whole)), rows)

    def bounds(self) -> None:
        """Between which numbers the cases of each action lie."""
        rows = [
            (self._action(one.action), _range(one.old), _range(one.new), _range(one.change, True))
            for one in reversed(self.found.bounds)
            if one.old.most or one.new.most
        ]
        title = _("Cases by action, at least – at most (of {n})").format(n=_n(self.found.cases))
        show_table(title, ("", _("before"), _("now"), _("change")), rows)

    def sops(self) -> None:
        """The SOPs whose faults change."""
        lines = [one for one in self.found.sops if one.gained or one.lost or one.state]
        lines.sort(key=lambda one: -(one.gained + one.lost))
        rows = [
            (
                f"{one.sop} — {in_language(one.title, self.language)}{self._state(one.state)}",
                _n(one.old), _n(one.new), _signed(one.gained), _signed(-one.lost), _n(one.cases),
            )
            for one in lines
        ]  # fmt: skip
        if rows:
            heads = ("", _("before"), _("now"), _("gained"), _("lost"), _("of cases"))
            show_table(_("Faults found, by SOP"), heads, rows)

    def clauses(self) -> None:
        """The clauses that change most."""
        lines = [one for one in self.found.clauses if one.gained or one.lost][: 2 * MOST_LINES]
        rows = [
            (
                f"{one.sop}/{one.clause} — {self._clause(one.clause, one.title)}"
                f"{self._state(one.state)}",
                _n(one.old), _n(one.new), _signed(one.gained), _signed(-one.lost), _n(one.cases),
            )
            for one in lines
        ]  # fmt: skip
        if rows:
            heads = ("", _("before"), _("now"), _("gained"), _("lost"), _("of cases"))
            show_table(_("Clauses reported"), heads, rows)

    def groups(self) -> None:
        """By category, seller segment and week."""
        titles = {
            "category": _("By category"),
            "segment": _("By seller segment"),
            "week": _("By week"),
        }
        for name, title in titles.items():
            lines = self.found.groups.get(name, ())
            most = MOST_WEEKS if name == "week" else MOST_LINES
            shown = lines[-most:] if name == "week" else lines[:most]
            if not lines:
                continue
            if len(shown) < len(lines):
                title = _("{title} ({n} of {all})").format(
                    title=title, n=_n(len(shown)), all=_n(len(lines))
                )
            heads = (
                "", _("cases"), _("changed"), _("stricter"), _("milder"), _("open before"),
                _("open now"),
            )  # fmt: skip
            show_table(title, heads, [self._group(line) for line in shown])

    def _group(self, line: GroupLine) -> tuple[str, ...]:
        changed = sum(line.kinds.get(kind, 0) for kind in CHANGED)
        return (
            in_language(line.title, self.language, line.name) or _("(none given)"),
            _n(line.cases),
            f"{_n(changed)} ({_percent(changed, line.cases)})",
            _n(line.kinds.get(Kind.STRICTER, 0)),
            _n(line.kinds.get(Kind.MILDER, 0)),
            _n(line.open_old),
            _n(line.open_new),
        )

    def missing(self) -> None:
        """The facts that open cases hang on."""
        found = self.found
        rows = [
            (f"{in_language(one.title, self.language, one.fact)} ({one.fact})",
             _n(one.old), _n(one.new), _percent(one.new, found.open_new))
            for one in found.missing[:MOST_LINES]
        ]  # fmt: skip
        if rows:
            heads = ("", _("before"), _("now"), _("of {n} open").format(n=_n(found.open_new)))
            show_table(_("What the open cases hang on"), heads, rows)

    def agreement(self) -> None:
        """The versions beside what moderators decided."""
        of = self.found.agreement
        if of is None:
            return
        rows = [
            (_("decided by the version"), _share(of.old_decided, of.labelled),
             _share(of.new_decided, of.labelled)),
            (_("  as the moderator did"), _share(of.old_same, of.old_decided),
             _share(of.new_same, of.new_decided)),
        ]  # fmt: skip
        title = ngettext(
            "Beside what moderators decided ({n} case)",
            "Beside what moderators decided ({n} cases)",
            of.labelled,
        ).format(n=_n(of.labelled))
        show_table(title, ("", _("before"), _("now")), rows)
        if of.unknown:
            line = ngettext(
                "{n} more case has an action that neither version knows.",
                "{n} more cases have an action that neither version knows.",
                of.unknown,
            )
            say(line.format(n=_n(of.unknown)), "  ")

    def effort(self) -> None:
        """Questions and seconds a case."""
        of = self.found.effort
        if of is None:
            return
        title = _("Questions a case (sample of {n} of {all} cases; {complete} can be asked out)")
        title = title.format(n=_n(of.sampled), all=_n(of.of), complete=_n(of.complete))
        rows = []
        if of.complete:
            rows = [
                (_("questions"), _mean(of.questions_old), _mean(of.questions_new),
                 _mean(of.questions_change, True)),
                (_("moderator's seconds"), _mean(of.seconds_old), _mean(of.seconds_new),
                 _mean(of.seconds_change, True)),
            ]  # fmt: skip
        show_table(title, ("", _("before"), _("now"), _("change")), rows)
        if of.complete and of.sampled < of.of:
            say(
                _("In brackets: where the change of all cases lies, 95 times in 100."),
                "  ",
                dim=True,
            )

    def telling(self) -> None:
        """Cases that show what changes."""
        if not self.found.telling:
            return
        heading(_("Cases that show it"))
        for number, one in enumerate(self.found.telling, 1):
            self._told(number, one)

    def _told(self, number: int, one: TellingCase) -> None:
        click.echo()
        like = ngettext("{n} case like it", "{n} cases like it", one.like_it).format(
            n=_n(one.like_it)
        )
        say(f"{kind_in_words(one.kind)} · {like}", f"{number:>3}. ", fg="cyan")
        name = _("case {id}").format(id=one.id)
        say(f"{name}: {in_language(one.case, self.language)}", "     ")
        say(in_language(one.before, self.language), f"     {_('Before')}: ", fg="red")
        say(in_language(one.now, self.language), f"     {_('Now')}: ", fg="green")
        if why := in_language(one.why, self.language):
            say(why, "     ")

    def _action(self, name: str) -> str:
        if name == MANUAL_REVIEW:
            return _("not determined")
        return in_language(self._titles.get(name), self.language, name)

    def _clause(self, clause: str, title: dict[str, str]) -> str:
        if clause == CANNOT_TELL:
            return _("It cannot be told")
        return in_language(title, self.language, clause)

    def _state(self, state: str) -> str:
        return f" ({ {'new': _('new'), 'gone': _('gone')}[state] })" if state else ""


def _n(number: int) -> str:
    return format_number(number)


def _signed(number: int) -> str:
    if not number:
        return "0"
    return ("+" if number > 0 else "−") + format_number(abs(number))


def _percent(part: int, whole: int) -> str:
    return f"{format_number(100 * part / whole, 1)}%" if whole else "–"


def _share(part: int, whole: int) -> str:
    return f"{_n(part)}/{_n(whole)} ({_percent(part, whole)})"


def _of(whole: int) -> str:
    return _("of {n}").format(n=_n(whole))


def _range(of: Range, signed: bool = False) -> str:
    show = _signed if signed else _n
    return show(of.least) if of.least == of.most else f"{show(of.least)} – {show(of.most)}"


def _mean(of: Mean, signed: bool = False) -> str:
    if not signed:
        return format_number(of.mean, 2)
    if of.low == of.high:
        return _decimal(of.mean)
    low, high = _decimal(of.low), _decimal(of.high)
    return f"{_decimal(of.mean)} ({low} – {high})"


def _decimal(number: float) -> str:
    sign = "−" if number < 0 else "+" if number > 0 else ""
    return sign + format_number(abs(number), 2)
