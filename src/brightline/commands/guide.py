"""`brightline guide RULEBOOK -o DIR`: the guideline as a website and PDFs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.inputs import as_of_option, read_rulebook
from brightline.commands.language import put_in_force
from brightline.commands.page import say
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import LANGUAGES, _, format_number, ngettext

if TYPE_CHECKING:
    from brightline.reports.guide.site import Guideline


def _chosen(
    _context: click.Context, _option: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    if value:
        put_in_force(value[0])
    return tuple(dict.fromkeys(value))


@click.command(
    cls=Verb,
    short_help=N_("Write the guideline: a website and PDFs."),
    help=N_(
        "Write the guideline that people read: a website that needs no server, with a flowchart "
        "for every SOP and a search box, and PDFs with cheat sheets. Everything in it comes from "
        "the rulebook. Exit code 1 where the PDFs could not be made."
    ),
)
@click.argument("rulebook")
@click.option(
    "--output",
    "-o",
    cls=Option,
    metavar="DIR",
    required=True,
    help=N_("Write to this folder. One made by this command before is replaced as a whole."),
)
@click.option(
    "--previous",
    cls=Option,
    metavar="OLD",
    help=N_("Tell, too, what changed since this older version of the rulebook."),
)
@click.option(
    "--lang",
    "languages",
    cls=Option,
    type=click.Choice(LANGUAGES),
    multiple=True,
    is_eager=True,
    callback=_chosen,
    help=N_("A language of the guideline; give it again for another. Default: all."),
)
@click.option("--no-pdf", cls=Option, is_flag=True, help=N_("Make the website only."))
@as_of_option
@click.pass_context
def guide(
    context: click.Context,
    rulebook: str,
    output: str,
    previous: str | None,
    languages: tuple[str, ...],
    no_pdf: bool,
    as_of: date | None,
) -> None:
    """Writes the guideline and says what was written."""
    from brightline.reports.guide.folder import MARK, Occupied
    from brightline.reports.guide.printing import NoPango, need_pango
    from brightline.reports.guide.writing import written

    book = read_rulebook(rulebook)
    on = as_of or date.today()
    without = ""
    if not no_pdf:
        try:
            need_pango()
        except NoPango as missing:
            without = str(missing)
    guideline = _guideline(book, on, languages, previous, pdf=not no_pdf and not without)
    try:
        made = written(guideline, Path(output), _progress)
    except Occupied:
        raise Unusable(
            _("{path} is there, and {command} did not make it").format(
                path=output, command="brightline guide"
            ),
            _("name a new folder; only one that holds {mark} is replaced").format(mark=MARK),
            file=output,
        ) from None
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(path=output, error=error.strerror),
            _("name a folder in a place that you may write to"),
            file=output,
        ) from None
    _summary(output, made.pages, made.pdfs)
    if without:
        _say_pango_is_missing(without)
        context.exit(FINDINGS)


def _guideline(
    book: Any, on: date, wanted: tuple[str, ...], previous: str | None, pdf: bool
) -> Guideline:
    from brightline.reports.guide.site import Guideline

    comparison = None
    if previous is not None:
        from brightline.rulebook.comparing.comparison import compare

        comparison = compare(read_rulebook(previous), book, on)
    spoken = tuple(lang for lang in book.languages if lang in LANGUAGES) or LANGUAGES
    missing = [lang for lang in wanted if lang not in spoken]
    if missing:
        raise Unusable(
            _("the rulebook is not written in {language}").format(language=missing[0]),
            _("its languages: {languages}").format(languages=", ".join(spoken)),
        )
    return Guideline(book, on, wanted or spoken, comparison, pdf)


def _progress(what: str) -> None:
    click.echo(click.style(what, dim=True), err=True)


def _summary(output: str, pages: int, pdfs: list[tuple[str, int]]) -> None:
    said = ngettext("{n} page in {path}", "{n} pages in {path}", pages)
    say(said.format(n=format_number(pages), path=output), bold=True)
    for name, count in pdfs:
        words = ngettext("{name}: {n} page", "{name}: {n} pages", count)
        say(words.format(name=name, n=format_number(count)), "  ")
    say(_("Open {file} in a browser.").format(file=Path(output) / "index.html"))


def _say_pango_is_missing(reason: str) -> None:
    word = click.style(_("No PDF was made:"), fg="red", bold=True)
    said = _("Pango, which sets the text, is not installed.")
    click.echo(f"{word} {said} ({reason.splitlines()[0][:120]})", err=True)
    hint = _("on Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0")
    click.echo(click.style(_("hint: {hint}").format(hint=hint), fg="cyan"), err=True)
