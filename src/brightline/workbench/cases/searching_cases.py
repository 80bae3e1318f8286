"""Finding cases: by reference, words without accents, seller, outcome, clause, source, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Q

from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Case, UnderClause
from brightline.workbench.cases.naming import markets
from brightline.workbench.cases.reading import blind_turns, cases_within
from brightline.workbench.cases.searching import fold
from brightline.workbench.look.days import begins, ends
from brightline.workbench.rulebooks.renaming import ever_called

PAGE = 50
WAITING = "-"
"""The outcome that stands for none yet."""
NEVER_LISTED = ("attributes", "given", "facts", "search_text")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty says nothing."""

    q: str = ""
    market: str = ""
    seller: str = ""
    subject: str = ""
    action: str = ""
    clause: str = ""
    source: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """What an address asks for."""
        return cls(**{name: str(query.get(name, ""))[:200].strip() for name in cls.__annotations__})


@dataclass(frozen=True)
class Found:
    """A page of cases, the newest first; `after` goes on from there, empty at the end."""

    cases: list[Case]
    after: str


def find(person: User, wanted: Wanted, after: str = "") -> Found:
    """The cases that fit, of those that the person's role reaches."""
    cases = cases_within(person, Permission.CASES_CASE_READ).defer(*NEVER_LISTED)
    for name in ("market", "seller", "subject", "source"):
        if value := getattr(wanted, name):
            cases = cases.filter(**{name: value})
    if wanted.action:
        cases = cases.filter(action="" if wanted.action == WAITING else wanted.action)
    if wanted.clause:
        cases = cases.filter(_under(wanted.clause, wanted.market))
    tells = wanted.action or wanted.clause  # the filter would tell the outcome
    if tells and may(person, Permission.CASES_TASK_WORK):
        cases = cases.exclude(pk__in=blind_turns(Case.objects.all()).values("pk"))
    if (since := begins(wanted.since)) is not None:
        cases = cases.filter(received_at__gte=since)
    if (until := ends(wanted.until)) is not None:
        cases = cases.filter(received_at__lt=until)
    if wanted.q:
        named = cases.filter(market__in=markets(), ref=wanted.q)[:PAGE]  # so the index serves
        exact = list(named) if not after else []
        if exact:
            return Found(exact, "")
        for word in fold(wanted.q).split()[:8]:
            cases = cases.filter(search_text__contains=word)
    if after and (place := _opened(after)) is not None:
        at, pk = place
        cases = cases.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk)).filter(
            received_at__lte=at
        )
    rows = list(cases.order_by("-received_at", "-pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return Found(rows, "")
    last = rows[PAGE - 1]
    key = signing.dumps([last.received_at.isoformat(), last.pk], salt="cases")
    return Found(rows[:PAGE], key)


def _under(clause: str, only: str) -> Q:
    """Cases whose decision in force rests on a clause, whatever it was called on that day."""
    found = Q(pk__in=())
    for market in [only] if only else markets():
        names = Q(pk__in=())
        for name in ever_called(market, clause):
            names |= Q(sop=name.sop, clause=name.clause)
        found |= Q(market=market, pk__in=UnderClause.objects.filter(names).values("case"))
    return found


def _opened(after: str) -> tuple[datetime, int] | None:
    try:
        at, pk = signing.loads(after, salt="cases")
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(at), int(pk)
