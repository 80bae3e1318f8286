"""`brightline diff OLD NEW`: what changes for whom, with the smallest case that shows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from brightline.commands.inputs import as_of_option, read_rulebook
from brightline.commands.language import language_option
from brightline.commands.outputs import output_option, written_to
from brightline.commands.page import heading, say
from brightline.commands.verbs import FINDINGS, N_, Option, Verb
from brightline.i18n import _, format_date

if TYPE_CHECKING:
    from brightline.reports.diff_view import SopView
    from brightline.rulebook.comparing.comparison import Comparison
    from brightline.rulebook.comparing.telling_edits import ToldEdit
    from brightline.rulebook.telling_boxes import Where


@click.command(
    cls=Verb,
    short_help=N_("Say what changes between two versions, and for which cases."),
    help=N_(
        "Say what changes between two versions of a rulebook: which cases come to something else, "
        "what must be known of them, what is written differently. Exit code 1 where they differ."
    ),
)
@click.argument("old")
@click.argument("new")
@as_of_option
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help=N_("How to write the answer; html is a page to print or send."),
)
@output_option
@language_option
@click.pass_context
def diff(
    context: click.Context, old: str, new: str, as_of: date | None, form: str, output: str | None
) -> None:
    """Prints the difference of two rulebooks."""
    from brightline.rulebook.comparing.comparison import compare

    comparison = compare(read_rulebook(old), read_rulebook(new), as_of or date.today())
    with written_to(output):
        if form == "json":
            import json

            from brightline.reports.diff_view import as_dict

            click.echo(json.dumps(as_dict(comparison), ensure_ascii=False, indent=2))
        elif form == "html":
            from brightline.reports.diff_page import diff_page

            click.echo(diff_page(comparison, old, new))
        else:
            _print(comparison, old, new)
    if not comparison.same:
        context.exit(FINDINGS)


def _print(comparison: Comparison, old: str, new: str) -> None:
    from brightline.reports.diff_view import later, lead, proved, shared_edits, sop_views

    say(lead(comparison), bold=True)
    say(f"{_('Before')}: {old} · {comparison.old.sha[:12]}", dim=True)
    say(f"{_('Now')}: {new} · {comparison.new.sha[:12]}", dim=True)
    say(f"{_('As of')}: {format_date(comparison.on)}", dim=True)
    if reminder := later(comparison):
        say(reminder, fg="yellow")
    for sop in sop_views(comparison):
        _print_sop(sop)
    if shared := shared_edits(comparison):
        heading(_("What all SOPs share"))
        _print_edits(shared)
    if not comparison.same:
        click.echo()
        say(proved(), dim=True)


def _print_sop(sop: SopView) -> None:
    states = {"new": _("new"), "gone": _("gone")}
    state = f" · {states[sop.state]}" if sop.state else ""
    heading(f"{sop.title} ({sop.name}){state}")
    if sop.note:
        say(sop.note, "  ")
    for change in sop.changes:
        click.echo()
        say(change.heading, "  ", fg="cyan")
        _print_where(change.where)
        for flow in change.flows:
            say(flow.before, f"    {_('Before')}: ", fg="red")
            say(flow.now, f"    {_('Now')}: ", fg="green")
            if flow.example != change.where.common:
                say(f"{_('For example:')} {flow.example}", "    ")
        if change.more:
            say(_("There are more such cases than are listed here."), "    ", dim=True)
    if sop.questions:
        click.echo()
        say(_("What must be known"), "  ", bold=True)
    for question in sop.questions:
        say(question.heading, "  ", fg="cyan")
        _print_where(question.where)
        if question.question:
            say(f"{_('The question:')} {question.question}", "    ")
        if question.more:
            say(_("There are more such cases than are listed here."), "    ", dim=True)
    if sop.edits:
        click.echo()
        say(_("What is written differently"), "  ", bold=True)
        _print_edits(sop.edits)


def _print_where(where: Where) -> None:
    if where.common:
        say(where.common, "    ")
    if where.either:
        say(_("and one of these:") if where.common else _("one of these:"), "    ")
    for one in where.either:
        say(one, "      • ")


def _print_edits(edits: list[ToldEdit]) -> None:
    words = {"new": _("new"), "gone": _("gone")}
    for edit in edits:
        say(edit.what + (f" ({words[edit.sort]})" if edit.sort in words else ""), "  ")
        if edit.before:
            say(edit.before, "    − ", "      ", fg="red")
        if edit.after:
            say(edit.after, "    + ", "      ", fg="green")
