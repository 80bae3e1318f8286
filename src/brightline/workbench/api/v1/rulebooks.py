"""The rulebooks by program: what is in force, was or will be, and a new one from a team's CI."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from brightline.i18n import _
from brightline.rulebook.problems import Problem
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api.door import ApiError, Needs, allowed, caller, check
from brightline.workbench.api.v1.coming_in import ERRORS
from brightline.workbench.api.v1.going_out import markets_of
from brightline.workbench.api.v1.schemas import PushedOut, PushIn, ReleaseOut
from brightline.workbench.publishing.actions.sign_push import look_whether_overtaken
from brightline.workbench.publishing.models import Push
from brightline.workbench.publishing.pushing import Pushed, Refused, Waits, push
from brightline.workbench.publishing.waiting import standing_of_push
from brightline.workbench.rulebooks.actions.publish import Terms
from brightline.workbench.rulebooks.in_force import NoRulebook, release_at
from brightline.workbench.rulebooks.models import Release, Way
from brightline.workbench.rulebooks.scheduling import CannotRelease
from brightline.workbench.rulebooks.telling import told_release
from brightline.workbench.rulebooks.times import NoMoment, read_moment
from brightline.workbench.uploaded_rulebook import MOST_BYTES, UnusableArchive

router = Router(tags=["rulebooks"])
READ, PUSH = Permission.RULEBOOKS_RELEASE_READ, Permission.RULEBOOKS_RELEASE_PUSH
_MOST_TOLD = 100
At = Annotated[
    str,
    Query(max_length=60, description="A moment, in Vietnam time where it names no zone: "
          "`2026-03-03T14:00`. Empty: now.", examples=["2026-03-03T14:00"]),
]  # fmt: skip


@router.get(
    "/releases", auth=Needs(READ), response={200: list[ReleaseOut], **ERRORS},
    operation_id="releases", summary="The rulebooks in force, now or at a moment",
    description="One release a market; a market in which nothing was in force then is left out.",
)  # fmt: skip
def releases(request: HttpRequest, at: At = "") -> list[dict[str, Any]]:
    """The release in force at a moment in every market that the key may read of."""
    moment = _moment(at, "at") or timezone.now()
    found = []
    for market in markets_of(request, READ):
        try:
            found.append(told_release(release_at(market, moment)))
        except NoRulebook:
            continue
    return found


@router.get(
    "/releases/{market}", auth=Needs(READ), response={200: list[ReleaseOut], **ERRORS},
    operation_id="releases_of_market", summary="Every release of a market, the newest first",
)  # fmt: skip
def releases_of_market(request: HttpRequest, market: str) -> list[dict[str, Any]]:
    """What was, is and will be in force in one market."""
    check(request, READ, market)
    if "\x00" in market:
        return []
    found = (
        Release.objects.filter(market=market).defer("form")
        .select_related("restores", "cancellation", "ratification").order_by("-number")
    )  # fmt: skip
    return [told_release(one) for one in found[:1000]]


@router.get(
    "/rulebooks/{sha}", auth=Needs(READ),
    response={200: dict[str, Any], **ERRORS}, operation_id="rulebook",
    summary="What a rulebook says, by its hash",
    description="Its canonical form: the SHA-256 of the body is its name. It never changes.",
)  # fmt: skip
def rulebook(request: HttpRequest, sha: str) -> Any:
    """The canonical form."""
    found = Release.objects.filter(sha=sha[:64].lower()).first() if "\x00" not in sha else None
    if found is None or not allowed(request, READ, found.market):
        raise ApiError(404, _("there is no rulebook {sha}").format(sha=sha[:64]))
    answer = JsonResponse({})
    answer.content = found.form.encode()
    answer["ETag"] = f'"{found.sha}"'
    return answer


@router.post(
    "/releases/{market}", auth=Needs(PUSH),
    response={200: PushedOut, 201: PushedOut, 202: PushedOut, **ERRORS},
    operation_id="push_release", summary="Publish a rulebook from CI",
    description="The folder of a rulebook as a zip, in the field `archive` of a form. It is held "
    "to everything that `brightline check` holds it to. 201 where it is published; 202 where it "
    "waits for signatures: `waiting` says whose and where; 200 where it is "
    "the newest release already, or `dry_run` only tells what would happen; 422 with the problems "
    "where it has an error: what is in force stays. `commit` is kept with the release.",
)  # fmt: skip
def push_release(
    request: HttpRequest, market: str, said: Form[PushIn], archive: File[UploadedFile]
) -> Status[Any] | JsonResponse:
    """A release from a program."""
    check(request, PUSH, market)
    if (archive.size or 0) > MOST_BYTES:
        raise ApiError(413, _("It is too large to be a rulebook."), None, "archive")
    terms = Terms(
        effective_at=_moment(said.effective_at, "effective_at"),
        expires_at=_moment(said.expires_at, "expires_at"),
        note=said.note, way=Way.PROGRAM, came_from=said.commit, seen=said.seen or None,
    )  # fmt: skip
    try:
        found = push(archive, market, caller(request).user, terms, said.dry_run)
    except UnusableArchive as error:
        raise ApiError(422, str(error), None, "archive") from None
    except CannotRelease as error:
        raise ApiError(409, str(error)) from None
    if isinstance(found, Refused):
        return _refused(found)
    if isinstance(found, Waits):
        return Status(202, _waits(found.push, found.warnings))
    return Status(201 if found.new and not said.dry_run else 200, _told(found, said.dry_run))


@router.get(
    "/pushes/{market}/{number}", auth=Needs(PUSH), response={200: PushedOut, **ERRORS},
    operation_id="push", summary="What became of a rulebook that was pushed",
    description="The path is `waiting.poll` of the answer to the push. Ask again while "
    "`waiting.state` is `waiting`; with `released`, `release` is the release it became.",
)  # fmt: skip
def push_state(request: HttpRequest, market: str, number: int) -> dict[str, Any]:
    """A push as it stands."""
    check(request, PUSH, market)
    known = 0 < number < 1 << 62 and "\x00" not in market
    found = Push.objects.filter(pk=number, market=market).first() if known else None
    if found is None:
        raise ApiError(404, _("nothing was pushed under this number"))
    with transaction.atomic():
        look_whether_overtaken(found)
    return _waits(found)


def _waits(found: Push, warnings: Sequence[Problem] = ()) -> dict[str, Any]:
    """The keys of every push, and whose signatures are still missing."""
    waiting = found.state == Push.State.WAITING
    page = reverse("push_approval", args=[found.pk])
    return {
        "new": True,
        "dry_run": False,
        "rulebook": found.sha,
        "release": found.release and told_release(found.release),
        "changes": found.changes,
        "warnings": [one.as_dict() for one in warnings[:_MOST_TOLD]],
        "waiting": {
            "id": found.pk,
            "state": found.state,
            "said": found.said,
            "sign_at": settings.PUBLIC_URL + page,
            "poll": f"/api/v1/pushes/{found.market}/{found.pk}",
            "base": found.base,
            "signatures": [
                {"role": one.need.role.value, "reasons": one.need.reasons(),
                 "signed_by": str(one.by.by) if one.by else None}
                for one in standing_of_push(found).signed
            ] if waiting else [],
        },
    }  # fmt: skip


def _told(found: Pushed, dry: bool) -> dict[str, Any]:
    return {
        "new": found.new,
        "dry_run": dry,
        "rulebook": found.sha,
        "release": found.release and told_release(found.release),
        "changes": found.changes,
        "warnings": [one.as_dict() for one in found.warnings[:_MOST_TOLD]],
    }


def _refused(found: Refused) -> JsonResponse:
    """422 as every error is told, and the problems beside it."""
    error = {
        "message": _("the rulebook has errors: what is in force stays"),
        "hint": _("run: brightline check RULEBOOK"),
        "field": "archive",
    }
    problems = [one.as_dict() for one in found.problems[:_MOST_TOLD]]
    return JsonResponse(
        {"error": error, "problems": problems}, status=422, json_dumps_params={"default": str}
    )


def _moment(text: str, field: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return read_moment(text)
    except NoMoment as error:
        raise ApiError(422, str(error), None, field) from None
