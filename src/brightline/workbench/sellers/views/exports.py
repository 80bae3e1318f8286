"""The export of statements of reasons: choose the days, take the file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from brightline.i18n import _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import reach
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.sellers.exporting import FORMS, chosen, streamed
from brightline.workbench.sellers.views import person

EXPORT = Permission.SELLERS_STATEMENT_EXPORT


@permitted(EXPORT)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The days to export, and how many statements that is."""
    start, end, wrong = _days(request)
    found = chosen(_markets(request), _midnight(start), _midnight(end + timedelta(days=1)))
    context = {"start": start, "end": end, "wrong": wrong, "count": found.count()}
    return render(request, "sellers/export.html", context)


@permitted(EXPORT)
@require_GET
def export_file(request: HttpRequest, form: str) -> Any:
    """The file, a row at a time."""
    if form not in FORMS:
        raise Http404
    start, end, wrong = _days(request)
    if wrong:
        return redirect("statements")
    found = chosen(_markets(request), _midnight(start), _midnight(end + timedelta(days=1)))
    response = StreamingHttpResponse(streamed(found, form), content_type=FORMS[form])
    name = f"statements-{start:%Y%m%d}-{end:%Y%m%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _markets(request: HttpRequest) -> set[str]:
    return {market for market, _queue in reach(person(request), EXPORT)}


def _days(request: HttpRequest) -> tuple[date, date, str]:
    """The first and last day asked for (the last 30 days by default), and what is wrong."""
    today = timezone.localdate()
    first, last = today - timedelta(days=29), today
    given = [request.GET.get(name, "") for name in ("from", "to")]
    try:
        start, end = (
            date.fromisoformat(text) if text else day
            for text, day in zip(given, (first, last), strict=True)
        )
    except ValueError:
        return first, last, _("A day is written as in 2026-06-30.")
    if start > end:
        return first, last, _("The first day is after the last.")
    if start.year < 2000 or end.year > 2200:
        return first, last, _("There are no statements of such days.")
    return start, end, ""


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
