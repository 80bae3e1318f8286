"""Ask people about a draft, take their verdicts, remind those who are late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from brightline import i18n
from brightline.i18n import _, format_date
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.delivery.mail import queue_mail
from brightline.workbench.drafts.actions.save_file import locked
from brightline.workbench.drafts.models import Asked, Draft, DraftState, Review, Verdict
from brightline.workbench.drafts.models.draft import OPEN
from brightline.workbench.drafts.reading import content_sha_or_none

BEFORE, AGAIN = timedelta(days=1), timedelta(hours=20)
"""A reminder goes out so long before the day, and no sooner after the last one."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Someone to ask: a person who logs in, or (`who`) a partner who does not."""

    asked_as: Asked
    person: User | None = None
    who: str = ""


class NotYourReview(Exception):
    """The review is another's."""


def consult(draft_id: int, by: User, invited: Iterable[Invitation], due: date) -> list[Review]:
    """Ask people by a day; who was asked before gets the new day. They are told by mail.

    Raises `DraftClosed`, and `ValueError` for a day that has passed, nobody, or someone who may not
    comment on drafts of the market.
    """
    wanted = list(invited)
    if due < timezone.localdate() or not wanted:
        raise ValueError("somebody, by a day to come")
    with transaction.atomic():
        draft = locked(draft_id)
        made = [_asked(draft, by, one, due) for one in wanted]
        before = draft.state
        if draft.state == DraftState.WRITING:
            draft.state = DraftState.CONSULTING
            draft.save(update_fields=["state"])
        for review in made:
            _tell(review, _("{who} asks what you think of a change of the rules: {title}").format(
                who=by, title=draft.title))  # fmt: skip
        record(
            EventKind.DRAFT_STATE, by, ("draft", draft.pk), before={"state": before},
            after={"market": draft.market, "state": draft.state, "due": due,
                   "asked": [str(one.person or one.who) for one in made]},
        )  # fmt: skip
    return made


def _asked(draft: Draft, by: User, one: Invitation, due: date) -> Review:
    if one.person is None:
        if not one.who.strip():
            raise ValueError("a partner has a name")
        return Review.objects.create(
            draft=draft, asked_as=one.asked_as, who=one.who.strip()[:200], due=due, asked_by=by,
            asked_at=timezone.now(),
        )  # fmt: skip
    if not may(one.person, Permission.DRAFTS_DRAFT_COMMENT, draft.market):
        raise ValueError("who is asked may comment")
    review, _new = Review.objects.update_or_create(
        draft=draft, person=one.person,
        defaults={"asked_as": one.asked_as, "due": due, "asked_by": by,
                  "asked_at": timezone.now(), "done_at": None, "verdict": "", "reminded_at": None},
    )  # fmt: skip
    return review


def conclude(review_id: int, by: User, verdict: str, note: str) -> Review:
    """Give a verdict on the draft as it stands; for a partner, whoever writes drafts enters it.

    Raises `NotYourReview`, `DraftClosed`, `ValueError` where changes are wanted without a word.
    """
    if verdict not in Verdict.values or (verdict == Verdict.CHANGES and not note.strip()):
        raise ValueError("a verdict, and words where changes are wanted")
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).get(pk=review_id)
        draft = locked(review.draft_id)
        writes = may(by, Permission.DRAFTS_DRAFT_WRITE, draft.market)
        if review.person_id != by.pk and not (review.person_id is None and writes):
            raise NotYourReview(review_id)
        review.verdict, review.note = verdict, note.strip()[:5000]
        review.sha, review.done_at = content_sha_or_none(draft) or "", timezone.now()
        review.save()
        record(
            EventKind.DRAFT_COMMENTED, by, ("draft", draft.pk),
            after={"market": draft.market, "asked_as": review.asked_as, "verdict": verdict},
            why=review.note, rulebook=review.sha,
        )  # fmt: skip
    return review


def remind(now_date: date | None = None) -> int:
    """Mail everyone whose day is near or has passed, at most once a day; how many."""
    today = now_date or timezone.localdate()
    sent = 0
    late = Review.objects.filter(done_at=None, due__lte=today + BEFORE, draft__state__in=OPEN)
    for review in late.exclude(person=None).select_related("person", "draft"):
        with transaction.atomic():
            since = timezone.now() - AGAIN
            rows = Review.objects.filter(pk=review.pk, done_at=None, asked_at__lte=since)
            claimed = rows.exclude(reminded_at__gt=since).update(reminded_at=timezone.now())
            if claimed:
                sent += 1
                _tell(review, _("Your word is still missing on a change of the rules: {title}")
                      .format(title=review.draft.title))  # fmt: skip
    return sent


def _tell(review: Review, subject: str) -> None:
    """Mail in the reader's language; without an address the page alone shows it."""
    person = review.person
    if person is None or not person.email:
        return
    address = settings.PUBLIC_URL + reverse("draft_consult", args=[review.draft_id])
    with i18n.use(person.language if person.language in i18n.LANGUAGES else "vi"):
        text = _("You are asked as: {role}. Until: {day}.\n{address}").format(
            role=review.asked_words, day=format_date(review.due), address=address
        )
    try:
        queue_mail(person.email, subject, text)
    except ValueError:
        return
