"""`brightline admin …`: what an administrator does on the server, without a browser."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.serve import home_option, started
from brightline.commands.verbs import N_, Option, Unusable, Verb
from brightline.i18n import _, ngettext

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


class Group(Verb, click.Group):
    """A group of verbs whose help is translated."""


@click.group(
    cls=Group,
    short_help=N_("Add people, publish a rulebook: on the server."),
    help=N_("What an administrator does on the server of the workbench."),
)
@language_option
def admin() -> None:
    """Holds the verbs of the administrator."""


@admin.command(
    "add-person", cls=Verb, short_help=N_("Add a person, or give one another role."),
    help=N_("Add a person who logs in as NAME. The password is asked for."),
)  # fmt: skip
@click.argument("name")
@click.option("--role", cls=Option, required=True, help=N_("Their role: admin, moderator, …"))
@click.option("--market", cls=Option, default="", help=N_("Only in this market."))
@click.option("--queue", cls=Option, default="", help=N_("Only in this queue."))
@home_option
@language_option
def add_person(name: str, role: str, market: str, queue: str, home: str | None) -> None:
    """Adds a person."""
    from brightline.workbench.accounts.roles import Role

    if role not in {one.value for one in Role}:
        raise Unusable(
            _("there is no role {role}").format(role=role),
            _("the roles are: {roles}").format(roles=", ".join(one.value for one in Role)),
        )
    started(home)
    from brightline.workbench.accounts.actions.add_person import add_person as add
    from brightline.workbench.accounts.actions.give_role import give_role
    from brightline.workbench.accounts.models import User

    person: User | None = User.objects.filter(username=name).first()
    if person is None:
        person = add(name, _password(), by=None)
    give_role(person, Role(role), market=market, queue=queue, by=None)
    say(_("{name} may log in now.").format(name=name))


def _password() -> str:
    """A password typed twice. Raises `Unusable` where it is too weak or differs."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    first = getpass.getpass(_("Password: "))
    try:
        validate_password(first)
    except ValidationError as error:
        raise Unusable(" ".join(error.messages)) from None
    if getpass.getpass(_("Once more: ")) != first:
        raise Unusable(_("the two passwords differ"))
    return first


@admin.command(
    "publish", cls=Verb, short_help=N_("Check a rulebook and publish it in its market."),
    help=N_("Check the folder RULEBOOK and, where it has no error, publish it in its market."),
)  # fmt: skip
@click.argument("rulebook")
@click.option("--note", cls=Option, default="", help=N_("What changes, for the record."))
@click.option(
    "--from", "start", cls=Option, metavar="MOMENT",
    help=N_('In force from then on, in Vietnam time: "1/7/2027 00:00" (default: at once).'),
)  # fmt: skip
@click.option(
    "--until", cls=Option, metavar="MOMENT",
    help=N_("Then what was in force before is in force again."),
)  # fmt: skip
@home_option
@language_option
def publish(
    rulebook: str, note: str, start: str | None, until: str | None, home: str | None
) -> None:
    """Publishes a rulebook."""
    from brightline.commands.releasing import published

    published(rulebook, note, start, until, home)


@admin.command(
    "rollback", cls=Verb, short_help=N_("Put what was in force before in force again, at once."),
    help=N_(
        "Bring back what the release before said, or release --to, under a number of its own. "
        "Nothing that was decided changes."
    ),
)  # fmt: skip
@click.option("--market", cls=Option, default="", help=N_("Which market; the only one if one."))
@click.option("--to", cls=Option, type=int, metavar="N", help=N_("The release to bring back."))
@click.option("--why", cls=Option, required=True, help=N_("Why, for the record."))
@home_option
@language_option
def rollback(market: str, to: int | None, why: str, home: str | None) -> None:
    """Rolls back."""
    from brightline.commands.releasing import rolled_back

    rolled_back(market, to, why, home)


@admin.command(
    "export-release", cls=Verb,
    short_help=N_("Write the folder of a release, as it was published."),
    help=N_(
        "Write the files of the release in force, or of release --number, into the folder --output:"
        " letter by letter as they were published, comments and all."
    ),
)  # fmt: skip
@click.option("--market", cls=Option, default="", help=N_("Which market; the only one if one."))
@click.option("--number", cls=Option, type=int, metavar="N", help=N_("Which release."))
@click.option(
    "-o",
    "--output",
    cls=Option,
    required=True,
    metavar="DIR",
    help=N_("The folder to write into; files that are no part of it stay."),
)
@home_option
@language_option
def export_release(market: str, number: int | None, output: str, home: str | None) -> None:
    """Writes a release's folder."""
    from brightline.commands.releasing import exported

    exported(market, number, output, home)


@admin.command(
    "replay", cls=Verb, short_help=N_("Feed past cases through a pilot once more."),
    help=N_(
        "Feed the newest past cases through the running pilot or shadow PILOT (its number) once "
        "more: to rehearse it, and for demonstrations. They come in anew, marked as made up, and "
        "of no seller."
    ),
)  # fmt: skip
@click.argument("pilot", type=int)
@click.option("--cases", cls=Option, type=click.IntRange(1, 100_000), default=200,
              show_default=True, help=N_("How many cases."))  # fmt: skip
@home_option
@language_option
def replay(pilot: int, cases: int, home: str | None) -> None:
    """Feeds past cases through a pilot."""
    started(home)
    from brightline.workbench.pilots.actions.replay import replay as feed
    from brightline.workbench.pilots.models import Pilot

    found = Pilot.objects.filter(pk=pilot).first()
    if found is None or not found.running:
        raise Unusable(
            _("no pilot {number} is running").format(number=pilot),
            _("the number stands in the address of its page: /pilots/NUMBER/"),
        )
    n = feed(found, cases)
    say(ngettext("{n} past case was fed in.", "{n} past cases were fed in.", n).format(n=n))


@admin.command(
    "jobs", cls=Verb, short_help=N_("Run the background jobs alone, without the server."),
    help=N_(
        "Run the background jobs: webhooks, mails, uploads. `brightline serve` runs them too; "
        "several may run at once. Ctrl+C stops them."
    ),
)  # fmt: skip
@home_option
@language_option
def jobs(home: str | None) -> None:
    """Runs the jobs."""
    from brightline.workbench.jobs_beside import run_jobs

    started(home)
    run_jobs()
