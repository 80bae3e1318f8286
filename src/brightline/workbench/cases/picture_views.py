"""A picture of a case, for those who may read the case."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.models import Case, Picture
from brightline.workbench.cases.pictures import KINDS

READ = Permission.CASES_CASE_READ


@permitted(READ)
def case_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes. They never change, so the person's own browser may keep them for an hour."""
    picture = Picture.objects.select_related("case").filter(pk=pk).first()
    if picture is None:
        raise Http404
    if not _may_read(request, picture.case):
        raise PermissionDenied(READ)
    tag = f'"{picture.digest}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    try:
        file = picture.file.open("rb")
    except OSError:
        raise Http404 from None
    ending = str(picture.file.name).rsplit(".", 1)[-1]
    answer = FileResponse(file, content_type=KINDS.get(ending, "application/octet-stream"))
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Content-Disposition"] = f'inline; filename="case-{picture.case_id}-{pk}.{ending}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _may_read(request: HttpRequest, case: Case) -> bool:
    """Whether they may read the case in any of the queues that it was in."""
    queues = set(case.tasks.values_list("queue", flat=True)) or {""}
    return any(may(request.user, READ, case.market, queue) for queue in queues)
