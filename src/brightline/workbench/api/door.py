"""The door of the API: who calls, may they, in which language are they and errors told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from ninja.security import HttpBearer

from brightline import i18n
from brightline.i18n import _
from brightline.workbench.accounts.gate import public
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.permissions import Permission, in_words
from brightline.workbench.api.keys import key_of, spend
from brightline.workbench.api.models import ApiKey


class ApiError(Exception):
    """An error that the caller is told: what is wrong, what would help, and where."""

    def __init__(
        self,
        status: int,
        message: str,
        hint: str | None = None,
        field: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.hint, self.field = status, message, hint, field
        self.headers = headers or {}


def told(message: str, hint: str | None = None, field: str | None = None) -> dict[str, Any]:
    """An error as it is written: `{"error": {"message", "hint", "field"}}`."""
    return {"error": {"message": message, "hint": hint, "field": field}}


def refusal(error: ApiError) -> JsonResponse:
    """The reply to a call that cannot be."""
    answer = JsonResponse(told(error.message, error.hint, error.field), status=error.status)
    for name, value in error.headers.items():
        answer[name] = value
    return answer


class Needs(HttpBearer):
    """Lets a call in whose key, and the account behind it, have a permission.

    `Authorization: Bearer blk_…`. Each call counts against the key's limit.
    """

    openapi_description = "A key made at /api/keys/."

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Any:
        header = request.headers.get("Authorization", "")
        scheme, _space, token = header.partition(" ")
        return self.authenticate(request, token.strip() if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        """The key. Raises `ApiError`."""
        key = key_of(token) if token else None
        if key is None:
            raise ApiError(
                401,
                _("the key is missing, unknown or withdrawn") if token else _("the key is missing"),
                _("send it as: Authorization: Bearer blk_…"),
                "Authorization",
                {"WWW-Authenticate": "Bearer"},
            )
        charge(key, 1)
        if self.permission not in key.permissions or not may(key.user, self.permission):
            raise not_allowed(self.permission)
        setattr(request, "api_key", key)  # noqa: B010 - no field of a request
        return key


def charge(key: ApiKey, calls: int) -> None:
    """Count calls against a key's limit. Raises `ApiError` where there are none left."""
    wait = spend(key, calls)
    if wait:
        raise ApiError(
            429,
            _("more than {rate} calls a minute").format(rate=i18n.format_number(key.rate)),
            _("ask again in {n} seconds; each case of a batch counts as a call").format(n=wait),
            headers={"Retry-After": str(wait)},
        )


def caller(request: HttpRequest) -> ApiKey:
    """The key that a call came with."""
    key: ApiKey = getattr(request, "api_key")  # noqa: B009 - see `Needs`
    return key


def check(request: HttpRequest, permission: Permission, market: str) -> None:
    """Whether the caller may do this in a market. Raises `ApiError`."""
    if not allowed(request, permission, market):
        raise not_allowed(permission, market)


def allowed(request: HttpRequest, permission: Permission, market: str) -> bool:
    """Whether the key and the account behind it reach a market."""
    key = caller(request)
    return key.market in ("", market) and may(key.user, permission, market)


def not_allowed(permission: Permission, market: str = "") -> ApiError:
    """The error for a deed that a key may not do."""
    said = _("the key does not have the right to {deed}").format(deed=in_words(permission))
    if market:
        said = _("the key does not have the right to {deed} in the market {market}").format(
            deed=in_words(permission), market=market
        )
    return ApiError(403, said, _("an administrator can make a key that has it"), None)


def language_of(request: HttpRequest) -> str:
    """The first of the languages that the caller accepts and we speak; else Vietnamese."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(request.headers.get("Accept-Language", "")[:400].split(",")):
        name, _semicolon, rest = part.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            continue
        short = name.strip().lower().split("-")[0]
        if short in i18n.LANGUAGES and weight > 0:
            wanted.append((-weight, place, short))
    return min(wanted)[2] if wanted else "vi"


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the API: open to the gate, since a key opens it; told in the caller's language."""

    @public
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with i18n.use(language), translation.override(language):
            try:
                answer = view(request, *args, **kwargs)
            except RequestDataTooBig:
                answer = refusal(
                    ApiError(413, _("the call is too large"), _("send fewer cases at once"))
                )
            if answer.status_code == 405:
                allow = answer.headers.get("Allow", "")
                answer = refusal(
                    ApiError(
                        405, _("this address does not take {method}").format(method=request.method),
                        _("it takes {methods}").format(methods=allow), headers={"Allow": allow},
                    )
                )  # fmt: skip
        answer["Content-Language"] = language
        answer["Cache-Control"] = "no-store"
        return answer

    entered.csrf_exempt = True  # type: ignore[attr-defined]
    return entered
