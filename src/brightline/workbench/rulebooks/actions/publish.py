"""Publish a rulebook in its market: a release that never changes, in force from a moment on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone

from brightline.i18n import _
from brightline.rulebook.canonical import to_json
from brightline.rulebook.model import Rulebook
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import apart, record
from brightline.workbench.rulebooks.in_force import NoRulebook, forget, release_at
from brightline.workbench.rulebooks.models import ReferenceTable, Release, Way
from brightline.workbench.rulebooks.scheduling import (
    SIGN_WITHIN,
    CannotRelease,
    hold_no_gap,
    takes_effect,
)

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a release comes: see `models.Release`.

    `seen` is the content that the publisher saw in force; None: they did not look.
    """

    effective_at: datetime | None = None
    expires_at: datetime | None = None
    note: str = ""
    way: Way | None = None
    came_from: str = ""
    emergency: bool = False
    seen: str | None = None


def publish(
    rulebook: Rulebook,
    by: User | None,
    effective_at: datetime | None = None,
    note: str = "",
    terms: Terms | None = None,
) -> Release:
    """Publish a rulebook that was checked; the release that stands where it is the newest already.

    Its tables come with it, each under its day. Raises `CannotRelease`; nothing is written then.
    """
    terms = terms or Terms(effective_at=effective_at, note=note)
    for left in reversed(range(_TRIES)):
        try:
            with apart():
                release = _published(rulebook, by, terms)
            break
        except IntegrityError:  # another took the number meanwhile
            if not left:
                raise
    forget()
    return release


def would_stand(rulebook: Rulebook, terms: Terms) -> Release | None:
    """The release that `publish` would give back without making one; None where it would make one.

    Raises `CannotRelease` on a time that is past.
    """
    same = _newest(rulebook.market)
    at = takes_effect(terms.effective_at)
    return same if same is not None and _stands(same, rulebook.sha, at, terms) else None


def _newest(market: str) -> Release | None:
    every = Release.objects.defer("form").filter(market=market, cancellation=None)
    return every.order_by("-number").first()


def _published(rulebook: Rulebook, by: User | None, terms: Terms) -> Release:
    known = would_stand(rulebook, terms)
    if known is not None:
        return known
    last = Release.objects.filter(market=rulebook.market).order_by("-number").only("number").first()
    at = takes_effect(terms.effective_at)
    base = _in_force(rulebook.market, at)
    if terms.seen is not None and terms.seen != base:
        raise CannotRelease(
            _("Another release has come meanwhile: what was written does not rest on what will be "
              "in force. Look at what changed, and publish again.")
        )  # fmt: skip
    if terms.emergency and not terms.note.strip():
        raise CannotRelease(_("An emergency release says why it could not wait."))
    release = Release(
        sha=rulebook.sha,
        market=rulebook.market,
        number=last.number + 1 if last else 1,
        name=rulebook.rulebook,
        form=to_json(rulebook),
        effective_at=at,
        expires_at=terms.expires_at,
        base=base,
        way=terms.way or (Way.SERVER if by is None else Way.FILE),
        came_from=terms.came_from[:200],
        emergency=terms.emergency,
        sign_by=timezone.now() + SIGN_WITHIN if terms.emergency else None,
        published_by=by,
        note=terms.note,
    )
    add_release(release, by)
    for table in rulebook.data.values():
        ReferenceTable.objects.update_or_create(
            market=rulebook.market, name=table.name, day=table.day,
            defaults={"file": table.file, "data": table.data},
        )  # fmt: skip
    return release


def add_release(release: Release, by: User | None) -> None:
    """Add a release that is made up already, and its event. Call it in a transaction.

    Raises `CannotRelease` where it expires before it takes effect, or leaves nothing in force.
    """
    if release.expires_at is not None and release.expires_at <= release.effective_at:
        raise CannotRelease(_("A release cannot expire before it takes effect."))
    hold_no_gap(release.market, [release])
    release.save(force_insert=True)
    record(
        EventKind.RELEASE_PUBLISHED, by, ("release", release.pk),
        before={"sha": release.base} if release.base else None,
        after={
            "sha": release.sha, "number": release.number, "effective_at": release.effective_at,
            "market": release.market, "way": release.way,
            **({"expires_at": release.expires_at} if release.expires_at else {}),
            **({"emergency": True, "sign_by": release.sign_by} if release.emergency else {}),
            **({"restores": release.restores.number} if release.restores else {}),
            **({"came_from": release.came_from} if release.came_from else {}),
        },
        why=release.note, rulebook=release.sha,
    )  # fmt: skip


def _in_force(market: str, at: datetime) -> str:
    try:
        return release_at(market, at).sha
    except NoRulebook:
        return ""


def _stands(last: Release, sha: str, at: datetime, terms: Terms) -> bool:
    """Whether the newest release is this content already, on the same terms or sooner."""
    return (
        last.sha == sha
        and last.effective_at <= at
        and last.expires_at is None
        and terms.expires_at is None
    )
