"""Sign a version of a rulebook, or take the signature back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.workbench.accounts.may import reaches, roles_at
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role, title
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.rulebooks.models import Ratification, Release, Signature, Way
from brightline.workbench.rulebooks.signing import (
    Signed,
    authors_of,
    needs,
    signatures,
    signed_release,
    standing_of,
)


class CannotSign(Exception):
    """A signature that cannot be; the message is for the person."""


def open_to(
    person: User, market: str, found: Collection[Signed], authors: Collection[int]
) -> list[Role]:
    """The roles in which a person could sign what is still open, in the order of the needs."""
    if person.pk in authors or any(s.by is not None and s.by.by_id == person.pk for s in found):
        return []
    if not reaches(person, Permission.RULEBOOKS_RELEASE_SIGN, market, ""):
        return []
    mine = roles_at(person, market, "")
    return [s.need.role for s in found if s.by is None and s.need.role.value in mine]


def sign(
    book: Rulebook,
    base: str,
    person: User,
    role: str,
    note: str = "",
    authors: Collection[int] = (),
) -> Signature:
    """Sign a rulebook that takes the place of `base`. Signed already, the signature there is.

    `authors` may not sign, nor anyone else who wrote it. Raises `CannotSign`.
    """
    with transaction.atomic():
        known = [s for s in signatures(book.market, book.sha, base) if s.by_id == person.pk]
        if known:
            return known[0]
        writers = {*authors, *authors_of(book.market, book.sha)}
        if person.pk in writers:
            raise CannotSign(
                _("You wrote this yourself, or published it: someone else has to sign it.")
            )
        found = standing_of(needs(book.market, base, book), signatures(book.market, book.sha, base))
        if role not in open_to(person, book.market, found, writers):
            words = title(Role(role)) if role in set(Role) else role
            raise CannotSign(
                _("The signature as {role} is not open to you: it is given already, not needed, "
                  "or not your role in this market.").format(role=words)
            )  # fmt: skip
        made = _kept(book, base, person, role, note)
        record(
            EventKind.RELEASE_SIGNED, person, ("rulebook", book.sha[:12]),
            after={"role": role, "market": book.market, "sha": book.sha}, why=note.strip(),
            rulebook=book.sha,
        )  # fmt: skip
        _ratify(book.market, book.sha, base)
    return made


def _kept(book: Rulebook, base: str, person: User, role: str, note: str) -> Signature:
    try:
        with transaction.atomic():
            return Signature.objects.create(
                market=book.market, sha=book.sha, base=base, role=role, by=person,
                note=note.strip(),
            )  # fmt: skip
    except IntegrityError:  # twice at the same moment
        return Signature.objects.get(
            market=book.market, sha=book.sha, base=base, by=person, taken_back_at=None
        )


def take_back(signature: Signature, person: User) -> None:
    """Take one's own signature back, while nothing was published on it. Raises `CannotSign`."""
    with transaction.atomic():
        published = Release.objects.filter(
            market=signature.market, sha=signature.sha, base=signature.base
        )
        if signature.by_id != person.pk:
            raise CannotSign(_("Only who signed can take the signature back."))
        if (
            published.exclude(emergency=True).exists()
            or Ratification.objects.filter(release__in=published).exists()
        ):
            raise CannotSign(_("It was published on this signature: it stays."))
        taken = Signature.objects.filter(pk=signature.pk, taken_back_at=None).update(
            taken_back_at=timezone.now()
        )
        if taken:
            record(
                EventKind.RELEASE_UNSIGNED, person, ("rulebook", signature.sha[:12]),
                before={"role": signature.role, "market": signature.market,
                        "sha": signature.sha},
                rulebook=signature.sha,
            )  # fmt: skip


def sign_release(release: Release, person: User, role: str, note: str = "") -> Signature:
    """Sign an emergency release afterwards; who wrote it may not. Raises `CannotSign`."""
    book = engine_of(release.sha).rulebook
    return sign(book, release.base, person, role, note, writers_of(release))


def writers_of(release: Release) -> set[int]:
    """The people who wrote a release; where no draft says who, whoever published it."""
    found = authors_of(release.market, release.sha)
    if release.way != Way.DRAFT and release.published_by_id is not None:
        found.add(release.published_by_id)
    return found


def _ratify(market: str, sha: str, base: str) -> None:
    """Emergency releases whose last signature this was are marked no longer."""
    for release in Release.objects.filter(
        market=market, sha=sha, base=base, emergency=True, ratification=None
    ):
        if all(one.by is not None for one in signed_release(release)):
            Ratification.objects.create(release=release)
            record(
                EventKind.RELEASE_RATIFIED, None, ("release", release.pk),
                after={"number": release.number, "market": market}, rulebook=sha,
            )  # fmt: skip
