"""How a pushed rulebook stands that waits for signatures: who must sign, who has, who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from brightline.i18n import _
from brightline.rulebook.canonical import from_json
from brightline.rulebook.model import Rulebook
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.publishing.models import Push, PushRule
from brightline.workbench.rulebooks.actions.sign import open_to
from brightline.workbench.rulebooks.in_force import NoRulebook, release_at
from brightline.workbench.rulebooks.scheduling import CannotRelease
from brightline.workbench.rulebooks.signing import (
    Signed,
    authors_of,
    needs,
    signatures,
    standing_of,
)


def in_git(market: str) -> bool:
    """Whether what programs push to a market is reviewed in git, and published unsigned here."""
    return PushRule.objects.filter(market=market, in_git=True).exists()


def base_at(market: str, at: datetime | None) -> str:
    """The content that a release in force from a moment (None: now) takes the place of."""
    now = timezone.now()
    try:
        return release_at(market, max(at or now, now)).sha
    except NoRulebook:
        return ""


def overtaken_by(market: str, base: str) -> CannotRelease:
    """What is said where another release has come since the change was made."""
    return CannotRelease(
        _("Another release has come meanwhile ({sha}): what was pushed does not rest on it and "
          "would undo it. Bring your files up to date, and push again.").format(sha=base[:12])
    )  # fmt: skip


def is_signed(book: Rulebook, base: str) -> bool:
    """Whether everyone has signed a content in place of another who must."""
    found = standing_of(needs(book.market, base, book), signatures(book.market, book.sha, base))
    return all(one.by is not None for one in found)


@dataclass(frozen=True)
class PushStanding:
    """A push, its rulebook, the needs with their signatures, and who wrote it."""

    push: Push
    book: Rulebook
    signed: tuple[Signed, ...]
    authors: frozenset[int]

    @property
    def complete(self) -> bool:
        """Whether everyone has signed who must."""
        return all(one.by is not None for one in self.signed)

    @property
    def missing(self) -> list[Signed]:
        """What is still to be signed."""
        return [one for one in self.signed if one.by is None]

    def open_to(self, person: User) -> Sequence[Role]:
        """The roles in which a person could sign now."""
        if self.push.state != Push.State.WAITING:
            return []
        return open_to(person, self.push.market, self.signed, self.authors)


def standing_of_push(push: Push) -> PushStanding:
    """How a push stands; its rulebook is that of the form, without the rows of tables."""
    book = from_json(push.form)
    signed = standing_of(
        needs(push.market, push.base, book), signatures(push.market, push.sha, push.base)
    )
    return PushStanding(push, book, tuple(signed), frozenset(authors_of(push.market, push.sha)))


def pushed_by(market: str, sha: str) -> set[int]:
    """Who pushed a content: they do not sign it."""
    rows = Push.objects.filter(market=market, sha=sha).exclude(pushed_by=None)
    return set(rows.values_list("pushed_by", flat=True))
