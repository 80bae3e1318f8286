"""`--lang`, before or after the verb: the language of everything that is said."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from typing import Any

import click

from brightline.i18n import DOMAIN, LANGUAGES, LOCALE_DIR, N_, default_language, set_language


def language_option(command: Any) -> Any:
    """Give a command the option `--lang`."""
    from brightline.commands.verbs import Option

    return click.option(
        "--lang",
        cls=Option,
        type=click.Choice(LANGUAGES),
        expose_value=False,
        is_eager=True,
        callback=_chosen,
        help=N_("Language: vi or en. Else BRIGHTLINE_LANG, else that of the system."),
    )(command)


def wanted(arguments: Sequence[str]) -> str:
    """The language that the arguments ask for, wherever `--lang` stands among them."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else argument
        if (before == "--lang" or value != argument) and value in LANGUAGES:
            return value
    return default_language()


def put_in_force(language: str) -> None:
    """Speak a language from here on; Click's own messages, which use gettext, speak it too."""
    set_language(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, LOCALE_DIR)
    gettext.textdomain(DOMAIN)


def _chosen(_context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        put_in_force(value)
