"""`brightline prices RULEBOOK LISTINGS`: the table of prices, brought up to date."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import click

from brightline.commands.inputs import Day, format_option, read_rulebook, rulebook_folder
from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.progress import progress_bar
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _, format_date, format_number, ngettext

MOST_SHOWN = 12


@click.command(
    cls=Verb,
    short_help=N_("Bring the table of prices up to date."),
    help=N_(
        "Count the prices of a file of listings by category and brand, add them to the "
        "rulebook's table of prices and write it to tables/ under its day. LISTINGS is csv, jsonl "
        "or parquet, by its name. Count each listing once: a file given twice counts twice."
    ),
)
@click.argument("rulebook")
@click.argument("listings")
@click.option(
    "--map", "mapping", cls=Option, metavar="FILE",
    help=N_("A small YAML file that says which column is which attribute."),
)  # fmt: skip
@click.option(
    "--table", cls=Option, metavar="NAME",
    help=N_("Which table, where the rulebook has several."),
)  # fmt: skip
@click.option(
    "--day", cls=Option, type=Day(), metavar="DATE",
    help=N_("The day of the new table (2026-06-30); default: today."),
)  # fmt: skip
@click.option(
    "--half-life", cls=Option, type=click.FloatRange(1, 36500), metavar="DAYS",
    help=N_("Let older prices count for half after so many days; default: they count in full."),
)  # fmt: skip
@click.option(
    "--anew", cls=Option, is_flag=True, help=N_("Leave out what was counted before.")
)  # fmt: skip
@format_option
@language_option
@click.pass_context
def prices(
    context: click.Context,
    rulebook: str,
    listings: str,
    mapping: str | None,
    table: str | None,
    day: date | None,
    half_life: float | None,
    anew: bool,
    form: str,
) -> None:
    """Counts, writes the table, and says what it holds."""
    from brightline.screening.errors import UnusableCases
    from brightline.screening.price_table import update_prices

    book, folder = read_rulebook(rulebook), rulebook_folder(rulebook)
    source = _source(book, table)
    if half_life is not None and math.isnan(half_life):
        raise Unusable(_("{value} is no number of days").format(value=half_life))
    try:
        with progress_bar(form == "text", _("Counting prices")) as moved:
            update = update_prices(
                book,
                folder,
                source,
                Path(listings),
                day or date.today(),
                half_life=half_life,
                anew=anew,
                mapping=Path(mapping) if mapping else None,
                progress=moved,
            )
    except UnusableCases as error:
        raise Unusable(error.message, error.hint) from None
    except OSError as error:
        raise Unusable(
            _("{path} cannot be used: {reason}").format(
                path=error.filename or listings, reason=error.strerror or error
            )
        ) from None
    if not update.counted:
        raise Unusable(
            _("no listing of {path} has both a price and a category").format(path=listings),
            _("say which columns they are with --map; no table was written"),
        )
    if form == "json":
        _as_json(update)
    else:
        _show(update, source)
    if update.rejected:
        context.exit(FINDINGS)


def _source(book: Any, table: str | None) -> Any:
    """The table to fill. Raises `Unusable` where there is none, or more than one."""
    from brightline.screening.price_table import price_sources

    sources = price_sources(book)
    names = sorted({source.table for source in sources})
    wanted = [source for source in sources if table in (None, source.table)]
    if not sources:
        raise Unusable(
            _("no fact of this rulebook looks into a table of prices"),
            _("give one `from: {signal: price_level, table: …}`"),
        )
    if not wanted:
        raise Unusable(
            _("no fact looks into a table of prices {name}").format(name=table),
            _("there are: {names}").format(names=", ".join(names)),
        )
    if len({source.table for source in wanted}) > 1:
        raise Unusable(
            _("there are several tables of prices"),
            _("choose one: --table {names}").format(names=" | ".join(names)),
        )
    return wanted[0]


def _as_json(update: Any) -> None:
    import json

    from brightline.signals.price_level.judging import LEAST_LISTINGS

    found = {
        "table": str(update.path),
        "since": update.since.isoformat() if update.since else None,
        "counted": update.counted,
        "without_price": update.without_price,
        "without_category": update.without_category,
        "other_subject": update.other_subject,
        "rejected": update.rejected,
        "least": LEAST_LISTINGS,
        "groups": [
            {
                "category": group.category,
                "brand": group.brand or None,
                "listings": round(level.listings, 1),
                "median": round(level.median),
                "lowest_ordinary": round(level.fence),
            }
            for group, level in update.groups
        ],
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _show(update: Any, source: Any) -> None:
    from brightline.commands.tables import show_table
    from brightline.signals.price_level.judging import LEAST_LISTINGS, rounded

    count = format_number(update.counted)
    click.secho(
        ngettext("{n} price of {all} read was counted", "{n} prices of {all} read were counted",
                 update.counted).format(n=count, all=format_number(update.read)),
        bold=True,
    )  # fmt: skip
    for label, number in (
        (_("without a price"), update.without_price),
        (_("without a category"), update.without_category),
        (_("of another subject"), update.other_subject),
        (_("rows that cannot be read"), update.rejected),
    ):
        if number:
            say(f"{label}: {format_number(number)}", "  ")
    groups = list(update.groups)
    enough = [pair for pair in groups if pair[1].listings >= LEAST_LISTINGS]
    say(
        _("{n} of {all} groups have the {least} prices that a comparison takes:").format(
            n=format_number(len(enough)), all=format_number(len(groups)), least=LEAST_LISTINGS
        )
    )
    shown = sorted(enough, key=lambda pair: -pair[1].listings)[:MOST_SHOWN]
    if shown:
        click.echo()
        show_table(
            "",
            (_("category and brand"), _("prices"), _("median"), _("ordinary from")),
            [
                (
                    f"{group.category} · {group.brand or _('all brands')}",
                    format_number(round(level.listings)),
                    rounded(level.median),
                    rounded(level.fence),
                )
                for group, level in shown
            ],
        )
        if len(enough) > len(shown):
            say(_("… and {n} more").format(n=format_number(len(enough) - len(shown))), "  ")
    click.echo()
    since = (
        _("added to the table of {day}").format(day=format_date(update.since))
        if update.since
        else ""
    )
    say(f"{update.path}" + (f" ({since})" if since else ""))
