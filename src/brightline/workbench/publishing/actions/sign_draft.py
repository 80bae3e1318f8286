"""Sign a draft: exactly the content that the person was shown."""

from __future__ import annotations

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.drafts.models import Draft
from brightline.workbench.publishing.models import DraftSignature
from brightline.workbench.publishing.standing import standing
from brightline.workbench.rulebooks.actions.sign import CannotSign, sign
from brightline.workbench.rulebooks.models import Signature


def sign_draft(draft: Draft, person: User, role: str, shown: str, note: str = "") -> Signature:
    """Sign the content `shown` (its hash). Raises `CannotSign` where the draft says something else
    by now, does not pass the gate, or the person may not."""
    with transaction.atomic():
        now = standing(draft)
        if now.gate.rulebook is None or now.sha != shown:
            raise CannotSign(
                _("The draft was edited since you opened this page. Read it again, then sign.")
            )
        if not now.gate.open:
            shut = "; ".join(point.words for point in now.gate.points if not point.holds)
            raise CannotSign(_("It does not pass the gate yet: {points}").format(points=shut))
        made = sign(now.gate.rulebook, now.gate.base, person, role, note, now.authors)
        DraftSignature.objects.get_or_create(
            signature=made, defaults={"draft": draft, "revision": draft.revision}
        )
    return made
