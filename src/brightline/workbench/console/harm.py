"""Which cases count as harmful to look at.

Those on which an SOP that `BRIGHTLINE_HARMFUL_SOPS` names finds something, or still might and comes
to the gravest: judged by the rules with every suggestion taken for right, so that a case counts
before anyone has opened it. Rulebooks do not mark harm themselves.
"""

from __future__ import annotations

from django.conf import settings

from brightline.i18n import language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.cases.models import Task
from brightline.workbench.cases.routing import route
from brightline.workbench.rulebooks.in_force import engine_of, release_now
from brightline.workbench.rulebooks.models import Release


def is_harmful(task: Task) -> bool:
    """Whether the case of a task counts as harmful."""
    named: frozenset[str] = settings.HARMFUL_SOPS
    if not named:
        return False
    case = task.case
    engine = engine_of(case.sha)
    ruling = engine.decide(case.subject, case.day, case.facts)
    assumed = engine.assumed(ruling)
    if any(one.sop in named and one.violation for one in assumed.verdict.reported):
        return True
    return route(ruling, assumed, case.source, case.received_at).sop in named


def harmful_titles() -> list[str]:
    """What the SOPs that count as harmful are called, of every market's rulebook in force."""
    found: dict[str, None] = {}
    for market in Release.objects.values_list("market", flat=True).distinct():
        for sop in engine_of(release_now(market).sha).rulebook.sops:
            if sop.sop in settings.HARMFUL_SOPS:
                found[in_language(sop.title, language(), sop.sop)] = None
    return list(found)
