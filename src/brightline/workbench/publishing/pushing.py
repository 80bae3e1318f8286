"""A rulebook that a program or a watched folder brings: checked as a whole, then published."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils import timezone

from brightline.i18n import _
from brightline.reports.diff_view import lead
from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.workbench.drafts.actions.publish_folder import publish_folder
from brightline.workbench.publishing.actions.keep_push import keep_push
from brightline.workbench.publishing.models import Push
from brightline.workbench.publishing.waiting import base_at, in_git, is_signed, overtaken_by
from brightline.workbench.rulebooks.actions.publish import Terms, would_stand
from brightline.workbench.rulebooks.folders import checked
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_at
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.scheduling import CannotRelease
from brightline.workbench.uploaded_rulebook import unpacked

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a rulebook that has no error: `new` is false where it stands already.

    `release` is None where nothing was to be published, only said what would be.
    """

    sha: str
    new: bool
    release: Release | None
    changes: str
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """A rulebook without an error that has to be signed before it is published."""

    push: Push
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A rulebook with errors: nothing was published."""

    problems: tuple[Problem, ...]


def push(
    archive: IO[bytes], market: str, by: User | None, terms: Terms, dry: bool = False
) -> Pushed | Waits | Refused:
    """Publish the rulebook in a zip, or let it wait for its signatures; see `push_folder`.

    It is published at once where the market's reviews happen in git, where everyone has signed
    this content already who must, and where it stands already. Raises `UnusableArchive`,
    `CannotRelease`.
    """
    if dry or in_git(market):
        with unpacked(archive) as folder:
            return push_folder(folder, market, by, terms, dry)
    with unpacked(archive) as folder:
        book, found = _looked(folder, market, terms)
        if book is None or isinstance(found, Refused) or not found.new:
            return found
        base = base_at(market, terms.effective_at)
        if terms.seen is not None and terms.seen != base:
            raise overtaken_by(market, base)
        if is_signed(book, base):
            return _published(book, folder, by, replace(terms, seen=base), found)
    archive.seek(0)
    waiting = keep_push(book, base, archive.read(), terms, found.changes, by)
    return Waits(waiting, found.warnings)


def push_folder(
    folder: Path, market: str, by: User | None, terms: Terms, dry: bool = False
) -> Pushed | Refused:
    """Check the folder of a rulebook and publish it in its market; `market` empty: whichever it
    is for. With `dry` only say what would happen. Raises `CannotRelease`; nothing is written then.
    """
    book, found = _looked(folder, market, terms)
    if book is None or isinstance(found, Refused) or not found.new or dry:
        return found
    return _published(book, folder, by, terms, found)


def _looked(folder: Path, market: str, terms: Terms) -> tuple[Rulebook | None, Pushed | Refused]:
    """The rulebook in a folder, checked once, and what would become of it. Raises `CannotRelease`
    on one of another market."""
    found = checked(folder, date.today())
    book = found.rulebook
    if book is None:
        return None, Refused(within(folder, found.errors))
    if market and book.market != market:
        raise CannotRelease(
            _("This rulebook is for the market {other}, not for {market}.").format(
                other=book.market, market=market
            )
        )
    warnings = within(folder, found.warnings)
    stands = would_stand(book, terms)
    changes = "" if stands is not None else _changes(book, terms)
    return book, Pushed(book.sha, stands is None, stands, changes, warnings)


def _published(
    book: Rulebook, folder: Path, by: User | None, terms: Terms, found: Pushed
) -> Pushed:
    return replace(found, release=publish_folder(book, folder, by, terms=terms))


def within(folder: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with their files named from the rulebook's folder on."""
    root = f"{folder}{os.sep}"
    return tuple(
        replace(one, file=one.file.removeprefix(root).replace(os.sep, "/")) for one in problems
    )


def _changes(book: Rulebook, terms: Terms) -> str:
    """What would change, in one sentence."""
    at = terms.effective_at or timezone.now()
    try:
        before = engine_of(release_at(book.market, at).sha).rulebook
    except NoRulebook:
        return _("It is the first rulebook of the market.")
    return lead(compare(before, book, date.today()))
