"""Add pictures to a case that is in already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.pictures import MOST_PICTURES, Clean, PictureRefused, keep_pictures

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


def add_pictures(case: Case, pictures: Sequence[Clean], by: User | None) -> int:
    """Add pictures; how many the case has then. One that it has already is not added again.

    Raises `PictureRefused` where they would be more than `MOST_PICTURES`.
    """
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        kept = set(case.pictures.values_list("digest", flat=True))
        new = {one.digest: one for one in pictures if one.digest not in kept}
        if len(kept) + len(new) > MOST_PICTURES:
            raise PictureRefused(_("a case has at most {n} pictures").format(n=MOST_PICTURES))
        if new:
            keep_pictures(case, list(new.values()))
            record(
                EventKind.PICTURES_ADDED, by, ("case", case.pk), case_id=case.pk,
                after={"pictures": list(new)},
            )  # fmt: skip
    return len(kept) + len(new)
