"""Begin to try a draft beside the rulebook in force."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.rulebook.canonical import to_json
from brightline.rulebook.model import Rulebook
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Decision
from brightline.workbench.drafts.models import Draft
from brightline.workbench.pilots.drawing import forget
from brightline.workbench.pilots.models import Kind, Member, Pilot
from brightline.workbench.pilots.telling import tell_begun
from brightline.workbench.rulebooks.in_force import release_now


class NotBegun(ValueError):
    """A pilot that cannot begin; says why, for a person."""


def begin_pilot(
    draft: Rulebook,
    by: User,
    *,
    name: str,
    kind: Kind,
    group: Sequence[User] = (),
    queues: Sequence[str] = (),
    inclusion: float = 1.0,
    share: float = 0.5,
    most: int = 0,
    alpha: float = 0.05,
    tolerance: float = 1.0,
    seed: str = "",
    from_draft: Draft | None = None,
    until: date | None = None,
    contact: User | None = None,
) -> Pilot:
    """Try a draft, that was checked, in its market; its group is told in the same breath.

    Raises `NotBegun` and `NoRulebook`.
    """
    base = release_now(draft.market)
    if not name.strip():
        raise NotBegun(_("Give it a name."))
    if base.sha == draft.sha:
        raise NotBegun(_("This rulebook is in force already: there is nothing to compare."))
    if kind == Kind.PILOT:
        if not group:
            raise NotBegun(_("A pilot needs a group: who decides its cases?"))
        if not (0 < inclusion <= 1 and 0 < share < 1):
            raise NotBegun(_("The shares must lie between 0 and 1."))
        if until is not None and until < timezone.localdate():
            raise NotBegun(_("The last day must not be past."))
    if not (0 < alpha < 1 and 1 <= tolerance <= 10):
        raise NotBegun(_("The error must lie between 0 and 1, the tolerance between 1 and 10."))
    last = Decision.objects.order_by("-pk").values_list("pk", flat=True).first()
    try:
        with transaction.atomic():
            pilot = Pilot.objects.create(
                market=draft.market, name=name.strip()[:120], kind=kind, sha=draft.sha,
                form=to_json(draft), base=base, queues=list(queues),
                seed=seed or secrets.token_hex(8), inclusion=inclusion, share=share, most=most,
                alpha=alpha, tolerance=tolerance, begun_by=by, cursor=last or 0,
                from_draft=from_draft, until=until, contact=contact,
            )  # fmt: skip
            Member.objects.bulk_create(
                Member(pilot=pilot, person=one) for one in group if kind == Kind.PILOT
            )
            record(
                EventKind.PILOT_BEGUN, by, ("pilot", pilot.pk),
                after={
                    "market": pilot.market, "name": pilot.name, "kind": kind, "sha": pilot.sha,
                    "queues": list(queues), "seed": pilot.seed, "inclusion": inclusion,
                    "share": share, "group": [one.pk for one in group],
                },
                rulebook=pilot.sha,
            )  # fmt: skip
            tell_begun(pilot, by)
    except IntegrityError:
        raise NotBegun(_("A pilot is running in this market already: end it first.")) from None
    forget()
    return pilot
