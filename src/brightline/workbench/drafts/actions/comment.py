"""Say something about a draft, suggest another text, and decide what becomes of it."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from brightline.editing.edits import CannotEdit, set_value, value_at
from brightline.editing.pieces import MISSING, Missing
from brightline.editing.units import NotYaml
from brightline.rulebook.model import IDENTIFIER
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.drafts.actions.save_file import DraftClosed, locked, write
from brightline.workbench.drafts.models import Comment, Draft, How
from brightline.workbench.drafts.texts import text_of

LONGEST = 5000
_PIN = re.compile(rf"(?:(?:clause|example|fact):{IDENTIFIER[1:-1]})?\Z")


class AlreadyDecided(Exception):
    """Somebody decided on the comment before."""


class ChangedSince(Exception):
    """What a suggestion was made for says something else now."""


def say(
    draft_id: int, by: User, path: str, pin: str, text: str, answers: int | None = None
) -> Comment:
    """Say something about one thing of a file, or answer a comment.

    Raises `DraftClosed`, and `ValueError` without words or with a pin that is none.
    """
    return _made(draft_id, by, path, pin, text, answers)


def suggest(
    draft_id: int, by: User, path: str, pin: str, text: str, place: list[str], wanted: Any
) -> Comment:
    """Suggest what should stand at a place of a file (`["clauses", "EC-1", "notice", "vi"]`).

    Raises `DraftClosed`, and `ValueError` where nothing would change or there is no such place.
    """
    draft = Draft.objects.get(pk=draft_id)
    try:
        now = value_at(text_of(draft.files[path]), tuple(place))
        set_value(text_of(draft.files[path]), tuple(place), wanted)
    except (KeyError, NotYaml, CannotEdit):
        raise ValueError("no such place") from None
    was = None if isinstance(now, Missing) else now
    if was == wanted or wanted in ("", None):
        raise ValueError("nothing would change")
    return _made(
        draft_id, by, path, pin, text, None, {"place": place, "was": was, "wanted": wanted}
    )


def _made(
    draft_id: int,
    by: User,
    path: str,
    pin: str,
    text: str,
    answers: int | None,
    suggestion: dict[str, Any] | None = None,
) -> Comment:
    text = text.strip()[:LONGEST]
    if not text and suggestion is None:
        raise ValueError("a comment says something")
    if not _PIN.match(pin):
        raise ValueError(pin)
    with transaction.atomic():
        draft = locked(draft_id)
        if path not in draft.files:
            raise ValueError(path)
        first = Comment.objects.get(pk=answers, draft=draft, answers=None) if answers else None
        comment = Comment.objects.create(
            draft=draft, path=first.path if first else path, pin="" if first else pin,
            answers=first, by=by, at=timezone.now(), text=text, **(suggestion or {}),
        )  # fmt: skip
        record(
            EventKind.DRAFT_COMMENTED, by, ("draft", draft.pk),
            after={"market": draft.market, "path": comment.path, "comment": comment.pk},
            why=text,
        )  # fmt: skip
    return comment


def take(comment_id: int, by: User, anyway: bool = False) -> Comment:
    """Put a suggestion into the file.

    Raises `ChangedSince` where its place says something else by now (unless `anyway`),
    `AlreadyDecided`, `DraftClosed`, `CannotEdit` where its place is gone.
    """
    with transaction.atomic():
        comment, draft = _deciding(comment_id)
        text, place = text_of(draft.files.get(comment.path, "")), tuple(comment.place)
        now = value_at(text, place)
        if not anyway and (None if isinstance(now, Missing) else now) != comment.was:
            raise ChangedSince(comment_id)
        edited = set_value(text, place, MISSING if comment.wanted is None else comment.wanted)
        note = f"{comment.by}: {'/'.join(place)}"
        comment.taken_as = write(draft, by, comment.path, edited.text, How.SUGGESTION, note)
        return _decided(comment, by, Comment.State.TAKEN, "")


def decide(comment_id: int, by: User, state: str, reason: str) -> Comment:
    """Settle a comment, or do not take a suggestion: with the reason.

    Raises `AlreadyDecided`, `DraftClosed`, `ValueError` without a reason.
    """
    if state not in (Comment.State.DECLINED, Comment.State.DONE):
        raise ValueError(state)
    if not reason.strip() and state == Comment.State.DECLINED:
        raise ValueError("a suggestion is turned down for a reason")
    with transaction.atomic():
        comment, _draft = _deciding(comment_id)
        return _decided(comment, by, Comment.State(state), reason.strip()[:LONGEST])


def _deciding(comment_id: int) -> tuple[Comment, Draft]:
    comment = Comment.objects.select_related("by").get(pk=comment_id)
    draft = locked(comment.draft_id)
    comment.refresh_from_db()
    if comment.state != Comment.State.OPEN or comment.answers_id is not None:
        raise AlreadyDecided(comment_id)
    return comment, draft


def _decided(comment: Comment, by: User, state: Comment.State, reason: str) -> Comment:
    comment.state, comment.reason = state, reason
    comment.decided_by, comment.decided_at = by, timezone.now()
    comment.save()
    record(
        EventKind.DRAFT_COMMENTED, by, ("draft", comment.draft_id),
        after={"market": comment.draft.market, "path": comment.path, "comment": comment.pk,
               "state": state}, why=reason,
    )  # fmt: skip
    return comment


__all__ = ["AlreadyDecided", "ChangedSince", "DraftClosed", "decide", "say", "suggest", "take"]
