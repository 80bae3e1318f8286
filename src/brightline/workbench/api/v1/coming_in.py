"""Cases in by program: one, or a batch in which each stands or falls by itself."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile
from pydantic import ValidationError

from brightline.i18n import _
from brightline.rulebook.columns import FactError
from brightline.screening.one import CaseError
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api.door import (
    ApiError,
    Needs,
    allowed,
    caller,
    charge,
    check,
    not_allowed,
)
from brightline.workbench.api.replies import Worked, once
from brightline.workbench.api.v1.schemas import (
    BatchIn,
    BatchOut,
    CaseBrief,
    CaseIn,
    ErrorOut,
    PictureIn,
    PicturesOut,
)
from brightline.workbench.api.v1.wrong import first_wrong
from brightline.workbench.cases.actions.add_pictures import add_pictures
from brightline.workbench.cases.actions.receive import Incoming, Received
from brightline.workbench.cases.actions.receive_many import receive_many
from brightline.workbench.cases.models import Case
from brightline.workbench.cases.pictures import (
    MOST_BYTES,
    MOST_PICTURES,
    Clean,
    PictureRefused,
    cleaned_picture,
    fetched_picture,
)
from brightline.workbench.rulebooks.in_force import NoRulebook

router = Router(tags=["cases"])
RECEIVE = Permission.CASES_CASE_RECEIVE
ERRORS = {400: ErrorOut, 401: ErrorOut, 403: ErrorOut, 404: ErrorOut, 409: ErrorOut,
          413: ErrorOut, 422: ErrorOut, 429: ErrorOut}  # fmt: skip


@router.post(
    "/cases", auth=Needs(RECEIVE), response={200: CaseBrief, 201: CaseBrief, **ERRORS},
    operation_id="receive_case", summary="Bring a case in",
    description="201 where it is new; 200 where its ref is known: what stands is told, unchanged.",
)  # fmt: skip
def receive_case(request: HttpRequest, case: CaseIn) -> Status[Any] | JsonResponse:
    """One case in."""
    check(request, RECEIVE, case.market)

    def work() -> Worked:
        found = taken(request, case.market, [incoming(case)])[0]
        if isinstance(found, ApiError):
            raise found
        return (201 if found["new"] else 200), found

    return once(request, work)


@router.post(
    "/cases/batch", auth=Needs(RECEIVE), response={200: BatchOut, **ERRORS},
    operation_id="receive_cases", summary="Bring up to 1,000 cases in",
    description="Each case stands or falls by itself; `results` tells what became of each.",
)  # fmt: skip
def receive_cases(request: HttpRequest, batch: BatchIn) -> Status[Any] | JsonResponse:
    """A batch of cases in."""
    charge(caller(request), len(batch.cases) - 1)
    return once(request, lambda: (200, _batch(request, batch.cases)))


@router.post(
    "/cases/{market}/{path:ref}/pictures", auth=Needs(RECEIVE),
    response={200: PicturesOut, **ERRORS}, operation_id="add_pictures",
    summary="Add pictures to a case", description="As files of a form, in the field `pictures`.",
)  # fmt: skip
def add_pictures_to_case(
    request: HttpRequest, market: str, ref: str, pictures: File[list[UploadedFile]]
) -> dict[str, int]:
    """Pictures as files."""
    check(request, RECEIVE, market)
    case = Case.objects.filter(market=market, ref=ref).first() if "\x00" not in ref else None
    if case is None:
        raise ApiError(404, _("there is no case {ref}").format(ref=ref[:120]))
    clean = []
    for at, file in enumerate(pictures[: MOST_PICTURES + 1]):
        try:
            clean.append(cleaned_picture(file.read(MOST_BYTES + 1)))
        except PictureRefused as error:
            raise ApiError(422, error.message, error.hint or None, f"pictures.{at}") from None
    try:
        return {"pictures": add_pictures(case, clean, caller(request).user)}
    except PictureRefused as error:
        raise ApiError(422, error.message, error.hint or None, "pictures") from None


def _batch(request: HttpRequest, raw: list[Any]) -> dict[str, Any]:
    """What became of each case, in the order of the batch."""
    told: list[dict[str, Any] | ApiError] = [ApiError(500, "")] * len(raw)
    by_market: dict[str, list[tuple[int, Incoming]]] = {}
    for at, one in enumerate(raw):
        try:
            case = CaseIn.model_validate(one)
            if not allowed(request, RECEIVE, case.market):
                raise not_allowed(RECEIVE, case.market)
            by_market.setdefault(case.market, []).append((at, incoming(case)))
        except ValidationError as error:
            message, field = first_wrong(error.errors(include_url=False, include_input=False))
            told[at] = ApiError(422, message, None, field)
        except ApiError as error:
            told[at] = error
    for market, cases in by_market.items():
        try:
            found = taken(request, market, [case for _at, case in cases])
        except ApiError as error:
            found = [error] * len(cases)
        for (at, _case), one_told in zip(cases, found, strict=True):
            told[at] = one_told
    results = [_item(at, one, raw[at]) for at, one in enumerate(told)]
    kept = [of["case"] for of in results if of["case"] is not None]
    new = sum(of["new"] for of in kept)
    return {
        "received": new,
        "known": len(kept) - new,
        "refused": len(raw) - len(kept),
        "results": results,
    }


def _item(at: int, told: dict[str, Any] | ApiError, raw: Any) -> dict[str, Any]:
    if isinstance(told, ApiError):
        ref = raw.get("ref") if isinstance(raw, dict) else None
        error = {"message": told.message, "hint": told.hint, "field": told.field}
        shown = ref[:120] if isinstance(ref, str) else None
        return {"index": at, "ref": shown, "case": None, "error": error}
    return {"index": at, "ref": told["ref"], "case": told, "error": None}


def taken(
    request: HttpRequest, market: str, cases: list[Incoming]
) -> list[dict[str, Any] | ApiError]:
    """Take cases of one market in; for each a `CaseBrief`, or what is wrong. Raises `ApiError`."""
    try:
        found = receive_many(market, cases, caller(request).user)
    except NoRulebook:
        raise ApiError(
            422,
            _("no rulebook is in force in the market {market}").format(market=market),
            None,
            "market",
        ) from None
    return [_brief(one) for one in found]


def _brief(found: Received | CaseError | FactError) -> dict[str, Any] | ApiError:
    if not isinstance(found, Received):
        return ApiError(
            422, found.message, found.hint, "facts" if isinstance(found, FactError) else None
        )
    case, task = found.case, found.task
    waiting = not case.action
    return {
        "market": case.market,
        "ref": case.ref,
        "new": found.new,
        "status": "waiting" if waiting else "decided",
        "action": case.action or None,
        "queue": task.queue if task is not None and waiting else None,
        "due_at": _moment(case.due_at) if waiting else None,
    }


def _moment(at: datetime) -> str:
    """As a reply says it, whether it is told the first time or kept and told again."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def incoming(case: CaseIn) -> Incoming:
    """A case of the API as the room of cases takes it. Raises `ApiError` on a bad picture."""
    return Incoming(
        ref=case.ref,
        subject=case.subject,
        attributes=case.attributes,
        facts=case.facts,
        language=case.language,
        source=case.source.value,
        seller=case.seller,
        risk=case.risk,
        pictures=tuple(_picture(at, one) for at, one in enumerate(case.pictures)),
    )


def _picture(at: int, picture: PictureIn) -> Clean:
    try:
        if (picture.data is None) is (picture.url is None):
            raise PictureRefused(_("a picture has either data or url"))
        if picture.url is not None:
            return fetched_picture(picture.url)
        return cleaned_picture(base64.b64decode(picture.data or "", validate=True))
    except PictureRefused as error:
        raise ApiError(422, error.message, error.hint or None, f"pictures.{at}") from None
    except ValueError:  # base64 says so of wrong letters, and of letters beyond ASCII
        raise ApiError(422, _("data is no base64"), None, f"pictures.{at}.data") from None
