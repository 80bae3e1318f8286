"""`brightline serve`: the workbench, for people with a browser."""

from __future__ import annotations

from pathlib import Path

import click

from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.verbs import N_, Option, Unusable, Verb
from brightline.i18n import _

home_option = click.option(
    "--home",
    cls=Option,
    metavar="DIR",
    help=N_("Where the workbench keeps its data (default: ~/.brightline)."),
)


@click.command(
    cls=Verb,
    short_help=N_("Run the workbench, in which people decide cases."),
    help=N_(
        "Run the workbench on SQLite in the folder --home, or on the PostgreSQL that the variable "
        "DATABASE_URL names. It starts empty; its first page says what to do. Ctrl+C stops it."
    ),
)
@home_option
@click.option("--host", cls=Option, default="127.0.0.1", help=N_("The address to listen at."))
@click.option("--port", cls=Option, default=8080, type=int, help=N_("The port to listen at."))
@click.option(
    "--workers", cls=Option, type=int, help=N_("Server processes (default: one a core, at most 4).")
)
@language_option
def serve(home: str | None, host: str, port: int, workers: int | None) -> None:
    """Starts the server."""
    from brightline.workbench.serving import serve as run

    started(home)
    say(_("Brightline runs at {address} · Ctrl+C stops it").format(address=f"http://{host}:{port}"))
    _say_first_code()
    run(host, port, workers)


def _say_first_code() -> None:
    """Where there is nobody yet: the code with which the browser makes the first administrator."""
    from brightline.workbench.accounts.models import User
    from brightline.workbench.first_code import new_code
    from brightline.workbench.home import home as folder

    if not User.objects.exists():
        say(_("Nobody is here yet. Code for the first administrator: {code}").format(
            code=new_code(folder())
        ))  # fmt: skip


def started(home: str | None) -> None:
    """Bring the workbench up in this process. Raises `Unusable` where its folder cannot be used."""
    from brightline.workbench.starting import start

    try:
        start(Path(home) if home else None)
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(
                path=home or "~/.brightline", error=error.strerror or str(error)
            ),
            _("name a folder that you may write to"),
        ) from None
