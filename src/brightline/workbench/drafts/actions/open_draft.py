"""Open a draft: a working copy of the files of a release."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.desk.actions.follow_draft import being_drafted
from brightline.workbench.desk.models import Request
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.sources import digests_of
from brightline.workbench.rulebooks.models import Release


def open_draft(
    release: Release, by: User, title: str, why: str = "", requests: Iterable[Request] = ()
) -> Draft:
    """A new draft that starts from a release and is owned by `by`; its requests say so.

    Raises `ValueError` without a title, or for a request of another market.
    """
    title = " ".join(title.split())[:200]
    asked = list(requests)
    if not title:
        raise ValueError("a draft has a title")
    if any(one.market != release.market for one in asked):
        raise ValueError("a draft and its requests are of one market")
    now = timezone.now()
    with transaction.atomic():
        names = digests_of(release)
        draft = Draft.objects.create(
            market=release.market, title=title, why=why.strip(), base=release, owner=by,
            files=names, base_files=names, opened_at=now, changed_at=now,
        )  # fmt: skip
        draft.requests.set(asked)
        being_drafted(asked, by)
        record(
            EventKind.DRAFT_OPENED, by, ("draft", draft.pk),
            after={"market": draft.market, "heading": title, "number": release.number,
                   "requests": [one.pk for one in asked]},
            why=draft.why, rulebook=release.sha,
        )  # fmt: skip
    return draft
