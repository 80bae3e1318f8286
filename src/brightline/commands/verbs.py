"""What every verb shares: help in the reader's language, exit codes, no tracebacks, `--lang`.

Exit codes: 0 fine, 1 findings, 2 unusable input, 130 interrupted.
"""

from __future__ import annotations

import copy
import difflib
import importlib
import json
import keyword
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

import click

from brightline.commands.language import put_in_force, wanted
from brightline.i18n import N_, _

if TYPE_CHECKING:
    from brightline.rulebook.problems import Problem

FINDINGS, UNUSABLE, INTERRUPTED = 1, 2, 130

__all__ = ["FINDINGS", "INTERRUPTED", "N_", "UNUSABLE", "LazyGroup", "Option", "Unusable", "Verb"]


class Unusable(click.ClickException):
    """Input that cannot be used: what is wrong, where, and what to do next."""

    exit_code = UNUSABLE

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        problems: Sequence[Problem] = (),
        **place: object,
    ) -> None:
        """`place` holds what is known of where it is: `file`, `line`, `column`."""
        super().__init__(message)
        self.hint, self.problems, self.place = hint, problems, place

    def as_dict(self) -> dict[str, object]:
        """The error as JSON gives it."""
        found: dict[str, object] = {"message": self.message, "hint": self.hint, **self.place}
        if self.problems:
            found["problems"] = [problem.as_dict() for problem in self.problems]
        return found

    def show(self, file: Any = None) -> None:
        """Say it on the error stream."""
        from brightline.commands.page import clean
        from brightline.rulebook.problems import render

        for problem in self.problems:
            click.echo(render(problem, color=True) + "\n", file=file, err=True)
        word = click.style(_("Error:"), fg="red", bold=True)
        click.echo(f"{word} {clean(self.message)}", file=file, err=True)
        if self.hint:
            hint = _("hint: {hint}").format(hint=clean(self.hint))
            click.echo(click.style(hint, fg="cyan"), file=file, err=True)


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help, in the language in force."""
        shown = copy.copy(self)
        shown.help = _(self.help) if self.help else None
        return click.Option.get_help_record(shown, ctx)


class Verb(click.Command):
    """A command whose help is in the language in force."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, translated."""
        shown = copy.copy(self)
        shown.help = _(self.help) if self.help else None
        super(Verb, shown).format_help_text(ctx, formatter)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after the command in its usage."""
        words = {"[OPTIONS]": _("[OPTIONS]"), "[COMMAND] [ARGS]...": _("COMMAND …")}
        pieces = super().collect_usage_pieces(ctx)
        return [words.get(piece, piece) for piece in pieces]

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The parameters; the help option speaks the language in force too."""
        return [_translated(parameter) for parameter in super().get_params(ctx)]


def _translated(parameter: click.Parameter) -> click.Parameter:
    if isinstance(parameter, click.Option) and "--help" in parameter.opts:
        parameter.help = _("Show this help and leave.")
    return parameter


class LazyGroup(Verb, click.Group):
    """A group that knows its verbs by name and loads one only when it is called."""

    lazy: dict[str, str]
    """Verb → its short help, untranslated; the verb lives in `brightline.commands.<verb>`, with an
    underscore after it where the word is one of Python's own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order a newcomer meets them."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, loaded now."""
        if cmd_name in self.lazy:
            name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
            module = importlib.import_module(f"brightline.commands.{name}")
            return getattr(module, name)  # type: ignore[no-any-return]
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the arguments name; an unknown one is met with the closest there is."""
        name = args[0]
        if name not in self.list_commands(ctx) and not name.startswith("-"):
            message = _("there is no command {name}").format(name=repr(name[:60]))
            close = difflib.get_close_matches(name, self.list_commands(ctx), n=1, cutoff=0.5)
            hint = (
                _("did you mean {name}?").format(name=f"brightline {close[0]}")
                if close
                else _("the commands are: {names}").format(names=", ".join(self.list_commands(ctx)))
            )
            raise Unusable(message, hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their short helps, without loading any."""
        rows = [(name, _(text)) for name, text in self.lazy.items()]
        rows += [
            (name, _(command.get_short_help_str(80))) for name, command in self.commands.items()
        ]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> NoReturn:
        """Run, and leave with an exit code; bad input never ends in a traceback."""
        arguments = list(sys.argv[1:] if args is None else args)
        put_in_force(wanted(arguments))
        options["standalone_mode"] = False
        try:
            code = super().main(arguments, *rest, **options)
            sys.exit(code if isinstance(code, int) else 0)
        except click.exceptions.Exit as leaving:
            sys.exit(leaving.exit_code)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            _report(error, arguments)
            sys.exit(UNUSABLE)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _report(error: click.ClickException, arguments: Sequence[str]) -> None:
    """Say what is wrong: on the error stream, or as JSON where JSON was asked for."""
    if "--format=json" not in arguments and ("--format", "json") not in pairwise(arguments):
        error.show()
        return
    plain = {"message": error.format_message(), "hint": None}
    found = error.as_dict() if isinstance(error, Unusable) else plain
    click.echo(json.dumps({"error": found}, ensure_ascii=False, indent=2))
