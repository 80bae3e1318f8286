"""`brightline check RULEBOOK`: every problem of a rulebook, and what was looked at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click

from brightline.commands.inputs import Day, format_option, rulebook_folder
from brightline.commands.language import language_option
from brightline.commands.verbs import FINDINGS, N_, Option, Verb
from brightline.i18n import _, format_number, ngettext


@click.command(
    cls=Verb,
    short_help=N_("Find everything that is wrong with a rulebook."),
    help=N_(
        "Find everything that is wrong with a rulebook, in one go: each problem with its file, "
        "line and column, and how to mend it. Exit code 1 where there is an error."
    ),
)
@click.argument("rulebook")
@click.option(
    "--as-of",
    cls=Option,
    type=Day(),
    metavar="DATE",
    help=N_("Judge review dates as of this day (2026-06-30); default: today."),
)
@click.option(
    "--strict", cls=Option, is_flag=True, help=N_("Exit code 1 for a warning too, not only errors.")
)
@format_option
@language_option
@click.pass_context
def check(
    context: click.Context, rulebook: str, as_of: date | None, strict: bool, form: str
) -> None:
    """Checks a rulebook and prints what was found."""
    found, problems = examined(rulebook_folder(rulebook), as_of or date.today())
    errors = sum(problem.severity == "error" for problem in problems)
    book = None if errors else found
    if form == "json":
        _print_json(problems, book)
    else:
        _print_text(problems, book)
    if errors or (strict and problems):
        context.exit(FINDINGS)


def examined(folder: Path, today: date) -> tuple[Any, list[Any]]:
    """The rulebook, None where it cannot be read, and every problem, those of signals too."""
    from brightline.rulebook.checking import examine
    from brightline.signals import checking

    return examine(folder, today, [checking.problems])


def counted(book: Any) -> dict[str, int]:
    """How much there is of everything that `check` looks at."""
    return {
        "sops": len(book.sops),
        "clauses": sum(len(sop.clauses) for sop in book.sops),
        "facts": len(book.facts) + sum(len(sop.facts) for sop in book.sops),
        "examples": sum(len(sop.examples) for sop in book.sops),
        "laws": len(book.law),
        "terms": sum(len(terms) for terms in book.lexicons.values()),
    }


def _print_json(problems: list[Any], book: Any) -> None:
    import json

    severities = Counter(str(problem.severity) for problem in problems)
    found = {
        "rulebook": book.sha if book is not None else None,
        "problems": [problem.as_dict() for problem in problems],
        "counts": {
            "error": severities["error"],
            "warning": severities["warning"],
            "checked": counted(book) if book is not None else None,
        },
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _print_text(problems: list[Any], book: Any) -> None:
    from brightline.rulebook.problems import render

    for problem in problems:
        click.echo(render(problem, color=True))
        click.echo()
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if book is not None:
        click.echo(_("Checked: {parts}.").format(parts=", ".join(what_was_checked(book))))
    if errors or warnings:
        tone = "red" if errors else "yellow"
        click.secho(f"{_errors(errors)}, {_warnings(warnings)}.", fg=tone, bold=True)
    else:
        click.secho(_("No problems: the rulebook is clean."), fg="green", bold=True)
    if book is not None:
        click.secho(_("Version {sha}").format(sha=book.sha), dim=True)


def what_was_checked(book: Any) -> list[str]:
    """`5 SOPs`, `63 clauses`, …"""
    n = counted(book)
    words = {
        "sops": ngettext("{n} SOP", "{n} SOPs", n["sops"]),
        "clauses": ngettext("{n} clause", "{n} clauses", n["clauses"]),
        "facts": ngettext("{n} fact", "{n} facts", n["facts"]),
        "examples": ngettext("{n} example", "{n} examples", n["examples"]),
        "laws": ngettext("{n} legal instrument", "{n} legal instruments", n["laws"]),
        "terms": ngettext("{n} term", "{n} terms", n["terms"]),
    }
    return [text.format(n=format_number(n[key])) for key, text in words.items()]


def _errors(count: int) -> str:
    return ngettext("{n} error", "{n} errors", count).format(n=format_number(count))


def _warnings(count: int) -> str:
    return ngettext("{n} warning", "{n} warnings", count).format(n=format_number(count))
