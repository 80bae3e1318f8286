"""`brightline check RULEBOOK`: every problem of a rulebook, and what was looked at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from brightline.commands.inputs import Day, rulebook_folder
from brightline.commands.language import language_option
from brightline.commands.outputs import output_option, written_to
from brightline.commands.page import say
from brightline.commands.verbs import FINDINGS, N_, Option, Verb
from brightline.i18n import _, format_number, ngettext

if TYPE_CHECKING:
    from brightline.rulebook.laws import Findings
    from brightline.rulebook.model import Rulebook


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
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(["text", "json", "sarif", "html"]),
    default="text",
    show_default=True,
    help=N_("How to write the answer; sarif is for code-review tools, html to print or send."),
)
@output_option
@language_option
@click.pass_context
def check(
    context: click.Context,
    rulebook: str,
    as_of: date | None,
    strict: bool,
    form: str,
    output: str | None,
) -> None:
    """Checks a rulebook and prints what was found."""
    folder, today = rulebook_folder(rulebook), as_of or date.today()
    findings = examined(folder, today)
    errors = sum(problem.severity == "error" for problem in findings.problems)
    with written_to(output):
        if form == "json":
            _print_json(findings)
        elif form == "sarif":
            _print_sarif(findings)
        elif form == "html":
            _print_html(findings, folder, today)
        else:
            _print_text(findings)
    if errors or (strict and findings.problems):
        context.exit(FINDINGS)


def examined(folder: Path, today: date) -> Findings:
    """The rulebook, None where it cannot be read, and every problem, those of signals too."""
    from brightline.rulebook.laws import check as check_laws
    from brightline.signals.checking import LAWS

    return check_laws(folder, today, LAWS)


def counted(book: Rulebook) -> dict[str, int]:
    """How much there is of everything that `check` looks at."""
    return {
        "sops": len(book.sops),
        "clauses": sum(len(sop.clauses) for sop in book.sops),
        "facts": len(book.facts) + sum(len(sop.facts) for sop in book.sops),
        "examples": sum(len(sop.examples) for sop in book.sops),
        "laws": len(book.law),
        "terms": sum(len(terms) for terms in book.lexicons.values()),
    }


def _print_json(findings: Findings) -> None:
    import json

    severities = Counter(str(problem.severity) for problem in findings.problems)
    book = None if severities["error"] else findings.rulebook
    found = {
        "rulebook": book.sha if book is not None else None,
        "problems": [problem.as_dict() for problem in findings.problems],
        "accepted": [
            {
                **one.problem.as_dict(),
                "date": one.acceptance.date.isoformat(),
                "reason": one.acceptance.reason,
            }
            for one in findings.accepted
        ],
        "counts": {
            "error": severities["error"],
            "warning": severities["warning"],
            "accepted": len(findings.accepted),
            "checked": counted(book) if book is not None else None,
        },
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _print_sarif(findings: Findings) -> None:
    import json

    from brightline.reports.sarif import sarif

    click.echo(json.dumps(sarif(findings), ensure_ascii=False, indent=2))


def _print_html(findings: Findings, folder: Path, today: date) -> None:
    from brightline.i18n import LANGUAGES, language, use
    from brightline.reports.check_page import check_page

    by_language = {language(): findings}
    for lang in LANGUAGES:
        if lang not in by_language:
            with use(lang):
                by_language[lang] = examined(folder, today)
    book = findings.rulebook

    def checked() -> str:
        if book is None:
            return ""
        return _("Checked: {parts}.").format(parts=", ".join(what_was_checked(book)))

    click.echo(check_page(by_language, folder.name, today, checked))


def _print_text(findings: Findings) -> None:
    from brightline.rulebook.problems import render

    problems = findings.problems
    errors = sum(problem.severity == "error" for problem in problems)
    book = None if errors else findings.rulebook
    for problem in problems:
        click.echo(render(problem, color=True))
        click.echo()
    warnings = len(problems) - errors
    if book is not None:
        click.echo(_("Checked: {parts}.").format(parts=", ".join(what_was_checked(book))))
    if findings.accepted:
        count = len(findings.accepted)
        words = ngettext(
            "{n} finding is accepted on purpose, with a reason.",
            "{n} findings are accepted on purpose, with a reason.",
            count,
        )
        click.echo(words.format(n=format_number(count)))
    if errors or warnings:
        tone = "red" if errors else "yellow"
        example = f"brightline explain {problems[0].code}"
        say(_("What a code means and how to mend it: {command}").format(command=example), dim=True)
        click.secho(f"{_errors(errors)}, {_warnings(warnings)}.", fg=tone, bold=True)
    else:
        click.secho(_("No problems: the rulebook is clean."), fg="green", bold=True)
    if book is not None:
        click.secho(_("Version {sha}").format(sha=book.sha), dim=True)


def what_was_checked(book: Rulebook) -> list[str]:
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
