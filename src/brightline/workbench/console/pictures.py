"""The pictures of the case in hand."""

from __future__ import annotations

import mimetypes

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.actions.answer import NotYours
from brightline.workbench.console.holding import my_task

_SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")


@permitted(Permission.CASES_TASK_WORK)
@require_GET
def picture(request: HttpRequest, task_id: int, picture_id: int) -> HttpResponseBase:
    """One picture; never anything that a browser could run."""
    try:
        task = my_task(request, task_id)
    except NotYours:
        raise Http404 from None
    found = task.case.pictures.filter(pk=picture_id).first()
    if found is None:
        raise Http404
    kind = mimetypes.guess_type(found.file.name or "")[0]
    if kind not in _SHOWN:
        raise Http404
    try:
        response = FileResponse(found.file.open("rb"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=900"
    return response
