"""The questions that wait, and one of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import title
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.actions.settle_outside import choices as actions_for
from brightline.workbench.escalations.actions.take import had_a_turn, may_take
from brightline.workbench.escalations.desks import DESKS, may_answer, may_see
from brightline.workbench.escalations.listing import DONE, WAITING, for_me, questions, sops_of
from brightline.workbench.escalations.models import Escalation
from brightline.workbench.escalations.precedents import precedents_like
from brightline.workbench.escalations.searching import hit_of
from brightline.workbench.escalations.showing import Shown, rule_words
from brightline.workbench.escalations.tying import choices
from brightline.workbench.rulebooks.in_force import engine_of

A_PAGE = 50
_TYPED = ("error", "answer", "answer_en", "precedent", "tie", "action", "reason", "why", "to")
"""What the forms of a question's page send, and what was wrong with it."""


@permitted(Permission.ESCALATIONS_QUESTION_ANSWER)
@require_GET
def question_list(request: HttpRequest) -> HttpResponse:
    """The questions of one's markets and queues."""
    person: Any = request.user
    state = DONE if request.GET.get("state") == DONE else WAITING
    sop, everyone = request.GET.get("sop", ""), request.GET.get("to") == "all"
    found = questions(person, state)
    narrowed = questions(person, state, sop)
    page = Paginator(narrowed if everyone else for_me(narrowed, person), A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "escalations/questions.html",
        {
            "page": page,
            "rows": [Shown(one) for one in page],
            "state": state,
            "sop": sop,
            "everyone": everyone,
            "sops": [(name, _sop_title(found, name)) for name in sops_of(found)],
            "waiting": for_me(questions(person), person).count(),
        },
    )


def _sop_title(found: QuerySet[Escalation], name: str) -> str:
    newest = found.filter(sop=name).order_by("-pk").values_list("sha", flat=True)[:1]
    return rule_words(engine_of(newest[0]), About(name)).sop_title


@permitted(Permission.ESCALATIONS_QUESTION_ANSWER)
@require_GET
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """One question: its case, the answers so far, precedents, and the ways to answer."""
    return question_page(request, seen(request, question_id))


def seen(request: HttpRequest, question_id: int) -> Escalation:
    """A question that the person may see. Raises `Http404` and `PermissionDenied`."""
    found = (
        Escalation.objects.select_related(
            "case", "task", "task__claimed_by", "asked_by", "answered_by", "asked_from", "decision"
        )
        .filter(pk=question_id)
        .first()
    )
    if found is None:
        raise Http404
    if not may_see(request.user, found):  # type: ignore[arg-type]
        raise PermissionDenied(Permission.ESCALATIONS_QUESTION_ANSWER)
    return found


def question_page(
    request: HttpRequest, found: Escalation, said: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a question; `said` is what was typed into a form that was refused, and why."""
    person: Any = request.user
    shown = Shown(found)
    return render(
        request,
        "escalations/question.html",
        {
            "q": found,
            "shown": shown,
            "said": dict.fromkeys(_TYPED, "") | {"asked": shown.asked[0].question} | (said or {}),
            "precedents": [hit_of(one) for one in precedents_like(found.case, shown.what)],
            "ties": choices(shown.engine.rulebook, shown.asked_turn, shown.what),
            "tie": str(shown.what) if found.clause or found.fact else "",
            "desks": [(role.value, title(role)) for role in DESKS if role != found.to_role],
            **_ways(person, found, shown),
        },
        status=status,
    )


def _ways(person: User, found: Escalation, shown: Shown) -> dict[str, Any]:
    """What the person may do about it now."""
    task = found.task
    held = task.status == Task.Status.CLAIMED and task.claimed_by_id == person.pk
    others = task.status == Task.Status.CLAIMED and not held
    live = task.status in (Task.Status.OPEN, Task.Status.CLAIMED)
    settle = held and may(person, Permission.ESCALATIONS_CASE_SETTLE, found.market, task.queue)
    actions: list[tuple[str, str]] = []
    if settle:
        turn = Turn(task)
        verdict = turn.ruling.verdict
        if verdict.determined and turn.engine.rulebook.actions[verdict.action].person:
            actions = [(name, shown.words.action(name)) for name in actions_for(turn)]
    return {
        "held": held,
        "others": others,
        "may_answer": found.open and may_answer(person, found),
        "may_take": live and may_take(person, task) and not had_a_turn(person, task),
        "may_pass": found.open and not others and found.asked_by_id != person.pk,
        "may_settle": settle,
        "actions": actions,
    }
