"""Which events a page or a file shows: by kind, person, case, thing and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from brightline.workbench.accounts.may import reach
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import ChainHead, Event
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.reading import cases_within
from brightline.workbench.look.days import begins, ends
from brightline.workbench.look.forms import whole


@dataclass(frozen=True)
class Filters:
    """What is looked for; empty says nothing. `on` is `person:12`."""

    kind: str = ""
    person: str = ""
    case: str = ""
    on: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """The filters that an address carries."""
        return cls(**{name: str(query.get(name, ""))[:120].strip() for name in cls.__annotations__})


def everything(person: User) -> bool:
    """Whether the person's right to read the log holds everywhere."""
    return ("", "") in set(reach(person, Permission.AUDIT_EVENT_READ))


def events_for(person: User, wanted: Filters) -> QuerySet[Event]:
    """The events, without an order. Who may read the log in some markets only sees what happened
    to their cases."""
    found = Event.objects.all()
    if not everything(person):
        mine = cases_within(person, Permission.AUDIT_EVENT_READ)
        found = found.filter(case_id__in=mine.values("pk"))
    if wanted.kind in {kind.value for kind in EventKind}:
        found = found.filter(kind=wanted.kind)
    if wanted.person == "-":
        found = found.filter(actor=None)
    elif wanted.person:
        ids = User.objects.filter(username__iexact=wanted.person).values_list("pk", flat=True)
        found = found.filter(actor_id__in=list(ids))
    if wanted.case:
        refs = Case.objects.filter(ref=wanted.case).values_list("pk", flat=True)
        ids_ = list(refs) or ([whole(wanted.case)] if whole(wanted.case) else [])
        found = found.filter(case_id__in=ids_)
    if wanted.on:
        kind, _colon, one = wanted.on.partition(":")
        found = found.filter(on_type=kind, on_id=one)
    if (since := begins(wanted.since)) is not None:
        found = found.filter(seq__gte=first_at(since))
    if (until := ends(wanted.until)) is not None:
        found = found.filter(seq__lt=first_at(until))
    return found


def first_at(moment: datetime) -> int:
    """The number of the first event at or after a moment; one past the last where there is none.

    The log is in the order of time, so twenty steps find it among a million without an index.
    """
    low, high = 1, ChainHead.objects.values_list("seq", flat=True).get(pk=1) + 1
    while low < high:
        middle = (low + high) // 2
        at = Event.objects.filter(seq=middle).values_list("at", flat=True).first()
        if at is not None and at < moment:
            low = middle + 1
        else:
            high = middle
    return low
