"""Everything on the page of a turn but the step: the case, what is known beside it, the words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import title as role_title
from brightline.workbench.cases.case_lines import headline, lines
from brightline.workbench.cases.models import Picture, Source, TaskKind
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.cases.routing import URGENCIES
from brightline.workbench.cases.working import Turn
from brightline.workbench.console.beside import Beside, beside
from brightline.workbench.console.harm import is_harmful
from brightline.workbench.console.holding import BLIND
from brightline.workbench.console.leaving_reasons import REASONS
from brightline.workbench.console.page_words import keys, page_words
from brightline.workbench.console.start import person_of
from brightline.workbench.console.today import just_decided, today
from brightline.workbench.console.wellness import Wellness
from brightline.workbench.escalations.desks import DESKS
from brightline.workbench.escalations.on_case import answers_on, question_of
from brightline.workbench.ready import Ready
from brightline.workbench.sellers.appeals import appeal_of

_PICTURES = Ready(lambda hole: Picture.objects.filter(case=hole("case")), case=int)


def case_page(request: HttpRequest, turn: Turn) -> dict[str, Any]:
    """The context of the page."""
    task, case, person = turn.task, turn.case, person_of(request)
    blind = task.kind in BLIND
    settings = Wellness.of(person.wellness)
    history = may(person, Permission.SELLERS_SELLER_READ, task.market)
    return {
        "task": task,
        "case": case,
        "title": headline(case.attributes),
        "subject": turn.engine.rulebook.subjects[turn.ruling.table.subject].title,
        "lines": lines(case, turn.ruling.table, marked=task.kind != TaskKind.AUDIT),
        "pictures": _PICTURES.rows(case=case.pk),
        "queue": queue_words(task.market, task.queue),
        "kind": TaskKind(task.kind).words,
        "source": Source(case.source).words,
        "urgency": _(URGENCIES.get(task.urgency, URGENCIES[3])),
        "overdue": task.due_at < timezone.now(),
        "blind": blind,
        "beside": Beside() if blind else beside(turn, history),
        "today": today(person),
        "just": just_decided(person),
        "wellness": settings,
        "blur": settings.blur == "all" or (settings.blur == "harmful" and is_harmful(task)),
        "keys": keys(),
        "reasons": [(value, _(words)) for value, words in REASONS],
        "desks": [(role.value, role_title(role)) for role in DESKS],
        "asked": question_of(task),
        "answered": answers_on(task),
        "appeal": appeal_of(task),
        "page_words": page_words(),
    }
