"""Which language a page speaks: the person's choice, else the visitor's, else Vietnamese."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from brightline import i18n

COOKIE = "brightline_language"


def language_of(request: HttpRequest) -> str:
    """`vi` or `en`: as chosen here (`?lang=`), by the person, by a cookie, else Vietnamese."""
    person = getattr(request, "user", None)
    choices = (
        request.GET.get("lang"),
        person.language if person is not None and person.is_authenticated else None,
        request.COOKIES.get(COOKIE),
    )
    return next((one for one in choices if one in i18n.LANGUAGES), "vi")


class LanguageMiddleware:
    """Puts the language in force for Django's own words and for ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with i18n.use(language), translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
