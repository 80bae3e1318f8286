"""`brightline completion bash|zsh|fish`: print the script that completes verbs and options."""

from __future__ import annotations

import click

from brightline.commands.language import language_option
from brightline.commands.verbs import N_, Verb


@click.command(
    cls=Verb,
    short_help=N_("Print the script that completes commands in your shell."),
    help=N_(
        "Print the script that completes commands in your shell. For bash, put this line into "
        '~/.bashrc: eval "$(brightline completion bash)"'
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@language_option
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Prints Click's completion script for a shell."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(context.find_root().command, {}, "brightline", "_BRIGHTLINE_COMPLETE").source())
