"""`brightline cases …`: a store of past cases on files, for back-tests."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from brightline.commands.inputs import format_option, read_rulebook
from brightline.commands.language import language_option
from brightline.commands.progress import progress_bar
from brightline.commands.serve import home_option, started
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _


class Group(Verb, click.Group):
    """A group of verbs whose help is translated."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their short helps."""
        rows = [
            (name, _(command.short_help) if command.short_help else "")
            for name, command in self.commands.items()
        ]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


@click.group(
    cls=Group,
    short_help=N_("Keep past cases in a store of files, for back-tests."),
    help=N_(
        "Keep past cases as Parquet files, with what is known of them, who told it, what people "
        "decided and what the cases ought to come to. STORE is a folder; `brightline backtest` "
        "takes it in place of a file of cases."
    ),
)
@language_option
def cases() -> None:
    """Holds the verbs of the store."""


@cases.command(
    "append", cls=Verb, short_help=N_("Read cases with the signals and put them in."),
    help=N_(
        "Read the cases of FILES (csv, jsonl or parquet) with the signals of a rulebook, and put "
        "them into STORE, which is made if it is not there. All appear at once or none; the same "
        "case again is not doubled. Rows that cannot be read are listed, and the exit code is 1."
    ),
)  # fmt: skip
@click.argument("store")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--rulebook", cls=Option, required=True, metavar="RULEBOOK",
    help=N_("The rulebook whose signals read the cases."),
)  # fmt: skip
@click.option(
    "--map", "mapping", cls=Option, metavar="FILE",
    help=N_("A small YAML file that says which column is which attribute."),
)  # fmt: skip
@click.option(
    "--without-attributes", cls=Option, is_flag=True,
    help=N_("Keep only the facts, not the texts that they were read from."),
)  # fmt: skip
@format_option
@language_option
@click.pass_context
def append(
    context: click.Context,
    store: str,
    files: tuple[str, ...],
    rulebook: str,
    mapping: str | None,
    without_attributes: bool,
    form: str,
) -> None:
    """Puts cases into the store and says what became of them."""
    from brightline.commands.cases_page import kept_json, show_kept
    from brightline.screening.storing import keep_cases

    book = read_rulebook(rulebook)
    with usable(), progress_bar(form == "text", _("Reading cases")) as moved:
        kept = keep_cases(
            book,
            [Path(path) for path in files],
            Path(store),
            mapping=Path(mapping) if mapping else None,
            attributes=not without_attributes,
            progress=moved,
        )
    if not said(kept_json(kept), form):
        show_kept(kept, store)
    if kept.rejected:
        context.exit(FINDINGS)


@cases.command(
    "label", cls=Verb, short_help=N_("Put beside the cases what they ought to come to."),
    help=N_(
        "Read labels from FILE (csv, jsonl or parquet) with the columns id and action, and, where "
        "it has them, subject, day, clause, by, at, note and label."
    ),
)  # fmt: skip
@click.argument("store")
@click.argument("file")
@click.option(
    "--as", "label", cls=Option, default="golden", show_default=True, metavar="NAME",
    help=N_("What the labels are called where the file does not say it."),
)  # fmt: skip
@format_option
@language_option
@click.pass_context
def label(context: click.Context, store: str, file: str, label: str, form: str) -> None:
    """Puts labels into the store."""
    from brightline.casestore.store import Store
    from brightline.screening.beside import put_labels

    with usable():
        put = put_labels(Store(Path(store)), Path(file), label)
    _beside(context, put, store, file, form)


@cases.command(
    "decisions", cls=Verb, short_help=N_("Put beside the cases what people decided."),
    help=N_(
        "Read past decisions from FILE (csv, jsonl or parquet) with the columns id, action and at, "
        "and, where it has them, subject, day, how, by, queue, clauses, points, questions, seconds."
    ),
)  # fmt: skip
@click.argument("store")
@click.argument("file")
@format_option
@language_option
@click.pass_context
def decisions(context: click.Context, store: str, file: str, form: str) -> None:
    """Puts decisions into the store."""
    from brightline.casestore.store import Store
    from brightline.screening.beside import put_decisions

    with usable():
        put = put_decisions(Store(Path(store)), Path(file))
    _beside(context, put, store, file, form)


def _beside(context: click.Context, put: Any, store: str, file: str, form: str) -> None:
    from brightline.commands.cases_page import put_json, show_put

    if not said(put_json(put, file), form):
        show_put(put, store, file)
    if put.rejected:
        context.exit(FINDINGS)


@cases.command(
    "compact", cls=Verb, short_help=N_("Write many small files together."),
    help=N_(
        "Write the files of every month together, so that they are read faster. Every row stays."
    ),
)  # fmt: skip
@click.argument("store")
@format_option
@language_option
def compact(store: str, form: str) -> None:
    """Compacts the store."""
    from dataclasses import asdict

    from brightline.casestore.compacting import compact as compact_store
    from brightline.casestore.store import Store
    from brightline.commands.cases_page import show_compacted

    with usable():
        made = compact_store(Store(Path(store)))
    if not said(asdict(made), form):
        show_compacted(made)


