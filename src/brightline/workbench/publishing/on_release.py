"""What this room adds to the pages of releases: the draft, the files, a folder that is watched."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.drafts.models import Draft
from brightline.workbench.publishing.exporting import as_zip, files_as_bytes
from brightline.workbench.publishing.models import WatchedFolder
from brightline.workbench.releasing.views import the_release
from brightline.workbench.rulebooks.models import Release

P = Permission


def beside_release(request: HttpRequest, release: Release) -> dict[str, Any]:
    """The draft it came from, for those who may read drafts; the files."""
    draft = None
    if may(request.user, P.DRAFTS_DRAFT_READ, release.market):
        draft = Draft.objects.filter(released_as=release).select_related("owner").first()
    return {"release": release, "draft": draft}


def beside_releases(request: HttpRequest, market: str) -> dict[str, Any] | None:
    """Folders that are watched for a market and do not stand well; and those of no known market."""
    if not may(request.user, P.RULEBOOKS_RELEASE_PUBLISH, market):
        return None
    found = [one for one in WatchedFolder.objects.filter(market__in=("", market))
             if one.state != WatchedFolder.State.FINE]  # fmt: skip
    return {"folders": found} if found else None


@permitted(P.RULEBOOKS_RELEASE_READ)
def release_files(request: HttpRequest, market: str, number: int) -> HttpResponse:
    """The folder of a release as a zip."""
    release = the_release(request, market, number, P.RULEBOOKS_RELEASE_READ)
    name = f"{release.name}-{market}-{release.number}"
    answer = HttpResponse(as_zip(files_as_bytes(release), name), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer
