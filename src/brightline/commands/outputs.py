"""`-o FILE`: what a verb would print goes into a file, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from brightline.commands.verbs import N_, Option, Unusable
from brightline.i18n import _


def output_option(command: Any) -> Any:
    """Give a command the option `--output`."""
    return click.option(
        "--output",
        "-o",
        cls=Option,
        metavar="FILE",
        help=N_("Write the answer to this file instead of the screen."),
    )(command)


@contextlib.contextmanager
def written_to(path: str | None) -> Iterator[None]:
    """What is printed inside goes into a file, without colours; None: to the screen as ever.

    Raises `Unusable` where the file cannot be written; an older one stays as it was then.
    """
    if path is None:
        yield
        return
    held = io.StringIO()
    with contextlib.redirect_stdout(held):
        yield
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        temporary.write_text(click.unstyle(held.getvalue()), encoding="utf-8")
        temporary.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise Unusable(
            _("{path} cannot be written: {error}").format(path=path, error=error.strerror),
            _("name a file in a folder that you may write to"),
            file=path,
        ) from None
    click.echo(_("Written to {path}").format(path=path), err=True)
