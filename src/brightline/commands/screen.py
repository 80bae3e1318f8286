"""`brightline screen RULEBOOK CASES -o OUT`: a file of cases in, a file of decisions out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brightline.commands.engines import engine_options, settings_of
from brightline.commands.inputs import (
    as_of_option,
    format_option,
    read_rulebook,
    suggestions_option,
)
from brightline.commands.language import language_option
from brightline.commands.progress import progress_bar
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _


@click.command(
    cls=Verb,
    short_help=N_("Decide a file of cases."),
    help=N_(
        "Decide a file of cases and sum up what came of them. CASES and OUT are csv, jsonl or "
        "parquet, by their names. Rows that cannot be read go to OUT.rejected.jsonl; the rest "
        "goes on, and the exit code is 1. With --engine spark, CASES is a file or a folder of "
        "Parquet and OUT a folder that is made, wherever Spark can reach them."
    ),
)
@click.argument("rulebook")
@click.argument("cases")
@click.option(
    "-o", "--output", "out", cls=Option, required=True, metavar="OUT",
    help=N_("Where the decisions go: OUT.csv, OUT.jsonl or OUT.parquet."),
)  # fmt: skip
@click.option(
    "--map", "mapping", cls=Option, metavar="FILE",
    help=N_("A small YAML file that says which column is which attribute."),
)  # fmt: skip
@as_of_option
@suggestions_option
@click.option(
    "--facts", cls=Option, is_flag=True, help=N_("Write a column for every fact as well.")
)
@click.option(
    "--workers", cls=Option, metavar="N", type=click.IntRange(1, 64), default=2, show_default=True,
    help=N_("How many processes decide a large file side by side."),
)  # fmt: skip
@engine_options
@format_option
@language_option
@click.pass_context
def screen(
    context: click.Context,
    rulebook: str,
    cases: str,
    out: str,
    mapping: str | None,
    as_of: date | None,
    assume_suggestions: bool,
    facts: bool,
    workers: int,
    engine: str,
    settings: tuple[str, ...],
    form: str,
) -> None:
    """Screens a file and prints the summary."""
    spark = settings_of(settings, engine)
    book = read_rulebook(rulebook)
    with progress_bar(form == "text", _("Screening")) as progress:
        options: dict[str, Any] = {
            "mapping": Path(mapping) if mapping else None,
            "as_of": as_of,
            "assume_suggestions": assume_suggestions,
            "facts": facts,
            "progress": progress,
        }
        if spark is not None:
            summary = screened_with_spark(book, cases, out, settings=spark, **options)
        else:
            summary = screened(book, cases, out, workers=workers, **options)
    if form == "json":
        import json

        click.echo(json.dumps(summary.to_json(), ensure_ascii=False, indent=2))
    else:
        from brightline.commands.summary_page import show_summary

        show_summary(summary, book)
    if summary.rejected:
        context.exit(FINDINGS)


def screened_with_spark(book: Any, cases: str, out: str, **options: Any) -> Any:
    """The summary of a screening by Spark. Raises `Unusable` where it cannot be done."""
    from brightline.screening.errors import UnusableCases
    from brightline.screening.spark.session import check_pyspark

    try:
        check_pyspark()
        from brightline.screening.spark.screen import screen_with_spark

        return screen_with_spark(book, cases, out, **options)
    except UnusableCases as error:
        raise Unusable(error.message, error.hint) from None


def screened(book: Any, cases: str, out: str, **options: Any) -> Any:
    """The summary of a screening. Raises `Unusable` where the files cannot be used."""
    from brightline.screening.errors import UnusableCases
    from brightline.screening.screen import screen as screen_cases

    try:
        return screen_cases(book, Path(cases), Path(out), **options)
    except UnusableCases as error:
        raise Unusable(error.message, error.hint) from None
    except OSError as error:
        path = error.filename or cases
        raise Unusable(
            _("{path} cannot be used: {reason}").format(path=path, reason=error.strerror or error)
        ) from None
