"""`brightline explain [CODE]`: what a problem code means, and how to mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from brightline.commands.inputs import format_option
from brightline.commands.language import language_option
from brightline.commands.page import say, wrap
from brightline.commands.verbs import N_, Unusable, Verb
from brightline.i18n import _

if TYPE_CHECKING:
    from brightline.explained import Explanation


@click.command(
    cls=Verb,
    short_help=N_("Say what a problem code means, and how to mend it."),
    help=N_(
        "Say what a problem code (BL-605) means, why it matters, and how to mend it. "
        "Without a code: all of them, a line each."
    ),
)
@click.argument("code", required=False)
@format_option
@language_option
def explain(code: str | None, form: str) -> None:
    """Prints one explanation, or the list of codes."""
    from brightline.explained import explanations

    known = explanations()
    if code is None:
        _print_all(list(known.values()), form)
        return
    found = re.fullmatch(r"(?:BL-?)?(\d{3})", code.strip(), re.IGNORECASE)
    name = f"BL-{found[1]}" if found else ""
    if name not in known:
        raise Unusable(
            _("there is no code {code}").format(code=code[:40]),
            _("brightline explain lists all codes"),
        )
    if form == "json":
        import json

        click.echo(json.dumps(_as_dict(known[name]), ensure_ascii=False, indent=2))
    else:
        _print(known[name])


def _as_dict(one: Explanation) -> dict[str, str]:
    return {"code": one.code, "claim": one.claim, "text": one.text}


def _print_all(known: list[Explanation], form: str) -> None:
    if form == "json":
        import json

        click.echo(json.dumps([_as_dict(one) for one in known], ensure_ascii=False, indent=2))
        return
    for one in known:
        say(one.claim, f"{one.code}  ")


def _print(one: Explanation) -> None:
    """The section laid out: bold as bold, blocks of code as they are."""
    click.secho(one.code, bold=True)
    for at, block in enumerate(re.split(r"```[a-z]*\n(.*?)```", one.text, flags=re.DOTALL)):
        if at % 2:
            click.echo()
            for line in block.rstrip().split("\n"):
                click.secho(f"    {line}", fg="cyan")
            click.echo()
            continue
        for paragraph in re.split(r"\n\s*\n", block.strip()):
            if paragraph:
                click.echo("\n".join(map(_styled, wrap(" ".join(paragraph.split())))))


def _styled(line: str) -> str:
    return re.sub(r"\*\*", "", line)
