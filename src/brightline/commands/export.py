"""`brightline export RULEBOOK --to FORMAT -o OUT`: a rulebook for other people's tools."""

from __future__ import annotations

import contextlib
import json
import secrets
from datetime import date
from pathlib import Path
from typing import Any

import click

from brightline.commands.inputs import as_of_option, format_option, read_rulebook
from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _, format_number, ngettext

TARGETS = ("xlsx", "dmn", "mermaid", "dot")


@click.command(
    cls=Verb,
    short_help=N_("Write the rulebook as a spreadsheet, DMN or flowcharts."),
    help=N_(
        "Write the rulebook for other tools: a workbook (xlsx) with a sheet for every SOP, that "
        "`brightline import` takes back; DMN decision tables (dmn), likewise; or flowcharts as "
        "text (mermaid, dot), a file for every SOP. Exit code 1 where an SOP has no flowchart."
    ),
)
@click.argument("rulebook")
@click.option(
    "--to", "target", cls=Option, type=click.Choice(TARGETS), required=True,
    help=N_("What to write."),
)  # fmt: skip
@click.option(
    "--output", "-o", cls=Option, metavar="OUT", required=True,
    help=N_("The file to write; for flowcharts the folder, which must be new or empty."),
)  # fmt: skip
@click.option(
    "--sop", "sops", cls=Option, metavar="SOP", multiple=True,
    help=N_("Only this SOP, with all it shares; give it again for another."),
)  # fmt: skip
@as_of_option
@format_option
@language_option
@click.pass_context
def export(
    context: click.Context,
    rulebook: str,
    target: str,
    output: str,
    sops: tuple[str, ...],
    as_of: date | None,
    form: str,
) -> None:
    """Writes the files and says which."""
    from brightline.exchange.exporting import CHARTS, exported
    from brightline.exchange.folder import Occupied, put
    from brightline.exchange.xlsx.writing import TooLong

    book = _chosen(read_rulebook(rulebook), sops)
    try:
        made = exported(book, target, as_of or date.today())
    except TooLong as error:
        raise Unusable(
            _("a value is too long for a cell of a spreadsheet: {name}").format(name=error),
            _("shorten it, or export to DMN"),
        ) from None
    path = Path(output)
    try:
        if target in CHARTS:
            put({name: data.decode() for name, data in made.files.items()}, path, None)
        else:
            _write_file(made.files[""], path)
    except Occupied:
        raise Unusable(
            _("{path} is there and holds files").format(path=output),
            _("name a new or empty folder"),
            file=output,
        ) from None
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(path=output, error=error.strerror),
            _("name a file in a folder that you may write to"),
            file=output,
        ) from None
    names = [str(path / name) for name in made.files] if target in CHARTS else [output]
    if form == "json":
        found = {"rulebook": book.sha, "to": target, "files": names, "without": made.without,
                 "sops": [sop.sop for sop in book.sops]}  # fmt: skip
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        count = len(book.sops) - len(made.without)
        words = ngettext("{n} SOP in {path}", "{n} SOPs in {path}", count)
        say(words.format(n=format_number(count), path=output), bold=True)
        for name in made.without:
            say(_("{name} has no flowchart: not in force, or too large for one").format(name=name))
    if made.without:
        context.exit(FINDINGS)


def _chosen(book: Any, wanted: tuple[str, ...]) -> Any:
    """The rulebook with only the SOPs that are wanted."""
    if not wanted:
        return book
    import difflib

    names = [sop.sop for sop in book.sops]
    for name in wanted:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            raise Unusable(
                _("there is no SOP {name} in this rulebook").format(name=name),
                _("did you mean {name}?").format(name=close[0])
                if close
                else _("there are: {names}").format(names=", ".join(names[:12])),
            )
    return book.of_sops(*(sop for sop in book.sops if sop.sop in wanted))


def _write_file(data: bytes, path: Path) -> None:
    """The file, whole or not at all."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
