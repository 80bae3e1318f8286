"""The command `brightline`: which verbs there are. Each loads its code only when it is called."""

from __future__ import annotations

import sys

import click

from brightline import __version__
from brightline.commands.completion import completion
from brightline.commands.language import language_option
from brightline.commands.verbs import N_, LazyGroup, Option


@click.group(
    cls=LazyGroup,
    help=N_(
        "Moderation rulebooks that people read and machines run. "
        "RULEBOOK is a folder with a rulebook.yaml; try `brightline demo` first."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@language_option
@click.version_option(
    __version__,
    "--version",
    prog_name="brightline",
    cls=Option,
    help=N_("Show the version and leave."),
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Shows the help where no verb is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


cli.lazy = {
    "check": N_("Find everything that is wrong with a rulebook."),
    "explain": N_("Say what a problem code means, and how to mend it."),
    "decide": N_("Decide one case, and say why."),
    "ask": N_("Decide a case by answering questions."),
    "screen": N_("Decide a file of cases."),
    "cases": N_("Keep past cases in a store of files, for back-tests."),
    "prices": N_("Bring the table of prices up to date."),
    "diff": N_("Say what changes between two versions, and for which cases."),
    "backtest": N_("Say what a new version would have done to past cases."),
    "guide": N_("Write the guideline: a website and PDFs."),
    "export": N_("Write the rulebook as a spreadsheet, DMN or flowcharts."),
    "import": N_("Take a spreadsheet or DMN file into a rulebook."),
    "schema": N_("Print the JSON Schema of a rulebook's files, for editors."),
    "serve": N_("Run the workbench, in which people decide cases."),
    "admin": N_("Add people, publish a rulebook: on the server."),
    "releases": N_("Say which rulebook is in force, or was at a moment."),
    "verify": N_("Check that the workbench's log and decisions are as they were written."),
    "demo": N_("Show it all: the rules at work, then the workbench with sample data."),
}
cli.add_command(completion)


def main() -> None:
    """Run the command line on `sys.argv`."""
    cli.main(sys.argv[1:], prog_name="brightline")
