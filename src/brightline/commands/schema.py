"""`brightline schema [rulebook|law|sop]`: the JSON Schema of a rulebook's files."""

from __future__ import annotations

import click

from brightline.commands.language import language_option
from brightline.commands.verbs import N_, Option, Verb


@click.command(
    cls=Verb,
    short_help=N_("Print the JSON Schema of a rulebook's files, for editors."),
    help=N_(
        "Print the JSON Schema of one kind of file (rulebook.yaml, law.yaml, sops/*.yaml), or of "
        "any of them. An editor uses it to complete keys and to mark mistakes while you type."
    ),
)
@click.argument("kind", required=False, type=click.Choice(["rulebook", "law", "sop"]))
@click.option(
    "--format",
    "form",
    cls=Option,
    type=click.Choice(["json"]),
    default="json",
    help=N_("How to write the answer; a schema is always JSON."),
)
@language_option
def schema(kind: str | None, form: str) -> None:
    """Prints the schema."""
    import json

    from brightline.rulebook.schema import schema as schema_of

    del form
    click.echo(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))
