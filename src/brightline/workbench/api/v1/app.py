"""The JSON API, version 1: its calls, its errors, its description for machines."""

from __future__ import annotations

from typing import Any

import pydantic_core
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from brightline.i18n import _
from brightline.workbench.api.door import ApiError, refusal
from brightline.workbench.api.v1 import coming_in, going_out, rulebooks
from brightline.workbench.api.v1.wrong import first_wrong

_BODY_PARTS = 2
"""Of a place `("body", "case", "ref")` the caller knows the rest."""


class _Strict(Parser):
    """JSON as it is defined: no NaN, no half characters, no endless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return pydantic_core.from_json(request.body, allow_inf_nan=False)
        except ValueError as error:
            raise ApiError(
                400, _("the body is not JSON: {error}").format(error=str(error)[:200])
            ) from None


class _Api(NinjaAPI):
    """Knows the shape of a batch's cases, which are looked at one by one."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The description; ninja itself knows no shape of theirs."""
        schema = super().get_openapi_schema(*args, **kwargs)
        cases = schema["components"]["schemas"]["BatchIn"]["properties"]["cases"]
        cases["items"] = {"$ref": "#/components/schemas/CaseIn"}
        return schema


api = _Api(
    title="Brightline",
    version="1.0.0",
    description="Bring cases in, and read what became of them. Errors are told in the language of "
    "Accept-Language. A key is made at /api/keys/ and sent as `Authorization: Bearer blk_…`.",
    urls_namespace="api-1",
    docs_url=None,
    parser=_Strict(),
)
api.add_router("", coming_in.router)
api.add_router("", going_out.router)
api.add_router("", rulebooks.router)


@api.exception_handler(ApiError)
def _told(request: HttpRequest, error: ApiError) -> HttpResponse:
    return refusal(error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    message, field = first_wrong(error.errors, _BODY_PARTS)
    return refusal(ApiError(422, message, None, field))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal(ApiError(error.status_code, str(error)))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal(ApiError(404, _("there is nothing at this address")))
