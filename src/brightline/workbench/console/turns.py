"""The page of a turn, and what it sends meanwhile: answers, looks ahead, the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.cases.actions.decide import NotDetermined, decide, decided_before
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.console.actions.keep_hold import keep_hold
from brightline.workbench.console.actions.take_answers import take_answers
from brightline.workbench.console.case_page import case_page
from brightline.workbench.console.going import gone, onward
from brightline.workbench.console.holding import my_task
from brightline.workbench.console.replies import lost, problem
from brightline.workbench.console.sent import Unreadable, answers_in, body, plain
from brightline.workbench.console.start import person_of
from brightline.workbench.console.step import Step, supposed
from brightline.workbench.look.fragments import fragment


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """The one screen. Where the task is not in hand: back to the start, with words."""
    try:
        held = my_task(request, task_id)
    except NotYours:
        return gone(request, task_id)
    turn = Turn(held)
    return render(request, "console/task.html", case_page(request, turn) | {"step": Step(turn)})


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def answers(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take the answers and undos that the browser holds, in order; what is taken, and the step."""
    try:
        sent = answers_in(body(request))
        taken = take_answers(my_task(request, task_id), person_of(request), sent)
    except Unreadable as error:
        return problem("unreadable", str(error), 400)
    except NotYours:
        return lost(request, task_id)
    return JsonResponse(
        shown(request, Step(taken.turn))
        | {"taken": [str(key) for key in taken.taken], "refused": taken.refused}
    )


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def ask(request: HttpRequest, task_id: int) -> HttpResponse:
    """The question of a fact that is known already, to answer it again."""
    try:
        turn = Turn(my_task(request, task_id))
    except NotYours:
        return lost(request, task_id)
    fact = request.GET.get("fact", "")
    column = turn.column(fact)
    if column is None or column.fact.ask is None:
        return problem("unknown", _("This question is no longer part of the rules."), 404)
    return JsonResponse(shown(request, Step(turn, again=column.name)))


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def known(request: HttpRequest, task_id: int) -> HttpResponse:
    """The facts that a step leaves out: they are many, and seldom wanted."""
    try:
        step = Step(Turn(my_task(request, task_id)))
    except NotYours:
        return lost(request, task_id)
    rows = {"rows": step.all_the_rest(), "step": step}
    return JsonResponse({"html": fragment(request, "console/known.html", **rows)})


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def ahead(request: HttpRequest, task_id: int) -> HttpResponse:
    """What the page would show next for each answer of the question, so that it is there at once.

    Only a picture of what the rules would say: the answer itself is still sent and stored.
    """
    try:
        turn = Turn(my_task(request, task_id))
    except NotYours:
        return lost(request, task_id)
    now = Step(turn)
    found: list[dict[str, Any]] = []
    if now.column is not None:
        for value in now.values():
            after = supposed(turn, now.column.name, value)
            found.append({"fact": now.column.name, "value": value} | shown(request, Step(after)))
    return JsonResponse({"token": now.token, "ahead": found})


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def hold(request: HttpRequest, task_id: int) -> HttpResponse:
    """Someone is at work on it: the lease runs anew."""
    try:
        my_task(request, task_id)
        until = keep_hold(task_id, person_of(request))
    except NotYours:
        return lost(request, task_id)
    return JsonResponse({"lease": until.isoformat()})


@permitted(Permission.CASES_TASK_WORK)
@require_POST
def confirm(request: HttpRequest, task_id: int) -> HttpResponse:
    """Confirm the verdict that was seen, once; then on to the next task."""
    person = person_of(request)
    try:
        said, turn = body(request), _turn_to_confirm(request, task_id)
        if turn is not None and said.get("token") != Step(turn).token:
            changed = _("The answers have changed since this verdict was shown. Look again.")
            return JsonResponse(shown(request, Step(turn)) | {"problem": "changed",
                                "words": changed}, status=409)  # fmt: skip
        decide(task_id, person, plain(said.get("note")), turn)
    except Unreadable as error:
        return problem("unreadable", str(error), 400)
    except NotDetermined:
        return problem("open", _("There is still a question left: the case is not settled."), 409)
    except NotYours:
        return lost(request, task_id)
    return JsonResponse({"to": onward(request)})


def _turn_to_confirm(request: HttpRequest, task_id: int) -> Turn | None:
    """The turn in hand; None where it was confirmed before. Raises `NotYours`."""
    try:
        return Turn(my_task(request, task_id))
    except NotYours:
        if decided_before(task_id, person_of(request)) is None:
            raise
        return None


def shown(request: HttpRequest, step: Step) -> dict[str, Any]:
    """A step as the page takes it."""
    held: Task = step.turn.task
    return {
        "token": step.token,
        "before": step.before,
        "state": step.state,
        "html": fragment(request, "console/step.html", step=step),
        "lease": held.lease_until.isoformat() if held.lease_until else "",
        "now": timezone.now().isoformat(),
    }
