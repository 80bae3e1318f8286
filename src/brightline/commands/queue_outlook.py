"""What becomes of the queue, for `brightline backtest`: the options that ask for it, the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.page import say
from brightline.commands.tables import show_table
from brightline.commands.verbs import N_, Option, Unusable
from brightline.i18n import _

if TYPE_CHECKING:
    from brightline.backtesting.results import Backtest
    from brightline.forecasting.outlook import Outlook

UNITS = {"m": 60.0, "h": 3600.0, "d": 86_400.0}
LONGEST_SLA = 90 * 86_400.0


class Length(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A length of time on the command line: `24h`."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Seconds; fails on anything that is not a number and m, h or d."""
        if isinstance(value, float):
            return value
        number, unit = str(value).strip()[:-1], str(value).strip()[-1:].lower()
        try:
            found = float(number) * UNITS[unit]
        except (ValueError, KeyError):
            found = 0.0
        if not 0 < found <= LONGEST_SLA:
            self.fail(
                _("{value} is no length of time; write 30m, 24h or 3d").format(value=repr(value)),
                param, ctx,
            )  # fmt: skip
        return found


def queue_options(command: Any) -> Any:
    """Give a command the options that ask for the queue: `--shifts`, `--sla`, `--seconds`, …"""
    for option in reversed(
        (
            click.option(
                "--shifts", cls=Option, metavar="FILE",
                help=N_("Say what becomes of the queue too; a YAML file says who is on when."),
            ),
            click.option(
                "--sla", cls=Option, type=Length(), default="24h", show_default=True,
                metavar="TIME", help=N_("Within what time a case is to be decided: 30m, 24h, 3d."),
            ),
            click.option(
                "--seconds", cls=Option, type=click.FloatRange(1, 14_400), metavar="N",
                help=N_("How long a person takes for a case; default: as measured or stated."),
            ),
            click.option(
                "--learning", cls=Option, type=click.FloatRange(0, 3), default=0.0, metavar="SHARE",
                help=N_("How much slower people are at first under the new rules: 0.2 is a fifth."),
            ),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def outlook_for(
    found: Backtest,
    cases: str,
    book: Any,
    mapping: Path | None,
    *,
    shifts: str | None,
    sla: float,
    seconds: float | None,
    learning: float,
) -> Outlook | None:
    """The outlook that the options ask for; None where they do not. Raises `Unusable`."""
    if shifts is None:
        return None
    from brightline.forecasting.outlook import NoOutlook, outlook_of
    from brightline.forecasting.shifts import UnusableShifts, read_shifts
    from brightline.screening.errors import UnusableCases
    from brightline.screening.mapping import read_mapping
    from brightline.screening.moments import times_of

    try:
        people = read_shifts(Path(shifts))
        times = times_of(Path(cases), book, read_mapping(mapping) if mapping else None)
        return outlook_of(
            found, times.moments, times.by_hour, times.seconds, people,
            sla=sla, given_seconds=seconds, learning=learning,
        )  # fmt: skip
    except (UnusableShifts, UnusableCases, NoOutlook) as error:
        raise Unusable(error.message, error.hint) from None


def show_outlook(outlook: Outlook) -> None:
    """The outlook, for a person at a terminal."""
    from brightline.reports.backtest_outlook import basis, lead, rows

    show_table(_("The queue"), ("", _("Before"), _("Now")), rows(outlook))
    say(lead(outlook), "  ")
    for said in basis(outlook):
        say(said, "  ")
