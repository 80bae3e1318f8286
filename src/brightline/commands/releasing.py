"""What `brightline admin publish` and `admin rollback` do: releases, made on the server."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from brightline.commands.inputs import rulebook_folder
from brightline.commands.page import say
from brightline.commands.serve import started
from brightline.commands.verbs import Unusable
from brightline.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from brightline.rulebook.model import Rulebook


def published(
    rulebook: str, note: str, start: str | None, until: str | None, home: str | None
) -> None:
    """Publish the folder of a rulebook and say so. Raises `Unusable`."""
    book = _without_error(rulebook)
    started(home)
    from brightline.workbench.drafts.actions.publish_folder import publish_folder
    from brightline.workbench.rulebooks.actions.publish import Terms
    from brightline.workbench.rulebooks.scheduling import CannotRelease
    from brightline.workbench.rulebooks.times import said_at

    terms = Terms(effective_at=_moment(start), expires_at=_moment(until), note=note)
    try:
        release = publish_folder(book, rulebook_folder(rulebook), None, terms=terms)
    except CannotRelease as error:
        raise Unusable(str(error)) from None
    from django.utils import timezone

    if release.effective_at > timezone.now():
        said = _("Release {number} of market {market} is scheduled for {moment}: {sha}")
    else:
        said = _("Release {number} of market {market} is in force: {sha}")
    say(said.format(
        number=release.number, market=release.market, sha=release.sha[:12],
        moment=said_at(release.effective_at),
    ))  # fmt: skip


def rolled_back(market: str, to: int | None, why: str, home: str | None) -> None:
    """Bring an earlier release back and say so. Raises `Unusable`."""
    started(home)
    from brightline.workbench.rulebooks.actions.roll_back import one_back, roll_back
    from brightline.workbench.rulebooks.in_force import NoRulebook
    from brightline.workbench.rulebooks.models import Release
    from brightline.workbench.rulebooks.scheduling import CannotRelease

    market = _market(market)
    found = (
        one_back(market) if to is None
        else Release.objects.filter(market=market, number=to).first()
    )  # fmt: skip
    if found is None:
        raise Unusable(_("there is no such release to go back to"), "brightline releases")
    try:
        back = roll_back(found, None, why)
    except NoRulebook:
        raise Unusable(_("there is no such release to go back to"), "brightline releases") from None
    except CannotRelease as error:
        raise Unusable(str(error)) from None
    said = _("Release {back} of market {market} is in force: it says what release {n} said.")
    say(said.format(back=back.number, market=market, n=found.number))


def exported(market: str, number: int | None, output: str, home: str | None) -> None:
    """Write the files of a release into a folder and say so. Raises `Unusable`."""
    started(home)
    from brightline.workbench.publishing.exporting import files_as_bytes, write_folder
    from brightline.workbench.rulebooks.in_force import NoRulebook, release_now
    from brightline.workbench.rulebooks.models import Release

    market = _market(market)
    try:
        found = (
            release_now(market) if number is None
            else Release.objects.filter(market=market, number=number).first()
        )  # fmt: skip
    except NoRulebook:
        found = None
    if found is None:
        raise Unusable(_("there is no such release"), "brightline releases")
    try:
        written = write_folder(files_as_bytes(found), Path(output))
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(
                path=output, error=error.strerror or str(error)
            )
        ) from None
    said = _("{n} files of release {number} are in {path}")
    say(said.format(n=written, number=found.number, path=output))


def _market(market: str) -> str:
    """The market that is meant: the one named, or the only one. Raises `Unusable`."""
    from brightline.workbench.rulebooks.models import Release

    every = sorted(set(Release.objects.values_list("market", flat=True)))
    if not market and len(every) == 1:
        return every[0]
    if market not in every:
        raise Unusable(
            _("say which market: --market"),
            _("the markets are: {names}").format(names=", ".join(every)) if every else None,
        )
    return market


def _without_error(path: str) -> Rulebook:
    from brightline.workbench.rulebooks.folders import checked

    found = checked(rulebook_folder(path), date.today())
    if found.rulebook is None:
        raise Unusable(
            _("the rulebook {path} has errors, shown above").format(path=path),
            _("mend them and run: brightline check {path}").format(path=path),
            file=path,
            problems=found.errors,
        )
    return found.rulebook


def _moment(text: str | None) -> datetime | None:
    from brightline.workbench.rulebooks.times import NoMoment, read_moment

    if text is None:
        return None
    try:
        return read_moment(text)
    except NoMoment as error:
        raise Unusable(str(error)) from None
