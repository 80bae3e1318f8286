"""`brightline demo`: a glance at the rules, then a workbench with a team and two weeks of work."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brightline.commands.demo_home import aside, made_in, may_be_made_in, noticed, usual
from brightline.commands.language import language_option
from brightline.commands.page import heading, say
from brightline.commands.progress import progress_bar
from brightline.commands.verbs import N_, Option, Unusable, Verb
from brightline.i18n import _, format_number

if TYPE_CHECKING:
    from brightline.commands.demo_home import Made

CASES, FEWEST = 1_600, 50


@click.command(
    cls=Verb,
    short_help=N_("Show it all: the rules at work, then the workbench with sample data."),
    help=N_(
        "Check the Vietnam rulebook, screen sample cases and explain one decision; then fill a "
        "workbench of its own with a team, cases and two weeks of made-up decisions, start it, and "
        "print its address and the logins. Without a terminal it is started, tried and stopped."
    ),
)
@click.option(
    "--home", cls=Option, metavar="DIR",
    help=N_("Where the demonstration is kept (default: ~/.brightline/demo)."),
)  # fmt: skip
@click.option(
    "--fresh", cls=Option, is_flag=True, help=N_("Make the sample data anew; yours in it is lost.")
)
@click.option(
    "--cases", cls=Option, metavar="N", type=click.IntRange(FEWEST, 20_000), default=CASES,
    help=N_("How many cases (default: 1600)."),
)  # fmt: skip
@click.option(
    "--port", cls=Option, metavar="N", type=click.IntRange(1, 65_535), default=8080,
    help=N_("The port to listen at; the next free one where it is taken."),
)  # fmt: skip
@click.option(
    "--serve/--no-serve", "go_on", cls=Option, default=None,
    help=N_("Go on serving, or only try whether it answers (default: serve in a terminal)."),
)  # fmt: skip
@click.option(
    "--tour", cls=Option, is_flag=True,
    help=N_("Only the rules, at length: check, screen, compare with what was expected, explain."),
)  # fmt: skip
@click.option(
    "--keep", cls=Option, metavar="DIR",
    help=N_("With --tour: leave the decisions in this folder; it is made if need be."),
)  # fmt: skip
@language_option
def demo(
    home: str | None,
    fresh: bool,
    cases: int,
    port: int,
    go_on: bool | None,
    tour: bool,
    keep: str | None,
) -> None:
    """Runs the demonstration."""
    from brightline.commands.demo_tour import bundled, checked, glance
    from brightline.commands.demo_tour import tour as whole_tour

    if tour or keep:
        whole_tour(keep)
        return
    if go_on is None:
        go_on = sys.stdin.isatty() and sys.stdout.isatty()
    folder = Path(home).expanduser().absolute() if home else usual()
    may_be_made_in(folder)
    book = checked(bundled())
    glance(book, bundled())
    heading(_("4. The workbench"))
    os.environ.pop("DATABASE_URL", None)  # the demonstration keeps to a file of its own
    made = None if fresh else made_in(folder)
    if made is None:
        made = _made(folder, cases)
    else:
        _found(folder, made)
    _served(folder, port, go_on)


def _found(folder: Path, made: Made) -> None:
    """Say what is there from an earlier time."""
    from datetime import datetime

    from brightline.i18n import format_date

    day = format_date(datetime.fromisoformat(made.upto).date())
    said = _("Sample data up to {day} is in {path}; --fresh makes it anew.")
    say(said.format(day=day, path=folder), "  ")


def _made(folder: Path, cases: int) -> Made:
    """Fill a folder, and say what was made."""
    say(_("A team, cases and two weeks of decisions are made up …"), "  ")
    try:
        with aside(folder) as making:
            _filled(making, cases)
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(
                path=folder, error=error.strerror or str(error)
            ),
            _("make room, or name another folder with --home"),
        ) from None
    made = made_in(folder)
    if made is None:
        raise Unusable(_("the sample data in {path} is not whole").format(path=folder))
    numbers = {kind: format_number(n) for kind, n in made.counts.items()}
    said = _("{cases} cases, {answers} answers and {decisions} decisions by people: all made up.")
    say(said.format(cases=numbers["cases"], answers=numbers["answers"],
                    decisions=numbers["decisions"]), "  ", fg="green")  # fmt: skip
    return made


def _filled(making: Path, cases: int) -> None:
    from brightline.workbench.starting import start

    stopped = noticed()
    start(making)
    stopped()
    import gc

    from django.db import connections
    from django.utils import timezone

    from brightline.workbench.sample.filling import fill

    gc.freeze()  # a process that only fills and ends: looking for rings of objects costs a tenth
    gc.disable()
    try:
        with progress_bar(True, _("Two weeks go by")) as moved:

            def went_on(rows: int, of: int) -> None:
                stopped()
                if moved:
                    moved(_Share(rows, of))

            fill(timezone.now(), cases, went_on)
    finally:
        gc.enable()
        connections.close_all()  # the file moves: nothing may hold it


class _Share:
    """How far the filling is, as a bar takes it."""

    def __init__(self, rows: int, of: int) -> None:
        self.rows, self.share = rows, rows / of


def _served(folder: Path, port: int, go_on: bool) -> None:
    """Start the server; go on, or try it and stop."""
    from brightline.commands.demo_serving import serve_on, try_out
    from brightline.workbench.serving import Busy, free_port

    try:
        free = free_port("127.0.0.1", port)
    except Busy as error:
        raise Unusable(
            _("no free port at {ports}").format(ports=error.strerror), _("name one with --port")
        ) from None
    if free != port:
        said = _("Port {port} is taken by another program; {free} is free.")
        say(said.format(port=port, free=free), "  ", fg="yellow")
    if go_on:
        serve_on(folder, free)
    else:
        try_out(folder, free)