@cases.command(
    "sample", cls=Verb, short_help=N_("Draw cases by lot into a file."),
    help=N_(
        "Draw cases of STORE by lot and write them to OUT as JSON Lines, which `brightline screen` "
        "takes. The same seed draws the same cases, however they lie in files. With --by as many "
        "of every group; `inclusion` says how likely each was drawn: weigh rates by one over it."
    ),
)  # fmt: skip
@click.argument("store")
@click.option(
    "-o", "--output", "out", cls=Option, required=True, metavar="OUT.jsonl",
    help=N_("Where the cases go."),
)  # fmt: skip
@click.option(
    "-n", "--size", cls=Option, type=click.IntRange(1, 1_000_000), default=200, show_default=True,
    metavar="N", help=N_("How many cases."),
)  # fmt: skip
@click.option(
    "--seed", cls=Option, type=click.IntRange(0, 2**63 - 1), default=1, show_default=True,
    metavar="N", help=N_("Another number draws other cases."),
)  # fmt: skip
@click.option(
    "--by", cls=Option, multiple=True, metavar="WHAT",
    help=N_("As many of every subject, month, source, seller, rulebook, action, how or fact:NAME."),
)  # fmt: skip
@format_option
@language_option
def sample(store: str, out: str, size: int, seed: int, by: tuple[str, ...], form: str) -> None:
    """Draws a sample and writes it."""
    from brightline.casestore.sampling import sample as draw
    from brightline.casestore.store import Store
    from brightline.commands.cases_page import sample_json, show_sample
    from brightline.screening.writing import AtomicFile

    if Path(out).suffix not in (".jsonl", ".ndjson"):
        raise Unusable(
            _("{path}: a sample is written as JSON Lines").format(path=out),
            _("name a file that ends in .jsonl"),
        )
    with usable():
        drawn = draw(Store(Path(store)), size, seed, by)
        with AtomicFile(Path(out)) as target:
            for case in drawn.cases:
                target.file.write(json.dumps(case, ensure_ascii=False).encode() + b"\n")
            target.finish()
    if not said(sample_json(drawn, out, seed, by), form):
        show_sample(drawn, out, by)


@cases.command(
    "describe", cls=Verb, short_help=N_("Say what is in a store."),
    help=N_(
        "Say how many cases STORE holds, of which days and subjects, which facts are known of "
        "them, what was decided and what is labelled."
    ),
)  # fmt: skip
@click.argument("store")
@format_option
@language_option
def describe(store: str, form: str) -> None:
    """Describes the store."""
    from brightline.casestore.describing import describe as describe_store
    from brightline.casestore.store import Store
    from brightline.commands.cases_page import show_description

    with usable():
        opened = Store(Path(store))
        found = describe_store(opened)
        paths = {name: [str(p) for p in opened.paths(name)] for name in found.sizes}
    if not said({**found.to_json(), "paths": paths}, form):
        show_description(found, store)


@contextlib.contextmanager
def usable() -> Iterator[None]:
    """What is wrong with a store, a file or the disk is told to the person."""
    from brightline.casestore.errors import UnusableStore
    from brightline.screening.errors import UnusableCases

    try:
        yield
    except (UnusableStore, UnusableCases) as error:
        raise Unusable(error.message, error.hint) from None
    except OSError as error:
        raise Unusable(
            _("{path} cannot be used: {reason}").format(
                path=error.filename or "", reason=error.strerror or error
            )
        ) from None


def said(data: Any, form: str) -> bool:
    """Print data as JSON where that was asked for; whether it was."""
    if form == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    return form == "json"


@cases.command(
    "export", cls=Verb, short_help=N_("Put the workbench's decided cases into a store."),
    help=N_(
        "Put what was decided in the workbench since the last time into STORE: cases with their "
        "facts, decisions, and what seniors settled. Without STORE, into the one that the nightly "
        "job keeps and the page of back-tests reads. People go out as numbers, not by name."
    ),
)  # fmt: skip
@click.argument("store", required=False)
@click.option(
    "--market", cls=Option, metavar="CODE", help=N_("Which market, where there are several.")
)
@click.option(
    "--without-attributes", cls=Option, is_flag=True,
    help=N_("Keep only the facts, not the texts that they were read from."),
)  # fmt: skip
@click.option(
    "--samples", cls=Option, is_flag=True, help=N_("The made-up cases of the demo too.")
)  # fmt: skip
@home_option
@format_option
@language_option
def export(
    store: str | None,
    market: str | None,
    without_attributes: bool,
    samples: bool,
    home: str | None,
    form: str,
) -> None:
    """Exports the decided cases of a market."""
    from dataclasses import asdict

    from brightline.casestore.store import Store
    from brightline.commands.cases_page import show_exported

    started(home)
    from brightline.workbench.backtests.actions.export_cases import export_cases
    from brightline.workbench.backtests.keeping import store_of
    from brightline.workbench.cases.naming import markets
    from brightline.workbench.drafts.past_files import write_past

    every = markets()
    chosen = market or (every[0] if len(every) == 1 else "")
    if chosen not in every:
        raise Unusable(
            _("there is no market {market}").format(market=market)
            if market
            else _("say which market"),
            _("the markets are: {names}").format(names=", ".join(every))
            if every
            else _("publish a rulebook first: brightline admin publish RULEBOOK"),
        )
    own = store_of(chosen)
    path = Path(store) if store else own
    with usable():
        told = export_cases(chosen, path, None, texts=not without_attributes, samples=samples)
        if path == own:
            write_past(chosen, Store(path))
    if not said({"store": str(path), **{k: asdict(v) for k, v in told.items()}}, form):
        show_exported(told, str(path))
