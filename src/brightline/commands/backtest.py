"""`brightline backtest OLD NEW CASES`: what a new version would have done to past cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.engines import engine_options, settings_of
from brightline.commands.inputs import as_of_option, read_rulebook, suggestions_option
from brightline.commands.language import language_option
from brightline.commands.outputs import output_option, written_to
from brightline.commands.progress import progress_bar
from brightline.commands.queue_outlook import outlook_for, queue_options, show_outlook
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _

if TYPE_CHECKING:
    from brightline.backtesting.results import Backtest


@click.command(
    cls=Verb,
    short_help=N_("Say what a new version would have done to past cases."),
    help=N_(
        "Put past cases to two versions of a rulebook and say what would have become of them. "
        "CASES is csv, jsonl or parquet, as `screen` reads it, or a folder of Parquet files. A "
        "case whose stored facts do not settle it is counted as such, never guessed. Exit code 1 "
        "where a case changes, may change, or cannot be read."
    ),
)
@click.argument("old")
@click.argument("new")
@click.argument("cases")
@click.option(
    "--map", "mapping", cls=Option, metavar="FILE",
    help=N_("A small YAML file that says which column is which attribute."),
)  # fmt: skip
@click.option(
    "--category", cls=Option, metavar="COLUMN",
    help=N_("The column with the category; default: category."),
)  # fmt: skip
@click.option(
    "--segment", cls=Option, metavar="COLUMN",
    help=N_("The column with the seller's segment; default: seller_segment, seller_kind."),
)  # fmt: skip
@click.option(
    "--decided", cls=Option, metavar="COLUMN",
    help=N_("The column with the action that a moderator took; default: human_action."),
)  # fmt: skip
@engine_options
@queue_options
@as_of_option
@suggestions_option
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["text", "json", "html"]), default="text",
    show_default=True, help=N_("How to write the answer; html is a page to print or send."),
)  # fmt: skip
@output_option
@language_option
@click.pass_context
def backtest(
    context: click.Context,
    /,
    old: str,
    new: str,
    cases: str,
    mapping: str | None,
    category: str | None,
    segment: str | None,
    decided: str | None,
    as_of: date | None,
    assume_suggestions: bool,
    engine: str,
    settings: tuple[str, ...],
    form: str,
    output: str | None,
    **queue: Any,
) -> None:
    """Prints what would have become of the cases."""
    from brightline.backtesting.grouping import By
    from brightline.backtesting.report import VersionNames

    spark = settings_of(settings, engine)
    if spark is not None and queue.get("shifts"):
        raise Unusable(
            _("--shifts reads the times of the cases on this machine"),
            _("leave out --engine spark"),
        )
    before, now = read_rulebook(old), read_rulebook(new)
    with progress_bar(form == "text" and output is None, _("Back-testing")) as progress:
        found = tested(
            before,
            now,
            cases,
            names=VersionNames(old, new),
            mapping=Path(mapping) if mapping else None,
            by=By(category, segment, decided),
            as_of=as_of,
            assume_suggestions=assume_suggestions,
            progress=progress,
            spark=spark,
        )
    outlook = outlook_for(found, cases, now, Path(mapping) if mapping else None, **queue)
    with written_to(output):
        if form == "json":
            import json

            said = found.to_json() | {"queue": outlook.to_json() if outlook else None}
            click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        elif form == "html":
            from brightline.reports.backtest_page import backtest_page

            click.echo(backtest_page(found, outlook, now))
        else:
            from brightline.commands.backtest_page import show_backtest

            show_backtest(found)
            if outlook is not None:
                show_outlook(outlook)
    if found.changed or found.may_change or found.refused:
        context.exit(FINDINGS)


def tested(
    before: Any, now: Any, cases: str, spark: dict[str, str] | None, **options: Any
) -> Backtest:
    """The back-test of a file. Raises `Unusable` where the files cannot be used.

    `spark`: settings of Spark's, where the work is Spark's.
    """
    from brightline.backtesting.run import backtest as run
    from brightline.screening.errors import UnusableCases

    try:
        if spark is not None:
            from brightline.screening.spark.session import check_pyspark

            check_pyspark()
            from brightline.backtesting.by_spark import backtest_with_spark

            return backtest_with_spark(before, now, cases, settings=spark, **options)
        return run(before, now, Path(cases), **options)
    except UnusableCases as error:
        raise Unusable(error.message, error.hint) from None
    except OSError as error:
        path = error.filename or cases
        raise Unusable(
            _("{path} cannot be used: {reason}").format(path=path, reason=error.strerror or error)
        ) from None
