"""The pages of uploads: a file sent, its columns looked at, how far it is, its bad rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import Words
from brightline.screening.errors import UnusableCases
from brightline.screening.writing import CsvOut
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api.actions.upload import begin_upload, keep_upload, stop_upload
from brightline.workbench.api.models import Upload
from brightline.workbench.api.uploads.mapping import checked, choices_of, guessed
from brightline.workbench.api.uploads.rows import preview
from brightline.workbench.rulebooks.in_force import engine_of, release_now
from brightline.workbench.rulebooks.models import Release

RECEIVE = Permission.CASES_CASE_RECEIVE


def _mine(request: HttpRequest, pk: int) -> Upload:
    upload = Upload.objects.select_related("by").filter(pk=pk).first()
    if upload is None:
        raise Http404
    if not may(request.user, RECEIVE, upload.market):
        raise PermissionDenied(RECEIVE)
    return upload


def _rulebook(market: str) -> Rulebook:
    return engine_of(release_now(market).sha).rulebook


@permitted(RECEIVE)
def uploads(request: HttpRequest) -> HttpResponse:
    """Every upload of their markets, and the form to send a file."""
    every = sorted(set(Release.objects.values_list("market", flat=True)))
    markets = [market for market in every if may(request.user, RECEIVE, market)]
    wrong: UnusableCases | None = None
    if request.method == "POST":
        market, _bar, subject = request.POST.get("what", "").partition("|")
        if market in every and market not in markets:
            raise PermissionDenied(RECEIVE)
        if market not in every or subject not in _rulebook(market).subjects:
            raise Http404
        assert isinstance(request.user, User)
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise UnusableCases(_("choose a file first"))
            return redirect("upload", pk=keep_upload(sent, market, subject, request.user).pk)
        except UnusableCases as error:
            wrong = error
    context = {
        "uploads": Upload.objects.select_related("by").filter(market__in=markets)[:100],
        "subjects": [
            (f"{market}|{name}", f"{Words(book, name).text(of.title, name)} ({market})")
            for market in markets
            for book in [_rulebook(market)]
            for name, of in book.subjects.items()
        ],
        "wrong": wrong,
    }
    return render(request, "api/uploads.html", context, status=422 if wrong else 200)


@permitted(RECEIVE)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it is begun: the columns. Then: how far it is, and what became of the rows."""
    mine = _mine(request, pk)
    if mine.status == Upload.Status.DRAFT:
        return _draft(request, mine)
    same = Upload.objects.filter(digest=mine.digest, market=mine.market).exclude(pk=mine.pk)
    context = {"upload": mine, "bad": mine.bad_rows.all()[:100], "same": same.first()}
    return render(request, "api/upload.html", context)


def _draft(request: HttpRequest, mine: Upload, wrong: UnusableCases | None = None) -> HttpResponse:
    rulebook, subject = _rulebook(mine.market), mine.mapping["subject"]
    columns: tuple[str, ...] = ()
    rows: list[list[str]] = []
    try:
        columns, rows, _bad = preview(Path(mine.file))
    except UnusableCases as error:
        wrong = error
    chosen = guessed(rulebook, subject, columns)
    if request.method == "POST":
        chosen = _chosen(request, columns)
    words = Words(rulebook, subject)
    titles: dict[str, str] = {}
    for name, of in rulebook.subjects[subject].attributes.items():
        titles[f"attribute:{name}"] = words.text(of.title, name)
    context: dict[str, Any] = {
        "upload": mine, "columns": columns, "rows": rows, "chosen": chosen, "wrong": wrong,
        "choices": [(c, _in_words(c, titles)) for c in choices_of(rulebook, subject)],
        "subject": words.text(rulebook.subjects[subject].title, subject),
    }  # fmt: skip
    return render(request, "api/upload_draft.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, columns: tuple[str, ...]) -> dict[str, str]:
    return {name: request.POST.get(f"column-{at}", "") for at, name in enumerate(columns)}


def _in_words(choice: str, titles: dict[str, str]) -> str:
    kind, _colon, name = choice.partition(":")
    if kind == "attribute":
        return _("{title} (attribute {name})").format(title=titles.get(choice, name), name=name)
    if kind == "fact":
        return _("fact {name}").format(name=name)
    return {
        "ref": _("the case's own id (ref)"),
        "seller": _("seller"),
        "language": _("language"),
        "source": _("source"),
        "risk": _("risk, 0 to 1"),
    }[choice]


@permitted(RECEIVE)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file to the job."""
    mine = _mine(request, pk)
    assert isinstance(request.user, User)
    if mine.status == Upload.Status.DRAFT:
        try:
            columns, _rows, _bad = preview(Path(mine.file), 0)
            chosen: dict[str, str] = {}
            if columns:
                subject = mine.mapping["subject"]
                chosen = checked(
                    _rulebook(mine.market), subject, columns, _chosen(request, columns)
                )
        except UnusableCases as error:
            return _draft(request, mine, error)
        begin_upload(mine, chosen, request.user)
    return redirect("upload", pk=pk)


@permitted(RECEIVE)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Read no further."""
    stop_upload(_mine(request, pk))
    return redirect("upload", pk=pk)


@permitted(RECEIVE)
def bad_rows(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The bad rows as CSV, to be mended and sent again; no cell can be taken for a formula."""
    mine = _mine(request, pk)
    answer = StreamingHttpResponse(_csv(mine), content_type="text/csv; charset=utf-8")
    stamp = timezone.localtime(mine.at).strftime("%Y%m%d-%H%M")
    answer["Content-Disposition"] = f'attachment; filename="bad-rows-{mine.pk}-{stamp}.csv"'
    return answer


def _csv(mine: Upload) -> Iterator[bytes]:
    kinds: dict[str, pa.DataType] = {"row": pa.int64(), "line": pa.int64()}
    kinds |= {"reason": pa.string(), "raw": pa.string()}
    schema = pa.schema(kinds)
    out = io.BytesIO("\ufeff".encode())  # so that spreadsheets read it as UTF-8
    out.seek(0, io.SEEK_END)
    writer = CsvOut(out, schema)
    rows: list[dict[str, Any]] = []
    for row in mine.bad_rows.values("row", "line", "reason", "raw").iterator(1000):
        rows.append(dict(row))
        if len(rows) == 1000:
            writer.write(pa.RecordBatch.from_pylist(rows, schema=schema))
            rows = []
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    writer.write(pa.RecordBatch.from_pylist(rows, schema=schema))
    yield out.getvalue()
