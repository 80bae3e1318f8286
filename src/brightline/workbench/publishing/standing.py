"""How the approval of a draft stands: the gate, who must sign, who has, whose signature is void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import Role
from brightline.workbench.drafts.models import Draft, Revision
from brightline.workbench.publishing.gate import Gate, gate_of
from brightline.workbench.publishing.models import DraftSignature
from brightline.workbench.rulebooks.actions.sign import open_to
from brightline.workbench.rulebooks.signing import Signed, needs, signatures, standing_of
from brightline.workbench.rulebooks.times import VIETNAM


@dataclass(frozen=True)
class Standing:
    """The gate, the needs with their signatures (none while it does not compile), the authors,
    and the signatures that an edit, or another release, has left behind."""

    draft: Draft
    gate: Gate
    signed: tuple[Signed, ...]
    authors: frozenset[int]
    void: tuple[DraftSignature, ...]

    @property
    def sha(self) -> str:
        """The content that is to be signed; empty while it does not compile."""
        return self.gate.rulebook.sha if self.gate.rulebook else ""

    @property
    def complete(self) -> bool:
        """Whether everyone has signed who must."""
        return bool(self.signed) and all(one.by is not None for one in self.signed)

    @property
    def publishable(self) -> bool:
        """Whether it may be published: the gate is open, and everyone has signed."""
        return self.gate.open and self.complete

    def open_to(self, person: User) -> Sequence[Role]:
        """The roles in which a person could sign now."""
        return open_to(person, self.draft.market, self.signed, self.authors)


def authors_of(draft: Draft) -> frozenset[int]:
    """Everyone who wrote in a draft, and its owner."""
    writers = set(Revision.objects.filter(draft=draft).values_list("by_id", flat=True))
    return frozenset(writers | {draft.owner_id})


def standing(draft: Draft, on: date | None = None) -> Standing:
    """How the approval of a draft stands, in the language in force."""
    gate = gate_of(draft, on or timezone.now().astimezone(VIETNAM).date())
    book = gate.rulebook
    signed: tuple[Signed, ...] = ()
    if book is not None:
        signed = tuple(
            standing_of(
                needs(draft.market, gate.base, book),
                signatures(draft.market, book.sha, gate.base),
            )
        )
    sha = book.sha if book else ""
    void = tuple(
        one
        for one in DraftSignature.objects.filter(
            draft=draft, signature__taken_back_at=None
        ).select_related("signature__by")
        if (one.signature.sha, one.signature.base) != (sha, gate.base)
    )
    return Standing(draft, gate, signed, authors_of(draft), void)


def written_by(market: str, sha: str) -> set[int]:
    """The people who wrote what was released from drafts: they do not sign it afterwards."""
    found: set[int] = set()
    for draft in Draft.objects.filter(market=market, released_as__sha=sha):
        found |= authors_of(draft)
    return found
