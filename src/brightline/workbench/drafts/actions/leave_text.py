"""Say of a text that was left behind that it needs no change; or that it does after all."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from brightline.editing.units import keys_of
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.drafts.actions.save_file import locked
from brightline.workbench.drafts.form.facts import mapping, readable
from brightline.workbench.drafts.form.sides import Place, is_late, mark
from brightline.workbench.drafts.models import Draft, Stays
from brightline.workbench.drafts.texts import text_of


class NotBehind(Exception):
    """The text says something else now than what the person saw, or is behind no other."""


def leave_text(draft_id: int, by: User, path: str, place: Place, shown: str) -> Stays:
    """The language at a place needs no change; `shown` is the mark of the texts that were seen.

    Said twice, the first word stands. Raises `NotBehind`, `DraftClosed`.
    """
    with transaction.atomic():
        draft = locked(draft_id)
        now, old = _at(draft.files.get(path, ""), place), _at(draft.base_files.get(path, ""), place)
        if not is_late(now, old, place[-1]) or mark(place, now) != shown:
            raise NotBehind(place)
        stays, made = Stays.objects.get_or_create(
            draft=draft, path=path, mark=shown,
            defaults={"place": list(place), "by": by, "at": timezone.now()},
        )  # fmt: skip
        if made:
            record(EventKind.DRAFT_TEXT_LEFT, by, ("draft", draft.pk), after=_said(draft, stays))
    return stays


def want_text(draft_id: int, by: User, path: str, shown: str) -> None:
    """The language does need a change: the word that it does not is taken back."""
    with transaction.atomic():
        draft = locked(draft_id)
        stays = Stays.objects.filter(draft=draft, path=path, mark=shown).first()
        if stays is None:
            return
        said = _said(draft, stays)
        stays.delete()
        record(EventKind.DRAFT_TEXT_LEFT, by, ("draft", draft.pk), before=said)


def _said(draft: Draft, stays: Stays) -> dict[str, object]:
    return {"market": draft.market, "path": stays.path, "place": stays.place, "mark": stays.mark}


def _at(digest: str, place: Place) -> dict[str, object]:
    """Every language of the text at a place of a file."""
    data: object = readable(text_of(digest)) if digest else None
    for key in place[:-1]:
        data = _step(data, key)
    return {k: v for k, v in mapping(data).items() if not isinstance(v, (dict, list))}


def _step(data: object, key: str) -> object:
    if isinstance(data, list):
        return dict(zip(keys_of(data), data, strict=True)).get(key)
    return mapping(data).get(key)
