"""What is done about a question: answered, taken in hand, passed on, settled outside the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.actions.decide import NotDetermined
from brightline.workbench.escalations.about import About, UnknownRule
from brightline.workbench.escalations.actions.adopt_answers import adopt_answers
from brightline.workbench.escalations.actions.answer_question import (
    AlreadyClosed,
    Reply,
    answer_question,
)
from brightline.workbench.escalations.actions.pass_on import pass_on
from brightline.workbench.escalations.actions.settle_outside import RulesDecide, settle_outside
from brightline.workbench.escalations.actions.take import (
    CannotTake,
    HeldByAnother,
    KeptOut,
    Paused,
    take,
)
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.escalations.views.questions import question_page, seen

Act = Callable[[HttpRequest, Escalation, Any], HttpResponse]


def _act(view: Act) -> Callable[[HttpRequest, int], HttpResponse]:
    """A POST on one question. What was refused comes back with what was typed, and why."""

    @permitted(Permission.ESCALATIONS_QUESTION_ANSWER)
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, question_id: int) -> HttpResponse:
        found = seen(request, question_id)
        try:
            return view(request, found, request.user)
        except (AlreadyClosed, HeldByAnother, CannotTake, KeptOut, Paused, NotYours,
                NotDetermined, RulesDecide, ValueError) as error:  # fmt: skip
            said = {name: str(value) for name, value in request.POST.items()}
            fresh = seen(request, question_id)
            return question_page(request, fresh, said | {"error": _told(error)}, 409)

    return checked


@_act
def answer(request: HttpRequest, found: Escalation, person: Any) -> HttpResponse:
    """Answer it; `then` says whether one decides the case now or sends it back."""
    form = request.POST
    if not form.get("answer", "").strip():
        raise ValueError(_("Write the answer first."))
    tie = About.read(form.get("tie", "")) if form.get("precedent") else None
    if tie is not None and not (form.get("asked", "").strip() or found.question):
        raise ValueError(_("Write the question as the precedent is to have it."))
    reply = Reply(form["answer"], form.get("answer_en", ""), tie, form.get("asked", ""))
    back = form.get("then") != "decide"
    answer_question(found.pk, person, reply, back=back)
    if back:
        messages.success(request, _("Answered. The case is back in its queue with your answer."))
        return redirect("questions")
    messages.success(request, _("Answered. The case is in your hands now."))
    return redirect("console")


@_act
def take_case(request: HttpRequest, found: Escalation, person: Any) -> HttpResponse:
    """Take its case in hand; `adopt` takes over the answers that the asker had given."""
    task = take(found.pk, person)
    if request.POST.get("adopt"):
        adopt_answers(task.pk, person)
    return redirect("console")


@_act
def pass_question(request: HttpRequest, found: Escalation, person: Any) -> HttpResponse:
    """Put it to another role."""
    if not request.POST.get("why", "").strip():
        raise ValueError(_("Say why you pass it on."))
    pass_on(found.pk, person, request.POST.get("to", ""), request.POST["why"])
    messages.success(request, _("Passed on."))
    return redirect("questions")


@_act
def settle(request: HttpRequest, found: Escalation, person: Any) -> HttpResponse:
    """Settle its case outside the rules."""
    if not request.POST.get("reason", "").strip():
        raise ValueError(_("Give the reason: it is kept under your name."))
    settle_outside(found.task_id, person, request.POST.get("action", ""), request.POST["reason"])
    messages.success(request, _("Settled, and marked as an exception under your name."))
    return redirect("question", question_id=found.pk)


def _told(error: Exception) -> str:
    """What went wrong and what to do, in the language in force."""
    if isinstance(error, AlreadyClosed):
        return _("Somebody was quicker: this question is closed. Nothing of yours was sent.")
    if isinstance(error, HeldByAnother):
        return _("Somebody else has this case in hand. Wait until they are done, or talk to them.")
    if isinstance(error, CannotTake):
        return _("You have had a turn at this case, so another person has to decide it. You can "
                 "answer and send it back.")  # fmt: skip
    if isinstance(error, KeptOut):
        return _("The queue is closed to you for now: {why}").format(why=error)
    if isinstance(error, Paused):
        return _("The queue is paused: {why}").format(why=error)
    if isinstance(error, NotYours):
        return _("The case is no longer in your hands: take it again.")
    if isinstance(error, RulesDecide):
        return _("On these answers the rules decide by themselves. Confirm their verdict in the "
                 "console.")  # fmt: skip
    if isinstance(error, NotDetermined):
        return _("Answer the open questions in the console first.")
    if isinstance(error, UnknownRule):
        return _("Choose the clause or question that the precedent belongs to.")
    return str(error)
