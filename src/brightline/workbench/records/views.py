"""The log: its events, a file of them, and the check that all is as it was written."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from brightline.i18n import _, language, use
from brightline.screening.writing import csv_cell
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind, in_words
from brightline.workbench.audit.models import Event
from brightline.workbench.look.forms import whole
from brightline.workbench.records.finding import Filters, events_for, everything
from brightline.workbench.records.stepping import carried, opened
from brightline.workbench.records.telling import Teller
from brightline.workbench.records.verifying import Check
from brightline.workbench.records.verifying import in_words as wrong_in_words

P = Permission
PAGE, CHUNK = 50, 1_000


@permitted(P.AUDIT_EVENT_READ)
def events(request: HttpRequest) -> HttpResponse:
    """The newest events that fit; `before` goes on from an event's number."""
    me: User = request.user  # type: ignore[assignment]
    wanted = Filters.of(request.GET)
    found = events_for(me, wanted).order_by("-seq")
    before = whole(request.GET.get("before", ""))
    if before is not None:
        found = found.filter(seq__lt=before)
    rows = list(found[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    teller = Teller(rows)
    query = {name: value for name, value in vars(wanted).items() if value}
    return render(
        request,
        "records/events.html",
        {
            "rows": [_row(teller, event) for event in rows],
            "wanted": wanted,
            "kinds": sorted(((k.value, in_words(k)) for k in EventKind), key=lambda k: k[1]),
            "older": urlencode({**query, "before": rows[-1].seq}) if more else "",
            "paged": before is not None,
            "query": urlencode(query),
            "filtered": bool(query),
            "everything": everything(me),
        },
    )


def _row(teller: Teller, event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "what": in_words(event.kind),
        "who": teller.actor(event),
        "thing": teller.thing(event),
        "case": teller.cases.get(event.case_id or 0),
        "before": teller.side(event, event.before),
        "after": teller.side(event, event.after),
    }


@permitted(P.AUDIT_EVENT_READ)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All events that fit, the oldest first, as CSV; no cell is taken for a formula."""
    found = events_for(request.user, Filters.of(request.GET))  # type: ignore[arg-type]
    day = timezone.localdate().isoformat()
    return StreamingHttpResponse(
        _csv(found, language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="brightline-log-{day}.csv"',
                 "Cache-Control": "no-store, private"},
    )  # fmt: skip


class _Line:
    def write(self, text: str) -> str:
        return text


def _csv(found: Any, spoken: str) -> Iterator[str]:
    with use(spoken):  # the answer is sent after the middleware has let go of the language
        write = csv.writer(_Line(), lineterminator="\r\n").writerow
        yield "\ufeff" + str(write([  # so that Excel reads Vietnamese
            _("Number"), _("When"), _("What"), _("Who"), _("On what"), _("Case"), _("Before"),
            _("After"), _("Why"), _("Rulebook"), _("Hash"),
        ]))  # fmt: skip
        after = 0
        while rows := list(found.filter(seq__gt=after).order_by("seq")[:CHUNK]):
            teller = Teller(rows)
            for event in rows:
                yield str(write([csv_cell(value) for value in _cells(teller, event)]))
            after = rows[-1].seq


def _cells(teller: Teller, event: Event) -> list[object]:
    case = teller.cases.get(event.case_id or 0)
    sides = [
        "; ".join(f"{label}: {words}" if label else words for label, words in said)
        for said in (teller.side(event, event.before), teller.side(event, event.after))
    ]
    return [
        event.seq, timezone.localtime(event.at).isoformat(timespec="seconds"),
        in_words(event.kind), teller.actor(event), teller.thing(event),
        case.ref if case else "", *sides, event.why, event.rulebook, event.hash,
    ]  # fmt: skip


@permitted(P.AUDIT_EVENT_READ)
def verify(request: HttpRequest) -> HttpResponse:
    """The check of everything: each POST reads on a little and says how far it is."""
    check, state = None, ""
    if request.method == "POST":
        try:
            check = opened(request.POST.get("state", ""))
        except signing.BadSignature:
            check = Check()
        check.step()
        state = "" if check.done else carried(check)
    found = {"check": check, "state": state, "share": check.share() if check else 0.0,
             "words": wrong_in_words}  # fmt: skip
    part = request.headers.get("X-Part") == "1"
    return render(request, "records/checked.html" if part else "records/verify.html", found)
