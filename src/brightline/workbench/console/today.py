"""A moderator's own numbers of today, and what they decided last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils import timezone

from brightline.i18n import language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.case_lines import headline
from brightline.workbench.cases.models import Decision
from brightline.workbench.ready import Ready, ReadyValues
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of

RECENT_MINUTES = 30

_TOOK = ReadyValues(
    lambda hole: (
        Decision.objects.filter(by=hole("person"), at__gte=hole("start"))
        .order_by()
        .values_list("seconds")
    ),
    person=int,
    start=datetime,
)
_LAST = Ready(
    lambda hole: (
        Decision.objects.filter(by=hole("person"), at__gt=hole("since"))
        .select_related("case")
        .only("sha", "action", "clauses", "at", "case__attributes", "case__ref")
        .order_by("-at")[:1]
    ),
    person=int,
    since=datetime,
)


@dataclass(frozen=True, slots=True)
class Today:
    """How many one decided since midnight, and the median seconds over exactly these."""

    decided: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Just:
    """The last decision of a person: the action and the case in words."""

    action: str
    clauses: str
    title: str
    ref: str
    case_id: int
    time: str


def today(person: User) -> Today:
    """The numbers of the person's day, where the server's clock is."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    took = [seconds for (seconds,) in _TOOK.rows(person=person.pk, start=start)]
    return Today(len(took), median(took) if took else 0.0)


def just_decided(person: User) -> Just | None:
    """What the person decided last, if within the last half hour."""
    since = timezone.now() - timedelta(minutes=RECENT_MINUTES)
    last = _LAST.first(person=person.pk, since=since)
    if last is None:
        return None
    return Just(
        action_title(last.sha, last.action),
        ", ".join(clause for _sop, clause in last.clause_ids),
        headline(last.case.attributes), last.case.ref, last.case_id,
        f"{timezone.localtime(last.at):%H:%M}",
    )  # fmt: skip


def action_title(sha: str, action: str) -> str:
    """What an action was called in its rulebook; its name where that is gone."""
    try:
        known = engine_of(sha).rulebook.actions.get(action)
    except NoRulebook:
        return action
    return action if known is None else in_language(known.title, language(), action)
