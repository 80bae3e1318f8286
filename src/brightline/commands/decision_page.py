"""One decision as a page in the terminal: the verdict on top, then why, then what follows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import click

from brightline.commands.page import clean, heading, say
from brightline.i18n import _
from brightline.rulebook.deciding import Decision
from brightline.rulebook.telling import Because, Explanation, Reason, explain
from brightline.rulebook.telling_words import Words, length_of_time
from brightline.rulebook.tracing import Status

MOST_NEAR = 5


def show_decision(
    decision: Decision, raw: Mapping[str, object], question: int | None, trace: bool
) -> None:
    """Print the page."""
    words = Words(decision.table.rulebook, decision.table.subject)
    told = explain(decision)
    _show_verdict(told)
    _show_case(words, raw)
    for reason in told.reasons:
        show_reason(reason)
    if told.contradictions:
        heading(_("These cannot go together"))
        for combination in told.contradictions:
            say(combination, "  • ")
    _show_open(told)
    if question is not None:
        show_next(decision, words, question)
    _show_quiet(told)
    _show_near(told)
    if trace:
        show_trace(decision, words)


def _show_verdict(told: Explanation) -> None:
    tone = "yellow" if not told.determined else "red" if told.violation else "green"
    line = told.headline.upper() if told.determined else _upper_first(told.headline)
    if told.points:
        line += f" · {told.points}"
    click.secho(line, fg=tone, bold=True)
    say(_upper_first(told.standing) + ".")
    if told.ladder:
        say(told.ladder)


def _show_case(words: Words, raw: Mapping[str, object]) -> None:
    subject = words.text(words.rulebook.subjects[words.subject].title, words.subject)
    attributes = raw.get("attributes")
    texts = attributes if isinstance(attributes, Mapping) else {}
    first = next((v for v in texts.values() if isinstance(v, str) and v.strip()), "")
    name = f" {raw['id']}" if raw.get("id") is not None else ""
    quoted = f": “{_shortened(first)}”" if first else ""
    say(f"{subject}{name}{quoted}", dim=True)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shortened(text: str, most: int = 120) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def show_reason(reason: Reason) -> None:
    """One clause: what it is, the facts that made it hold, the law, the notice, the steps."""
    heading(f"{reason.sop} · {reason.clause}")
    say(reason.title, "  ", bold=True)
    outcome = f"{reason.action} · {reason.points}" if reason.points else reason.action
    say(f"{reason.sop_title} → {outcome}", "  ")
    click.echo()
    say(_("Why"), "  ", fg="cyan")
    for because in reason.because:
        _show_because(because, "    • ")
    if reason.note:
        say(reason.note, "    • ")
    if reason.basis:
        say(_("Basis"), "  ", fg="cyan")
        for law in reason.basis:
            say(law, "    • ")
    if reason.notice:
        say(_("Notice to be sent"), "  ", fg="cyan")
        say(reason.notice, "    │ ", "    │ ")
    if reason.steps:
        say(_("Next steps"), "  ", fg="cyan")
        for number, step in enumerate(reason.steps, 1):
            who = f"{step.role}, {step.within}" if step.within else step.role
            say(f"{step.do} — {who}", f"    {number}. ")


def _show_because(because: Because, mark: str) -> None:
    said = because.statement
    if because.source:
        said += f" — {because.source}"
    say(said, mark)


def _show_open(told: Explanation) -> None:
    if told.determined or told.contradictions:
        return
    heading(_("Still open"))
    say(_("Possible: {actions}").format(actions=" · ".join(told.possible)), "  ", "    ")
    if told.waiting:
        say(_("It hangs on: {facts}").format(facts=", ".join(told.waiting)), "  ", "    ")
    if told.suggested:
        say(_("Suggested by a signal, to be confirmed by a person:"), "  ", "    ")
        for because in told.suggested:
            _show_because(because, "    • ")


def show_next(decision: Decision, words: Words, place: int) -> None:
    """The question to put next, its options, and how long an answer usually takes."""
    column = decision.table.columns[place]
    heading(_("Next question"))
    ask = words.text(column.fact.ask, words.fact(column))
    took = _("about {time}").format(time=length_of_time(column.fact.cost))
    say(f"{ask} ({took})", "  ", "    ")
    if not column.numeric and len(column.options) <= 12:
        for option in column.options:
            say(words.option(column, option), "    ○ ")


def _show_quiet(told: Explanation) -> None:
    if told.reasons or not told.determined or not (told.quiet or told.outside):
        return
    heading(_("Why"))
    for sop in () if told.quiet else told.outside:
        say(_("{sop}: does not apply to this case").format(sop=sop), "  • ", "    ")
    for reason in told.quiet:
        say(f"{reason.sop} {reason.clause} — {reason.title}", "  • ", "    ")
        for because in reason.because:
            _show_because(because, "      ")


def _show_near(told: Explanation) -> None:
    if not told.near:
        return
    heading(_("Nearly applied: one fact apart"))
    for near in told.near[:MOST_NEAR]:
        say(f"{near.sop} {near.clause} — {near.title} → {near.action}", "  • ", "    ")
        wanted = _("it takes: {test}; here: {fact}").format(test=near.wanted, fact=near.found)
        say(wanted, "    ")
    more = len(told.near) - MOST_NEAR
    if more > 0:
        say(_("and {n} more; see --trace").format(n=more), "  ")


def show_trace(decision: Decision, words: Words) -> None:
    """How every clause of every SOP of the subject stands."""
    heading(_("Every clause"))
    marks = {Status.HELD: "✓", Status.FAILED: "✗", Status.OPEN: "?"}
    table = decision.table
    by_sop = groupby(decision.trace, key=lambda entry: table.clauses[entry.clause].sop.sop)
    for sop, entries in by_sop:
        say(f"{sop} — {words.sop(sop)}", "  ", "    ", bold=True)
        for entry in entries:
            clause = table.clauses[entry.clause].clause
            wins = entry.clause in decision.verdict.outcomes
            title = words.text(clause.title, clause.id)
            answer = "  ← " + _("the answer of this SOP") if wins else ""
            mark = "·" if clause.otherwise and not wins else marks[entry.status]
            say(f"{clause.id} {title}{answer}", f"    {mark} ", "      ")
            if clause.otherwise:
                say(_("holds where no other clause does"), "        ", dim=True)
            if entry.failed:
                tests = "; ".join(
                    words.test(table.columns[cell.column], cell.passing) for cell in entry.failed
                )
                say(_("not so: {tests}").format(tests=tests), "        ", "          ", dim=True)
            if entry.open:
                facts = ", ".join(words.fact(table.columns[place]) for place in entry.open)
                say(_("waits for: {facts}").format(facts=facts), "        ", "          ", dim=True)
