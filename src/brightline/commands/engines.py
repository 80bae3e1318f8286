"""`--engine` and `--spark-conf`: where the work of a verb is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from brightline.commands.verbs import N_, Option, Unusable
from brightline.i18n import _


def engine_options(command: Any) -> Any:
    """Give a command the options `--engine` and `--spark-conf` (`settings`)."""
    engine = click.option(
        "--engine", cls=Option, type=click.Choice(["local", "spark"]), default="local",
        show_default=True,
        help=N_("Where the work is done: here, or on the machines of Apache Spark."),
    )  # fmt: skip
    settings = click.option(
        "--spark-conf", "settings", cls=Option, metavar="NAME=VALUE", multiple=True,
        help=N_(
            "A setting of Spark's, such as spark.master=spark://HOST:7077; as often as needed."
        ),
    )  # fmt: skip
    return engine(settings(command))


def settings_of(given: Sequence[str], engine: str) -> dict[str, str] | None:
    """NAME=VALUE, many times, as a dictionary; None where the engine is not Spark.

    Raises `Unusable` where a setting is not of that form, or of no use.
    """
    if given and engine != "spark":
        raise Unusable(
            _("--spark-conf is of no use without --engine spark"), _("add --engine spark")
        )
    if engine != "spark":
        return None
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.startswith("spark."):
            raise Unusable(
                _("{text} is no setting of Spark's").format(text=text[:80]),
                _("write --spark-conf NAME=VALUE, as in spark.executor.memory=4g"),
            )
        found[name] = value
    return found
