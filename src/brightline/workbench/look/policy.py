"""Security headers: a page runs only what this server itself sent, and nothing written inline."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def _origin(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


@cache
def policy() -> str:
    """The Content-Security-Policy of every page.

    Two outsiders, each only where it is set up: the company's login (a form leads there, and a
    browser holds redirects of forms to the policy too), and the store of pictures.
    """
    login = ""
    for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ()):
        login = _origin(app["settings"]["server_url"])
    store = settings.STORAGES["default"]
    pictures = ""
    if store["BACKEND"].startswith("storages."):
        endpoint = store["OPTIONS"].get("endpoint_url")
        pictures = _origin(endpoint) or "https://*.amazonaws.com"
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": f"'self' data: blob: {pictures}",
        "media-src": "'self'",
        "connect-src": "'self'",
        "form-action": f"'self' {login}",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value.strip()}" for name, value in rules.items())


class ContentPolicyMiddleware:
    """Puts the policy on every answer; a view may have set a stricter one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
