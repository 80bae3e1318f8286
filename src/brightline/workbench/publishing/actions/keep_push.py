"""Keep a rulebook that a program pushed, until those have signed it who must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from brightline.rulebook.canonical import to_json
from brightline.rulebook.model import Rulebook
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.publishing.models import Push
from brightline.workbench.rulebooks.actions.publish import Terms

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


def keep_push(
    book: Rulebook, base: str, archive: bytes, terms: Terms, changes: str, by: User | None
) -> Push:
    """The push that waits; the same content pushed again is the one that waits already."""
    given = {
        "form": to_json(book), "archive": archive, "note": terms.note.strip(),
        "commit": terms.came_from, "effective_at": terms.effective_at,
        "expires_at": terms.expires_at, "changes": changes, "pushed_by": by,
    }  # fmt: skip
    key = {"market": book.market, "sha": book.sha, "base": base, "state": Push.State.WAITING}
    known = Push.objects.filter(**key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = Push.objects.create(**key, **given)
            record(
                EventKind.PUSH_RECEIVED, by, ("push", made.pk),
                after={"market": book.market, "sha": book.sha, "base": base,
                       **({"came_from": terms.came_from} if terms.came_from else {})},
                why=made.note, rulebook=book.sha,
            )  # fmt: skip
    except IntegrityError:  # pushed twice at the same moment
        return Push.objects.get(**key)
    return made
