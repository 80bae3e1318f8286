"""What a moderator sees: their notices, one of them with its cards, the quiz and its result."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brightline.i18n import _, language, ngettext
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.understanding.actions.acknowledge import acknowledge
from brightline.workbench.understanding.actions.take_quiz import (
    NoQuestions,
    NotAnswered,
    NotRead,
    begin_quiz,
    mark_quiz,
    needed_of,
)
from brightline.workbench.understanding.announced import to_read
from brightline.workbench.understanding.current import in_force
from brightline.workbench.understanding.models import Attempt, Notice, Recipient
from brightline.workbench.understanding.pairs import pair_now
from brightline.workbench.understanding.recipients import recipient_of
from brightline.workbench.understanding.texts import as_page
from brightline.workbench.understanding.todo import to_do
from brightline.workbench.understanding.views.asked import asked_questions, marked_questions
from brightline.workbench.understanding.views.asking import BOARD, READ, notice_for, person_of
from brightline.workbench.understanding.witnesses import cards

EARLIER = 50


@permitted(READ)
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What is still to be read and passed, and what was."""
    person = person_of(request)
    passed = (
        Recipient.objects.filter(person=person, notice__state=Notice.State.SENT)
        .exclude(passed_at=None)
        .select_related("notice__briefing__release")
        .order_by("-passed_at")[:EARLIER]
    )
    return render(request, "understanding/notices.html", {
        "todo": to_do(person), "announced": to_read(person),
        "passed": [(one, one.notice.title.get(language(), ""),
                    queue_words(one.notice.market, one.notice.queue)) for one in passed],
    })  # fmt: skip


@permitted(READ)
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice: its text, the cases before and now, and what is to be done next."""
    mine = notice_for(request, pk, READ)
    recipient = recipient_of(mine, person_of(request))
    standing = in_force().get((mine.market, mine.queue))
    superseded = None
    if standing is not None and standing.notice != mine.pk and standing.sent:
        newer = Notice.objects.select_related("briefing__release").get(pk=standing.notice)
        key = (mine.release.effective_at, mine.release.number)
        if (newer.release.effective_at, newer.release.number) > key:
            superseded = newer
    return render(request, "understanding/notice.html", {
        "notice": mine, "recipient": recipient, "superseded": superseded,
        "title": mine.title.get(language(), ""), "body": as_page(mine.body.get(language(), "")),
        "queue": queue_words(mine.market, mine.queue),
        "cards": list(cards(pair_now(mine), [one for one in mine.shown if one["told"]])),
        "late": mine.binds_at is not None and mine.binds_at <= timezone.now(),
        "tries": recipient.attempts.exclude(ended_at=None).count() if recipient else 0,
        "board": may(request.user, BOARD, mine.market, mine.queue),
        "sample": mine.sample,
    })  # fmt: skip


def _mine(request: HttpRequest, pk: int) -> Recipient:
    """The person's own row of a notice that was sent. Raises `PermissionDenied` for others."""
    one = notice_for(request, pk, READ)
    recipient = recipient_of(one, person_of(request))
    if one.state != Notice.State.SENT:
        raise Http404
    if recipient is None:
        raise PermissionDenied(READ)
    recipient.notice = one
    return recipient


@permitted(READ)
@require_POST
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The person says that they have read it; on to the quiz."""
    recipient = acknowledge(_mine(request, pk))
    if recipient.passed_at is None:
        return redirect("quiz", pk=pk)
    messages.success(request, _("Noted: you have read it. Your queue is open."))
    return redirect("notices")


@permitted(READ)
@require_http_methods(["GET", "POST"])
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions; sent in, they are marked."""
    recipient = _mine(request, pk)
    try:
        attempt = begin_quiz(recipient)
    except NotRead:
        messages.warning(request, _("Read the notice first; the quiz is at its end."))
        return redirect("notice", pk=pk)
    except NoQuestions:
        messages.warning(request, _(
            "No case of this notice can be asked today. Tell whoever sent it: they can let you in."
        ))  # fmt: skip
        return redirect("notice", pk=pk)
    chosen: list[int | None] = [None] * len(attempt.questions)
    missing: list[int] = []
    if request.method == "POST":
        if request.POST.get("attempt") != str(attempt.number):
            messages.info(request, _("That quiz was marked already; this is a new one."))
            return redirect("quiz", pk=pk)
        chosen = [_number(request.POST.get(f"q{at}")) for at in range(len(chosen))]
        try:
            marked = mark_quiz(attempt, chosen)
        except NotAnswered as error:
            missing = error.args[0]
        else:
            return redirect("quiz_result", pk=pk, number=marked.number)
    return render(request, "understanding/quiz.html", {
        "notice": recipient.notice, "attempt": attempt, "missing": missing,
        "questions": asked_questions(attempt, chosen),
        "needed": needed_of(recipient, attempt),
        "title": recipient.notice.title.get(language(), ""),
        "queue": queue_words(recipient.notice.market, recipient.notice.queue),
    }, status=422 if missing else 200)  # fmt: skip


def _number(said: str | None) -> int | None:
    return (
        int(said)
        if said is not None and said.isascii() and said.isdigit() and len(said) < 3
        else None
    )


@permitted(READ)
@require_GET
def quiz_result(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was right; what was not, with the clause that says so."""
    recipient = _mine(request, pk)
    attempt = Attempt.objects.filter(recipient=recipient, number=number).first()
    if attempt is None:
        raise Http404
    if attempt.ended_at is None:
        return redirect("quiz", pk=pk)
    right, asked = sum(attempt.marks), len(attempt.marks)
    said = ngettext("{right} of {n} right", "{right} of {n} right", asked)
    return render(request, "understanding/result.html", {
        "notice": recipient.notice, "recipient": recipient, "attempt": attempt,
        "score": said.format(right=right, n=asked), "needed": needed_of(recipient, attempt),
        "questions": marked_questions(attempt),
        "queue": queue_words(recipient.notice.market, recipient.notice.queue),
    })  # fmt: skip
