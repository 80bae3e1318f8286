"""The server of the demonstration: started with its logins printed, or only tried."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from brightline.commands.page import display_width, say
from brightline.commands.verbs import Unusable
from brightline.i18n import _

HOST = "127.0.0.1"


def serve_on(folder: Path, port: int) -> None:
    """Serve until Ctrl+C; the address and the logins are printed once the server answers.

    The server is a process of its own: this one has filled another folder, and a database once
    opened stays the one it was. Raises `Unusable` where the server does not answer.
    """
    from brightline.workbench.serving import address_of
    from brightline.workbench.serving import wait_until_it_answers as wait

    address = address_of(HOST, port)
    say(_("The server starts …"), "  ")
    server = subprocess.Popen(_command(folder, port), stdout=subprocess.DEVNULL)
    try:
        if not wait(address, lives=lambda: server.poll() is None):
            raise Unusable(_("the server does not answer at {address}").format(address=address))
        show_logins(address)
        say(_("Ctrl+C stops the server."), "  ", dim=True)
        server.wait()
    except KeyboardInterrupt:
        pass  # the server was told too
    finally:
        _ended(server)
    click.echo()
    say(_("Stopped. What you did is kept in {path}.").format(path=folder))
    again = _(
        "Again: brightline demo · anew: brightline demo --fresh · "
        "with your own data: brightline serve"
    )
    say(again)


def _command(folder: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "brightline", "serve", "--home", str(folder), "--port", str(port)]


def _ended(server: subprocess.Popen[bytes]) -> None:
    """End the server in good order; after twenty seconds in any."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def try_out(folder: Path, port: int) -> None:
    """Start the server, see that it answers, and stop it. Raises `Unusable` where it does not."""
    from brightline.workbench.serving import HEALTH, LOGIN, address_of, answers
    from brightline.workbench.serving import wait_until_it_answers as wait

    address = address_of(HOST, port)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        server = subprocess.Popen(
            _command(folder, port), stdout=said, stderr=said, stdin=subprocess.DEVNULL,
            env=os.environ | {"BRIGHTLINE_LOG": "WARNING"},
        )  # fmt: skip
        try:
            alive = wait(address, lives=lambda: server.poll() is None) and answers(address, LOGIN)
        finally:
            _ended(server)
        said.seek(0)
        last = said.read().strip().splitlines()[-1:]
    if not alive:
        raise Unusable(
            _("the server does not answer at {address}").format(address=address + HEALTH),
            last[0] if last else None,
        )
    show_logins(address)
    done = _("The server started, answered ({pages}) and was stopped: no terminal to serve in.")
    say(done.format(pages=f"{HEALTH}, {LOGIN}"), "  ", fg="green")
    say(_("To go on serving: brightline demo --serve"), "  ")


def show_logins(address: str) -> None:
    """The address, and a line for every person of the team."""
    from brightline.workbench.accounts.roles import title
    from brightline.workbench.sample.team import PASSWORD, TEAM

    click.echo()
    click.secho("  " + _("Open {address} in a browser").format(address=address), bold=True)
    rows = [(title(member.role), member.name, member.login) for member in TEAM]
    headers = (_("Role"), _("Name"), _("Login"))
    wide = [max(display_width(row[at]) for row in (headers, *rows)) for at in range(3)]
    for row in (headers, *rows):
        cells = [cell + " " * (wide[at] - display_width(cell)) for at, cell in enumerate(row)]
        click.secho("  " + "  ".join(cells).rstrip(), dim=row is headers)
    say(_("Password of each: {password}").format(password=PASSWORD), "  ", bold=True)
