"""`brightline import FILE [--into RULEBOOK] [-o DIR]`: a workbook or DMN back into YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from brightline.commands.inputs import format_option, read_rulebook, rulebook_folder
from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _


@click.command(
    "import",
    cls=Verb,
    short_help=N_("Take a spreadsheet or DMN file into a rulebook."),
    help=N_(
        "Read a workbook (.xlsx) that `brightline export` wrote and people edited, or a DMN file. "
        "With --into only the files that change are written. Decision tables of other tools become "
        "draft SOPs; exit code 1 then, since texts are left to write. What cannot be carried is "
        "named, with its sheet and cell or its line, and nothing is written."
    ),
)
@click.argument("file")
@click.option(
    "--into", cls=Option, metavar="RULEBOOK",
    help=N_("The rulebook that the file changes; what the file does not hold stays."),
)  # fmt: skip
@click.option(
    "--output", "-o", cls=Option, metavar="DIR",
    help=N_("Write to this new folder. With --into it may be left out: the rulebook is changed."),
)  # fmt: skip
@format_option
@language_option
@click.pass_context
def import_(
    context: click.Context, file: str, into: str | None, output: str | None, form: str
) -> None:
    """Reads, writes, and says what changed."""
    from brightline.exchange.folder import Occupied, put

    if into is None and output is None:
        raise Unusable(
            _("say where to write"), _("name a new folder with -o, or a rulebook with --into")
        )
    base = read_rulebook(into) if into is not None else None
    folder = rulebook_folder(into) if into is not None else None
    if folder is not None and folder.is_file():
        folder = folder.parent
    found = _read(file, base, folder)
    target = Path(output) if output is not None else folder
    assert target is not None
    try:
        put(found.plan.files, target, folder)
    except Occupied:
        raise Unusable(
            _("{path} is there and holds files").format(path=target),
            _("name a new or empty folder"),
            file=str(target),
        ) from None
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(path=target, error=error.strerror),
            _("name a folder in a place that you may write to"),
            file=str(target),
        ) from None
    if form == "json":
        _as_json(found, target)
    else:
        _show(found, target)
    if found.kind == "drafts":
        context.exit(FINDINGS)


def _read(file: str, base: Any, folder: Path | None) -> Any:
    from brightline.exchange.faults import Unreadable
    from brightline.exchange.importing import imported

    try:
        return imported(Path(file), base, folder)
    except Unreadable as found:
        raise Unusable(
            _("{path} cannot be taken over; what is wrong stands above").format(path=file),
            _("mend it there and import again; nothing was written"),
            file=file,
            problems=found.problems,
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unusable(
            _("{path} cannot be read: {reason}").format(path=file, reason=reason), file=file
        ) from None


def _as_json(found: Any, target: Path) -> None:
    told = {
        "kind": found.kind,
        "folder": str(target),
        "rulebook": found.rulebook.sha if found.rulebook is not None else None,
        "files": [
            {"name": change.name, "fate": change.fate, "lost_comments": list(change.lost)}
            for change in found.changes
        ],
        "notes": found.notes,
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _show(found: Any, target: Path) -> None:
    fates = {"new": _("new"), "changed": _("changed"), "kept": _("not in the file, kept as it was")}
    told = [change for change in found.changes if change.fate != "same"]
    written = [change for change in told if change.fate != "kept"]
    say(str(target) if written else _("Nothing changes."), bold=True)
    for change in told:
        say(f"{change.name}: {fates[change.fate]}", "  ")
        for line in change.lost:
            say(_("a comment could not be kept: {line}").format(line=line), "    ", fg="yellow")
    for note in found.notes:
        say(note, "  ", fg="yellow")
    check = f"brightline check {target}"
    if found.kind == "drafts":
        say(
            _("These are drafts. What is left to write is listed by: {command}").format(
                command=check
            )
        )
    elif written:
        say(_("Then run: {command}").format(command=check))
