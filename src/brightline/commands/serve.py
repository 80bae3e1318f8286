"""`brightline serve`: the workbench, for people with a browser."""

from __future__ import annotations

from pathlib import Path

import click

from brightline.commands.inputs import rulebook_folder
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
@click.option(
    "--port", cls=Option, metavar="N", default=8080, type=click.IntRange(1, 65_535),
    help=N_("The port to listen at."),
)  # fmt: skip
@click.option(
    "--workers", cls=Option, metavar="N", type=click.IntRange(1, 64),
    help=N_("Server processes (default: one a core, at most 4)."),
)  # fmt: skip
@click.option(
    "--threads", cls=Option, metavar="N", type=click.IntRange(1, 64), default=2,
    help=N_("Requests that a process works on at once."),
)  # fmt: skip
@click.option(
    "--rulebook", cls=Option, metavar="DIR",
    help=N_("Publish the rulebook in this folder first, where it checks clean."),
)  # fmt: skip
@click.option(
    "--watch", cls=Option, is_flag=True,
    help=N_("Publish the folder --rulebook again whenever it changes and checks clean."),
)  # fmt: skip
@language_option
def serve(
    home: str | None,
    host: str,
    port: int,
    workers: int | None,
    threads: int,
    rulebook: str | None,
    watch: bool,
) -> None:
    """Starts the server."""
    from brightline.workbench.serving import address_of
    from brightline.workbench.serving import serve as run

    if watch and not rulebook:
        raise Unusable(_("--watch needs a folder"), "--rulebook DIR --watch")
    folder = rulebook_folder(rulebook).resolve() if rulebook else None
    _claimed(host, port)
    started(home)
    say(_("Brightline runs at {address} · Ctrl+C stops it").format(address=address_of(host, port)))
    _say_first_code()
    say(_("Data: {path} · database: {database}").format(path=_folder(), database=_database()))
    if folder is not None:
        _take_up(folder, watch)
    from django.db import connections

    connections.close_all()
    run(host, port, workers, threads)
    say(_("Stopped."))


def _take_up(folder: Path, watch: bool) -> None:
    """Publish the folder of a rulebook, say what became of it, and have it watched."""
    import os

    from brightline.workbench.publishing.watch_words import lines
    from brightline.workbench.publishing.watching import VARIABLE, look_at

    for line in lines(look_at(folder)):
        say(line)
    if watch:
        os.environ[VARIABLE] = str(folder)
        say(_("{path} is watched: it is published whenever it changes and checks clean.").format(
            path=folder
        ))  # fmt: skip


def _claimed(host: str, port: int) -> None:
    from brightline.workbench.serving import Busy, claim_port

    try:
        claim_port(host, port)
    except Busy:
        raise Unusable(
            _("port {port} is taken by another program").format(port=port),
            _("stop that program, or name another port: --port {port}").format(port=port + 1),
        ) from None
    except OSError as error:
        raise Unusable(
            _("{host}:{port} cannot be listened at: {error}").format(
                host=host, port=port, error=error.strerror or str(error)
            ),
            _("--host takes an address of this machine; ports below 1024 need an administrator"),
        ) from None


def _folder() -> Path:
    from brightline.workbench.home import home

    return home()


def _database() -> str:
    """The database in a person's words; never its password."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"SQLite, {Path(database['NAME']).name}"
    return f"PostgreSQL, {database['NAME']} @ {database.get('HOST') or 'localhost'}"


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
    """Bring the workbench up in this process. Raises `Unusable` where its folder cannot be used,
    or its database does not answer."""
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
    except Exception as error:
        from django.db import OperationalError

        from brightline.workbench.storing import NoBoto3

        if isinstance(error, NoBoto3):
            raise Unusable(
                _("pictures are to be kept in S3 (BRIGHTLINE_S3_BUCKET), and boto3 is missing"),
                "pip install 'brightline[s3]'",
            ) from None
        if not isinstance(error, OperationalError):
            raise
        raise Unusable(
            _("the database cannot be reached: {error}").format(
                error=" ".join(str(error).split())[:200]
            ),
            _("see that it runs, and that DATABASE_URL names it rightly"),
        ) from None
