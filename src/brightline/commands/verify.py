"""`brightline verify`: is the log as it was written, and does every decision come out the same?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from brightline.commands.inputs import format_option
from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.serve import home_option, started
from brightline.commands.verbs import FINDINGS, N_, Verb
from brightline.i18n import _, format_number

if TYPE_CHECKING:
    from brightline.workbench.records.verifying import Check


@click.command(
    cls=Verb,
    short_help=N_("Check that the workbench's log and decisions are as they were written."),
    help=N_(
        "Work out the seal of every event of the log again, then make every decision again from "
        "its facts under its own version of the rulebook. Exit code 0 where all is sound, else 1."
    ),
)
@home_option
@format_option
@language_option
@click.pass_context
def verify(context: click.Context, home: str | None, form: str) -> None:
    """Checks everything."""
    started(home)
    from brightline.workbench.records.verifying import check_all

    if form == "json":
        found = check_all()
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        found = _with_bar()
        _show(found)
    if not found.sound:
        context.exit(FINDINGS)


def _with_bar() -> Check:
    """The check, with how far it is on the error stream where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from brightline.workbench.records.verifying import check_all

    console = Console(stderr=True)
    if not console.is_terminal:
        return check_all()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Checking"), total=1.0)
        return check_all(lambda check: bar.update(task, completed=check.share()))


def _show(found: Check) -> None:
    from brightline.workbench.records.verifying import in_words

    chain, decisions = found.chain, found.decisions
    events = _("Events: {n}").format(n=format_number(chain.events))
    if found.first and found.last:
        events += " · " + _("from {first} to {last}").format(
            first=found.first.isoformat(timespec="seconds"),
            last=found.last.isoformat(timespec="seconds"),
        )
    say(events)
    say(_("Seals: all right") if chain.wrong is None else in_words(chain.wrong, chain.seq))
    said = _("Decisions made again: {same} of {checked} came out the same")
    say(said.format(same=format_number(decisions.same), checked=format_number(decisions.checked)))
    for one in decisions.mismatches:
        line = _("decision {decision} of case {case}: {wrong}").format(
            decision=one.decision, case=one.case, wrong=in_words(one.wrong)
        )
        say(f"  {line} {one.was}{' → ' if one.now else ''}{one.now}")
    if decisions.wrong > len(decisions.mismatches):
        say("  …")
    say(_("Sound: everything is as it was written.") if found.sound else _("Not sound."))
